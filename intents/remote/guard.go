package remote

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/accord-chat/accord/intents"
)

// Bounds of the breaker: after so many failures in a row the service is left
// alone, at first briefly, then twice as long after each call that fails again.
const (
	failuresInARow = 5
	firstRest      = 30 * time.Second
	longestRest    = 10 * time.Minute
)

// guard says whether a call may be made: it keeps the budget and the breaker. A
// service that is down must cost customers a few waits, not one each.
type guard struct {
	now    func() time.Time
	minute *rate.Limiter
	perDay int

	mu      sync.Mutex
	day     int64 // since 1970, UTC
	today   int
	failed  int // in a row
	rest    time.Duration
	until   time.Time // no call before
	probing bool      // one call is trying whether it is back
}

func newGuard(now func() time.Time, perMinute, perDay int) *guard {
	return &guard{now: now, perDay: perDay, minute: rate.NewLimiter(rate.Limit(float64(perMinute)/60), perMinute)}
}

// enter counts one call that is about to be made; with an error none may be.
func (g *guard) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	if day := now.Unix() / int64(24*time.Hour/time.Second); day != g.day {
		g.day, g.today = day, 0
	}
	open := g.failed >= failuresInARow
	switch {
	case open && (g.probing || now.Before(g.until)):
		return intents.TroubleResting
	case g.today >= g.perDay, !g.minute.AllowN(now, 1):
		return intents.TroubleBudget
	}
	g.today++
	g.probing = open
	return nil
}

// leave says how a call ended. Whoever entered leaves once.
func (g *guard) leave(well bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.probing = false
	if well {
		g.failed, g.rest = 0, 0
		return
	}
	if g.failed++; g.failed < failuresInARow {
		return
	}
	g.rest = min(max(2*g.rest, firstRest), longestRest)
	g.until = g.now().Add(g.rest)
}

// giveUp takes back that a call was entered which we ended ourselves: it says
// nothing about the service.
func (g *guard) giveUp() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.probing = false
}
