package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// sketch is what a picture of a flow shows, before anything has a place: the
// states with what happens inside them, and the arrows between them. Both
// forms of picture are made from it, so that they cannot differ in content.
//
// Arrows that every waiting state has alike are kept apart in everywhere:
// drawn from each state they would bury the rest.
type sketch struct {
	name       string
	states     []drawnState // in the order of StateID, less the zeroth
	start      int
	arrows     []drawnArrow
	everywhere []drawnExit
	budgets    []string // "refusals 2×", in the order of the alphabet
}

// drawnState is a state with the lines that stand in its box.
type drawnState struct {
	name  string
	kind  Kind
	notes []string
}

// drawnArrow leads from one state to another, by indexes into states. Labels
// are the classes that take it; says is the same in a sentence each.
type drawnArrow struct {
	from, to     int
	labels, says []string
}

// drawnExit is one entry of anywhere. else is -1 where nothing is spent.
type drawnExit struct {
	label     string // "anger · 2×"
	to, other int    // indexes of states; -1 = it stays, or there is none
}

// sketch takes a flow's machine apart for drawing.
func (f *Flow) sketch() sketch {
	t := f.Table
	s := sketch{name: f.Name, start: int(t.start) - 1}
	spent := map[Budget]bool{}
	for i := range t.states[1:] {
		s.state(t, StateID(i+1), spent)
	}
	for _, class := range inOrder(t.anywhere, Listen) {
		e := t.anywhere[class]
		s.everywhere = append(s.everywhere, drawnExit{label: t.label(class, e), to: t.drawn(e.To), other: t.drawn(e.Else)})
		spent[e.Spend] = true
	}
	for i := range s.arrows {
		s.arrows[i].labels = joinedAlike(s.arrows[i].labels)
	}
	delete(spent, "")
	for _, b := range slices.Sorted(maps.Keys(spent)) {
		s.budgets = append(s.budgets, fmt.Sprintf("%s %d×", b, t.limits.allowed(b)))
	}
	return s
}

// state adds one state with its own arrows.
func (s *sketch) state(t *Table, id StateID, spent map[Budget]bool) {
	spec := t.Spec(id)
	out := drawnState{name: spec.Name, kind: spec.Kind}
	if spec.Quiet > 0 {
		out.notes = append(out.notes, "quiet "+spanned(spec.Quiet))
	}
	if spec.Wait > 0 {
		out.notes = append(out.notes, "waits "+spanned(spec.Wait))
	}
	var again []string
	from := int(id) - 1
	for _, class := range inOrder(spec.On, spec.Kind) {
		e := spec.On[class]
		if usual, ok := t.anywhere[class]; ok && usual == e {
			continue
		}
		spent[e.Spend] = true
		if to := t.drawn(e.To); to < 0 || to == from {
			again = append(again, t.label(class, e))
		} else {
			s.arrow(from, to, t.label(class, e), t.sentence(class, e))
		}
		if other := t.drawn(e.Else); other >= 0 && other != from && e.Spend != "" {
			s.arrow(from, other, string(class)+dot+"then", fmt.Sprintf("%s, once %s are used up", class, e.Spend))
		}
	}
	if len(again) > 0 {
		out.notes = append(out.notes, "again: "+strings.Join(joinedAlike(again), "; "))
	}
	if spec.Kind == Soothe {
		out.notes = append(out.notes, "or back to where it was")
	}
	s.states = append(s.states, out)
}

// arrow adds a label to the arrow between two states.
func (s *sketch) arrow(from, to int, label, says string) {
	for i := range s.arrows {
		if a := &s.arrows[i]; a.from == from && a.to == to {
			a.labels, a.says = append(a.labels, label), append(a.says, says)
			return
		}
	}
	s.arrows = append(s.arrows, drawnArrow{from: from, to: to, labels: []string{label}, says: []string{says}})
}

// drawn is a state's index in a sketch; -1 for none.
func (t *Table) drawn(name string) int {
	if name == "" {
		return -1
	}
	return int(t.index[name]) - 1
}

// label names a class and how often its edge may be taken.
func (t *Table) label(class ClassName, e EdgeSpec) string {
	if e.Spend == "" {
		return string(class)
	}
	return fmt.Sprintf("%s%s%d×", class, dot, t.limits.allowed(e.Spend))
}

func (t *Table) sentence(class ClassName, e EdgeSpec) string {
	if e.Spend == "" {
		return string(class)
	}
	return fmt.Sprintf("%s, at most %d× in %s", class, t.limits.allowed(e.Spend), e.Spend)
}

// inOrder lists the classes of edges, those first that make a state of this
// kind what it is, so that arrows stand in an order that tells something.
func inOrder(on map[ClassName]EdgeSpec, kind Kind) []ClassName {
	var out []ClassName
	add := func(c ClassName) {
		if _, ok := on[c]; ok && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, name := range append([]string{string(kind)}, kindNames()...) {
		own := classesOf[Kind(name)]
		for _, c := range joined(own.must, own.may) {
			add(c)
		}
	}
	return out
}

// spanned writes a time as a flow file would.
func spanned(d time.Duration) string {
	text := d.String()
	if d%time.Minute == 0 {
		text = strings.TrimSuffix(text, "0s")
	}
	if d%time.Hour == 0 {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// hue groups kinds of states that do alike things; a colour each.
type hue struct {
	name, says   string
	fill, stroke string
	kinds        []Kind
}

// hues are light fills with strokes dark enough to be read on white.
var hues = []hue{
	{"opens", "opens and listens", "#e6f1fb", "#185fa5", []Kind{Greet, Listen}},
	{"calms", "calms", "#fbeaf0", "#993556", []Kind{Soothe}},
	{"asks", "asks and looks up", "#e1f5ee", "#0f6e56", []Kind{Elicit, Lookup, Restate, Correct, Rank}},
	{"settles", "weighs and offers", "#faeeda", "#854f0b", []Kind{Assess, Lower, Propose, Agree, Shelve}},
	{"people", "is with people", "#eeedfe", "#534ab7", []Kind{Queue, Owned}},
	{"ends", "sums up and ends", "#f1efe8", "#5f5e5a", []Kind{Close, End}},
}

// hueOf gives the index of a kind's hue.
func hueOf(k Kind) int {
	for i, h := range hues {
		if slices.Contains(h.kinds, k) {
			return i
		}
	}
	return len(hues) - 1
}
