package sqlite

import (
	"context"
	"time"

	"github.com/accord-chat/accord/bot/store/lanes"
)

// maxWait bounds one sleep, so that a clock that was set forward is noticed.
const maxWait = time.Minute

// wait blocks until look finds something ready, ctx ends or the store closes.
func (s *Store) wait(ctx context.Context, look func(now int64) lanes.Outlook) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		now := s.now()
		o := look(now)
		if o.Ready {
			return nil
		}
		pause := maxWait
		if o.Next > 0 {
			// At least a millisecond: a clock that stands still must not make
			// us spin.
			pause = min(max(time.Duration(o.Next-now)*time.Millisecond, time.Millisecond), maxWait)
		}
		if err := s.sleep(ctx, pause, o.News); err != nil {
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
