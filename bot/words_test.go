package bot_test

import (
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/message"
)

func says(part string) func(adapters.Delivery) bool {
	return func(d adapters.Delivery) bool { return d.Say != nil && strings.Contains(d.Say.Text, part) }
}

// TestWhatBecameOfWordsIsAlwaysShown: on their way, delivered, failed with the
// reason and a button that sends them again.
func TestWhatBecameOfWordsIsAlwaysShown(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "hello")
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)

	s.customers.fails(gone)
	s.agents.writes("anna", card.got, "a2", "are you there?")
	s.agents.waitMark(t, "a2", adapters.MarkSent)
	s.customers.fails(nil)
	s.agents.waitMark(t, "a2", adapters.MarkDelivered)

	s.customers.fails(never)
	s.agents.writes("anna", card.got, "a3", "the third")
	failed := s.agents.waitMark(t, "a3", adapters.MarkFailed)
	if failed.Mark.Reason == "" || failed.Thread != card.got {
		t.Errorf("%+v", failed.Mark)
	}
	s.customers.fails(nil)
	again := button(t, failed.Mark.Buttons, "again")
	s.agents.presses("anna", card.got, failed.got, again, nil)
	s.agents.waitMark(t, "a3", adapters.MarkDelivered)
	s.agents.presses("anna", card.got, failed.got, again, nil) // a second press says nothing twice
	s.settled()
	n := 0
	for _, d := range s.customers.deliveries() {
		if says("the third")(d) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the customer read it %d times", n)
	}
	want := []adapters.MarkState{adapters.MarkSent, adapters.MarkDelivered}
	if got := s.agents.marks("a2"); !slices.Equal(got, want) {
		t.Errorf("marks %v", got)
	}
	s.replays()
}

func TestANoteIsAskedAbout(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "note: order 48213 is yours")
	held := s.agents.waitMark(t, "a1", adapters.MarkHeld)
	s.agents.arrives(message.Inbound{Kind: message.KindEdited, Chat: message.Chat(card.got), Thread: card.got, ID: "a1", Text: "order 1", From: message.Person{Ref: "anna"}})
	s.agents.waitWords(t, "still kept here")
	s.agents.presses("ben", card.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	if no := s.agents.waitWords(t, "anna has this hand-off"); no.Post.Private != "ben" {
		t.Errorf("said to %q", no.Post.Private)
	}
	s.agents.presses("anna", card.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	s.customers.wait(t, "the note", says("note: order 48213 is yours"))
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)

	s.agents.writes("anna", card.got, "a2", "Note: she is upset")
	kept := s.agents.waitMark(t, "a2", adapters.MarkHeld)
	s.agents.presses("anna", card.got, kept.got, button(t, kept.Mark.Buttons, "keep"), nil)
	if now := s.agents.waitWords(t, "Kept here."); now.Target != kept.got {
		t.Errorf("replaced %q", now.Target)
	}
	s.settled()
	for _, d := range s.customers.deliveries() {
		if says("upset")(d) || says("order 1")(d) && !says("note:")(d) {
			t.Errorf("the customer read %q", d.Say.Text)
		}
	}
	s.replays()
}

// TestEditsFollowTheWords: sent on where the platform takes them, told where
// not; internal words are nobody's business.
func TestEditsFollowTheWords(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	change := func(kind message.Kind, id message.PlatformID, text string) {
		s.agents.arrives(message.Inbound{Kind: kind, Chat: message.Chat(card.got), Thread: card.got, ID: id, Text: text, From: message.Person{Ref: "anna"}})
	}
	s.agents.writes("anna", card.got, "a1", "helo")
	change(message.KindEdited, "a1", "hello") // before the words have gone anywhere
	amended := s.customers.waitWords(t, "amend hello")
	first := s.customers.wait(t, "helo", says("helo"))
	if amended.Amend.Message != first.got || amended.Amend.Of != "a1" {
		t.Errorf("%+v of %q", amended.Amend, first.got)
	}
	s.settled()
	history, err := s.bot.History(deadline(t), "till", "7", 0)
	if err != nil || !slices.ContainsFunc(history, func(e bot.Entry) bool {
		return e.Said != nil && e.Said.Amend != nil && e.Said.Amend.Message == first.got && e.Said.Amend.Text == "hello"
	}) {
		t.Errorf("the history does not have the edit: %v", err)
	}
	s.agents.writes("anna", card.got, "a2", "// between us")
	change(message.KindEdited, "a2", "between you and me")
	s.customers.fails(func(d adapters.Delivery) error {
		if d.Amend != nil {
			return never(d)
		}
		return nil
	})
	change(message.KindDeleted, "a1", "")
	lost := s.agents.waitWords(t, "the customer still has it: it is older than two days")
	if lost.Thread != card.got {
		t.Errorf("said in %q", lost.Thread)
	}
	s.customers.fails(never)
	s.agents.writes("anna", card.got, "a3", "never arrives")
	s.agents.waitMark(t, "a3", adapters.MarkFailed)
	change(message.KindEdited, "a3", "never arrived")
	s.agents.waitWords(t, "This edit did not reach the customer: the message itself did not arrive")
	s.customers.fails(nil)
	st := s.settled()
	if st.Dead != 1 { // the words, not their changes
		t.Errorf("%d dead letters", st.Dead)
	}
	if got := s.agents.marks("a1"); !slices.Equal(got, []adapters.MarkState{adapters.MarkDelivered}) {
		t.Errorf("marks of the first wording: %v", got)
	}
	for _, d := range s.customers.deliveries() {
		if strings.Contains(words(d), "between") {
			t.Errorf("the customer read %q", words(d))
		}
	}
	s.replays()
}

