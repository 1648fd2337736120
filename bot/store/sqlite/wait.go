package sqlite

import (
	"context"
	"time"
)

// maxWait bounds one sleep, so that a clock that was set forward is noticed.
const maxWait = time.Minute

// bell wakes everybody who listens. It belongs to a mutex of its owner.
type bell struct{ ch chan struct{} }

// listen gives a channel that the next ring closes.
func (b *bell) listen() <-chan struct{} {
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

// ring costs nothing while nobody listens.
func (b *bell) ring() {
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}

// outlook says whether there is something to do now; if not, when there will
// be (0 = not known) and what rings if that changes.
type outlook struct {
	ready bool
	next  int64
	news  <-chan struct{}
}

// wait blocks until look finds something ready, ctx ends or the store closes.
func (s *Store) wait(ctx context.Context, look func(now int64) outlook) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		now := s.now()
		o := look(now)
		if o.ready {
			return nil
		}
		pause := maxWait
		if o.next > 0 {
			// At least a millisecond: a clock that stands still must not make
			// us spin.
			pause = min(max(time.Duration(o.next-now)*time.Millisecond, time.Millisecond), maxWait)
		}
		if err := s.sleep(ctx, pause, o.news); err != nil {
			return err
		}
	}
}

func (s *Store) sleep(ctx context.Context, pause time.Duration, news <-chan struct{}) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return ErrClosed
	case <-news:
	case <-timer.C:
	}
	return nil
}
