package bot_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWhatWasOfferedStandsInTheThread, with whether it arrived: what an owner
// offers by a form is no message of theirs that could be marked.
func TestWhatWasOfferedStandsInTheThread(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	offer, pledge := adapters.Button{Action: "offer", Value: "1:1"}, adapters.Button{Action: "promise", Value: "1:1"}
	by := s.clock.now().Add(24 * time.Hour).Unix()
	s.agents.presses("anna", card.got, card.got, offer, map[string]string{"text": "a van on Tuesday"})
	s.customers.wait(t, "the offer", says("a van on Tuesday"))
	if p := s.agents.waitWords(t, "anna offered\na van on Tuesday"); p.Thread != card.got {
		t.Errorf("said in %q", p.Thread)
	}
	s.customers.fails(never)
	s.agents.presses("anna", card.got, card.got, pledge, map[string]string{"text": "a call", "by": seconds(by)})
	s.agents.waitWords(t, "anna promised\na call")
	if p := s.agents.waitWords(t, "The promise did not safely reach the customer"); p.Thread != card.got {
		t.Errorf("said in %q", p.Thread)
	}
	s.agents.presses("anna", card.got, card.got, offer, map[string]string{"text": "a bus"})
	s.agents.waitWords(t, "The offer did not safely reach the customer")
	s.customers.fails(nil)
	s.agents.presses("anna", card.got, card.got, offer, map[string]string{"text": "note: a bus"})
	if p := s.agents.waitWords(t, "so nothing was sent. Take that away"); p.Post.Private != "anna" {
		t.Errorf("said to %q", p.Post.Private)
	}
	s.settled()
	s.customers.fails(never)
	s.agents.presses("anna", card.got, card.got, adapters.Button{Action: "return", Value: "1:1"}, map[string]string{"text": "a bus it is."})
	if p := s.agents.waitWords(t, "What was settled did not safely reach the customer"); p.Thread != card.got {
		t.Errorf("said in %q", p.Thread)
	}
	s.customers.fails(nil)
	s.settled()
	if list := s.customers.deliveries(); slices.ContainsFunc(list, says("note:")) {
		t.Error("the customer read a note")
	}
	s.replays()
}

