package postgres

import (
	"context"
	"time"

	"github.com/accord-chat/accord/bot/store/lanes"
)

// wait blocks until look finds something ready, ctx ends or the store closes.
// It looks again when news come, when the time has come, and every poll
// interval: what another process does may have gone unheard.
func (s *Store) wait(ctx context.Context, look func(now int64) (lanes.Outlook, error)) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		now := s.now()
		o, err := look(now)
		if err != nil {
			return err
		}
		if o.Ready {
			return nil
		}
		pause := s.cfg.Poll
		if o.Next > 0 {
			// At least a millisecond: a clock that stands still must not make
			// us spin.
			pause = min(max(time.Duration(o.Next-now)*time.Millisecond, time.Millisecond), pause)
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
