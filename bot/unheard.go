package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

const (
	// unheardAfter is how long a customer who asked for a person waits before
	// hearing that nobody can be reached: long enough for a platform to
	// hiccup, short enough to be believed.
	unheardAfter = 20 * time.Second
	watchEvery   = time.Second
	// watchMax bounds the hand-offs looked at in one go. Oldest come first and
	// most of them are told already, so it must be more than ever wait.
	watchMax = 5000
)

// outage is what is known of whether the agents' platform can be reached. The
// zero value knows of no trouble. Safe for concurrent use.
type outage struct {
	mu    sync.Mutex
	since time.Time // nothing got through from then on; zero = the last attempt did
	last  time.Time // when something got through last
}

// failed notes an attempt that did not get through, of a row that was written
// at a time: since then at the latest nothing may have got through.
func (o *outage) failed(written time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.since.IsZero() {
		return
	}
	o.since = written
	if o.last.After(written) {
		o.since = o.last
	}
}

// answered notes an attempt that did.
func (o *outage) answered(now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.since, o.last = time.Time{}, now
}

// look says since when the platform is out of reach; down is false, and since
// zero, where it is not, or only for a moment.
func (o *outage) look(now time.Time) (since time.Time, down bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() || now.Sub(o.since) < unheardAfter {
		return time.Time{}, false
	}
	return o.since, true
}

// watchDesk tells customers who wait for a person that nobody hears of it, as
// long as the agents' platform is out of reach. It looks at the clock and not
// at single attempts: a card may wait behind others, for an account that rests,
// or for one that was refused.
func (b *Bot) watchDesk(soft context.Context) {
	told := map[string]bool{}
	was := false
	for clock := time.NewTicker(b.watchEvery); ; {
		select {
		case <-soft.Done():
			clock.Stop()
			return
		case <-clock.C:
		}
		since, down := b.outage.look(b.cfg.Now())
		switch {
		case down && !was:
			b.log.Warn("the agents' platform is out of reach; hand-offs wait and customers are told so",
				zap.String("sender", b.deskSender()), zap.Time("since", since))
		case was && !down:
			b.log.Info("the agents' platform is back; what waited for it is being shown", zap.String("sender", b.deskSender()))
			clear(told)
		}
		if was = down; !down {
			continue
		}
		if err := b.unheard(soft, told); err != nil && soft.Err() == nil {
			b.log.Error("customers could not be told that nobody can be reached", zap.Error(err))
		}
	}
}

// unheard tells each conversation once whose card has waited too long. told
// spares the store from being asked again; the key makes sure that once is
// once, also after a restart.
func (b *Bot) unheard(ctx context.Context, told map[string]bool) error {
	rows, err := b.cfg.Store.OpenHandoffs(ctx, watchMax)
	if err != nil {
		return fmt.Errorf("hand-offs that wait: %w", err)
	}
	now := b.cfg.Now()
	for _, h := range rows {
		key := fmt.Sprintf("unheard:%d:%d", h.Conv, h.N)
		if h.Owner != "" || told[key] || now.Sub(time.UnixMilli(h.Opened)) < unheardAfter {
			continue
		}
		_, err := b.cfg.Store.FindAnchor(ctx, b.deskSender(), desk.HandoffAnchor(h.Conv, h.N))
		if err == nil { // the card stands there: somebody has heard
			told[key] = true
			continue
		}
		if !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("a card that waits: %w", err)
		}
		in, err := newInput(h.Conv, key, dialog.Input{At: moment(now.UnixMilli()), Kind: dialog.InUnheard, Agent: &dialog.AgentAct{Handoff: h.N}})
		if err != nil {
			return err
		}
		if err := b.cfg.Store.Ingest(ctx, []store.New{in}, nil); err != nil {
			return fmt.Errorf("a card that waits: %w", err)
		}
		told[key] = true
	}
	return nil
}
