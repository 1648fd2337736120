package flow

import "slices"

// A picture in layers, after Sugiyama: break the circles, give each state a
// layer, order the layers so that few lines cross, give everything a place.
// It is written here because nothing that is kept up to date and free to use
// does it in Go without cgo or a whole drawing language around it, and because
// a state machine allows short cuts: lines to the same state may share their
// way, which keeps the many that lead to a person from covering the page.

// graph is a sketch on its way to becoming a picture. Vertices are the states,
// the box of anywhere, and the bends of lines that pass through a layer.
type graph struct {
	vertices []vertex
	segments []segment
	touching [][]int // by vertex, the segments that begin or end there
	layers   [][]int // vertices from left to right
	arrows   []drawnArrow
}

// vertex is something that takes up room in a layer. text is empty for bends.
type vertex struct {
	text  []string
	kind  Kind
	box   int // which box it is, or to which box the line leads that bends here
	rank  int
	bend  bool
	up    bool // the line here leads upwards
	x     float64
	width float64 // without what stands beside it
	high  float64
	y     float64 // its upper edge
}

// segment is a piece of line from one layer to the next: from the upper vertex
// to the lower, whichever way it is walked. arrow is the index of the arrow
// that begins here, -1 in the middle of a line; ends says that it has its head
// here.
type segment struct {
	upper, lower int
	up           bool // walked upwards
	arrow        int
	ends         bool
	target       int // the box the line leads to
	atUpper      slot
	atLower      slot
}

// slot is where a segment touches a vertex: the offset from its middle, and
// how wide and high the label there is.
type slot struct{ offset, width, high float64 }

// newGraph ranks the boxes of a sketch and lays its arrows through the layers.
// boxes are the vertices, arrows lead between them by index.
func newGraph(boxes []vertex, arrows []drawnArrow, roots []int) *graph {
	g := &graph{vertices: boxes, arrows: arrows}
	back := circles(len(boxes), arrows, roots)
	for i, r := range ranks(len(boxes), arrows, back, roots) {
		g.vertices[i].rank, g.vertices[i].box = r, i
	}
	bends := map[[3]int]int{}
	for i, a := range arrows {
		g.lay(i, a, bends)
	}
	g.touching = make([][]int, len(g.vertices))
	for i, s := range g.segments {
		g.touching[s.upper] = append(g.touching[s.upper], i)
		g.touching[s.lower] = append(g.touching[s.lower], i)
	}
	most := 0
	for _, v := range g.vertices {
		most = max(most, v.rank)
	}
	g.layers = make([][]int, most+1)
	for i, v := range g.vertices {
		g.layers[v.rank] = append(g.layers[v.rank], i)
	}
	return g
}

// circles walks the arrows depth first from the roots and marks those that
// lead back to where the walk came through.
func circles(n int, arrows []drawnArrow, roots []int) []bool {
	back, state := make([]bool, len(arrows)), make([]int, n)
	var visit func(v int)
	visit = func(v int) {
		state[v] = 1
		for i, a := range arrows {
			switch {
			case a.from != v:
			case state[a.to] == 1:
				back[i] = true
			case state[a.to] == 0:
				visit(a.to)
			}
		}
		state[v] = 2
	}
	for _, v := range roots {
		if state[v] == 0 {
			visit(v)
		}
	}
	for v := range n {
		if state[v] == 0 {
			visit(v)
		}
	}
	return back
}

// ranks gives each box the length of the longest way to it. Without the arrows
// that lead back there is no circle, so this ends after n rounds.
func ranks(n int, arrows []drawnArrow, back []bool, roots []int) []int {
	out := make([]int, n)
	for range n {
		for i, a := range arrows {
			from, to := a.from, a.to
			if back[i] {
				from, to = to, from
			}
			out[to] = max(out[to], out[from]+1)
		}
	}
	// What only leads on, such as the box of anywhere, stands near to where
	// it leads.
	for v := range n {
		near := -1
		for i, a := range arrows {
			switch {
			case a.to == v && !back[i] || a.from == v && back[i]:
				near = 0 // something leads here: it stays
			case a.from == v && near != 0:
				if r := out[a.to] - 1; near < 0 || r < near {
					near = r
				}
			}
		}
		if near > 0 && !slices.Contains(roots[:1], v) {
			out[v] = near
		}
	}
	return out
}

// lay leads an arrow through the layers between its ends. Lines to the same
// box share their bends.
func (g *graph) lay(i int, a drawnArrow, bends map[[3]int]int) {
	up := g.vertices[a.from].rank > g.vertices[a.to].rank
	step, way := 1, 0
	if up {
		step, way = -1, 1
	}
	last := a.from
	for r := g.vertices[a.from].rank + step; r != g.vertices[a.to].rank; r += step {
		key := [3]int{a.to, r, way}
		next, there := bends[key]
		if !there {
			next = len(g.vertices)
			bends[key] = next
			g.vertices = append(g.vertices, vertex{box: a.to, rank: r, bend: true, up: up, width: 8})
		}
		g.join(last, next, i, a)
		if there {
			return // from here on the line is drawn already
		}
		last = next
	}
	g.join(last, a.to, i, a)
}

func (g *graph) join(from, to, arrow int, a drawnArrow) {
	s := segment{upper: from, lower: to, arrow: -1, ends: to == a.to, target: a.to}
	if from == a.from {
		s.arrow = arrow
	}
	if g.vertices[from].rank > g.vertices[to].rank {
		s.upper, s.lower, s.up = to, from, true
	}
	g.segments = append(g.segments, s)
}
