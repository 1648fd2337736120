package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"pgregory.net/rapid"
)

// invoiced is a matter that ended well: an invoice was asked for and granted.
func invoiced(w *walker) spot {
	w.t.Helper()
	row, ok := w.f.Fact("48213", start, time.UTC)
	if !ok {
		w.t.Fatal("the demo order 48213 is gone")
	}
	at := w.beginning(
		customerSays("an invoice for order 48213", message.Reading{Lang: message.English, InScope: true,
			Mentions: []message.Mention{{Name: "invoice", Score: 1}}, Slots: []message.Slot{{Kind: message.SlotOrder, Text: "48213"}}}),
		move{"quiet", Input{Kind: InTimer, Timer: timerQuiet}},
		move{"fact", Input{Kind: InFact, Fact: &Fact{Key: "48213", Found: true, Row: row}}},
		customerSays("right", message.Reading{Lang: message.English, Answer: message.Accept}))
	if at.s.Kind != flow.Close {
		w.t.Fatalf("the invoice rests in %s", at.s.At)
	}
	return w.step(at, move{"all", Input{Kind: InTap, Tap: &Tap{Question: at.s.Ask.N, Choice: choiceAll}}})
}

// TestEveryCheckEnds walks the machine of surveys and follow-ups: one is asked
// at a time, only when nothing else is, never at night, never after "stop";
// none is open for ever, and no answer is met with silence or counted twice.
func TestEveryCheckEnds(t *testing.T) {
	f := flows(t)["after-sales"]
	w := &walker{t: t, f: f, moves: checkMoves}
	asked, answers := map[string]int{}, map[string]int{}
	w.holds = func(from spot, m move, to spot, effects []Effect) {
		checkHolds(t, f, from, m, to, effects)
		for _, e := range effects {
			switch e := e.(type) {
			case Say:
				if s := AsideKind(e.State); s == AsideSurvey || s == AsideFollowUp {
					asked[e.State]++
				}
			case Rated:
				answers[fmt.Sprint(e.Aspect, " poor ", e.Score <= 3)]++
			case FollowedUp:
				answers[e.FollowUp+" "+e.Answer]++
			}
		}
	}
	all := w.walk(invoiced(w))
	w.holds = func(spot, move, spot, []Effect) {}
	for _, at := range all {
		end := w.rest(at)
		if len(end.s.Asides) > 0 {
			t.Fatalf("%v: a question is open for ever: %+v", end.path, end.s.Asides)
		}
		if end.s.Handoff == nil && !end.s.Blocked && len(end.s.Checks) > 0 && !slices.ContainsFunc(end.s.Promises, late) {
			t.Fatalf("%v: a question is planned and forgotten: %+v", end.path, end.s.Checks)
		}
	}
	t.Logf("%d spots; asked %v; answers %v", len(all), asked, answers)
	for _, name := range []string{"outcome poor true", "outcome poor false", "process poor true", "process poor false", "works well", "works again", "works wrong", "settled_in well", "settled_in wrong"} {
		if answers[name] == 0 {
			t.Errorf("an answer is never given: %s", name)
		}
	}
}

func late(p expect.Promise) bool { return p.Late() }

// checkHolds is what is true after every step.
func checkHolds(t *testing.T, f *flow.Flow, from spot, m move, to spot, effects []Effect) {
	t.Helper()
	open := 0
	for _, a := range to.s.Asides {
		if a.Check != nil {
			open++
		}
	}
	due, set := to.timers[timerCheck]
	switch {
	case open > 1, open == 1 && (len(to.s.Asides) > 1 || to.s.Kind != flow.End || to.s.Ask != nil):
		t.Fatalf("%v: asked beside something else: %+v", to.path, to.s.Asides)
	case open == 1 && !set:
		t.Fatalf("%v: asked, and no timer ends it", to.path)
	case set == to.s.CheckAt.IsZero() || set && !due.Equal(to.s.CheckAt):
		t.Fatalf("%v: the timer stands at %s, the state says %s", to.path, due, to.s.CheckAt)
	}
	rated := 0
	for _, e := range effects {
		switch e := e.(type) {
		case Rated, FollowedUp:
			rated++
		case Say:
			night := f.Quiet.Hold(to.now, time.UTC).After(to.now)
			if k := AsideKind(e.State); (k == AsideSurvey || k == AsideFollowUp) && m.in.Kind == InTimer && night {
				t.Fatalf("%v: asked at %s", to.path, to.now)
			}
			if k := AsideKind(e.State); (k == AsideSurvey || k == AsideFollowUp) && from.s.NoChecks {
				t.Fatalf("%v: asked after the customer wanted none", to.path)
			}
		}
	}
	bot, _ := said(effects)
	if rated > 1 || rated > 0 && m.in.Kind != InTap {
		t.Fatalf("%v: %d answers by one %s", to.path, rated, m.in.Kind)
	}
	if rated == 1 && bot == 0 && !to.s.Owned() {
		t.Fatalf("%v: an answer is met with silence", to.path)
	}
}

