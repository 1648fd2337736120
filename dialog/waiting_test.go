package dialog

import (
	"slices"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// TestEveryWaitEnds walks the machine of waiting for a person: whatever the
// customer, the agents and the platforms do, nobody waits without an end, and
// nothing a customer says is met with silence.
func TestEveryWaitEnds(t *testing.T) {
	for name, f := range flows(t) {
		w := &walker{t: t, f: f}
		w.moves = waitMoves
		w.holds = func(from spot, m move, to spot, effects []Effect) {
			bot, relays := said(effects)
			if from.s.Kind == flow.Queue && from.s.Kind == to.s.Kind && m.in.Kind == InTap && bot == 0 {
				t.Fatalf("%s: %v: a press is met with silence", name, to.path)
			}
			if (m.in.Kind == InMessage || m.in.Kind == InTap) && from.s.Handoff != nil && bot+relays == 0 {
				t.Fatalf("%s: %v: nobody hears it", name, to.path)
			}
			if waiting := m.in.Kind == InMessage || m.in.Kind == InTaken && bot > 0; waiting && to.s.Owned() && to.s.Handoff.Unanswered.IsZero() {
				t.Fatalf("%s: %v: nobody counts how long the customer waits for an answer", name, to.path)
			}
		}
		always, ends := w.holds, map[expect.PromiseState]int{}
		w.holds = func(from spot, m move, to spot, effects []Effect) {
			always(from, m, to, effects)
			callHolds(t, from, m, to, ends)
		}
		all := w.walk(w.beginning(human))
		w.holds = func(spot, move, spot, []Effect) {}
		for _, at := range all {
			end := w.rest(at)
			h := end.s.Handoff
			switch {
			case h == nil:
			case h.Owner != "" && !h.Unanswered.IsZero() && (!h.Idle || !h.Called):
				t.Fatalf("%s: %v: an owner who does not answer is not noticed", name, end.path)
			case h.Owner == "" && (!h.Called || !promised(end.s)):
				t.Fatalf("%s: %v: the wait ends without the supervisor or without a promise: %+v", name, end.path, h)
			}
			if len(end.s.Asides) > 0 {
				t.Fatalf("%s: %v: a question is open for ever: %+v", name, end.path, end.s.Asides)
			}
		}
		t.Logf("%s: %d spots; how promised calls end: %v", name, len(all), ends)
		for _, end := range []expect.PromiseState{expect.PromiseKept, expect.PromiseTold, expect.PromiseBroken, expect.PromiseWithdrawn} {
			if ends[end] == 0 {
				t.Errorf("%s: no promised call is ever %s", name, end)
			}
		}
		if len(all) < 1000 {
			t.Errorf("%s: only %d spots were found", name, len(all))
		}
	}
}

// promised says whether the customer was ever promised that somebody comes.
func promised(s State) bool {
	return slices.ContainsFunc(s.Promises, func(p expect.Promise) bool { return p.Kind == expect.ToAnswer || p.Do == expect.DoCall })
}

// callHolds holds that a promised call is kept by Done alone, withdrawn by the
// customer alone, and else the task of whose the hand-off is. It counts the
// ends.
func callHolds(t *testing.T, from spot, m move, to spot, ends map[expect.PromiseState]int) {
	t.Helper()
	for _, p := range to.s.Promises {
		if p.Do != expect.DoCall {
			continue
		}
		was := slices.ContainsFunc(from.s.Promises, func(q expect.Promise) bool { return q.N == p.N && q.Standing() })
		if was {
			ends[p.State]++
		}
		h := to.s.Handoff
		switch {
		case was && p.State == expect.PromiseKept && m.in.Kind != InDone:
			t.Fatalf("%v: nobody has called, and the call counts as kept", to.path)
		case was && p.State == expect.PromiseWithdrawn && m.in.Reading.Side != message.SideCancel:
			t.Fatalf("%v: the call was withdrawn, and not by the customer", to.path)
		case was && p.Standing() && h == nil && m.in.Reading.Side == message.SideCancel:
			t.Fatalf("%v: the customer called it off, and somebody calls all the same", to.path)
		case p.Standing() && h != nil && (p.Owner != h.Name || p.Personal != (h.Owner != "")):
			t.Fatalf("%v: the call is the task of %q, the hand-off that of %q", to.path, p.Owner, h.Name)
		}
	}
}

func waitMoves(at spot) []move {
	out := append(dueNext(at), presses(at)...)
	if at.s.Handoff == nil {
		return nil // it is over
	}
	phone := message.Reading{Slots: []message.Slot{{Kind: message.SlotPhone, Text: "+15550102030"}}}
	out = append(out, yes, customerSays("5550102030", phone), customerSays("well?", message.Reading{}),
		move{"blocks", Input{Kind: InBlocked}}, move{"unblocks", Input{Kind: InUnblocked}},
		move{"unheard", Input{Kind: InUnheard, Agent: &AgentAct{Handoff: at.s.Handoff.N}}},
		agentDoes("ana takes", InTaken, AgentAct{Name: "ana"}, ""), agentDoes("ana says", InSaid, AgentAct{Name: "ana"}, "hello"),
		agentDoes("ben takes", InTaken, AgentAct{Name: "ben"}, ""))
	out = append(out, customerSays("never mind", message.Reading{Lang: message.English, Side: message.SideCancel}))
	for _, p := range at.s.Promises {
		if p.Do == expect.DoCall && p.Standing() {
			out = append(out, agentDoes("ana called", InDone, AgentAct{Name: "ana", Promise: p.N}, ""))
		}
	}
	if !slices.Contains(at.path, "ana releases") { // each release begins a wait like the first
		out = append(out, agentDoes("ana releases", InReleased, AgentAct{Name: "ana"}, "for the workshop"))
	}
	return append(out, agentDoes("ana closes", InClosed, AgentAct{Name: "ana"}, "done"))
}

// TestAnOwnerWhoIsSilentIsTakenOverFrom holds that the event names both, that
// the customer hears who is there, and that it ends when the owner writes.
func TestAnOwnerWhoIsSilentIsTakenOverFrom(t *testing.T) {
	w := &walker{t: t, f: flows(t)["after-sales"], holds: func(spot, move, spot, []Effect) {}}
	taken := w.beginning(human, agentDoes("ana takes", InTaken, AgentAct{Name: "ana"}, ""), customerSays("hello?", message.Reading{}))
	late := agentDoes("ben takes", InTaken, AgentAct{Name: "ben"}, "")
	if to := w.step(taken, late); to.s.Handoff.Owner != "T/ana" {
		t.Errorf("%s took over from an owner in time", to.s.Handoff.Owner)
	}
	idle := w.step(taken, move{"time", Input{Kind: InTimer, Timer: timerIdle}})
	if at := idle.now.Sub(start); at != 15*time.Minute || !idle.s.Handoff.Idle {
		t.Fatalf("idle after %s: %v", at, idle.s.Handoff.Idle)
	}
	if to := w.step(idle, late); to.s.Handoff.Owner != "T/ben" || to.s.Handoff.Former != "T/ana" || to.s.Handoff.FormerName != "ana" || to.s.Kind != flow.Owned {
		t.Errorf("after a take-over: %+v", to.s.Handoff)
	}
	wrote := w.step(idle, agentDoes("ana says", InSaid, AgentAct{Name: "ana"}, "here I am"))
	if to := w.step(wrote, late); to.s.Handoff.Owner != "T/ana" {
		t.Errorf("%s took over from an owner who had written", to.s.Handoff.Owner)
	}
	remark := w.step(idle, agentDoes("ana remarks", InSaid, AgentAct{Name: "ana"}, "// back in a minute"))
	if to := w.step(remark, late); to.s.Handoff.Owner != "T/ben" {
		t.Error("a remark among colleagues counted as an answer")
	}
}
