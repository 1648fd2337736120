package bot

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"
)

const (
	// tick is how often the clock is looked at. It bounds how late a timer is
	// when the clock jumps, and costs no query.
	tick = time.Second
	// lookAnyway is how often the store is asked even when nothing is known to
	// be due, for timers another process has set.
	lookAnyway = 30 * time.Second
	fireBatch  = 256
)

// timers moves what falls due into the inbox. It keeps the earliest known due
// time in memory, so that waiting costs nothing.
type timers struct {
	b    *Bot
	wake chan struct{}

	mu   sync.Mutex
	next int64 // earliest known; 0 = none
}

func newTimers(b *Bot) *timers { return &timers{b: b, wake: make(chan struct{}, 1)} }

// sooner tells that a timer was set for due.
func (t *timers) sooner(due int64) {
	t.mu.Lock()
	earlier := t.next == 0 || due < t.next
	if earlier {
		t.next = due
	}
	t.mu.Unlock()
	if !earlier {
		return
	}
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// run fires timers until soft ends.
func (t *timers) run(soft, hard context.Context) {
	for soft.Err() == nil {
		t.fire(soft, hard)
		asked := time.Now()
		for soft.Err() == nil && !t.due() && time.Since(asked) < lookAnyway {
			t.wait(soft)
		}
	}
}

func (t *timers) due() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next > 0 && t.next <= t.b.nowMilli()
}

// fire moves everything that is due. The earliest known time is forgotten
// before the store is asked, so that one set meanwhile is not lost.
func (t *timers) fire(soft, hard context.Context) {
	for soft.Err() == nil {
		t.mu.Lock()
		t.next = 0
		t.mu.Unlock()
		fired, next, err := t.b.cfg.Store.FireTimers(hard, t.b.nowMilli(), fireBatch)
		if err != nil {
			if soft.Err() == nil {
				t.b.log.Error("firing timers failed", zap.Error(err))
			}
			pause(soft, afterTrouble)
			continue
		}
		if fired > 0 {
			t.b.fault(FaultFired)
		}
		if next > 0 {
			t.sooner(next)
		}
		if next == 0 || next > t.b.nowMilli() {
			return
		}
	}
}

// wait sleeps until the next timer is due, one is set, or a tick has passed.
func (t *timers) wait(soft context.Context) {
	t.mu.Lock()
	next := t.next
	t.mu.Unlock()
	d := tick
	if next > 0 {
		d = min(d, max(time.Duration(next-t.b.nowMilli())*time.Millisecond, time.Millisecond))
	}
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-soft.Done():
	case <-t.wake:
	case <-clock.C:
	}
}
