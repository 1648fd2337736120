package flow

import (
	"fmt"
	"sort"
)

// Edge is one arrow of the machine. ID is unique in its flow and names the
// arrow for drawings, coverage and looplab/fsm: "lower.refuse", with a "!"
// where it is taken because a budget is used up.
type Edge struct {
	ID    string
	From  StateID
	To    StateID
	Class ClassName
	Stay  bool // rests again where it was; the state is not entered anew
}

// state is a compiled state.
type state struct {
	name string
	kind Kind
	spec StateSpec
	on   map[ClassName]arrow
	live counters // which counters it, or a state after it, may still read
}

// arrow is an edge with its budget; back leads to Control.Back.
type arrow struct {
	edge  Edge
	spend Budget
	other *Edge
	back  map[StateID]Edge
}

// Table is the compiled machine: a pure function from control and class to
// the next control. It is the only thing a proof needs to walk. Immutable.
type Table struct {
	states []state
	index  map[string]StateID
	start  StateID
	limits Limits
	edges  []Edge
	// anywhere are the edges that states have in common, already among their
	// own; a picture shows them once.
	anywhere map[ClassName]EdgeSpec
}

// Kinds where the anger edge leads back to by what is known of the matter,
// because nothing has been put to the customer yet that would stay open.
func collecting(k Kind) bool {
	return k == Greet || k == Listen || k == Elicit || k == Lookup
}

// Passes says whether a state of this kind decides by the data on entering
// it what comes next, instead of just resting.
func (k Kind) Passes() bool {
	switch k {
	case Soothe, Elicit, Rank, Assess, Lower, Agree:
		return true
	}
	return false
}

// restingClass says whether entering a state of this kind with class c means
// to rest there and put its question.
func restingClass(k Kind, c ClassName) bool {
	return (k == Elicit || k == Rank) && c == Ask || k == Lower && c == Offer
}

// back is the class of a soothe state that leads to where the customer was.
const back ClassName = "back"

// newTable compiles checked states. Errors here mean that the checks before
// it have a hole.
func newTable(start string, specs []StateSpec, limits Limits) (*Table, error) {
	if len(specs) > 200 {
		return nil, fmt.Errorf("%d states are more than 200", len(specs))
	}
	specs = append([]StateSpec(nil), specs...)
	sort.Slice(specs, func(i, j int) bool { return specs[i].Name < specs[j].Name })
	t := &Table{index: map[string]StateID{}, limits: limits, anywhere: map[ClassName]EdgeSpec{}}
	// State 0 is nowhere, so that a zero Control is never a real place.
	t.states = append(t.states, state{name: "nowhere"})
	for _, s := range specs {
		t.index[s.Name] = StateID(len(t.states))
		t.states = append(t.states, state{name: s.Name, kind: s.Kind, spec: s, on: map[ClassName]arrow{}})
	}
	var ok bool
	if t.start, ok = t.index[start]; !ok {
		return nil, fmt.Errorf("start state %q does not exist", start)
	}
	for i := range t.states[1:] {
		if err := t.connect(StateID(i + 1)); err != nil {
			return nil, err
		}
	}
	t.addBacks()
	t.settleLive()
	return t, nil
}

func (t *Table) connect(id StateID) error {
	s := &t.states[id]
	names := make([]string, 0, len(s.spec.On))
	for class := range s.spec.On {
		names = append(names, string(class))
	}
	sort.Strings(names)
	for _, n := range names {
		class, spec := ClassName(n), s.spec.On[ClassName(n)]
		a := arrow{spend: spec.Spend}
		var err error
		if a.edge, err = t.edge(id, class, spec.To, ""); err != nil {
			return err
		}
		if spec.Spend != "" {
			other, err := t.edge(id, class, spec.Else, "!")
			if err != nil {
				return err
			}
			a.other = &other
		}
		s.on[class] = a
	}
	for _, class := range []ClassName{Ask, Offer} {
		if _, set := s.on[class]; !set && restingClass(s.kind, class) {
			e, _ := t.edge(id, class, "", "")
			s.on[class] = arrow{edge: e}
		}
	}
	return nil
}

// edge makes and records an arrow; to "" or "stay" rests where it is.
func (t *Table) edge(from StateID, class ClassName, to, mark string) (Edge, error) {
	e := Edge{ID: t.states[from].name + "." + string(class) + mark, From: from, To: from, Class: class, Stay: to == "" || to == "stay"}
	if !e.Stay {
		id, ok := t.index[to]
		if !ok {
			return e, fmt.Errorf("%s leads to %q, which does not exist", e.ID, to)
		}
		e.To = id
	}
	t.edges = append(t.edges, e)
	return e, nil
}

// addBacks gives every soothe state an arrow back to each state that leads to
// it, because looplab/fsm knows no computed targets.
func (t *Table) addBacks() {
	for i := range t.states {
		s := &t.states[i]
		if s.kind != Soothe {
			continue
		}
		a := arrow{back: map[StateID]Edge{}}
		for j := range t.states {
			from := &t.states[j]
			in, angry := from.on[Anger]
			if !angry || collecting(from.kind) || !in.leadsTo(StateID(i)) {
				continue
			}
			e := Edge{ID: s.name + ".back." + from.name, From: StateID(i), To: StateID(j), Class: back, Stay: false}
			a.back[StateID(j)] = e
			t.edges = append(t.edges, e)
		}
		s.on[back] = a
	}
}

// leadsTo says whether an arrow may lead to a state, with its budget or without.
func (a arrow) leadsTo(id StateID) bool {
	return a.edge.To == id || a.other != nil && a.other.To == id
}

// Start is the control of a conversation in which nothing was said.
func (t *Table) Start() Control { return Control{At: t.start} }

// Name gives a state's name, Kind what it does.
func (t *Table) Name(id StateID) string { return t.states[t.known(id)].name }

// Kind gives what a state does.
func (t *Table) Kind(id StateID) Kind { return t.states[t.known(id)].kind }

// Spec gives a state as its file wrote it.
func (t *Table) Spec(id StateID) StateSpec { return t.states[t.known(id)].spec }

// Find gives the id of the state with this name.
func (t *Table) Find(name string) (StateID, bool) {
	id, ok := t.index[name]
	return id, ok
}

// known maps ids from elsewhere (an older flow's control) to "nowhere"
// instead of letting them panic.
func (t *Table) known(id StateID) StateID {
	if int(id) >= len(t.states) {
		return 0
	}
	return id
}

// Names lists the states' names; Edges all arrows. Callers must not change
// what they get.
func (t *Table) Names() []string {
	out := make([]string, 0, len(t.states)-1)
	for _, s := range t.states[1:] {
		out = append(out, s.name)
	}
	return out
}

// Edges lists all arrows.
func (t *Table) Edges() []Edge { return t.edges }

// Has says whether a state takes a class at all.
func (t *Table) Has(at StateID, class ClassName) bool {
	_, ok := t.states[t.known(at)].on[class]
	return ok
}
