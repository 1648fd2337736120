package dialog

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// spot is one place of a walk over the machines beside the control: a state,
// the timers that are set, the clock, and which questions have buttons.
type spot struct {
	s      State
	now    time.Time
	timers map[string]time.Time
	open   map[int]bool
	path   []string
}

// move is one thing that may happen at a spot.
type move struct {
	name string
	in   Input
}

// walker visits every spot that can be told apart, from a beginning, by every
// move, and holds what must be true after each.
type walker struct {
	t     *testing.T
	f     *flow.Flow
	moves func(spot) []move
	holds func(from spot, m move, to spot, effects []Effect)
}

// maxSpots is far above what the machines have; reaching it means that one of
// them grows without a bound.
const maxSpots = 60_000

func (w *walker) walk(from spot) []spot {
	seen := map[string]bool{key(from): true}
	out := []spot{from}
	for i := 0; i < len(out); i++ {
		for _, m := range w.moves(out[i]) {
			to := w.step(out[i], m)
			if k := key(to); !seen[k] {
				seen[k] = true
				out = append(out, to)
			}
			if len(out) > maxSpots {
				w.t.Fatalf("more than %d spots; the last by %v", maxSpots, to.path)
			}
		}
	}
	return out
}

// step makes a move and keeps the books a runtime would keep.
func (w *walker) step(at spot, m move) spot {
	to := spot{now: at.now, timers: maps.Clone(at.timers), open: maps.Clone(at.open), path: append(slices.Clone(at.path), m.name)}
	if m.in.Kind == InTimer {
		to.now = at.timers[m.in.Timer]
		delete(to.timers, m.in.Timer)
	}
	m.in.At, m.in.Seed, m.in.Case = to.now, uint64(len(at.path)), fmt.Sprintf("A-%04d", len(at.path))
	r, err := Step(w.f, Settings{}, at.s, m.in)
	if err != nil {
		w.t.Fatalf("%v: %v", to.path, err)
	}
	to.s = r.State
	for _, e := range r.Effects {
		switch e := e.(type) {
		case SetTimer:
			to.timers[e.Name] = e.Due
		case ClearTimer:
			delete(to.timers, e.Name)
		case Retire:
			if !to.open[e.Question] {
				w.t.Fatalf("%v: question %d is retired, and was not open", to.path, e.Question)
			}
			delete(to.open, e.Question)
		case Say:
			if e.Out.Question > 0 {
				to.open[e.Out.Question] = true
			}
		}
	}
	w.always(at, m, to, r.Effects)
	w.holds(at, m, to, r.Effects)
	return to
}

// always holds what is true of every machine: the bot is silent while a person
// owns the conversation, buttons stand where they count and nowhere else, and
// what is asked is bounded.
func (w *walker) always(at spot, m move, to spot, effects []Effect) {
	kept := at.s.Owned() && to.s.Owned() && at.s.Handoff.Owner == to.s.Handoff.Owner
	for _, e := range effects {
		say, ok := e.(Say)
		if ok && kept && say.Out.From == message.Bot {
			w.t.Fatalf("%v: the bot speaks while a person owns the conversation: %q", to.path, say.Out.Text)
		}
		if ok && strings.TrimSpace(say.Out.Text) == "" && len(say.Out.Attachments) == 0 {
			w.t.Fatalf("%v: an empty message", to.path)
		}
	}
	for n := range to.open {
		if !to.s.Open(n) {
			w.t.Fatalf("%v: question %d has buttons that count for nothing", to.path, n)
		}
	}
	for _, a := range to.s.Asides {
		if a.N > 0 && !to.open[a.N] || len(to.s.Asides) > maxAsides || a.Points > maxPoints {
			w.t.Fatalf("%v: asides %+v, open %v", to.path, to.s.Asides, to.open)
		}
	}
	// But where a renewal alone is open, after the end, a typed yes can mean nothing else.
	renews := at.s.Kind == flow.End && len(at.s.Asides) == 1 && at.s.Asides[0].Kind == AsideRenew
	if m.name == yes.name && !renews && (len(to.s.Asides) != len(at.s.Asides) || len(to.s.Promises) != len(at.s.Promises)) {
		w.t.Fatalf("%v: a typed yes answered a question that only buttons answer", to.path)
	}
	offers := 0
	for _, a := range to.s.Asides {
		if a.Kind == AsideOffer {
			offers++
		}
	}
	if offers > 1 {
		w.t.Fatalf("%v: %d offers stand at once", to.path, offers)
	}
	// Whoever has just taken over begins with a clean slate, so that their own
	// silence is noticed and escalated like anybody's.
	if h := to.s.Handoff; m.in.Kind == InTaken && h != nil && !kept && h.Owner != "" && (h.Idle || h.Called) {
		w.t.Fatalf("%v: a new owner is taken for silent already", to.path)
	}
	if h := to.s.Handoff; h != nil && h.Asked > 2 {
		w.t.Fatalf("%v: asked %d times what to do", to.path, h.Asked)
	}
}

