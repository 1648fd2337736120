package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
)

// hangs is how long Run waits for what should have ended once grace is over
// and every context is cancelled. It is long enough for a last note to the
// database on a slow disk, and short enough that a supervisor does not lose
// patience first.
const hangs = 5 * time.Second

// Run works until ctx ends or Stop is called, then stops with grace: intake
// first, so that nothing more is acknowledged; then workers and timers, which
// finish the turns they hold; then courtesies, which these turns may have
// queued; then senders, which finish what is being sent.
// After Config.Grace everything is cut off; what was cut is found again at
// the next start. It returns nil after an orderly stop. A second Run is an
// error.
func (b *Bot) Run(ctx context.Context) error {
	b.mu.Lock()
	if b.started {
		b.mu.Unlock()
		return errors.New("bot: already run")
	}
	b.started = true
	hard, cut := context.WithCancel(context.WithoutCancel(ctx))
	b.hard = hard
	b.mu.Unlock()
	defer close(b.ended)
	defer cut()
	b.outage.answered(b.cfg.Now()) // what went wrong before the start is not this outage

	intake := b.startIntake(hard)
	work := b.startWork(hard)
	courtesies := b.startCourtesies(hard)
	out := b.startSenders(hard)
	var err error
	select {
	case <-ctx.Done():
	case <-b.stop:
	case err = <-intake.failed:
	}
	return errors.Join(err, b.wind(cut, intake.crew, work, courtesies, out))
}

// crew is a group of goroutines that ends when it is told to.
type crew struct {
	name string
	tell context.CancelFunc
	wg   sync.WaitGroup
}

// patienceShare is the part of the grace in which intake must end. An adapter
// whose Run does not return must not cost the others their time to finish; what
// it still takes in is stored and found at the next start.
const patienceShare = 4

// wind stops the crews one after another, each ended before the next is told;
// only the first, intake, is not waited for beyond its share of the grace. It
// is waited for again at the end.
func (b *Bot) wind(cut context.CancelFunc, crews ...*crew) error {
	b.log.Info("stopping")
	done := make(chan struct{})
	var at sync.Map
	go func() {
		defer close(done)
		for i, c := range crews {
			at.Store("crew", c.name)
			c.tell()
			if i == 0 {
				b.waitShare(c)
				continue
			}
			c.wg.Wait()
		}
		at.Store("crew", "errands")
		cut()
		b.errands.Wait()
		at.Store("crew", crews[0].name)
		crews[0].wg.Wait()
	}()
	grace := time.NewTimer(b.cfg.Grace)
	defer grace.Stop()
	select {
	case <-done:
		return nil
	case <-grace.C:
		b.log.Warn("grace is over; cutting off what still runs")
		cut()
	}
	last := time.NewTimer(hangs)
	defer last.Stop()
	select {
	case <-done:
		return nil
	case <-last.C:
		name, _ := at.Load("crew")
		return fmt.Errorf("bot: stop hung in %v", name)
	}
}

// waitShare waits for a crew, but not for ever.
func (b *Bot) waitShare(c *crew) {
	ended := make(chan struct{})
	go func() { defer close(ended); c.wg.Wait() }()
	share := time.NewTimer(b.cfg.Grace / patienceShare)
	defer share.Stop()
	select {
	case <-ended:
	case <-share.C:
		b.log.Warn("a part does not end; the others go on without it", zap.String("part", c.name))
	}
}

// Stop begins to end Run, as its ctx would, and waits until Run has returned
// or ctx ends. Stopping twice is fine, and so is stopping what never ran.
func (b *Bot) Stop(ctx context.Context) error {
	b.stopOnce.Do(func() { close(b.stop) })
	b.mu.Lock()
	started := b.started
	b.mu.Unlock()
	if !started {
		return nil
	}
	select {
	case <-b.ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("bot: stop: %w", ctx.Err())
	}
}

// receivers is the crew of the adapters' loops.
type receivers struct {
	*crew
	failed chan error // all have given up
}

