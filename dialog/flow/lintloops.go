package flow

import (
	"fmt"
	"slices"
	"strings"
)

// The loops of a flow are looked for in a graph of spots: each state once as
// it is entered, where the data decides, and once as it rests, where the world
// does. An edge may use counters up, and it may make counters good again. A
// loop is bounded where one of its edges uses up what no edge of the same knot
// of loops makes good.

// spot is a state, entered or at rest.
type spot struct {
	state   string
	entered bool
}

// move is an edge between spots.
type move struct {
	from, to spot
	class    ClassName
	uses     counters
	restores counters
}

// decidedByData are the classes that come on entering a state.
var decidedByData = []ClassName{Look, Ask, Complete, Nothing, Skip, Grant, ToLower, ToShelve, ToPerson, AllDone, Offer, Exhausted, Noted}

// loops finds ways that can be gone round for ever.
func (l *linter) loops() {
	var all []move
	for _, name := range l.flow.Table.Names() {
		all = append(all, l.moves(l.spec(name))...)
	}
	slices.SortFunc(all, func(a, b move) int { return strings.Compare(a.key(), b.key()) })
	for _, knot := range knots(all) {
		l.untie(knot)
	}
}

func (m move) key() string {
	return fmt.Sprint(m.from, m.class, m.to, m.uses)
}

// untie takes the bounded edges out of a knot until none is left, or what
// remains goes round without a bound.
func (l *linter) untie(knot []move) {
	good := restored(knot)
	rest := slices.DeleteFunc(slices.Clone(knot), func(m move) bool { return m.uses&^good != 0 })
	if len(rest) == len(knot) {
		l.loop(plainest(knot))
		return
	}
	for _, k := range knots(rest) {
		l.untie(k)
	}
}

// plainest gives the way round that is easiest to see in a knot: one without
// any budget, else one that makes good itself what it uses up.
func plainest(knot []move) []move {
	free := slices.DeleteFunc(slices.Clone(knot), func(m move) bool { return m.uses != 0 })
	if ways := waysRound(free); len(ways) > 0 {
		return ways[0]
	}
	ways := waysRound(knot)
	for _, way := range ways {
		good := restored(way)
		if !slices.ContainsFunc(way, func(m move) bool { return m.uses&^good != 0 }) {
			return way
		}
	}
	return ways[0]
}

// restored are the counters that any of the moves makes good.
func restored(moves []move) counters {
	var out counters
	for _, m := range moves {
		out |= m.restores
	}
	return out
}

// loop reports one way round.
func (l *linter) loop(way []move) {
	states, classes := []string{way[0].from.state}, []string{}
	at := way[0]
	for _, m := range way {
		classes = append(classes, string(m.class))
		if m.to.state != states[len(states)-1] || len(way) == 1 {
			states = append(states, m.to.state)
		}
		if slices.Contains(decidedByData, at.class) { // one that the world takes is easier to bound
			at = m
		}
	}
	if states[len(states)-1] != states[0] || len(states) == 1 {
		states = append(states, states[0])
	}
	l.refuse("loop", l.edgeAt(at.from.state, at.class), Finding{State: at.from.state, Better: "let one of these edges spend a budget, with else for when it is used up: {to: STATE, spend: side_turns, else: person}"},
		"nothing ends the way %s (%s): it uses no budget up", strings.Join(states, " → "), strings.Join(classes, ", "))
}

// moves gives a state's edges. What happens in an end, or with a person, is
// not the matter's any more.
func (l *linter) moves(s StateSpec) []move {
	if s.Kind == End || s.Kind == Queue || s.Kind == Owned {
		return nil
	}
	var out []move
	for class, e := range s.On {
		if class == More { // another matter begins
			continue
		}
		out = append(out, l.edgeTo(s, class, e.To, e.Spend))
		// A way out that rests is the reminder's, after which another timer
		// runs; one that leads back into its state is reported by name.
		if e.Else != "" && (e.Else != s.Name || s.Kind.Passes()) {
			out = append(out, l.edgeTo(s, class, e.Else, ""))
		}
	}
	for _, class := range []ClassName{Ask, Offer} {
		if _, set := s.On[class]; !set && restingClass(s.Kind, class) {
			out = append(out, l.edgeTo(s, class, "", ""))
		}
	}
	if s.Kind == Soothe {
		out = append(out, l.backs(s)...)
	}
	return out
}

// backs gives the ways on which soothing leads back to the open question.
func (l *linter) backs(s StateSpec) []move {
	var out []move
	for _, name := range l.flow.Table.Names() {
		from := l.spec(name)
		if e, angry := from.On[Anger]; angry && !collecting(from.Kind) && e.To == s.Name {
			out = append(out, move{from: spot{s.Name, true}, to: spot{name, false}, class: back})
		}
	}
	return out
}

// edgeTo makes the move along an edge; to "" rests where it is. What an edge
// makes good is asked of the engine's own rules.
func (l *linter) edgeTo(s StateSpec, class ClassName, to string, spend Budget) move {
	entered := s.Kind == Soothe || slices.Contains(decidedByData, class)
	m := move{from: spot{s.Name, entered}, to: spot{s.Name, false}, class: class, uses: uses(s.Kind, class, spend), restores: cleared(class, spend)}
	if to != "" {
		kind := l.kind(to)
		m.to = spot{to, kind.Passes()}
		m.restores |= allCounters &^ kept(s.Kind, kind)
		if kind.gathers() && s.Kind.settles() { // a correction may bring another question
			m.restores |= ofQuestions | ofLooks | ofSingly
		}
	}
	switch {
	case class == Ask && s.Kind == Elicit: // tries belong to one question
		m.restores |= ofTries
	case class == Accept && s.Kind == Restate:
		m.restores |= ofOpen
	}
	return m
}

// uses lists the counters that an edge uses up, each bounded.
func uses(k Kind, class ClassName, spend Budget) counters {
	out := counterOf(spend)
	switch {
	case class == Misread && spend != "" && spend != SpendSide:
		out |= ofSide // both together bound how long a talk may walk beside its matter
	case k == Elicit && class == Ask:
		out |= ofQuestions
	case class == Look:
		out |= ofLooks
	case class == ToLower:
		out |= ofSingly
	case class == Grant, class == Noted, class == Withdraw && (k == Lower || k == Propose || k == Shelve),
		k == Shelve && (class == Accept || class == Remind):
		out |= ofOpen
	}
	return out
}
