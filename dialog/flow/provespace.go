package flow

// node is a control, and whether its state was just entered, so that the data
// decides what comes next, or rests, so that the world does.
type node struct {
	Control
	entered bool
}

// numberOf is the number of a node that is known.
func (s *space) numberOf(n node) int32 { return s.index.slots[s.index.find(s.nodes, n)] }

// step is where an input leads.
type step struct {
	to   node
	over bool // the matter is at its end there
	edge Edge
}

// way is a step between two nodes as it is kept: the node it leads to and what
// it costs. The node past an end is number 0.
type way uint32

const (
	wayTurn   way = 1 << iota // takes a turn of the customer
	wayMishap                 // spends a budget of what goes wrong
	wayShift  = iota
)

// way is what an input costs, without where it leads.
func (in *input) way() (w way) {
	if in.turn {
		w |= wayTurn
	}
	if in.mishap {
		w |= wayMishap
	}
	return w
}

func (w way) to() int32 { return int32(w >> wayShift) } // as it was put in

func (w way) turns() int {
	if w&wayTurn != 0 {
		return 1
	}
	return 0
}

// space is everything a flow can come to, found breadth first: the number of a
// node says how far away it is.
type space struct {
	t        *Table
	max      int
	progress func(known, walked int)
	found    func(Control)
	inputs   [][]input // by state

	nodes  []node // number 0 is past every end
	index  nodeIndex
	parent []int32 // the node a node was first come to from; 0 = it is a beginning
	roots  []int32 // where a matter begins: at the start, and where the first one cannot come to
	later  []node  // where a matter may begin after a person, an end, or another matter
	first  []int   // where the ways of a node begin in succ; one more than nodes
	succ   []way

	full   bool
	faults []*Fault // the nearest of each kind
	rested []bool   // states a conversation was found to rest in
}

func newSpace(t *Table, o ProveOptions) *space {
	s := &space{t: t, max: o.MaxStates, progress: o.Progress, found: o.Found, index: newNodeIndex(), rested: make([]bool, len(t.states))}
	for i := range t.states {
		s.inputs = append(s.inputs, inputsOf(&t.states[i]))
	}
	s.nodes, s.parent, s.first = []node{{}}, []int32{0}, []int{0, 0}
	s.later = append(s.later, node{Control: t.Start()})
	for i := range t.states {
		s.after(StateID(i)) // at most 200
	}
	return s
}

// after adds where a conversation goes on from a state in which a matter is
// over: given back by a person, or begun anew.
func (s *space) after(id StateID) {
	st := &s.t.states[id]
	if !over("", st.kind) {
		return
	}
	for _, in := range inputsOf(st) {
		at := node{Control: Control{At: id}}
		to, ok := s.step(at, st, &in, 0)
		if !ok {
			continue
		}
		if !to.over {
			s.later = append(s.later, to.to)
		}
		kind, what := s.wrongReturn(at, &in, to)
		if what == "" {
			kind, what = s.wrongStep(at, &in, 0, to)
		}
		s.blame(kind, what, at, func() []ProofStep { return []ProofStep{s.told(at, &in, 0, to)} })
	}
}

// number gives the number of a node, a new one where it was not met before.
func (s *space) number(n node, from int32) int32 {
	at := s.index.find(s.nodes, n)
	if i := s.index.slots[at]; i != 0 {
		return i
	}
	i := int32(len(s.nodes)) // below MaxStates
	s.nodes, s.parent = append(s.nodes, n), append(s.parent, from)
	s.index.put(s.nodes, at, i)
	return i
}

// progressEvery is how many nodes are walked between two words of progress.
const progressEvery = 1 << 14

// walk finds all there is, and the nearest fault that shows in a single node.
// What the first matter can come to is found first, so that a way to it begins
// with the first message.
func (s *space) walk() {
	for k := 0; k < len(s.later); k++ { // walking adds to them
		known := len(s.nodes)
		if i := s.number(s.later[k], 0); int(i) == known {
			s.roots = append(s.roots, i)
		}
		if s.full = !s.spread(); s.full {
			return
		}
	}
}

// spread walks from all nodes that were found and not walked yet, breadth
// first. It says false where they are too many.
func (s *space) spread() bool {
	for len(s.first) <= len(s.nodes) {
		if len(s.nodes) > s.max {
			return false
		}
		i := int32(len(s.first) - 1) // below MaxStates
		if s.found != nil && !s.nodes[i].entered {
			s.found(s.nodes[i].Control)
		}
		if s.progress != nil && i%progressEvery == 0 {
			s.progress(len(s.nodes), int(i))
		}
		s.expand(i)
		s.first = append(s.first, len(s.succ))
	}
	return true
}

func (s *space) expand(i int32) {
	at := s.nodes[i]
	begin := len(s.succ)
	s.each(at, func(m *input, n uint8, to step) bool {
		var w way
		switch {
		case !to.over:
			w = way(s.number(to.to, i)) << wayShift
		case m.class == More && !over("", s.t.states[to.to.At].kind):
			s.later = append(s.later, to.to)
		}
		s.add(begin, w|m.way())
		kind, what := s.wrongStep(at, m, n, to)
		s.blame(kind, what, at, func() []ProofStep { return append(s.wayTo(i), s.told(at, m, n, to)) })
		return true
	})
	kind, what := s.wrongNode(at, len(s.succ) > begin)
	s.blame(kind, what, at, func() []ProofStep { return s.wayTo(i) })
}

// add keeps a way, unless the node has the same one already.
func (s *space) add(begin int, w way) {
	for _, known := range s.succ[begin:] {
		if known == w {
			return
		}
	}
	s.succ = append(s.succ, w)
}

// each calls f for everything that can happen at a node, until it says false.
func (s *space) each(at node, f func(m *input, n uint8, to step) bool) {
	st := &s.t.states[at.At]
	inputs := s.inputs[at.At]
	for i := range inputs {
		m := &inputs[i]
		for n := uint8(0); n <= m.most; n++ {
			if !s.t.admits(at, m, n) {
				continue
			}
			if to, ok := s.step(at, st, m, n); ok && !f(m, n, to) {
				return
			}
		}
	}
}

// step takes an input. It fails only where a flow has no way back from soothing.
func (s *space) step(at node, st *state, m *input, n uint8) (step, bool) {
	next, edge, err := s.t.follow(at.Control, st, &m.arrow, Class{Name: m.class, N: n})
	if err != nil {
		return step{}, false
	}
	kind := s.t.states[next.At].kind
	entered := !edge.Stay && m.class != back && kind.Passes()
	return step{node{next, entered}, over(m.class, kind), edge}, true
}
