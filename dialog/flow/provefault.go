package flow

import (
	"fmt"
	"slices"
)

// blame keeps a fault, the nearest of its kind; what "" is none.
func (s *space) blame(kind FaultKind, what string, at node, way func() []ProofStep) {
	if what == "" || slices.ContainsFunc(s.faults, func(f *Fault) bool { return f.Kind == kind }) {
		return
	}
	s.faults = append(s.faults, &Fault{Kind: kind, State: s.t.Name(at.At), What: what, Way: way()})
}

// wrongStep looks for what is wrong with a step by itself.
func (s *space) wrongStep(at node, m *input, n uint8, to step) (FaultKind, string) {
	from, kind := s.t.states[at.At].kind, s.t.states[to.edge.To].kind
	name, next := s.t.states[at.At].name, s.t.states[to.edge.To].name
	switch {
	case m.class == Person && kind != Queue && kind != Owned:
		return FaultPerson, fmt.Sprintf("who asks for a person in %q comes to %q, where there is none", name, next)
	case m.class == Message && kind != Listen:
		return FaultStuck, fmt.Sprintf("the first message leads to %q, which does not listen", next)
	case m.data && to.edge.Stay && !restingClass(from, m.class):
		return FaultStuck, fmt.Sprintf("on %q %q rests without having put a question", m.class, name)
	case from == Lookup && to.edge.Stay && (m.class == Found || m.class == Missing || m.class == Late):
		return FaultSilent, fmt.Sprintf("on %q %q waits on for what has come already", m.class, name)
	case (kind == Close || kind == End) && from != Close && openAfter(at.Control, from, Class{Name: m.class, N: n}) && !given(m.class):
		return FaultUnsettled, fmt.Sprintf("the matter is over in %q with something open that nobody answers", next)
	}
	return "", ""
}

// wrongReturn looks for a hand-off that is over and leaves the customer with
// nobody: the agent is done with it, and the bot was not given it back.
func (s *space) wrongReturn(at node, m *input, to step) (FaultKind, string) {
	kind := s.t.states[to.edge.To].kind
	if m.class != Returned && m.class != Finished || kind != Queue && kind != Owned {
		return "", ""
	}
	return FaultSilent, fmt.Sprintf("what a person has done with in %q (%s) still waits for a person", s.t.Name(at.At), m.class)
}

// openAfter says whether expectations are open after a class.
func openAfter(c Control, k Kind, cl Class) bool {
	c.settle(k, cl)
	return k.settles() && c.Open > 0
}

// given says whether a class ends a matter at the customer's wish or by their
// silence, with words for what was open.
func given(c ClassName) bool { return c == Silence || c == Cancel }

// wrongNode looks for what is wrong with a node by itself; any says whether
// anything can happen there.
func (s *space) wrongNode(at node, any bool) (FaultKind, string) {
	st := &s.t.states[at.At]
	if at.entered && !any {
		return FaultStuck, fmt.Sprintf("in %q nothing that can be so has an edge", st.name)
	}
	if at.entered || s.rested[at.At] {
		return "", ""
	}
	s.rested[at.At] = true // what follows is the same for every control
	return s.wrongState(st)
}

// wrongState looks for what is wrong with a state in which a conversation
// rests; "" is nothing.
func (s *space) wrongState(st *state) (FaultKind, string) {
	for _, class := range classesOf[st.kind].must {
		if _, ok := st.on[class]; !ok {
			return FaultStuck, fmt.Sprintf("%q can come in %q and no edge takes it", class, st.name)
		}
	}
	_, silence := st.on[Silence]
	_, late := st.on[Late]
	_, person := st.on[Person]
	switch {
	case st.kind == Greet: // nothing was said yet
	case !silence && !(late && st.kind == Lookup):
		return FaultSilent, fmt.Sprintf("%q waits for ever: neither time nor a person ends it", st.name)
	case !person:
		return FaultPerson, fmt.Sprintf("nobody comes to who asks for a person in %q", st.name)
	}
	return "", ""
}

// tooLong is the fault of a flow that can take more turns than its cap allows.
func (s *space) tooLong(p *Proof) *Fault {
	last := p.WorstWay[len(p.WorstWay)-1]
	return &Fault{Kind: FaultLong, State: last.State, Way: p.WorstWay,
		What: fmt.Sprintf("a conversation can take %d turns, the cap stands at %d: it would end in the middle", p.Worst, s.t.limits.Turns)}
}

// loop is the shortest way that goes round for ever: the way into the loop and
// the loop together.
func (s *space) loop() *Fault {
	part := s.rounds()
	depth := s.depths()
	var enter int32
	var round []int32
	best := int32(-1)
	for i := int32(1); int(i) < len(s.nodes); i++ {
		if part[i] == 0 || best >= 0 && depth[i]+1 >= best {
			continue
		}
		limit := int32(-1)
		if best >= 0 {
			limit = best - depth[i] - 1
		}
		if r := s.shortest(i, part, limit); r != nil {
			enter, round, best = i, r, depth[i]+int32(len(r)) // far below 2^31
		}
	}
	var steps []ProofStep
	at := enter
	for _, next := range round {
		steps = append(steps, s.between(at, next))
		at = next
	}
	name := s.t.Name(s.nodes[enter].At)
	f := &Fault{Kind: FaultLoop, State: name, Way: s.wayTo(enter), Loop: steps,
		What: fmt.Sprintf("from %q a conversation can come back to %q with nothing used up, again and again", name, name)}
	if f.OnLadder() {
		f.What += ": only the end of the ladder stops it"
	}
	return f
}

// depths are the distances of the nodes from the start, in steps.
func (s *space) depths() []int32 {
	out := make([]int32, len(s.nodes))
	for i := 1; i < len(out); i++ {
		if s.parent[i] != 0 {
			out[i] = out[s.parent[i]] + 1
		}
	}
	return out
}

// shortest is the shortest way from a node back to itself inside its loop, as
// the nodes it passes; nil where it takes more than limit steps (-1 = any).
func (s *space) shortest(from int32, part []int32, limit int32) []int32 {
	came := map[int32]int32{}
	level := []int32{from}
	for n := int32(1); len(level) > 0 && (limit < 0 || n <= limit); n++ {
		var next []int32
		for _, i := range level {
			for _, w := range s.succ[s.first[i]:s.first[i+1]] {
				to := w.to()
				if to == from {
					return unwind(came, from, i)
				}
				if _, seen := came[to]; !seen && to != 0 && part[to] == part[from] {
					came[to] = i
					next = append(next, to)
				}
			}
		}
		level = next
	}
	return nil
}

// unwind lists the nodes of a loop in order, its beginning last.
func unwind(came map[int32]int32, from, last int32) []int32 {
	out := []int32{from}
	for i := last; i != from; i = came[i] {
		out = append([]int32{i}, out...)
	}
	return out
}
