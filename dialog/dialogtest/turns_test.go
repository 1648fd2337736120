package dialogtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

func begun(f *flow.Flow, u dialogtest.Understand) *dialogtest.Session {
	s := dialogtest.New(f, settings, u, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	s.From = message.Person{Ref: "c", Lang: message.English}
	return s
}

// says lets a customer write, pausing after each text where pause says so.
func says(t *testing.T, s *dialogtest.Session, pause time.Duration, texts ...string) dialog.State {
	t.Helper()
	for _, text := range texts {
		if err := s.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := s.Advance(s.Now.Add(pause)); err != nil {
			t.Fatal(err)
		}
	}
	st, err := s.State()
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// TestABurstIsOneTurn lets a customer write one line after the other, more of
// them than the cap allows turns: the proof takes a burst for one, and so does
// the cap, which must never be what ends a conversation. The same lines one by
// one, each with a pause, are turns of their own.
func TestABurstIsOneTurn(t *testing.T) {
	f, u := shop()
	s := begun(f, u.Understand)
	for range f.Limits.Turns + 10 {
		if err := s.Write("it is about"); err != nil {
			t.Fatal(err)
		}
	}
	st, err := s.State()
	if err != nil || st.Matter.Turns != 1 || st.Handoff != nil {
		t.Fatalf("%d turns, %+v, %v", st.Matter.Turns, st.Handoff, err)
	}
	if st = says(t, s, 5*time.Second, "thanks"); st.Matter.Turns != 1 || st.Handoff != nil {
		t.Errorf("%d turns", st.Matter.Turns)
	}
	if st = says(t, s, 5*time.Second, "thanks"); st.Matter.Turns != 2 {
		t.Errorf("what comes after a burst makes %d turns", st.Matter.Turns)
	}
}

// TestWordsDuringALookUpAreNoTurn counts nothing that a customer adds while
// facts are on their way.
func TestWordsDuringALookUpAreNoTurn(t *testing.T) {
	f, u := shop()
	s := begun(f, u.Understand)
	if err := s.LookUpsAre(dialogtest.LookUpsSlow); err != nil {
		t.Fatal(err)
	}
	st := says(t, s, 4*time.Second, "the lamp arrived broken, order 48213")
	if f.Table.Kind(st.Control.At) != flow.Lookup {
		t.Fatalf("it rests in %s", st.At)
	}
	before := st.Matter.Turns
	for range 3 {
		if err := s.Write("and the box was wet"); err != nil {
			t.Fatal(err)
		}
	}
	if st, _ = s.State(); st.Matter.Turns != before {
		t.Errorf("%d turns, then %d", before, st.Matter.Turns)
	}
}

// TestAnAnsweredLookUpLeavesNoTimer answers a look-up at once: what would have
// ended the wait is gone, and the next thing that happens is the reminder.
func TestAnAnsweredLookUpLeavesNoTimer(t *testing.T) {
	f, u := shop()
	s := begun(f, u.Understand)
	st := says(t, s, 3*time.Second, "the lamp arrived broken, order 48213")
	next, ok := s.Next()
	if f.Table.Kind(st.Control.At) != flow.Elicit || !ok || next.Sub(s.Now) != time.Duration(f.Limits.Reminder) {
		t.Errorf("in %s the next timer comes in %s", st.At, next.Sub(s.Now))
	}
}

// TestAYesToNothingIsUnsure takes every wish off a restatement that stays, and
// then says yes to it: that settles nothing, and is asked about.
func TestAYesToNothingIsUnsure(t *testing.T) {
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(files["flow.yaml"]), "answer: {to: elicit, spend: side_turns, else: person}   #", "answer: {to: stay, spend: side_turns, else: person}   #", 1)
	if text == string(files["flow.yaml"]) {
		t.Fatal("the edge is not there")
	}
	files["flow.yaml"] = []byte(text)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	_, u := shop()
	s := begun(f, u.Understand)
	says(t, s, 5*time.Second, "the lamp arrived broken, order 48213, I want my money back", "forget the refund", "yes")
	last := s.Journal()[len(s.Journal())-1]
	if len(last.Trace) != 1 || last.Trace[0].Edge != "restate.unsure" {
		t.Errorf("the yes went by %v", last.Trace)
	}
}
