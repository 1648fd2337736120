package slack

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

func TestManners(t *testing.T) {
	now := time.Unix(1700000000, 0)
	m := newManners(func() time.Time { return now })
	for i := range 2 * formsAtOnce {
		if got := m.form("T/U1"); got != (i < formsAtOnce) {
			t.Errorf("window %d: %t", i, got)
		}
	}
	if !m.form("T/U2") {
		t.Error("one person's windows were counted for another")
	}
	if now = now.Add(formsApart); !m.form("T/U1") || m.form("T/U1") {
		t.Error("after a pause there is not one more")
	}
	if !m.hint("T/U1", "no") || m.hint("T/U1", "no") {
		t.Error("a line was not said once")
	}
	if m.hint("T/U2", "no") {
		t.Error("hints came in a burst")
	}
	if now = now.Add(hintsApart); !m.hint("T/U2", "no") {
		t.Error("another person was told nothing")
	}
	if now = now.Add(hintsApart); m.hint("T/U1", "no") || !m.hint("T/U1", "again") {
		t.Error("lines were taken for each other")
	}
	if now = now.Add(hintEvery); !m.hint("T/U1", "no") {
		t.Error("the line was never said again")
	}
	for i := range 5 * mannerSize {
		m.form(message.UserRef(fmt.Sprint("T/U", i)))
		if i%100 == 0 {
			now = now.Add(hintsApart)
			m.hint(message.UserRef(fmt.Sprint("T/U", i)), "no")
		}
	}
	if len(m.forms) > mannerSize || len(m.hints) > int(hintEvery/hintsApart)+1 {
		t.Errorf("%d and %d are remembered", len(m.forms), len(m.hints))
	}
}

// A guest who presses and presses is told once, however often they press, and
// the calls that makes do not come in a burst.
func TestAGuestIsToldOnce(t *testing.T) { eachMode(t, tryAGuestIsToldOnce) }

func tryAGuestIsToldOnce(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{AckTimeout: patience})
	fake.AddUser(slackfake.User{ID: "U2GUEST", Restricted: true})
	fake.Join(slackfake.Queue, "U2GUEST")
	var ahead atomic.Int64 // of a clock that stands
	began := time.Now()
	cfg := configIn(mode, fake)
	cfg.Forms = someForms
	cfg.Now = func() time.Time { return began.Add(time.Duration(ahead.Load())) }
	a, sink := newAdapter(t, cfg), newMemory()
	runOn(t, fake, a, sink)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)})
	guest := fake.Agent("U2GUEST")
	presses := 0
	press := func(n int) {
		t.Helper()
		for range n {
			if err := guest.Clicks(string(root), "Promise"); err != nil {
				t.Fatal(err)
			}
			presses++
		}
		if err := fake.Wait(within(t), func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
			t.Fatal(err)
		}
		a.modals.wait()
	}
	press(40)
	if n := fake.Calls("chat.postEphemeral"); n != 1 {
		t.Errorf("%d presses: told %d times", presses, n)
	}
	if n := fake.Calls("users.info"); n > formsAtOnce {
		t.Errorf("asked %d times who it is", n)
	}
	ahead.Store(int64(hintEvery))
	press(5)
	if n := fake.Calls("chat.postEphemeral"); n != 2 {
		t.Errorf("after a minute: told %d times", n)
	}
	if n := fake.Calls("views.open"); n != 0 {
		t.Errorf("%d windows were opened", n)
	}
}

// What one agent presses without end does not keep another's windows shut.
func TestWindowsOfOnePersonAreBounded(t *testing.T) {
	fake := newFake(t, slackfake.Options{AckTimeout: patience})
	anna, ben := fake.AddAgent("U1ANNA", "Anna"), fake.AddAgent("U3BEN", "Ben")
	began := time.Now()
	cfg := configFor(fake)
	cfg.Forms = someForms
	cfg.Now = func() time.Time { return began }
	a, sink := newAdapter(t, cfg), newMemory()
	run(t, a, sink)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)})
	for i := range 20 {
		if err := anna.Clicks(string(root), "Promise"); err != nil {
			t.Fatal(err)
		}
		sink.wait(t, "the press", func(r []adapters.Raw) bool { return len(r) >= i+2 })
		if err := fake.Wait(within(t), func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
			t.Fatal(err)
		}
		a.modals.wait()
	}
	if n := fake.Calls("views.open"); n != formsAtOnce {
		t.Errorf("%d windows were opened, want %d", n, formsAtOnce)
	}
	if err := ben.Clicks(string(root), "Promise"); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.WaitView(within(t)); err != nil {
		t.Error(err)
	}
}