// rest lets time alone pass until no timer is left, and gives where it ends.
func (w *walker) rest(at spot) spot {
	for range 40 {
		name, ok := next(at)
		if !ok {
			return at
		}
		at = w.step(at, move{"time", Input{Kind: InTimer, Timer: name}})
	}
	w.t.Fatalf("%v: time never comes to rest", at.path)
	return at
}

// next is the timer that is due first.
func next(at spot) (string, bool) {
	names := slices.SortedFunc(maps.Keys(at.timers), func(a, b string) int {
		return cmp.Or(at.timers[a].Compare(at.timers[b]), strings.Compare(a, b))
	})
	if len(names) == 0 {
		return "", false
	}
	return names[0], true
}

var digits = regexp.MustCompile(`[0-9]+`)

// key tells spots apart by everything that decides what follows, without the
// clock and the running numbers.
func key(at spot) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %v|", at.s.At, at.s.Blocked)
	if h := at.s.Handoff; h != nil {
		fmt.Fprintf(&b, "%s n%v l%v c%v a%d %s u%v i%v w%v f%s p%v|", h.Owner, h.Nudged, h.Late, h.Called, h.Asked, h.Choice, h.Unheard, h.Idle, h.Unanswered.IsZero(), h.Former, h.Promise > 0)
	}
	for _, a := range at.s.Asides {
		fmt.Fprintf(&b, "%s%v%d ", a.Kind, a.N > 0, a.Points)
		if a.Check != nil {
			b.WriteString(checksKey([]Check{*a.Check}))
		}
	}
	if a, ok := newestLate(at); ok {
		fmt.Fprintf(&b, "late %s ", a.Kind)
	}
	fmt.Fprintf(&b, "%s %v ", checksKey(at.s.Checks), at.s.NoChecks)
	for _, p := range at.s.Promises {
		if p.Standing() {
			fmt.Fprintf(&b, "|%s%s %s r%d d%v", p.Kind, p.Do, p.State, p.Renewed, p.Declined)
		}
	}
	names := slices.SortedFunc(maps.Keys(at.timers), func(x, y string) int {
		return cmp.Or(at.timers[x].Compare(at.timers[y]), strings.Compare(x, y))
	})
	fmt.Fprintf(&b, "|%s|%d", digits.ReplaceAllString(strings.Join(names, ","), "#"), len(at.s.Pending))
	return b.String()
}

// checksKey tells apart what is still to be asked after the end.
func checksKey(checks []Check) string {
	var b strings.Builder
	for _, c := range checks {
		fmt.Fprintf(&b, "%s %s %d %v ", c.Name, c.Text, len(c.Items), c.Task > 0)
	}
	return b.String()
}

// customerSays is a message, read as r.
func customerSays(name string, r message.Reading) move {
	return move{name, Input{Kind: InMessage, Text: name, Reading: r}}
}

func agentDoes(name string, kind InputKind, act AgentAct, text string) move {
	act.Ref = message.UserRef("T/" + act.Name)
	return move{name, Input{Kind: kind, Text: text, Agent: &act}}
}

// presses are the buttons that count at a spot.
func presses(at spot) []move {
	var out []move
	for _, a := range at.s.Asides {
		for _, c := range a.Choices {
			if a.N > 0 {
				out = append(out, move{string(a.Kind) + ":" + c.ID, Input{Kind: InTap, Tap: &Tap{Question: a.N, Choice: c.ID}}})
			}
		}
	}
	if a, ok := newestLate(at); ok {
		for _, c := range a.Choices {
			if c.ID == choiceWait { // comes to the same as an answer by a time
				continue
			}
			out = append(out, move{"late " + string(a.Kind) + ":" + c.ID, Input{Kind: InTap, Tap: &Tap{Question: a.N, Choice: c.ID}}})
		}
	}
	return out
}

// newestLate is the newest question that is over and still takes a press.
func newestLate(at spot) (Aside, bool) {
	for _, g := range slices.Backward(at.s.Gone) {
		if a, ok := at.s.late(g.N); ok {
			return a, true
		}
	}
	return Aside{}, false
}

func dueNext(at spot) []move {
	if name, ok := next(at); ok {
		return []move{{"time", Input{Kind: InTimer, Timer: name}}}
	}
	return nil
}

// said counts what an effect list tells the customer and the agents.
func said(effects []Effect) (bot, relays int) {
	for _, e := range effects {
		switch e := e.(type) {
		case Say:
			if e.Out.From == message.Bot {
				bot++
			}
		case Relay, PromiseChanged, Rated, FollowedUp:
			relays++
		}
	}
	return bot, relays
}

// beginning is a conversation after the given moves.
func (w *walker) beginning(moves ...move) spot {
	at := spot{s: New(w.f), now: start, timers: map[string]time.Time{}, open: map[int]bool{}}
	for _, m := range moves {
		at = w.step(at, m)
	}
	return at
}

var (
	human = move{"human", Input{Kind: InCommand, Command: "human"}}
	yes   = customerSays("yes", message.Reading{Lang: message.English, Answer: message.Accept})
)
