package storetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/accord-chat/accord/bot/store"
)

func leaderRules() []rule {
	return []rule{
		{"one leads at a time, and each who waits comes to it", leadAlone},
		{"names do not exclude each other", leadApart},
		{"what f says is what Lead says, and the lead is free again", leadEnds},
		{"waiting to lead ends with its context and with the store", leadWaitEnds},
		{"closing ends who leads, and waits for them", leadClosed},
		{"who leads for an account sends for it", leadSends},
	}
}

// lead has several lead under one name, each through the store it is given, and
// holds that no two do at once.
func (e *env) lead(rounds int, stores ...store.Store) {
	e.Helper()
	var inside, led atomic.Int32
	var group sync.WaitGroup
	for _, st := range stores {
		group.Go(func() {
			for range rounds {
				err := st.Lead(e.ctx, "task", func(context.Context) error {
					if n := inside.Add(1); n != 1 {
						e.Errorf("%d lead at once", n)
					}
					_, err := st.Stats(e.ctx) // some time, and a store that can be used
					inside.Add(-1)
					led.Add(1)
					return err
				})
				if err != nil {
					e.Error(err)
				}
			}
		})
	}
	group.Wait()
	same(e, "led", int(led.Load()), rounds*len(stores))
}

func leadAlone(e *env) { e.lead(4, e.st, e.st, e.st) }

func leadApart(e *env) {
	e.ok(e.st.Lead(e.ctx, "one", func(ctx context.Context) error {
		return e.st.Lead(ctx, "two", func(ctx context.Context) error {
			_, err := e.st.Stats(ctx)
			return err
		})
	}))
}

func leadEnds(e *env) {
	for range 2 {
		err := e.st.Lead(e.ctx, "task", func(context.Context) error { return errHandle })
		same(e, "said", errors.Is(err, errHandle), true)
	}
	e.reopen()
	e.ok(e.st.Lead(e.ctx, "task", func(ctx context.Context) error { return ctx.Err() }))
}

func leadWaitEnds(e *env) {
	never := func(context.Context) error { e.Error("it was not our turn"); return nil }
	e.ok(e.st.Lead(e.ctx, "task", func(context.Context) error {
		ctx, cancel := context.WithCancel(e.ctx)
		err := e.waits(func() error { return e.st.Lead(ctx, "task", never) }, cancel)
		same(e, "ended context", errors.Is(err, context.Canceled), true)
		return nil
	}))
	ctx, cancel := context.WithCancel(e.ctx)
	cancel()
	same(e, "ended before", errors.Is(e.st.Lead(ctx, "task", never), context.Canceled), true)
}

func leadClosed(e *env) {
	leads := make(chan struct{})
	ended := false
	done := make(chan error, 2)
	go func() {
		done <- e.st.Lead(e.ctx, "task", func(ctx context.Context) error {
			close(leads)
			<-ctx.Done()
			ended = true
			return ctx.Err()
		})
	}()
	<-leads
	go func() { done <- e.st.Lead(e.ctx, "task", func(context.Context) error { return nil }) }()
	e.ok(e.st.Close())
	same(e, "Close waited", ended, true)
	for range 2 {
		same(e, "Lead failed", <-done != nil, true)
	}
	if e.st.Backup(e.ctx, filepath.Join(e.TempDir(), "copy")) == nil {
		e.Error("it is not closed")
	}
	e.st = e.open(e.T)
}

func leadSends(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	for i := range 3 {
		e.ok(e.st.Lead(e.ctx, store.SenderLease(sender), func(context.Context) error {
			n, err := e.st.RecoverOut(e.ctx, sender, 1000, 0)
			e.ok(err)
			same(e, "left under way", n, 0)
			rows := e.take(1000, 10)
			list(e, "taken", texts(rows), fmt.Sprintf("a%d", i+1))
			e.settle(delivered(), rows...)
			return nil
		}))
	}
}
