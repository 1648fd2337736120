package phrase

// Most of the time of a search goes into asking for edges of the trie that are
// not there. Those of the root lie in an array, the others in a table that is at
// most half full and probed in order, both without the cost of a map.

// step is one edge: its key, and the node it leads to. No edge leads to the root,
// so to is 0 where a place is free.
type step struct {
	key uint64
	to  int32
}

// index lays the edges out for searching.
func (s *Set) index(next map[uint64]int32) {
	s.starts = make([]int32, len(s.ids))
	size := 2
	for size < 2*len(next) {
		size *= 2
	}
	s.edges = make([]step, size)
	for key, to := range next {
		if key>>32 == 0 {
			s.starts[uint32(key)] = to
			continue
		}
		at := s.home(key)
		for s.edges[at].to != 0 {
			at = (at + 1) & (len(s.edges) - 1)
		}
		s.edges[at] = step{key, to}
	}
}

// home is where the search for a key begins: Fibonacci hashing (Knuth, The Art of
// Computer Programming 3, 6.4).
func (s *Set) home(key uint64) int {
	return int(key*0x9e3779b97f4a7c15>>33) & (len(s.edges) - 1)
}

// step gives the node behind an edge, 0 where there is none.
func (s *Set) step(node, id int32) int32 {
	if node == 0 {
		return s.starts[id]
	}
	key := edge(node, id)
	for at := s.home(key); s.edges[at].to != 0; at = (at + 1) & (len(s.edges) - 1) {
		if s.edges[at].key == key {
			return s.edges[at].to
		}
	}
	return 0
}
