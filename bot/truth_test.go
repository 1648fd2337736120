package bot_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func unclear(adapters.Delivery) error {
	return &adapters.SendError{Outcome: adapters.Unknown, Reason: "no answer"}
}

func blockedUs(adapters.Delivery) error {
	return &adapters.SendError{Outcome: adapters.Refused, Reason: "blocked", Gone: true}
}

func throttled(adapters.Delivery) error {
	return &adapters.SendError{Outcome: adapters.Throttled, RetryAfter: 30 * time.Second, Reason: "slow"}
}

// meets lets only what goes to chat 7 meet a fate.
func meets(fate func(adapters.Delivery) error) func(adapters.Delivery) error {
	return func(d adapters.Delivery) error {
		if d.Chat != "7" {
			return nil
		}
		return fate(d)
	}
}

// passes moves the clock on by steps, with news on both sides that make senders
// look at it, until it is as wanted.
func (s *stage) passes(step time.Duration, until func() bool) {
	s.t.Helper()
	ctx := deadline(s.t)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := 0; !until(); n++ {
		s.clock.advance(step)
		s.customers.says(message.Chat(fmt.Sprintf("news%d", n)), "", "I want to talk to a person")
		select {
		case <-tick.C:
		case <-ctx.Done():
			var list []string
			for _, d := range s.agents.deliveries() {
				list = append(list, words(d))
			}
			s.t.Fatalf("it never came to that; agents saw %q", list)
		}
	}
}

// lastMark says whether the last mark on a message is state.
func (s *stage) lastMark(id message.PlatformID, state adapters.MarkState) func() bool {
	return func() bool {
		m := s.agents.marks(id)
		return len(m) > 0 && m[len(m)-1] == state
	}
}

func (s *stage) wantMarks(id message.PlatformID, want ...adapters.MarkState) {
	s.t.Helper()
	if got := s.agents.marks(id); !slices.Equal(got, want) {
		s.t.Errorf("marks on %s: %v, want %v", id, got, want)
	}
}

func (s *stage) said(part string) (n int) {
	for _, d := range s.customers.deliveries() {
		if says(part)(d) {
			n++
		}
	}
	return n
}

// changes is what an agent does to a message of theirs.
func (s *stage) changes(kind message.Kind, card received, id message.PlatformID, text string) {
	s.agents.arrives(message.Inbound{Kind: kind, Chat: message.Chat(card.got), Thread: card.got, ID: id, Text: text, From: message.Person{Ref: "anna"}})
}

// handled waits until everything that came was handled.
func (s *stage) handled() {
	s.t.Helper()
	ctx := deadline(s.t)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		st, err := s.store.Stats(ctx)
		if err != nil {
			s.t.Fatal(err)
		}
		if st.Pending == 0 {
			return
		}
		<-tick.C
	}
}

// TestWordsThatEndAsTheyBeganAreMarked: a second attempt that goes like the
// first is the last one, and must not leave the words on their way for ever.
func TestWordsThatEndAsTheyBeganAreMarked(t *testing.T) {
	for name, c := range map[string]struct {
		fate func(adapters.Delivery) error
		step time.Duration
	}{"unclear twice": {unclear, 11 * time.Second}, "out of reach for a day": {gone, 5 * time.Hour}, "throttled for a day": {throttled, 5 * time.Hour}} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			card := s.handedOff()
			s.customers.fails(meets(c.fate))
			s.agents.writes("anna", card.got, "a1", "hello there")
			s.agents.waitMark(t, "a1", adapters.MarkSent)
			s.passes(c.step, s.lastMark("a1", adapters.MarkFailed))
			s.wantMarks("a1", adapters.MarkSent, adapters.MarkFailed)
		})
	}
}

// TestWordsBehindABlockAreMarked, however the block becomes known; when the
// customer is back they can be sent again.
func TestWordsBehindABlockAreMarked(t *testing.T) {
	for _, how := range []string{"refused", "told"} {
		t.Run(how, func(t *testing.T) {
			s := newStage(t)
			card := s.handedOff()
			var fate atomic.Value
			fate.Store(gone)
			s.customers.fails(meets(func(d adapters.Delivery) error { return fate.Load().(func(adapters.Delivery) error)(d) }))
			s.agents.writes("anna", card.got, "a1", "one")
			s.agents.waitMark(t, "a1", adapters.MarkSent)
			s.agents.writes("anna", card.got, "a2", "two", message.Attachment{Kind: message.Document, File: "F1"}, message.Attachment{Kind: message.Document, File: "F2"})
			s.changes(message.KindEdited, card, "a1", "one, edited")
			s.agents.waitMark(t, "a2", adapters.MarkSent)
			s.handled() // the edit is among what waits when the block comes
			if how == "refused" {
				fate.Store(blockedUs)
			} else {
				s.customers.arrives(message.Inbound{Kind: message.KindBlocked, Chat: "7", From: message.Person{Ref: "c"}})
			}
			s.passes(time.Second, func() bool {
				return s.lastMark("a1", adapters.MarkFailed)() && s.lastMark("a2", adapters.MarkFailed)()
			})
			s.settled()
			s.wantMarks("a2", adapters.MarkSent, adapters.MarkFailed)
			s.agents.waitWords(t, "This edit did not reach the customer")
			failed := s.agents.waitMark(t, "a2", adapters.MarkFailed)
			s.customers.fails(nil)
			s.customers.says("7", "m9", "I am back")
			s.agents.waitWords(t, "I am back")
			s.settled()
			if s.said("two") != 0 {
				t.Error("it went out after all, though its mark says that it failed")
			}
			s.agents.presses("anna", card.got, failed.got, button(t, failed.Mark.Buttons, "again"), nil)
			s.agents.waitMark(t, "a2", adapters.MarkDelivered)
			if s.said("two") != 1 {
				t.Errorf("said %d times", s.said("two"))
			}
			s.replays()
		})
	}
}

