package dialog

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// TestEveryPromiseEnds walks the machine of a promise: it is kept, renewed
// with consent once, or told and passed to the supervisor; it never lapses.
func TestEveryPromiseEnds(t *testing.T) {
	for name, f := range flows(t) {
		w := &walker{t: t, f: f, moves: promiseMoves}
		w.holds = func(from spot, m move, to spot, effects []Effect) {
			for _, p := range to.s.Promises {
				if p.Renewed > f.Limits.Renewals {
					t.Fatalf("%s: %v: renewed %d times", name, to.path, p.Renewed)
				}
				if !p.Standing() && p.State != expect.PromiseKept && p.State != expect.PromiseBroken && p.State != expect.PromiseWithdrawn && p.Next == 0 {
					t.Fatalf("%s: %v: promise %+v lapsed", name, to.path, p)
				}
			}
			// Consent to a time that has passed changes nothing for anybody else.
			bot, relays := said(effects)
			late := strings.HasPrefix(m.name, "late") && bot > 0
			if m.in.Kind == InTap && from.s.Handoff == nil && (bot == 0 || relays == 0) && !late {
				t.Fatalf("%s: %v: an answer is met with silence", name, to.path)
			}
		}
		owned := w.beginning(human, agentDoes("ana takes", InTaken, AgentAct{Name: "ana"}, ""),
			agentDoes("ana promises", InPromised, AgentAct{Name: "ana", Until: start.Add(5 * time.Hour)}, "I look into it"),
			agentDoes("ana offers", InOffered, AgentAct{Name: "ana", Until: start.Add(3 * time.Hour)}, "a new shade"))
		all := w.walk(owned)
		var tally [3]int
		w.holds = func(spot, move, spot, []Effect) {}
		for _, at := range all {
			end := w.rest(at)
			if len(end.s.Asides) > 0 && end.s.Handoff == nil {
				t.Fatalf("%s: %v: a question is open for ever: %+v", name, end.path, end.s.Asides)
			}
			for _, p := range end.s.Promises {
				switch p.State {
				case expect.PromiseKept:
					tally[0]++
				case expect.PromiseRenewed:
					tally[1]++
				case expect.PromiseBroken:
					tally[2]++
				case expect.PromiseWithdrawn: // a call was chosen in its place
				default:
					t.Fatalf("%s: %v: time has passed and promise %d is %s", name, end.path, p.N, p.State)
				}
			}
		}
		t.Logf("%s: %d spots; promises kept, renewed, broken: %v", name, len(all), tally)
		if slices.Contains(tally[:], 0) {
			t.Errorf("%s: an end is never reached: kept, renewed, broken: %v", name, tally)
		}
	}
}

func promiseMoves(at spot) []move {
	if h := at.s.Handoff; h != nil && h.Owner == "" {
		return dueNext(at) // the silent owner has lost it; the walk over waiting goes on from here
	}
	out := append(dueNext(at), presses(at)...)
	if at.s.Owned() {
		out = append(out, agentDoes("ana says", InSaid, AgentAct{Name: "ana"}, "hello"), agentDoes("ana closes", InClosed, AgentAct{Name: "ana"}, ""))
	}
	for _, p := range at.s.Promises {
		if p.Standing() {
			act := AgentAct{Name: "ana", Promise: p.N}
			out = append(out, agentDoes("more time", InMoreTime, act, ""), agentDoes("done", InDone, act, ""))
		}
	}
	return append(out, yes)
}
