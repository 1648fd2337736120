package flow

import "slices"

// knots gives the edges of each part of a graph in which every spot can be
// come back to: the parts that hold all its loops.
func knots(all []move) [][]move {
	next := map[spot][]spot{}
	var order []spot
	for _, m := range all {
		if _, seen := next[m.from]; !seen {
			order = append(order, m.from)
		}
		next[m.from] = append(next[m.from], m.to)
	}
	part := components(order, next)
	byPart := map[int][]move{}
	var names []int
	for _, m := range all {
		p, q := part[m.from], part[m.to]
		if p != q || p == 0 {
			continue
		}
		if byPart[p] == nil {
			names = append(names, p)
		}
		byPart[p] = append(byPart[p], m)
	}
	var out [][]move
	for _, p := range names {
		out = append(out, byPart[p])
	}
	return out
}

// components numbers the spots from 1 so that two have the same number where
// each can be reached from the other (Kosaraju: walk on, then back in the
// order in which the first walk left).
func components(order []spot, next map[spot][]spot) map[spot]int {
	before := map[spot][]spot{}
	for _, from := range order {
		for _, to := range next[from] {
			before[to] = append(before[to], from)
		}
	}
	var left []spot
	seen := map[spot]bool{}
	var ahead func(s spot)
	ahead = func(s spot) {
		if seen[s] {
			return
		}
		seen[s] = true
		for _, to := range next[s] {
			ahead(to)
		}
		left = append(left, s)
	}
	for _, s := range order {
		ahead(s)
	}
	part := map[spot]int{}
	var gather func(s spot, n int)
	gather = func(s spot, n int) {
		if part[s] != 0 {
			return
		}
		part[s] = n
		for _, from := range before[s] {
			gather(from, n)
		}
	}
	for i, s := range slices.Backward(left) {
		gather(s, len(left)-i)
	}
	return part
}

// waysRound gives the shortest way round through each edge that lies on one,
// the shortest of them first.
func waysRound(moves []move) [][]move {
	var ways [][]move
	for _, first := range moves {
		if way := wayBack(moves, first); way != nil {
			ways = append(ways, way)
		}
	}
	slices.SortStableFunc(ways, func(a, b []move) int { return len(a) - len(b) })
	return ways
}

// wayBack gives a shortest way that begins with an edge and ends where it
// began.
func wayBack(knot []move, first move) []move {
	ways := map[spot][]move{first.to: {first}}
	todo := []spot{first.to}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if at == first.from {
			return ways[at]
		}
		for _, m := range knot {
			if _, seen := ways[m.to]; m.from == at && !seen {
				ways[m.to] = append(slices.Clone(ways[at]), m)
				todo = append(todo, m.to)
			}
		}
	}
	return nil
}
