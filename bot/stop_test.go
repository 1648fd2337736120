package bot

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// hall is a store that holds one press of a button and lets its worker finish
// only when it is told to.
type hall struct {
	store.Store
	release chan struct{}
	failed  bool // the turn is not committed

	mu      sync.Mutex
	worked  bool
	drained time.Time // when the last sender stopped waiting
	alive   bool      // and whether work could still be finished then
	hard    context.Context
}

func (h *hall) Work(ctx context.Context, _ int, handle func(context.Context, store.Item) (store.Turn, error)) (int, error) {
	h.mu.Lock()
	first := !h.worked
	h.worked, h.hard = true, ctx
	h.mu.Unlock()
	if !first {
		return 0, nil
	}
	select {
	case <-h.release:
	case <-ctx.Done():
	}
	_, err := handle(ctx, store.Item{Inbox: 1, Conv: 1, Channel: "door", Chat: "7", Kind: kindRaw, At: time.Now().UnixMilli()})
	if err != nil || h.failed {
		return 0, errors.Join(err, errors.New("the disk is full"))
	}
	return 1, nil
}

func (*hall) Lead(ctx context.Context, _ string, f func(context.Context) error) error { return f(ctx) }

func (*hall) WaitWork(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func (h *hall) WaitOut(ctx context.Context, _ string) error {
	<-ctx.Done()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drained, h.alive = time.Now(), h.hard.Err() == nil
	return ctx.Err()
}

func (*hall) TakeOut(context.Context, string, int64, int) ([]store.OutRow, int64, error) {
	return nil, 0, nil
}
func (*hall) RecoverOut(context.Context, string, int64, int64) (int, error) { return 0, nil }
func (*hall) FireTimers(context.Context, int64, int) (int, int64, error)    { return 0, 0, nil }
func (*hall) FindAsk(context.Context, string) (store.Asked, error) {
	return store.Asked{}, store.ErrNotFound
}

// door is an adapter on which somebody pressed a button.
type door struct {
	hangs    bool          // Run returns only when stuck is closed, whatever its context says
	stuck    chan struct{} // made inside the bubble
	mu       sync.Mutex
	answered int
}

func (*door) Channel() message.Channel { return "door" }
func (*door) Sender() string           { return "door" }
func (*door) Pace() adapters.Pace      { return adapters.Pace{} }
func (d *door) Run(ctx context.Context, _ adapters.Sink) error {
	<-ctx.Done()
	if d.hangs {
		<-d.stuck
	}
	return nil
}
func (*door) Decode([]byte) (message.Inbound, error) {
	return message.Inbound{Kind: message.KindTap, Tap: &message.Tap{Data: "old"}}, nil
}
func (*door) Send(context.Context, adapters.Delivery) (adapters.Receipt, error) {
	return adapters.Receipt{}, nil
}
func (d *door) AnswerTap(context.Context, message.Tap, string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answered++
	return nil
}

// stopping runs a bot in a bubble and has f stop it.
func stopping(t *testing.T, h *hall, d *door, fault func(string), f func(b *Bot, ended <-chan error)) {
	fl, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		h.release, d.stuck = make(chan struct{}), make(chan struct{})
		b, err := New(Config{Store: h, Adapters: []adapters.Adapter{d}, Flow: fl, Workers: 1, Fault: fault, Logger: zap.NewNop(),
			Understand: func(string, intents.Context) message.Reading { return message.Reading{} }})
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- b.Run(context.Background()) }()
		synctest.Wait()
		f(b, ended)
	})
}

// TestTheLastBatchStillHasItsTapsAnswered: the worker ends its batch after
// everything that had nothing to do has ended.
func TestTheLastBatchStillHasItsTapsAnswered(t *testing.T) {
	h, d := &hall{}, &door{}
	stopping(t, h, d, nil, func(b *Bot, ended <-chan error) {
		go func() { _ = b.Stop(context.Background()) }()
		synctest.Wait()
		close(h.release)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if d.answered != 1 {
			t.Errorf("the tap was answered %d times", d.answered)
		}
	})
}

// TestAnAdapterThatHangsDoesNotKeepTheOthersFromFinishing: what is held is
// finished within the grace, not cut off after it.
func TestAnAdapterThatHangsDoesNotKeepTheOthersFromFinishing(t *testing.T) {
	h, d := &hall{}, &door{hangs: true}
	stopping(t, h, d, nil, func(b *Bot, ended <-chan error) {
		began := time.Now()
		close(h.release)
		go func() { _ = b.Stop(context.Background()) }()
		<-time.After(b.cfg.Grace - time.Second)
		h.mu.Lock()
		if took := h.drained.Sub(began); h.drained.IsZero() || took > b.cfg.Grace/2 || !h.alive {
			t.Errorf("senders were told after %v, alive %v", took, h.alive)
		}
		h.mu.Unlock()
		close(d.stuck)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestAnAdapterThatNeverEndsIsNamed: the stop ends all the same, and says what
// hung.
func TestAnAdapterThatNeverEndsIsNamed(t *testing.T) {
	h, d := &hall{}, &door{hangs: true}
	stopping(t, h, d, nil, func(b *Bot, ended <-chan error) {
		close(h.release)
		go func() { _ = b.Stop(context.Background()) }()
		if err := <-ended; err == nil || err.Error() != "bot: stop hung in intake" {
			t.Errorf("stopping ended with %v", err)
		}
		close(d.stuck)
	})
}

// TestOnlyWhatWasCommittedCountsAsCommitted: a crash test that dies there must
// find the turn in the database.
func TestOnlyWhatWasCommittedCountsAsCommitted(t *testing.T) {
	for name, failed := range map[string]bool{"committed": false, "not committed": true} {
		t.Run(name, func(t *testing.T) {
			passed := map[string]int{}
			h := &hall{failed: failed}
			stopping(t, h, &door{}, func(point string) { passed[point]++ }, func(b *Bot, ended <-chan error) {
				close(h.release)
				synctest.Wait()
				if err := b.Stop(context.Background()); err != nil {
					t.Error(err)
				}
				if err := <-ended; err != nil && !failed {
					t.Error(err)
				}
			})
			if (passed[FaultCommitted] == 1) == failed || passed[FaultMade] != 1 {
				t.Errorf("passed %v", passed)
			}
		})
	}
}
