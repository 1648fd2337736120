package slack

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/accord-chat/accord/dialog/message"
)

// How often the adapter answers presses by itself, past the outbox and its
// pace. Who presses need not be an agent: a guest's finger must not use up what
// Slack lets us say in the channel.
const (
	hintEvery   = time.Minute // the same line to the same person
	hintsApart  = 2 * time.Second
	formsApart  = 2 * time.Second // windows for one person, beyond formsAtOnce
	formsAtOnce = 5
	mannerSize  = 1024 // people remembered
)

// manners remembers how often somebody was answered lately. Safe for concurrent
// use.
type manners struct {
	now   func() time.Time
	mu    sync.Mutex
	forms map[message.UserRef]*rate.Limiter
	hints map[hinted]time.Time
	all   *rate.Limiter // of hints
}

// hinted is a line and who read it.
type hinted struct {
	who  message.UserRef
	line string
}

func newManners(now func() time.Time) *manners {
	return &manners{
		now: now, forms: map[message.UserRef]*rate.Limiter{}, hints: map[hinted]time.Time{},
		all: rate.NewLimiter(rate.Every(hintsApart), 1),
	}
}

// form says whether one more window may be opened for who.
func (m *manners) form(who message.UserRef) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	l := m.forms[who]
	if l == nil {
		m.forget(now)
		l = rate.NewLimiter(rate.Every(formsApart), formsAtOnce)
		m.forms[who] = l
	}
	return l.AllowN(now, 1)
}

// hint says whether line may be said to who now, and takes it as said.
func (m *manners) hint(who message.UserRef, line string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	h := hinted{who, line}
	if at, said := m.hints[h]; said && now.Sub(at) < hintEvery {
		return false
	}
	if !m.all.AllowN(now, 1) {
		return false
	}
	m.forget(now)
	m.hints[h] = now
	return true
}

// forget makes room: first those who have rested, and all where everybody is
// busy, which costs a few lines too many.
func (m *manners) forget(now time.Time) {
	if len(m.forms) >= mannerSize {
		for who, l := range m.forms {
			if l.TokensAt(now) >= formsAtOnce {
				delete(m.forms, who)
			}
		}
	}
	for h, at := range m.hints {
		if now.Sub(at) >= hintEvery {
			delete(m.hints, h)
		}
	}
	if len(m.forms) >= mannerSize {
		clear(m.forms)
	}
}