func checkMoves(at spot) []move {
	out := append(dueNext(at), yes)
	open := slices.ContainsFunc(at.s.Asides, func(a Aside) bool { return a.Check != nil })
	if open {
		out = append(out, customerSays("7", message.Reading{Lang: message.English}), move{"/cancel", Input{Kind: InCommand, Command: "cancel"}})
	}
	if open && at.s.HandoffNo == 0 {
		out = append(out, human)
	}
	for _, m := range presses(at) {
		switch m.in.Tap.Choice {
		case "3", choiceWrong, choiceAgain:
			out = append(out, m)
		case "9", choiceWell, choiceYes, choiceAnswer: // the rest comes to the same
			if !strings.HasPrefix(m.name, "late") {
				out = append(out, m)
			}
		}
	}
	if at.s.Blocked {
		out = append(out, move{"unblocks", Input{Kind: InUnblocked}})
	} else if open {
		out = append(out, move{"blocks", Input{Kind: InBlocked}})
	}
	if at.s.Handoff != nil {
		out = append(out, agentDoes("ana takes", InTaken, AgentAct{Name: "ana"}, ""), agentDoes("ana closes", InClosed, AgentAct{Name: "ana"}, ""))
	}
	for _, p := range at.s.Promises {
		if p.Standing() && p.N == 1 { // the others go by time
			out = append(out, agentDoes("done", InDone, AgentAct{Name: "ana", Promise: p.N}, ""))
		}
	}
	return out
}

// TestTypedWordsAnswerNoCheck: whatever is typed, edited or commanded while a
// survey or a follow-up is asked, only its buttons answer it.
func TestTypedWordsAnswerNoCheck(t *testing.T) {
	f := flows(t)["after-sales"]
	w := &walker{t: t, f: f, holds: func(spot, move, spot, []Effect) {}}
	var asked []spot
	at := invoiced(w)
	at = w.step(at, agentDoes("done", InDone, AgentAct{Name: "ana", Promise: 1}, ""))
	for range 4 {
		at = w.step(at, dueNext(at)[0])
		if slices.ContainsFunc(at.s.Asides, func(a Aside) bool { return a.Check != nil }) {
			asked = append(asked, at)
		}
	}
	if len(asked) < 2 {
		t.Fatalf("a survey and a follow-up were to be asked: %d", len(asked))
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SampledFrom(asked).Draw(t, "asked")
		in := Input{At: at.now.Add(time.Minute), Seed: rapid.Uint64().Draw(t, "seed"), Case: "A-TYPE", Reading: typedReading(t)}
		in.Kind = rapid.SampledFrom([]InputKind{InMessage, InMessage, InMessage, InEdited, InCommand}).Draw(t, "kind")
		in.Text = rapid.SampledFrom([]string{"yes", "9", "7/9", "all is well", "好", "都好", "還有狀況", "9 分", "ok", "no", ""}).Draw(t, "text")
		in.Command = rapid.SampledFrom([]string{"start", "cancel", "status", "9", "human"}).Draw(t, "command")
		r, err := Step(f, Settings{}, at.s, in)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Effects {
			switch e.(type) {
			case Rated, FollowedUp:
				t.Fatalf("%s %q gave %+v", in.Kind, in.Text, e)
			}
		}
	})
}

func typedReading(t *rapid.T) message.Reading {
	r := message.Reading{
		Lang:   rapid.SampledFrom(message.Langs()).Draw(t, "lang"),
		Answer: rapid.SampledFrom([]message.Answer{message.NoAnswer, message.Accept, message.Refuse, message.Counter, message.Unsure}).Draw(t, "answer"),
		Choice: rapid.SampledFrom([]string{"", "", "9", choiceWell, choiceWrong, choiceYes, choiceNo}).Draw(t, "choice"),
		Side:   rapid.SampledFrom([]message.Side{"", "", message.SideThanks, message.SideCancel, message.SideStatus}).Draw(t, "side"),
		Anger:  rapid.SampledFrom([]float64{0, 0.5, 0.9}).Draw(t, "anger"),
		Person: rapid.Bool().Draw(t, "person"),
	}
	if rapid.Bool().Draw(t, "number") {
		r.Slots = []message.Slot{{Kind: message.SlotNumber, Amount: 9}}
	}
	return r
}