// startIntake runs every adapter. One that gives up (its credentials were
// refused) is an alarm; the others go on, and only when none is left does Run
// end, because a bot that hears nobody should be restarted and looked at.
func (b *Bot) startIntake(hard context.Context) receivers {
	soft, tell := context.WithCancel(hard)
	r := receivers{crew: &crew{name: "intake", tell: tell}, failed: make(chan error, 1)}
	var mu sync.Mutex
	left, errs := len(b.cfg.Adapters), []error(nil)
	sink := &intake{b: b}
	for i, a := range b.all() {
		customers := i < len(b.cfg.Adapters)
		r.wg.Go(func() {
			err := b.receive(soft, a, sink)
			if err == nil || !customers {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
			if left--; left == 0 {
				r.failed <- errors.Join(errs...)
			}
		})
	}
	if cu, ok := b.cfg.Desk.(adapters.CatchUpper); ok {
		r.wg.Go(func() {
			_ = b.inTurn(soft, "catch-up/"+b.deskSender(), func(ctx context.Context) error { // it ends with its context only
				b.catchUp(ctx, cu, sink)
				return nil
			})
		})
	}
	return r
}

// receive runs one adapter. An end that nobody asked for counts as a failure.
func (b *Bot) receive(soft context.Context, a adapters.Adapter, sink adapters.Sink) error {
	err := b.alone(soft, a, func(ctx context.Context) error { return a.Run(ctx, sink) })
	if soft.Err() != nil {
		return nil
	}
	if err == nil {
		err = errors.New("ended by itself")
	}
	b.alarm(string(a.Channel()), "receiving has ended")
	b.log.Error("an adapter gave up receiving", zap.String("channel", string(a.Channel())), zap.Error(err))
	return fmt.Errorf("bot: %s: %w", a.Channel(), err)
}

// alone runs run: where the platform tolerates but one who receives, while it is
// this process.
func (b *Bot) alone(soft context.Context, a adapters.Adapter, run func(context.Context) error) error {
	if one, ok := a.(adapters.Lone); !ok || !one.Alone() {
		return run(soft)
	}
	return b.inTurn(soft, "receive/"+a.Sender(), run)
}

// inTurn runs f whenever this process leads under name, until f ends by itself or
// soft does.
func (b *Bot) inTurn(soft context.Context, name string, f func(context.Context) error) error {
	for {
		var ours error
		err := b.cfg.Store.Lead(soft, name, func(led context.Context) error {
			ours = f(led)
			return ours
		})
		switch {
		case soft.Err() != nil:
			return nil
		case errors.Is(err, store.ErrLost):
			b.log.Warn("another process does this now", zap.String("lead", name))
		case err == nil || ours != nil:
			return ours
		default:
			b.log.Error("waiting for our turn failed", zap.String("lead", name), zap.Error(err))
			pause(soft, afterTrouble)
		}
	}
}

func (b *Bot) startWork(hard context.Context) *crew {
	soft, tell := context.WithCancel(hard)
	c := &crew{name: "work", tell: tell}
	for range b.cfg.Workers {
		w := &worker{b: b}
		c.wg.Go(func() { w.run(soft, hard) })
	}
	c.wg.Go(func() { b.timers.run(soft, hard) })
	if b.cfg.Desk != nil {
		c.wg.Go(func() { b.watchDesk(soft) })
	}
	return c
}

// startCourtesies is a crew of its own, ended after the workers: the last batch
// of a worker still has taps to answer.
func (b *Bot) startCourtesies(hard context.Context) *crew {
	soft, tell := context.WithCancel(hard)
	c := &crew{name: "courtesies", tell: tell}
	for range courtesyWorkers {
		c.wg.Go(func() { b.beCourteous(soft, hard) })
	}
	return c
}

func (b *Bot) startSenders(hard context.Context) *crew {
	soft, tell := context.WithCancel(hard)
	c := &crew{name: "outbox", tell: tell}
	for _, s := range b.senders {
		c.wg.Go(func() { s.lead(soft, hard) })
	}
	return c
}

// pause waits, unless ctx ends first.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