// TestWordsThatWaitBehindOthersSaySo, those that wait already and those that are
// written then.
func TestWordsThatWaitBehindOthersSaySo(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.customers.fails(meets(throttled))
	s.agents.writes("anna", card.got, "a1", "one")
	s.agents.writes("anna", card.got, "a2", "two")
	s.agents.waitMark(t, "a1", adapters.MarkSent)
	s.agents.writes("anna", card.got, "a3", "three")
	s.agents.waitMark(t, "a2", adapters.MarkSent)
	s.agents.waitMark(t, "a3", adapters.MarkSent)
	s.customers.fails(nil)
	s.passes(31*time.Second, s.lastMark("a3", adapters.MarkDelivered))
	s.settled()
	for _, id := range []message.PlatformID{"a1", "a2", "a3"} {
		s.wantMarks(id, adapters.MarkSent, adapters.MarkDelivered)
	}
	s.agents.writes("anna", card.got, "a4", "four") // and no longer than that
	s.agents.waitMark(t, "a4", adapters.MarkDelivered)
	s.wantMarks("a4", adapters.MarkDelivered)
}

// TestWordsForARefusedAccountSaySo, in every chat of it.
func TestWordsForARefusedAccountSaySo(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.customers.fails(func(d adapters.Delivery) error {
		return &adapters.SendError{Outcome: adapters.Refused, Fatal: true, Reason: "token revoked"}
	})
	s.customers.says("8", "", "hello")
	ctx := deadline(t)
	for tick := time.NewTicker(5 * time.Millisecond); s.bot.Ready(ctx) == nil; <-tick.C {
		if ctx.Err() != nil {
			t.Fatal("nobody notices that the account is refused")
		}
	}
	s.agents.writes("anna", card.got, "a1", "one moment")
	s.agents.waitMark(t, "a1", adapters.MarkSent)
}

// TestAnEditHeldByABlockIsSentAgain: the words are there, their change is not,
// so the change is what [Send again] sends.
func TestAnEditHeldByABlockIsSentAgain(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "the price is 10")
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)
	s.customers.arrives(message.Inbound{Kind: message.KindBlocked, Chat: "7", From: message.Person{Ref: "c"}})
	s.settled()
	s.changes(message.KindEdited, card, "a1", "the price is 100")
	failed := s.agents.waitMark(t, "a1", adapters.MarkFailed)
	s.customers.arrives(message.Inbound{Kind: message.KindUnblocked, Chat: "7", From: message.Person{Ref: "c"}})
	s.settled()
	s.agents.presses("anna", card.got, failed.got, button(t, failed.Mark.Buttons, "again"), nil)
	s.customers.waitWords(t, "amend the price is 100")
	s.passes(time.Second, s.lastMark("a1", adapters.MarkDelivered))
	s.settled()
	s.wantMarks("a1", adapters.MarkDelivered, adapters.MarkFailed, adapters.MarkDelivered)
	if s.said("the price") != 1 {
		t.Error("said as new words")
	}
	s.replays()
}

// TestAChangeBeforeItsWordsCounts, also after a restart in between: order is not
// promised, and what was taken back must not go out.
func TestAChangeBeforeItsWordsCounts(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.changes(message.KindEdited, card, "a1", "wrong window, sorry")
	s.changes(message.KindDeleted, card, "a1", "")
	s.changes(message.KindEdited, card, "a1", "wrong window, sorry!") // swapped, too
	s.changes(message.KindEdited, card, "a2", "second wording")
	s.changes(message.KindEdited, card, "a2", "third wording")
	s.settled()
	s.stop()
	s.customers.sink, s.agents.sink = nil, nil
	s.open()
	s.agents.writes("anna", card.got, "a1", "wrong window")
	s.agents.writes("anna", card.got, "a2", "first wording")
	s.customers.wait(t, "the last wording", says("third wording"))
	s.agents.waitMark(t, "a2", adapters.MarkDelivered)
	s.changes(message.KindEdited, card, "a2", "fourth wording") // from here on as ever
	s.customers.waitWords(t, "amend fourth wording")
	s.settled()
	if s.said("wrong window") != 0 || s.said("first wording") != 0 || len(s.agents.marks("a1")) != 0 {
		t.Errorf("the customer read what was taken back: %d, %d", s.said("wrong window"), s.said("first wording"))
	}
	s.replays()
}
