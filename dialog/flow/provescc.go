package flow

// rounds gives each node the number of the loop it is part of, 0 where it is
// part of none: Tarjan's strongly connected components, with a stack of its
// own.
func (s *space) rounds() []int32 {
	r := &rounder{s: s, part: make([]int32, len(s.nodes)), seen: make([]int32, len(s.nodes)), low: make([]int32, len(s.nodes)), on: make([]bool, len(s.nodes))}
	for _, root := range s.roots {
		if r.seen[root] == 0 {
			r.from(root)
		}
	}
	return r.part
}

type rounder struct {
	s         *space
	part      []int32
	seen, low []int32 // when a node was met, and the earliest it leads back to
	on        []bool
	open      []int32 // nodes whose component is not known yet
	clock     int32
	parts     int32
}

// frame is a node being looked at, and its next way.
type frame struct {
	node int32
	next int
}

func (r *rounder) from(start int32) {
	stack := []frame{r.meet(start)}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		i := f.node
		if f.next == r.s.first[i+1] {
			stack = stack[:len(stack)-1]
			r.leave(i)
			if len(stack) > 0 {
				up := stack[len(stack)-1].node
				r.low[up] = min(r.low[up], r.low[i])
			}
			continue
		}
		to := r.s.succ[f.next].to()
		f.next++
		switch {
		case to == 0:
		case r.seen[to] == 0:
			stack = append(stack, r.meet(to))
		case r.on[to]:
			r.low[i] = min(r.low[i], r.seen[to])
		}
	}
}

func (r *rounder) meet(i int32) frame {
	r.clock++
	r.seen[i], r.low[i] = r.clock, r.clock
	r.open, r.on[i] = append(r.open, i), true
	return frame{i, r.s.first[i]}
}

// leave closes the component that begins with i, if one does.
func (r *rounder) leave(i int32) {
	if r.low[i] != r.seen[i] {
		return
	}
	k := len(r.open) - 1
	for r.open[k] != i {
		k--
	}
	members := r.open[k:]
	r.open = r.open[:k]
	if len(members) > 1 || r.s.leadsTo(i, i) {
		r.parts++
	}
	for _, m := range members {
		r.on[m] = false
		if len(members) > 1 || r.s.leadsTo(i, i) {
			r.part[m] = r.parts
		}
	}
}

// leadsTo says whether a single step leads from one node to another.
func (s *space) leadsTo(from, to int32) bool {
	for _, w := range s.succ[s.first[from]:s.first[from+1]] {
		if w.to() == to {
			return true
		}
	}
	return false
}
