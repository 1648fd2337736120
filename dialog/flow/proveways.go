package flow

// longest measures the longest way to an end in turns of the customer: over
// all ways, or only those on which nothing goes wrong. It says whether some way
// goes round for ever instead, which has no length.
func (s *space) longest(mishaps bool, p *Proof) (round bool) {
	length, round := s.lengths(mishaps)
	if round {
		return true
	}
	far := s.roots[0]
	for _, i := range s.roots {
		if length[i].longer(length[far]) {
			far = i
		}
	}
	way, turns := s.farthest(far, length, mishaps), int(length[far].turns)
	if mishaps {
		p.Worst, p.WorstWay = turns, way
	} else {
		p.Understood, p.UnderstoodWay = turns, way
	}
	return false
}

// length is the longest way from a node in turns, and how many steps that
// takes at least: reminders and look-ups on the way make nothing clearer.
type length struct{ turns, steps int32 }

func (l length) longer(o length) bool {
	return l.turns > o.turns || l.turns == o.turns && l.steps < o.steps
}

// and is the length of a way that begins with w.
func (l length) and(w way) length { return length{l.turns + int32(w.turns()), l.steps + 1} } // 0 or 1

// Marks of nodes whose length is not known yet.
const (
	unseen = -1
	onWay  = -2
)

// lengths works out the longest way from every node, ends first. It does so
// with a stack of its own: a flow without bounds would overrun the other.
func (s *space) lengths(mishaps bool) (known []length, round bool) {
	known = make([]length, len(s.nodes))
	next := make([]int, len(s.nodes)) // the way to look at next
	for i := range known {
		known[i].turns, next[i] = unseen, s.first[i]
	}
	known[0].turns = 0
	for _, root := range s.roots {
		if known[root].turns == unseen && s.measure(root, known, next, mishaps) {
			return nil, true
		}
	}
	return known, false
}

// measure works out the lengths from one beginning on.
func (s *space) measure(root int32, known []length, next []int, mishaps bool) (round bool) {
	stack := []int32{root}
	known[root].turns = onWay
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		if next[i] == s.first[i+1] {
			known[i] = s.best(i, known, mishaps)
			stack = stack[:len(stack)-1]
			continue
		}
		w := s.succ[next[i]]
		next[i]++
		switch to := w.to(); {
		case !mishaps && w&wayMishap != 0:
		case known[to].turns == onWay:
			return true
		case known[to].turns == unseen:
			known[to].turns = onWay
			stack = append(stack, to)
		}
	}
	return false
}

// best is the longest way from node i, once that of all that follow is known.
func (s *space) best(i int32, known []length, mishaps bool) (out length) {
	first := true
	for _, w := range s.succ[s.first[i]:s.first[i+1]] {
		if !mishaps && w&wayMishap != 0 {
			continue
		}
		if l := known[w.to()].and(w); first || l.longer(out) {
			out, first = l, false
		}
	}
	return out
}

// farthest is a way of the greatest length from a node on, step by step.
func (s *space) farthest(i int32, known []length, mishaps bool) []ProofStep {
	var out []ProofStep
	for i != 0 {
		at, left := s.nodes[i], known[i]
		i = 0
		s.each(at, func(m *input, n uint8, to step) bool {
			if m.mishap && !mishaps {
				return true
			}
			next := int32(0)
			if !to.over {
				next = s.numberOf(to.to)
			}
			if known[next].and(m.way()) != left {
				return true
			}
			out = append(out, s.told(at, m, n, to))
			i = next
			return false
		})
	}
	return out
}

// told describes a step.
func (s *space) told(at node, m *input, n uint8, to step) ProofStep {
	return ProofStep{State: s.t.Name(at.At), Class: Class{Name: m.class, N: n}, Edge: to.edge.ID, To: s.t.Name(to.edge.To), Entered: at.entered, Turn: m.turn}
}

// wayTo is a shortest way to a node.
func (s *space) wayTo(i int32) []ProofStep {
	var back []int32
	from := i
	for ; s.parent[from] != 0; from = s.parent[from] {
		back = append(back, from)
	}
	var out []ProofStep
	for k := len(back) - 1; k >= 0; k-- {
		out = append(out, s.between(from, back[k]))
		from = back[k]
	}
	return out
}

// between describes the step from one node to another.
func (s *space) between(from, to int32) ProofStep {
	var out ProofStep
	at := s.nodes[from]
	s.each(at, func(m *input, n uint8, next step) bool {
		if next.over || s.numberOf(next.to) != to {
			return true
		}
		out = s.told(at, m, n, next)
		return false
	})
	return out
}
