package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// The machines beside the control are tested here step by step: what was
// before, what happens, and every effect of it, in order. The walks beside
// them hold what is true on every way; these hold what is done on each.

// step is one thing that happens in a machine's case.
type step func(t *testing.T, w *walker, at spot) (spot, []Effect)

// machineCase is a row of such a test. Want lists the effects of the last step
// as [effectOf] writes them; where a state is worth a look, see gives it.
type machineCase struct {
	name  string
	steps []step
	want  string
	see   func(State) bool
}

// runMachine plays the rows of a machine on the shipped flow.
func runMachine(t *testing.T, rows []machineCase) {
	t.Helper()
	f := flows(t)["after-sales"]
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			w := &walker{t: t, f: f, holds: func(spot, move, spot, []Effect) {}}
			at := w.beginning()
			var effects []Effect
			for _, s := range row.steps {
				at, effects = s(t, w, at)
			}
			var got []string
			for _, e := range effects {
				if text := effectOf(at, e); text != "" {
					got = append(got, text)
				}
			}
			if g := strings.Join(got, "; "); g != row.want {
				t.Errorf("after %v:\n got %s\nwant %s", at.path, g, row.want)
			}
			if row.see != nil && !row.see(at.s) {
				t.Errorf("after %v: hand-off %+v, asides %+v, promises %+v", at.path, at.s.Handoff, at.s.Asides, at.s.Promises)
			}
		})
	}
}

// effectOf writes an effect short: who says something, with which buttons,
// which timer is set and in how long, what became of a promise or hand-off.
func effectOf(at spot, e Effect) string {
	switch e := e.(type) {
	case Say:
		text := string(e.Out.From)
		if e.Promised {
			text += "!"
		}
		if len(e.Out.Choices) > 0 {
			text += fmt.Sprintf(" asks %d", e.Out.Question)
			for _, c := range e.Out.Choices {
				text += " " + c.ID
			}
			return text
		}
		return text + " says"
	case Retire:
		return strings.TrimSpace(fmt.Sprintf("retire %d %s", e.Question, e.Chosen))
	case SetTimer:
		if e.Name == timerCheck {
			return "" // what is asked of the bot's own accord has tests of its own
		}
		return fmt.Sprintf("set %s %s", e.Name, e.Due.Sub(at.now))
	case ClearTimer:
		if e.Name == timerQuiet || e.Name == timerRemind || e.Name == timerClose || e.Name == timerCheck {
			return "" // cleared wherever nobody waits for the customer
		}
		return "clear " + e.Name
	case PromiseChanged:
		text := fmt.Sprintf("promise %d %s", e.Promise.N, e.Event)
		if e.Next > 0 && e.Event == PromiseRenewed {
			text += fmt.Sprintf(" as %d", e.Next)
		}
		if e.Waits != "" {
			text += " waits for " + e.Waits
		}
		return text
	case HandoffChanged:
		text := fmt.Sprintf("hand-off %s", e.Event)
		if e.Note != "" {
			text += ": " + e.Note
		}
		return text
	case Relay:
		return strings.TrimSpace("relay " + e.What + " " + e.Case)
	case Hold:
		return "hold " + string(e.Reason)
	case Unreachable:
		return fmt.Sprintf("unreachable %v", e.Blocked)
	case UseCase:
		return "case " + e.Number
	case Amend:
		return "amend"
	}
	return fmt.Sprintf("%T", e)
}

// does makes a move.
func does(m move) step {
	return func(_ *testing.T, w *walker, at spot) (spot, []Effect) {
		var seen []Effect
		w.holds = func(_ spot, _ move, _ spot, effects []Effect) { seen = effects }
		return w.step(at, m), seen
	}
}

// says is a customer's message.
func says(text string, r message.Reading) step { return does(customerSays(text, r)) }

// agent is an act of somebody behind the counter.
func agent(name string, kind InputKind, text string) step {
	return does(agentDoes(fmt.Sprintf("%s %s", name, kind), kind, AgentAct{Name: name}, text))
}