// TestFilesGoBothWays, streamed from the platform that keeps them.
func TestFilesGoBothWays(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.files["F1"], s.agents.files["F2"], s.customers.files["P1"] = "label", "invoice", "photo"
	label, invoice := message.Attachment{Kind: message.Document, File: "F1", Name: "l.pdf"}, message.Attachment{Kind: message.Document, File: "F2"}

	s.agents.writes("anna", card.got, "a1", "your label", label)
	one := s.customers.wait(t, "the label", says("your label"))
	if len(one.Say.Attachments) != 1 || read(t, one.Delivery, one.Say.Attachments[0]) != "label" {
		t.Errorf("%+v", one.Say)
	}
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)

	// Of two files the second fails at first; what arrived is not sent again.
	var broken atomic.Bool
	broken.Store(true)
	s.customers.fails(func(d adapters.Delivery) error {
		if broken.Load() && d.Say != nil && len(d.Say.Attachments) == 1 && d.Say.Attachments[0].File == "F2" {
			return never(d)
		}
		return nil
	})
	s.agents.writes("anna", card.got, "a2", "both", label, invoice)
	failed := s.agents.waitMark(t, "a2", adapters.MarkFailed)
	s.settled()
	if got := s.agents.marks("a2"); !slices.Equal(got, []adapters.MarkState{adapters.MarkFailed}) {
		t.Errorf("marks %v", got)
	}
	broken.Store(false)
	s.agents.presses("anna", card.got, failed.got, button(t, failed.Mark.Buttons, "again"), nil)
	s.agents.waitMark(t, "a2", adapters.MarkDelivered)
	var got []string
	for _, d := range s.customers.deliveries() {
		if d.Say == nil || d.Say.From != message.Agent {
			continue
		}
		line := d.Say.Text
		for _, a := range d.Say.Attachments {
			line += "+" + a.File
		}
		got = append(got, line)
	}
	if want := []string{"your label+F1", "both", "+F1", "+F2"}; !slices.Equal(got, want) {
		t.Errorf("the customer got %q", got)
	}

	s.customers.arrives(message.Inbound{Kind: message.KindMedia, Chat: "7", ID: "m9", From: message.Person{Ref: "c", Name: "Mei"},
		Attachments: []message.Attachment{{Kind: message.Photo, File: "P1"}}})
	photo := s.agents.waitWords(t, "file P1")
	if photo.Thread != card.got || read(t, photo.Delivery, photo.Post.Files[0]) != "photo" {
		t.Errorf("%+v", photo.Post)
	}
	s.agents.arrives(message.Inbound{Kind: message.KindDeleted, Chat: message.Chat(card.got), Thread: card.got, ID: "a2", From: message.Person{Ref: "anna"}})
	for _, id := range []string{"both", "F1", "F2"} { // all of it is taken back
		s.customers.wait(t, "taking back "+id, func(d adapters.Delivery) bool {
			return d.Amend != nil && d.Amend.Delete && d.Amend.Message == s.idOf(id)
		})
	}
	s.settled()
	s.replays()
}

// idOf is the id the last message to the customer with a text or file got; the
// caller holds the lock.
func (s *stage) idOf(what string) message.PlatformID {
	for i := len(s.customers.sent) - 1; i >= 0; i-- {
		d := s.customers.sent[i]
		if d.Say != nil && (d.Say.Text == what || len(d.Say.Attachments) == 1 && d.Say.Attachments[0].File == what) {
			return s.customers.ids[i]
		}
	}
	return "none"
}

func read(t *testing.T, d adapters.Delivery, a message.Attachment) string {
	t.Helper()
	if d.Open == nil {
		t.Fatal("nothing opens the file")
	}
	f, err := d.Open(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Body.Close() }()
	b, err := io.ReadAll(f.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestBothWordingsAreShown: an agent sees what the customer changed, and from
// what; later changes count.
func TestBothWordingsAreShown(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.customers.says("7", "m5", "I want 2O")
	s.agents.waitWords(t, "I want 2O")
	change := func(kind message.Kind, text string) {
		s.customers.arrives(message.Inbound{Kind: kind, Chat: "7", ID: "m5", Text: text, From: message.Person{Ref: "c", Name: "Mei"}})
	}
	change(message.KindEdited, "I want 20")
	if p := s.agents.waitWords(t, "I want 20"); !strings.Contains(words(p.Delivery), "I want 2O") || p.Thread != card.got {
		t.Errorf("%q", words(p.Delivery))
	}
	change(message.KindEdited, "I want 30")
	if p := s.agents.waitWords(t, "I want 30"); !strings.Contains(words(p.Delivery), "before\nI want 20") {
		t.Errorf("%q", words(p.Delivery))
	}
	change(message.KindDeleted, "")
	s.agents.waitWords(t, "deleted a message\nI want 30")
	s.settled()
	s.replays()
}
