package facts

import (
	"maps"
	"sync"
	"time"

	"github.com/accord-chat/accord/dialog"
)

// maxCached bounds the answers that are kept.
const maxCached = 1000

// cache keeps answers for a while. Who asks is part of what is asked, so nobody
// is told what was found for somebody else.
type cache struct {
	keep time.Duration
	mu   sync.Mutex
	all  map[string]kept
}

type kept struct {
	fact  dialog.Fact
	until time.Time
}

func newCache(keep time.Duration) *cache { return &cache{keep: keep, all: map[string]kept{}} }

func (c *cache) get(id string, now time.Time) (dialog.Fact, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.all[id]
	if !ok || !now.Before(k.until) {
		return dialog.Fact{}, false
	}
	k.fact.Row = maps.Clone(k.fact.Row)
	return k.fact, true
}

func (c *cache) put(id string, fact dialog.Fact, now time.Time) {
	if c.keep <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) >= maxCached {
		maps.DeleteFunc(c.all, func(_ string, k kept) bool { return !now.Before(k.until) })
	}
	if len(c.all) >= maxCached {
		clear(c.all) // every answer can be asked for again
	}
	fact.Row = maps.Clone(fact.Row)
	c.all[id] = kept{fact, now.Add(c.keep)}
}
