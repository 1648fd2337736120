package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWhoWaitsForNobodyIsTold: with the agents' platform out of reach the
// hand-off waits, the customer hears so once, and the card is shown when it is
// back, also after a restart in between.
func TestWhoWaitsForNobodyIsTold(t *testing.T) {
	s := newStage(t)
	s.agents.fails(gone)
	s.customers.says("7", "m1", "I want to talk to a person")
	s.customers.waitWords(t, "A colleague takes over.")
	if st, err := s.bot.Stats(deadline(t)); err != nil || !st.Unreached.IsZero() {
		t.Errorf("a moment's trouble is an outage: %+v, %v", st, err)
	}
	s.clock.advance(25 * time.Second)
	told := s.customers.wait(t, "the truth", func(d adapters.Delivery) bool {
		return d.Say != nil && !strings.Contains(d.Say.Text, "takes over")
	})
	st, err := s.bot.Stats(deadline(t))
	if err != nil || st.Unreached.IsZero() {
		t.Errorf("nobody knows of the outage: %+v, %v", st, err)
	}
	if err := s.bot.Ready(deadline(t)); err != nil {
		t.Errorf("customers are served, and it says %v", err)
	}
	s.stop()
	s.customers.sink, s.agents.sink = nil, nil
	s.open()
	s.agents.fails(nil)
	s.clock.advance(time.Minute)
	s.agents.waitWords(t, "Mei needs a person")
	s.settled()
	n := 0
	for _, d := range s.customers.deliveries() {
		if d.Say != nil && d.Say.Text == told.Say.Text {
			n++
		}
	}
	if st, err := s.bot.Stats(deadline(t)); err != nil || !st.Unreached.IsZero() || n != 1 {
		t.Errorf("told %d times; %+v, %v", n, st, err)
	}
	s.replays()
}

// TestWhatWasMissedIsReadAgain: at the start and after a gap, in the threads of
// what is open; copies change nothing.
func TestWhatWasMissedIsReadAgain(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.mu.Lock()
	s.agents.missed = []message.Inbound{{Kind: message.KindAgentText, Chat: message.Chat(card.got), Thread: card.got, ID: "a7",
		Text: "written while we were away", From: message.Person{Ref: "anna"}}}
	s.agents.mu.Unlock()
	s.agents.gap <- struct{}{}
	s.customers.waitWords(t, "written while we were away")
	s.agents.gap <- struct{}{}
	s.agents.waitMark(t, "a7", adapters.MarkDelivered)
	s.stop()
	s.open() // and once more at the start
	if err := s.await(func() bool { return len(s.agents.read) >= 3 }); err != nil {
		t.Fatalf("read %d times: %v", len(s.agents.read), err)
	}
	s.settled()
	n := 0
	for _, d := range s.customers.deliveries() {
		if says("written while")(d) {
			n++
		}
	}
	for _, threads := range s.agents.read {
		if !slices.Contains(threads, card.got) {
			t.Errorf("read %v", threads)
		}
	}
	if n != 1 {
		t.Errorf("the customer read it %d times", n)
	}
}

// await waits until the agents' stand is as wanted.
func (s *stage) await(until func() bool) error {
	ctx := deadline(s.t)
	defer context.AfterFunc(ctx, s.agents.cond.Broadcast)()
	s.agents.mu.Lock()
	defer s.agents.mu.Unlock()
	for !until() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.agents.cond.Wait()
	}
	return nil
}

func TestEveryActIsAudited(t *testing.T) {
	s := newStage(t)
	card := s.asked()
	take := button(t, card.Post.Buttons, "take")
	s.agents.presses("stranger", card.got, card.got, take, nil)
	s.agents.waitWords(t, "not on this queue")
	s.agents.presses("anna", card.got, card.got, take, nil)
	s.agents.waitWords(t, "has taken this")
	s.agents.writes("anna", card.got, "a1", "hello")
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)
	s.agents.writes("stranger", card.got, "a2", "psst")
	s.settled()
	var got []string
	for _, r := range s.audits() {
		got = append(got, r.Who+" "+r.Act+" "+r.About+" "+r.Verdict)
		if r.At == 0 {
			t.Errorf("%+v", r)
		}
	}
	slices.Reverse(got)
	want := []string{"desk:stranger take handoff:1:1 denied", "desk:anna take handoff:1:1 allowed",
		"desk:anna reply handoff:1:1 allowed", "desk:stranger reply handoff:1:1 denied"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the books have %q", got)
	}
}

// TestAnOutageIsToldOnceToOperators, whatever it is: no network, or an account
// that is refused.
func TestAnOutageIsToldOnceToOperators(t *testing.T) {
	core, seen := observer.New(zap.InfoLevel)
	s := blankStage(t)
	s.log = zap.New(core)
	s.open()
	s.agents.fails(gone)
	s.customers.says("7", "m1", "I want to talk to a person")
	s.customers.waitWords(t, "A colleague takes over.")
	s.clock.advance(25 * time.Second)
	s.customers.wait(t, "the truth", func(d adapters.Delivery) bool { return d.Say != nil && !strings.Contains(d.Say.Text, "takes over") })
	s.customers.says("8", "m2", "I want to talk to a person") // wakes the sender
	s.agents.fails(nil)
	s.agents.waitWords(t, "Mei needs a person")
	s.settled()
	logged := func(part string) int { return seen.FilterMessageSnippet(part).Len() }
	ctx := deadline(t)
	for tick := time.NewTicker(20 * time.Millisecond); logged("is back") == 0; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("nobody is told that it is back")
		}
	}
	if logged("is out of reach") != 1 || logged("is back") != 1 {
		t.Errorf("out of reach %d times, back %d times", logged("is out of reach"), logged("is back"))
	}
}

func TestARefusedAccountLeavesNobodyWaiting(t *testing.T) {
	s := newStage(t)
	s.agents.fails(func(adapters.Delivery) error {
		return &adapters.SendError{Outcome: adapters.Refused, Fatal: true, Reason: "token revoked"}
	})
	s.customers.says("7", "m1", "I want to talk to a person")
	s.customers.waitWords(t, "A colleague takes over.")
	s.clock.advance(25 * time.Second)
	s.customers.wait(t, "the truth", func(d adapters.Delivery) bool { return d.Say != nil && !strings.Contains(d.Say.Text, "takes over") })
	if s.bot.Ready(deadline(t)) == nil {
		t.Error("a refused account is no alarm")
	}
}
