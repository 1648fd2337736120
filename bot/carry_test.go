package bot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/message"
)

// TestTheDeskGoesOnThroughUnclearAnswers: what is looked for before it is posted
// again, or may be done twice, is not given up after the second.
func TestTheDeskGoesOnThroughUnclearAnswers(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	var tries atomic.Int32
	s.agents.fails(func(d adapters.Delivery) error {
		if strings.Contains(words(d), "my number is 555") && tries.Add(1) < 6 {
			return unclear(d)
		}
		return nil
	})
	s.customers.says("7", "m3", "my number is 555")
	s.passes(20*time.Second, func() bool {
		return slices.ContainsFunc(s.agents.deliveries(), func(d adapters.Delivery) bool {
			return d.Thread == card.got && d.Resend && strings.Contains(words(d), "my number is 555")
		})
	})
	if st := s.settled(); st.Dead != 0 || tries.Load() != 6 {
		t.Errorf("%+v after %d tries", st, tries.Load())
	}
}

// TestWhatTheDeskNeverShowsIsTold in the channel, once for a card that somebody
// deleted; what was only for one person is not.
func TestWhatTheDeskNeverShowsIsTold(t *testing.T) {
	s := newStage(t)
	s.handedOff()
	s.agents.fails(func(d adapters.Delivery) error {
		if d.Thread != "" && d.Mark == nil {
			return never(d)
		}
		return nil
	})
	s.customers.says("7", "m3", "my number is 555")
	told := s.agents.waitWords(t, "could not be shown here")
	if told.Thread != "" || strings.Contains(words(told.Delivery), "555") {
		t.Errorf("%q in %q", words(told.Delivery), told.Thread)
	}
	s.settled()
	if n := len(s.agents.deliveries()); !strings.Contains(words(s.agents.deliveries()[n-1]), "could not be shown") {
		t.Error("told more than that")
	}
}

// keeper is a platform whose files cannot be fetched, as long as it says so.
func (s *stage) unfetched(broken *atomic.Bool) {
	s.customers.mu.Lock()
	defer s.customers.mu.Unlock()
	s.customers.opens = func() error {
		if broken.Load() {
			return errors.New("status 500")
		}
		return nil
	}
}

// TestAFileThatCannotBeFetchedHoldsUpNothing: words and marks go on, the agents'
// platform is not to blame, and after a while its place says so.
func TestAFileThatCannotBeFetchedHoldsUpNothing(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	var broken atomic.Bool
	broken.Store(true)
	s.unfetched(&broken)
	opened := func(d adapters.Delivery) error {
		if d.Post == nil || len(d.Post.Files) == 0 {
			return nil
		}
		f, err := d.Open(t.Context(), d.Post.Files[0])
		switch {
		case errors.Is(err, adapters.ErrUnread) && errors.Is(err, adapters.ErrNoFile):
			return nil // it says so in its place
		case err != nil:
			return &adapters.SendError{Outcome: adapters.NotSent, Reason: "the file could not be read"}
		}
		return f.Body.Close()
	}
	s.agents.fails(opened)
	s.customers.files["P1"] = "photo"
	s.customers.arrives(message.Inbound{Kind: message.KindMedia, Chat: "7", ID: "m9", Text: "this is how it looks", From: message.Person{Ref: "c", Name: "Mei"},
		Attachments: []message.Attachment{{Kind: message.Photo, File: "P1"}}})
	s.agents.waitWords(t, "this is how it looks")
	s.customers.says("7", "m10", "please answer, it is urgent")
	s.agents.waitWords(t, "it is urgent")
	s.agents.writes("anna", card.got, "a1", "I am here")
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)
	s.clock.advance(25 * time.Second)
	if st, err := s.bot.Stats(deadline(t)); err != nil || !st.Unreached.IsZero() || st.Store.Unsent == 0 {
		t.Errorf("%+v, %v", st, err)
	}
	s.passes(10*time.Second, func() bool {
		return slices.ContainsFunc(s.agents.deliveries(), func(d adapters.Delivery) bool { return d.Post != nil && len(d.Post.Files) > 0 })
	})
	if st := s.settled(); st.Dead != 0 {
		t.Errorf("%+v", st)
	}
	history, err := s.bot.DeskHistory(deadline(t), card.Post.Anchor)
	if err != nil || !slices.ContainsFunc(history, func(e bot.DeskEntry) bool { return e.Post != nil && len(e.Post.Files) > 0 }) {
		t.Errorf("a desk without a platform of its own does not show the file: %v", err)
	}
}