// until is agent with a time, counted from now.
func until(name string, kind InputKind, text string, d time.Duration) step {
	return func(t *testing.T, w *walker, at spot) (spot, []Effect) {
		return does(agentDoes(fmt.Sprintf("%s %s", name, kind), kind, AgentAct{Name: name, Until: at.now.Add(d)}, text))(t, w, at)
	}
}

// onPromise is an act on the task of promise n.
func onPromise(name string, kind InputKind, n int) step {
	return does(agentDoes(fmt.Sprintf("%s %s %d", name, kind, n), kind, AgentAct{Name: name, Promise: n}, ""))
}

// moreTime asks for more time about promise n, counted from now.
func moreTime(name string, n int, d time.Duration) step {
	return func(t *testing.T, w *walker, at spot) (spot, []Effect) {
		return does(agentDoes("more time", InMoreTime, AgentAct{Name: name, Promise: n, Until: at.now.Add(d)}, ""))(t, w, at)
	}
}

// fires lets the named timer fall due at its time.
func fires(name string) step {
	return func(t *testing.T, w *walker, at spot) (spot, []Effect) {
		if _, set := at.timers[name]; !set {
			t.Fatalf("after %v timer %s is not set: %v", at.path, name, at.timers)
		}
		return does(move{name, Input{Kind: InTimer, Timer: name}})(t, w, at)
	}
}

// strays is a timer that falls due though nobody set it for now.
func strays(name string) step {
	return func(t *testing.T, w *walker, at spot) (spot, []Effect) {
		before, set := at.timers[name]
		at.timers[name] = at.now
		to, effects := does(move{"stray " + name, Input{Kind: InTimer, Timer: name}})(t, w, at)
		if _, anew := to.timers[name]; set && !anew {
			to.timers[name] = before
		}
		return to, effects
	}
}

// passes lets time go by in which nothing falls due.
func passes(d time.Duration) step {
	return func(_ *testing.T, _ *walker, at spot) (spot, []Effect) {
		at.now = at.now.Add(d)
		return at, nil
	}
}

// taps presses a choice of the newest question of a kind, open or over.
func taps(kind AsideKind, choice string) step {
	return func(t *testing.T, w *walker, at spot) (spot, []Effect) {
		for _, list := range [][]Aside{at.s.Asides, at.s.Gone} {
			for _, a := range slices.Backward(list) {
				if a.Kind == kind && a.N > 0 {
					return tapsOn(a.N, choice)(t, w, at)
				}
			}
		}
		t.Fatalf("after %v nothing asks about %s", at.path, kind)
		return at, nil
	}
}

// tapsOn presses a choice of question n.
func tapsOn(n int, choice string) step {
	return does(move{fmt.Sprintf("taps %d %s", n, choice), Input{Kind: InTap, Tap: &Tap{Question: n, Choice: choice}}})
}

var (
	asksHuman = does(human)
	blocks    = does(move{"blocks", Input{Kind: InBlocked}})
	unblocks  = does(move{"unblocks", Input{Kind: InUnblocked}})
	chats     = says("well?", message.Reading{Lang: message.English})
	callsOff  = says("never mind", message.Reading{Lang: message.English, Side: message.SideCancel})
	phones    = says("555 0102", message.Reading{Slots: []message.Slot{{Kind: message.SlotPhone, Text: "+15550102"}}})
	anaTakes  = agent("ana", InTaken, "")
	benTakes  = agent("ben", InTaken, "")
)

// then appends steps to a beginning that several rows share.
func then(before []step, more ...step) []step { return slices.Concat(before, more) }

// again repeats steps.
func again(n int, each func(i int) []step) []step {
	var out []step
	for i := range n {
		out = append(out, each(i)...)
	}
	return out
}

// day is one, as time goes by in tests.
const day = 24 * time.Hour

// unheardOf says that the agents' platform is out of reach for hand-off n.
func unheardOf(n int) step {
	return does(move{fmt.Sprintf("unheard %d", n), Input{Kind: InUnheard, Agent: &AgentAct{Handoff: n}}})
}
