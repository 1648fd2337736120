package slack

import (
	"sync"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	keepYes   = 5 * time.Minute
	keepNo    = 30 * time.Second
	cacheSize = 4096 // anybody in the workspace can press a button
)

// agentCache remembers who is an agent, for a short while: long enough to keep
// the look-ups few, short enough that a person who left is out soon. Safe for
// concurrent use.
type agentCache struct {
	now     func() time.Time
	mu      sync.Mutex
	team    string // our own
	bot     string // our own user
	entries map[message.UserRef]verdict
}

type verdict struct {
	person message.Person
	err    error
	until  time.Time
}

func newAgentCache(now func() time.Time) *agentCache {
	return &agentCache{now: now, entries: map[message.UserRef]verdict{}}
}

func (c *agentCache) get(ref message.UserRef) (verdict, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.entries[ref]
	if !ok || !c.now().Before(v.until) {
		return verdict{}, false
	}
	return v, true
}

func (c *agentCache) put(ref message.UserRef, p message.Person, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) >= cacheSize {
		clear(c.entries)
	}
	keep := keepYes
	if err != nil {
		keep = keepNo
	}
	c.entries[ref] = verdict{p, err, c.now().Add(keep)}
}

func (c *agentCache) identity() (team, bot string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.team, c.bot
}

func (c *agentCache) setIdentity(team, bot string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.team, c.bot = team, bot
}
