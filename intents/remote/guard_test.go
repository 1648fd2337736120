package remote

import (
	"errors"
	"testing"
	"time"

	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/remote/remotetest"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 3, 2, 23, 0, 0, 0, time.UTC)} }

func TestAServiceThatFailsIsLeftAlone(t *testing.T) {
	c := newClock()
	s := remotetest.New(remotetest.Fails(500))
	r := reader(t, s, func(cfg *Config) { cfg.Now = c.now })
	ask := func() error {
		_, err := r.Advise(t.Context(), "x", unsure("refund"), intents.Context{})
		return err
	}
	for range failuresInARow {
		if err := ask(); !errors.Is(err, intents.TroubleFailed) {
			t.Fatal(err)
		}
	}
	calls := func() int { asked, _ := s.Asked(); return len(asked) }
	rest := firstRest
	for n := failuresInARow; n < failuresInARow+3; n++ {
		c.at = c.at.Add(rest - time.Millisecond)
		if err := ask(); !errors.Is(err, intents.TroubleResting) || calls() != n {
			t.Fatalf("after %v: %v, %d calls", rest, err, calls())
		}
		c.at = c.at.Add(time.Millisecond)
		if err := ask(); !errors.Is(err, intents.TroubleFailed) || calls() != n+1 {
			t.Fatalf("the probe: %v, %d calls", err, calls())
		}
		rest *= 2
	}
	s.Behave(remotetest.Says(`{"intent":"refund"}`))
	c.at = c.at.Add(longestRest)
	for range 3 {
		if err := ask(); err != nil {
			t.Fatalf("it is back, and yet: %v", err)
		}
	}
}

func TestOneCallTriesWhetherAServiceIsBack(t *testing.T) {
	c := newClock()
	g := newGuard(c.now, 100, 100)
	for range failuresInARow {
		if err := g.enter(); err != nil {
			t.Fatal(err)
		}
		g.leave(false)
	}
	c.at = c.at.Add(firstRest)
	if g.enter() != nil || g.enter() == nil {
		t.Error("not just one call tries")
	}
	g.giveUp()
	if g.enter() != nil {
		t.Error("after a call that was given up nobody tries any more")
	}
}

func TestCallsAreCountedByMinuteAndDay(t *testing.T) {
	c := newClock()
	g := newGuard(c.now, 3, 5)
	enter := func() bool { defer g.leave(true); return g.enter() == nil }
	n := 0
	for range 10 {
		if enter() {
			n++
		}
	}
	if n != 3 {
		t.Errorf("%d calls at once", n)
	}
	c.at = c.at.Add(20 * time.Second)
	if !enter() || enter() {
		t.Error("a third of a minute gives not one call")
	}
	c.at = c.at.Add(10 * time.Minute)
	if !enter() || enter() {
		t.Error("the day has not five calls")
	}
	c.at = c.at.Add(time.Hour)
	if !enter() {
		t.Error("a new day gives none")
	}
}
