package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

// clockwork is a store that has timers and nothing else.
type clockwork struct {
	store.Store
	mu    sync.Mutex
	due   []int64
	fired []int64 // how late each was, in milliseconds
	asked int
	fail  int // so many calls fail first
}

func (c *clockwork) FireTimers(_ context.Context, now int64, limit int) (fired int, next int64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	if c.fail > 0 {
		c.fail--
		return 0, 0, errors.New("the disk is full")
	}
	slices.Sort(c.due)
	for len(c.due) > 0 && c.due[0] <= now && fired < limit {
		c.fired = append(c.fired, now-c.due[0])
		c.due, fired = c.due[1:], fired+1
	}
	if len(c.due) > 0 {
		next = c.due[0]
	}
	return fired, next, nil
}

func (c *clockwork) set(t *timers, in time.Duration) {
	due := time.Now().Add(in).UnixMilli()
	c.mu.Lock()
	c.due = append(c.due, due)
	c.mu.Unlock()
	t.sooner(due)
}

// ticking runs timers on c in a bubble until f returns.
func ticking(t *testing.T, c *clockwork, f func(x *timers, ahead *atomic.Int64)) {
	synctest.Test(t, func(t *testing.T) {
		var ahead atomic.Int64
		now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		b := &Bot{cfg: Config{Store: c, Now: now}, log: zap.NewNop()}
		x := newTimers(b)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); x.run(ctx, ctx) }()
		synctest.Wait()
		f(x, &ahead)
		cancel()
		<-done
	})
}

func elapse(d time.Duration) { <-time.After(d); synctest.Wait() }

func TestTimersFireOnTime(t *testing.T) {
	c := &clockwork{}
	ticking(t, c, func(x *timers, _ *atomic.Int64) {
		c.set(x, time.Hour)
		c.set(x, 1500*time.Millisecond) // sooner than the one it waits for
		c.set(x, 10*time.Minute)
		elapse(2 * time.Hour)
		for _, late := range c.fired {
			if late > 1 {
				t.Errorf("fired %d ms late", late)
			}
		}
		if len(c.fired) != 3 {
			t.Errorf("%d fired", len(c.fired))
		}
		if c.asked > 2*60*2+10 {
			t.Errorf("asked the store %d times in two hours", c.asked)
		}
	})
}

func TestManyTimersAtOnce(t *testing.T) {
	c := &clockwork{}
	ticking(t, c, func(x *timers, _ *atomic.Int64) {
		for range 3*fireBatch + 7 {
			c.set(x, time.Second)
		}
		elapse(time.Second)
		if len(c.fired) != 3*fireBatch+7 {
			t.Errorf("%d fired", len(c.fired))
		}
	})
}

func TestAClockThatJumpsIsNoticedWithinASecond(t *testing.T) {
	c := &clockwork{}
	ticking(t, c, func(x *timers, ahead *atomic.Int64) {
		c.set(x, 24*time.Hour)
		ahead.Store(int64(25 * time.Hour))
		elapse(tick)
		if len(c.fired) != 1 {
			t.Error("not fired")
		}
	})
}

func TestTimersOutliveABrokenStore(t *testing.T) {
	c := &clockwork{fail: 3}
	ticking(t, c, func(x *timers, _ *atomic.Int64) {
		c.set(x, time.Millisecond)
		elapse(10 * time.Second)
		if len(c.fired) != 1 {
			t.Errorf("%d fired, asked %d times", len(c.fired), c.asked)
		}
	})
}
