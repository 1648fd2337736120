package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	// catchUpOwned is the part of it for hand-offs that somebody owns.
	catchUpOwned = 80
	// catchUpKnown bounds the cards looked at.
	catchUpKnown = 5000
)

// catchUp reads again what agents wrote in threads that are open: at the start,
// when the adapter may have missed something, and once in a while. What is read
// goes the way of everything that arrives; copies change nothing.
func (b *Bot) catchUp(soft context.Context, from adapters.CatchUpper, sink adapters.Sink) {
	var r rounds
	for {
		wait := catchUpEvery
		threads, err := b.threads(soft, &r)
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

// rounds says where the next round of catching up goes on, where there are more
// threads than one round reads.
type rounds struct {
	owned, rest ring
}

// ring is a list of cards, the newest first, of which a part is read at a time.
// after is the last that was read; the zero value begins with the newest.
type ring struct{ after desk.Ref }

// from turns a list so that it begins behind the last that was read.
func (r *ring) from(list []desk.Ref) []desk.Ref {
	i := slices.Index(list, r.after) + 1 // one that is gone begins anew
	return append(slices.Clone(list[i:]), list[:i]...)
}

// threads are those in which agents' words count. Hand-offs that somebody owns
// come first, because only there words go to a customer, and the newest of them,
// because there people write; a part is left to the others, and what did not fit
// comes next time.
func (b *Bot) threads(ctx context.Context, r *rounds) ([]message.PlatformID, error) {
	handoffs, err := b.cfg.Store.OpenHandoffs(ctx, catchUpKnown)
	if err != nil {
		return nil, fmt.Errorf("open hand-offs: %w", err)
	}
	promises, err := b.cfg.Store.OpenPromises(ctx, 0, catchUpKnown)
	if err != nil {
		return nil, fmt.Errorf("open promises: %w", err)
	}
	var owned, rest []desk.Ref
	for _, h := range slices.Backward(handoffs) {
		ref := desk.Ref{Kind: desk.HandoffCard, Conv: h.Conv, N: h.N}
		if h.Owner != "" {
			owned = append(owned, ref)
			continue
		}
		rest = append(rest, ref)
	}
	for _, p := range promises {
		rest = append(rest, desk.Ref{Kind: desk.TaskCard, Conv: p.Conv, N: p.N})
	}
	list, err := b.threadsOf(ctx, &r.owned, owned, catchUpOwned)
	if err != nil {
		return nil, err
	}
	more, err := b.threadsOf(ctx, &r.rest, rest, catchUpMax-len(list))
	return append(list, more...), err
}

// threadsOf gives up to about max threads of a ring's cards.
func (b *Bot) threadsOf(ctx context.Context, r *ring, cards []desk.Ref, max int) ([]message.PlatformID, error) {
	var list []message.PlatformID
	for i, card := range r.from(cards) {
		if len(list) >= max {
			b.log.Info("there are more open threads than are read in one round; the others follow",
				zap.Int("cards", len(cards)), zap.Int("read", i))
			return list, nil
		}
		for _, name := range card.Anchors() {
			a, err := b.cfg.Store.FindAnchor(ctx, b.deskSender(), name)
			switch {
			case err == nil:
				list = append(list, a.ID)
			case !errors.Is(err, store.ErrNotFound):
				return nil, fmt.Errorf("open threads: %w", err)
			}
		}
		r.after = card
	}
	r.after = desk.Ref{} // all were read: the newest first again
	return list, nil
}
