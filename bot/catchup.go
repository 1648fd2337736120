package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// catchUpEvery is how often threads are read although nothing seems
	// missing: platforms call their events best effort.
	catchUpEvery = 3 * time.Minute
	// catchUpSoon is when it is tried again after it failed.
	catchUpSoon = 15 * time.Second
	// catchUpMax bounds the threads read in one go, because each costs a
	// request and platforms count those.
	catchUpMax = 100
)

// catchUp reads again what agents wrote in threads that are open: at the start,
// when the adapter may have missed something, and once in a while. What is read
// goes the way of everything that arrives; copies change nothing.
func (b *Bot) catchUp(soft context.Context, from adapters.CatchUpper, sink adapters.Sink) {
	for {
		wait := catchUpEvery
		threads, err := b.threads(soft)
		if err == nil && len(threads) > 0 {
			err = from.CatchUp(soft, sink, threads)
		}
		if soft.Err() != nil {
			return
		}
		if err != nil {
			b.log.Warn("threads could not be read again; some words may come late", zap.Int("threads", len(threads)), zap.Error(err))
			wait = catchUpSoon
		}
		clock := time.NewTimer(wait)
		select {
		case <-soft.Done():
		case <-from.Gap():
		case <-clock.C:
		}
		clock.Stop()
		if soft.Err() != nil {
			return
		}
	}
}

// threads are those in which agents' words count: of open hand-offs first, then
// of tasks, the soonest first.
func (b *Bot) threads(ctx context.Context) ([]message.PlatformID, error) {
	handoffs, err := b.cfg.Store.OpenHandoffs(ctx, catchUpMax)
	if err != nil {
		return nil, fmt.Errorf("open hand-offs: %w", err)
	}
	promises, err := b.cfg.Store.OpenPromises(ctx, 0, catchUpMax)
	if err != nil {
		return nil, fmt.Errorf("open promises: %w", err)
	}
	refs := make([]desk.Ref, 0, len(handoffs)+len(promises))
	for _, h := range handoffs {
		refs = append(refs, desk.Ref{Kind: desk.HandoffCard, Conv: h.Conv, N: h.N})
	}
	for _, p := range promises {
		refs = append(refs, desk.Ref{Kind: desk.TaskCard, Conv: p.Conv, N: p.N})
	}
	var list []message.PlatformID
	for _, r := range refs {
		for _, name := range r.Anchors() {
			a, err := b.cfg.Store.FindAnchor(ctx, b.deskSender(), name)
			switch {
			case err == nil:
				list = append(list, a.ID)
			case !errors.Is(err, store.ErrNotFound):
				return nil, fmt.Errorf("open threads: %w", err)
			}
			if len(list) == catchUpMax {
				return list, nil
			}
		}
	}
	return list, nil
}
