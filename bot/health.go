package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/accord-chat/accord/bot/store"
)

// Stats is how the bot stands: what is stored, and which parts have given up
// ("telegram/4711": why).
type Stats struct {
	Store store.Stats
	Down  map[string]string
	// Unreached is since when the agents' platform is out of reach; the zero
	// time where it is not. Customers are served all the same, and told, so the
	// bot is ready.
	Unreached time.Time
}

// Ready says whether messages are taken and answered: the database can be
// written, and no part has given up. The error is for operators and holds no
// secrets.
func (b *Bot) Ready(ctx context.Context) error {
	b.mu.Lock()
	started, down := b.started, maps.Clone(b.down)
	b.mu.Unlock()
	var errs []error
	if !started {
		errs = append(errs, errors.New("not started"))
	}
	select {
	case <-b.stop:
		errs = append(errs, errors.New("stopping"))
	default:
	}
	if err := b.cfg.Store.Ping(ctx); err != nil {
		errs = append(errs, fmt.Errorf("database: %w", err))
	}
	for _, part := range slices.Sorted(maps.Keys(down)) {
		errs = append(errs, fmt.Errorf("%s: %s", part, down[part]))
	}
	return errors.Join(errs...)
}

// Stats counts what is stored and says what has given up.
func (b *Bot) Stats(ctx context.Context) (Stats, error) {
	s, err := b.cfg.Store.Stats(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	unreached, _ := b.outage.look(b.cfg.Now())
	return Stats{Store: s, Down: maps.Clone(b.down), Unreached: unreached}, nil
}

// alarm notes that a part has given up, for Ready and Stats.
func (b *Bot) alarm(part, why string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down[part] = why
}