// TestWhatIsKeptIsKeptForGood: an older button sends it no more, whichever of
// two presses is handled first.
func TestWhatIsKeptIsKeptForGood(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "note: she is upset")
	held := s.agents.waitMark(t, "a1", adapters.MarkHeld)
	s.agents.presses("anna", card.got, held.got, button(t, held.Mark.Buttons, "keep"), nil)
	s.agents.presses("anna", card.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	s.agents.waitMark(t, "a1", adapters.MarkKept)
	s.settled()
	s.agents.presses("anna", card.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	s.agents.waitWords(t, "kept here for good")
	s.settled()
	if list := s.customers.deliveries(); slices.ContainsFunc(list, says("upset")) {
		t.Error("the customer read what was kept")
	}
	marks := s.agents.marks("a1")
	if marks[len(marks)-1] != adapters.MarkKept {
		t.Errorf("marks %v", marks)
	}
	s.replays()
}

// TestNotesBesideATaskAreNotLost: where no platform keeps them, only the
// journal has them.
func TestNotesBesideATaskAreNotLost(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.presses("anna", card.got, card.got, adapters.Button{Action: "promise", Value: "1:1"},
		map[string]string{"text": "a voucher", "by": seconds(s.clock.now().Add(24 * time.Hour).Unix())})
	task := s.agents.wait(t, "the task", func(d adapters.Delivery) bool {
		return d.Post != nil && strings.HasPrefix(d.Post.Anchor, "task:1:1") && !d.Post.Update
	})
	if !strings.Contains(words(task.Delivery), "has a hand-off, with anna.") || task.Post.Gist == "" {
		t.Errorf("%q, gist %q", words(task.Delivery), task.Post.Gist)
	}
	s.agents.writes("ben", task.got, "b1", "// check that it is 50")
	s.agents.writes("ben", task.got, "b2", "note: ask Tom")
	held := s.agents.waitMark(t, "b2", adapters.MarkHeld)
	s.agents.writes("ben", task.got, "b4", "see this", message.Attachment{Kind: message.Document, File: "F1"})
	if held := s.agents.waitMark(t, "b4", adapters.MarkHeld); !strings.Contains(held.Mark.Reason, "came with a file") {
		t.Errorf("%q", held.Mark.Reason)
	}
	s.agents.writes("ben", task.got, "b3", "it is in the mail")
	s.agents.waitWords(t, "It goes to the customer when Done is pressed")
	s.agents.presses("ben", task.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	s.settled()
	history, err := s.bot.DeskHistory(deadline(t), task.Post.Anchor)
	if err != nil {
		t.Fatal(err)
	}
	for text, internal := range map[string]bool{"// check that it is 50": true, "note: ask Tom": false, "it is in the mail": false} {
		if !slices.ContainsFunc(history, func(e bot.DeskEntry) bool { return e.Wrote != nil && e.Wrote.Text == text && e.Internal == internal }) {
			t.Errorf("%q is not in the thread's history as it was meant", text)
		}
	}
	s.agents.presses("ben", task.got, task.got, button(t, task.Post.Buttons, "done"), nil)
	s.agents.waitWords(t, "The customer hears it when anna is done with them.")
	s.agents.presses("anna", card.got, card.got, adapters.Button{Action: "return", Value: "1:1"}, nil)
	kept := s.customers.waitWords(t, "it is in the mail")
	if text := words(kept.Delivery); !strings.Contains(text, "ask Tom") || strings.Contains(text, "50") {
		t.Errorf("the customer read %q", text)
	}
	s.settled()
	s.replays()
}

// TestCallsLoseTheirButtonsWhenTheMatterMovesOn, and keep their words.
func TestCallsLoseTheirButtonsWhenTheMatterMovesOn(t *testing.T) {
	s := newStage(t)
	card := s.asked()
	s.clock.advance(6 * time.Minute)
	late := s.agents.waitWords(t, "is still waiting for a person")
	s.clock.advance(6 * time.Minute)
	called := s.agents.waitWords(t, "Somebody has to step in now")
	bare := func(what string, of received) {
		t.Helper()
		now := s.agents.wait(t, what+" without buttons", func(d adapters.Delivery) bool {
			return d.Target == of.got && d.Post != nil && len(d.Post.Buttons) == 0
		})
		if words(now.Delivery) != words(of.Delivery) || now.Post.Call != "" || len(of.Post.Buttons) == 0 {
			t.Errorf("%s became %q, calling %q", what, words(now.Delivery), now.Post.Call)
		}
	}
	bare("the older call", late)
	s.agents.presses("anna", card.got, called.got, button(t, called.Post.Buttons, "take"), nil)
	s.agents.waitWords(t, "has taken this")
	bare("the newer call", called)
	s.settled()
	n := 0
	for _, d := range s.agents.deliveries() {
		if d.Target == late.got {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the older call was replaced %d times", n)
	}
	s.replays()
}

// TestWhoWasTakenOverFromHearsIt at the first words that go nowhere; others
// talk in the thread as they like.
func TestWhoWasTakenOverFromHearsIt(t *testing.T) {
	s := blankStage(t)
	files := smallFlow()
	files["flow.yaml"] = bytes.Replace(files["flow.yaml"], []byte("    kind: owned\n"), []byte("    kind: owned\n    wait: 5m\n"), 1)
	var err error
	if s.flow, err = flow.Parse(files); err != nil {
		t.Fatal(err)
	}
	s.open()
	card := s.handedOff()
	s.customers.says("7", "m2", "hello?")
	s.agents.waitWords(t, "hello?")
	s.clock.advance(6 * time.Minute)
	idle := s.agents.waitWords(t, "Anybody may take over.")
	s.agents.presses("ben", card.got, card.got, button(t, idle.Post.Buttons, "take"), nil)
	s.agents.waitWords(t, "Taken over from anna.")
	s.agents.writes("tom", card.got, "t1", "which order is it?")
	s.agents.writes("anna", card.got, "a1", "I am still here")
	if held := s.agents.waitMark(t, "a1", adapters.MarkHeld); !strings.Contains(held.Mark.Reason, "ben has this customer now") {
		t.Errorf("%q", held.Mark.Reason)
	}
	s.settled()
	if got := s.agents.marks("t1"); len(got) != 0 {
		t.Errorf("talk among colleagues is marked %v", got)
	}
	s.replays()
}

// TestTheLanguageStaysWhileAPersonHasTheCustomer: a link or a name in Latin
// letters is no wish to be answered in English.
func TestTheLanguageStaysWhileAPersonHasTheCustomer(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	lang := func() message.Lang {
		st, err := s.store.FindConversation(deadline(t), "till", "7")
		if err != nil {
			t.Fatal(err)
		}
		return stateOf(t, s, st).Lang
	}
	was := lang()
	s.customers.says("7", "m2", "我的包裹一直没有到，请帮我看看 https://lamps.example/track")
	s.agents.waitWords(t, "我的包裹")
	s.agents.presses("anna", card.got, card.got, adapters.Button{Action: "offer", Value: "1:1"}, map[string]string{"text": "a van"})
	offered := s.customers.wait(t, "the offer", says("a van"))
	if offered.Say.Lang != was || lang() != was {
		t.Errorf("it was %s, then %s, and is %s", was, offered.Say.Lang, lang())
	}
	s.settled()
	s.replays()
}