// TestAFileWaitsForItsCard, however often it is looked for, and is not posted
// where nobody knows whose it is.
func TestAFileWaitsForItsCard(t *testing.T) {
	s := newStage(t)
	itsCard := func(d adapters.Delivery) bool {
		return d.Post != nil && d.Post.Anchor == "handoff:1:1" && d.Target == ""
	}
	var away atomic.Bool
	away.Store(true)
	s.agents.fails(func(d adapters.Delivery) error {
		if away.Load() && itsCard(d) {
			return gone(d)
		}
		return nil
	})
	s.customers.says("7", "m1", "I want to talk to a person")
	s.customers.waitWords(t, "A colleague takes over.")
	s.customers.arrives(message.Inbound{Kind: message.KindMedia, Chat: "7", ID: "m9", From: message.Person{Ref: "c", Name: "Mei"},
		Attachments: []message.Attachment{{Kind: message.Photo, File: "P1"}}})
	s.passes(5*time.Second, func() bool {
		rows, err := s.store.Unsent(deadline(t), s.agents.Sender(), "handoff:1:1:files", 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		return len(rows) == 1 && rows[0].Attempts > 8
	})
	away.Store(false)
	s.passes(5*time.Second, func() bool {
		return slices.ContainsFunc(s.agents.deliveries(), func(d adapters.Delivery) bool { return d.Post != nil && len(d.Post.Files) > 0 })
	})
	card, file := s.agents.wait(t, "its card", itsCard), s.agents.waitWords(t, "file P1")
	if file.Thread != card.got {
		t.Errorf("the file stands in %q, its card is %q", file.Thread, card.got)
	}
}

// TestManyOpenThreadsAreReadInTurn: the owned ones in every round, the others
// one part after another.
func TestManyOpenThreadsAreReadInTurn(t *testing.T) {
	const many = 130
	s := newStage(t)
	cards := map[message.PlatformID]bool{}
	var last received
	for i := range many {
		name := "Mei" + string(rune('A'+i/26)) + string(rune('a'+i%26))
		s.customers.arrives(message.Inbound{Kind: message.KindText, Chat: message.Chat("1" + name), ID: "m", Text: "I want to talk to a person",
			From: message.Person{Ref: "c", Name: name, Lang: message.English}})
		last = s.agents.waitWords(t, name+" needs a person")
		cards[last.got] = false
	}
	s.agents.presses("anna", last.got, last.got, button(t, last.Post.Buttons, "take"), nil)
	s.agents.waitWords(t, "has taken this")
	s.settled()
	rounds := 0
	round := func() []message.PlatformID {
		s.agents.mu.Lock()
		before := len(s.agents.read)
		s.agents.mu.Unlock()
		s.agents.gap <- struct{}{}
		if err := s.await(func() bool { return len(s.agents.read) > before }); err != nil {
			t.Fatal(err)
		}
		s.agents.mu.Lock()
		defer s.agents.mu.Unlock()
		rounds++
		return s.agents.read[len(s.agents.read)-1]
	}
	round() // one that was asked for while another was under way
	for range 3 {
		threads := round()
		if len(threads) > many || !slices.Contains(threads, last.got) {
			t.Errorf("round %d: %d threads, the owned one among them: %v", rounds, len(threads), slices.Contains(threads, last.got))
		}
		for _, id := range threads {
			cards[id] = true
		}
	}
	for id, read := range cards {
		if !read {
			t.Errorf("%s is never read", id)
		}
	}
}

// TestMarksDoNotHoldUpACard: of what waits a card goes first, and marks are not
// counted as messages while the platform allows more of them.
func TestMarksDoNotHoldUpACard(t *testing.T) {
	const threads, lines = 8, 4
	s := newStage(t)
	var cards []received
	for i := range threads {
		name := "Mei" + string(rune('A'+i))
		s.customers.arrives(message.Inbound{Kind: message.KindText, Chat: message.Chat("1" + name), Text: "I want to talk to a person",
			From: message.Person{Ref: "c", Name: name, Lang: message.English}})
		card := s.agents.waitWords(t, name+" needs a person")
		s.agents.presses("anna", card.got, card.got, button(t, card.Post.Buttons, "take"), nil)
		cards = append(cards, card)
	}
	s.settled()
	s.stop()
	s.customers.sink, s.agents.sink = nil, nil
	s.agents.pace = adapters.Pace{Rate: 1, PerChat: 1, ChatBurst: 4, Apart: map[adapters.Kind]float64{adapters.KindMark: 0.1}}
	s.open()
	marks := 0
	count := func() bool {
		marks = 0
		for _, d := range s.agents.sent {
			if d.Mark != nil {
				marks++
			}
		}
		return marks >= 14 // what is allowed apart at once, and a burst of messages
	}
	for i := range lines {
		for j, card := range cards {
			s.agents.writes("anna", card.got, message.PlatformID(fmt.Sprintf("a%d-%d", i, j)), "line")
		}
	}
	began := time.Now()
	if err := s.await(count); err != nil {
		t.Fatalf("%d marks at once: %v", marks, err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("%d marks took %v, as if they were messages", marks, took)
	}
	began = time.Now()
	s.customers.arrives(message.Inbound{Kind: message.KindText, Chat: "9", Text: "I want to talk to a person",
		From: message.Person{Ref: "c", Name: "Tom", Lang: message.English}})
	s.agents.waitWords(t, "Tom needs a person")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the card took %v", took)
	}
	if s.agents.mu.Lock(); count() && marks >= threads*lines {
		t.Error("no mark waited, so nothing was tried")
	}
	s.agents.mu.Unlock()
}
