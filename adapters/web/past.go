package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	// readersAtOnce is how many histories are read at one time; the others
	// wait. Each read holds up to some MiB for milliseconds.
	readersAtOnce = 4
	// largePast is how many bytes of history a page may be told without a place
	// for it. Larger ones are few at a time, because the slowest of readers keeps
	// what it is told in memory.
	largePast   = 64 << 10
	ownLarge    = tabs
	nearLarge   = 8
	allLarge    = 48
	pastMinimum = 16 << 10 // bytes a second that a page has to take
)

// errCrowded: too many large histories are on their way.
var errCrowded = errors.New("many long conversations are being read just now")

// past is what a page has not seen. It is encoded entry by entry while it is
// written.
type past struct {
	first   []event // to be said before the entries
	entries []Entry
	size    int
	leave   func() // gives back what a large one took
}

// patience is how long the page may take for all of it.
func (p past) patience() time.Duration {
	return writePatience + time.Duration(p.size)*time.Second/pastMinimum
}

// sinceSeen is what the page has not seen, and before it the epoch. A page of
// another epoch has seen nothing: the numbers it knows are of other entries.
func (a *Adapter) sinceSeen(ctx context.Context, chat message.Chat, r *http.Request) (past, error) {
	after := lastSeen(r)
	if a.cfg.Epoch == nil {
		return a.past(ctx, chat, a.address(r), after)
	}
	epoch, err := a.cfg.Epoch(ctx)
	if err != nil {
		return past{}, err
	}
	if known := r.URL.Query().Get("epoch"); known != "" && known != epoch {
		after = 0
	}
	first, err := epochEvent(epoch)
	if err != nil {
		return past{}, err
	}
	p, err := a.past(ctx, chat, a.address(r), after)
	p.first = append([]event{first}, p.first...)
	return p, err
}

// past reads what the page has not seen. Its leave must be called where there
// is no error.
func (a *Adapter) past(ctx context.Context, chat message.Chat, from netip.Addr, after int64) (past, error) {
	entries, err := a.readHistory(ctx, chat, after)
	if err != nil {
		return past{}, err
	}
	p := past{leave: func() {}}
	if len(entries) > 0 && entries[0].Cut {
		p.first = []event{{name: "cut", data: noData}}
	}
	for _, e := range current(entries) {
		if e.From == Customer || e.ID > after {
			p.entries, p.size = append(p.entries, e), p.size+e.size()
		}
	}
	if p.size <= largePast {
		return p, nil
	}
	leave, who := a.large.take(chat, from)
	if who != nobody {
		return past{}, errCrowded
	}
	p.leave = leave
	return p, nil
}

// readHistory waits its turn and reads.
func (a *Adapter) readHistory(ctx context.Context, chat message.Chat, after int64) ([]Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	select {
	case a.readers <- struct{}{}:
		defer func() { <-a.readers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return a.cfg.History(ctx, chat, after)
}

// tell writes what the page has not seen, and says which entries those were. ok
// is false when the page is gone, took too long, or was ended meanwhile.
func (a *Adapter) tell(ctx context.Context, out eventWriter, s *stream, p past) (shown map[string]bool, ok bool) {
	defer p.leave()
	until := time.Now().Add(p.patience())
	for _, ev := range p.first {
		if out.write(ev) != nil {
			return nil, false
		}
	}
	shown = make(map[string]bool, len(p.entries))
	for i, e := range p.entries {
		if ctx.Err() != nil || s.over() || time.Now().After(until) {
			return nil, false
		}
		ev, err := entryEvent(e)
		if err != nil || out.write(ev) != nil {
			return nil, false
		}
		shown[ev.key] = true
		p.entries[i] = Entry{} // what is told need not be kept
	}
	return shown, true
}
