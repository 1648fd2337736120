package flow

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Sizes of a picture, in its own units.
const (
	rowHigh     = 15 // of a line of text
	boxPad      = 9  // between a box and its text
	betweenBox  = 22
	betweenBend = 14
	arrowWide   = 16 // what the head of an arrow needs beside others
	labelPad    = 6
	labelGap    = 8
	gapLeast    = 24 // between layers, without labels
	gapMost     = 52
	rounds      = 240 // in which vertices move to where their lines are straight
)

// place gives every vertex its place and every segment its slots, and returns
// the size of the whole.
func (g *graph) place() (width, high float64) {
	g.slots()
	for _, layer := range g.layers {
		x := 0.0
		for i, v := range layer {
			if i > 0 {
				x += g.apart(layer[i-1], v)
			}
			g.vertices[v].x = x
		}
	}
	for i := range rounds {
		for l := range g.layers {
			if i%2 == 1 {
				l = len(g.layers) - 1 - l
			}
			g.straighten(l, i < rounds/2 && i%2 == 0, i < rounds/2 && i%2 == 1)
		}
	}
	return g.toMargin(), g.stack()
}

// apart is how far the middles of two neighbours must be from each other.
func (g *graph) apart(a, b int) float64 {
	between := float64(betweenBox)
	if g.vertices[a].bend || g.vertices[b].bend {
		between = betweenBend
	}
	return g.vertices[a].width/2 + g.vertices[b].width/2 + between
}

// slots spreads the ends of lines along the upper and lower edges of boxes, in
// the order of where they go, and makes boxes wide enough for their labels.
func (g *graph) slots() {
	places := make([]int, len(g.vertices))
	for _, layer := range g.layers {
		for i, v := range layer {
			places[v] = i
		}
	}
	for v := range g.vertices {
		if g.vertices[v].bend {
			continue
		}
		var upper, lower []*slot
		where := map[*slot]int{}
		for i := range g.segments {
			s := &g.segments[i]
			if s.lower == v {
				s.atLower.size(g, *s, s.up)
				where[&s.atLower], upper = places[s.upper], append(upper, &s.atLower)
			}
			if s.upper == v {
				s.atUpper.size(g, *s, !s.up)
				where[&s.atUpper], lower = places[s.lower], append(lower, &s.atUpper)
			}
		}
		for _, side := range [][]*slot{upper, lower} {
			slices.SortStableFunc(side, func(a, b *slot) int { return cmp.Compare(where[a], where[b]) })
			g.vertices[v].width = max(g.vertices[v].width, spread(side))
		}
	}
}

// size makes room for an arrow's labels where it leaves, or for its head.
func (s *slot) size(g *graph, seg segment, leaves bool) {
	s.width = arrowWide
	if !leaves || seg.arrow < 0 {
		return
	}
	labels := g.labels(seg.arrow)
	for _, l := range labels {
		s.width = max(s.width, textWidth(l, labelSize)+2*labelPad)
	}
	if len(labels) > 0 {
		s.high = float64(len(labels))*(rowHigh-2) + 5
	}
}

// labels are the rows of text where an arrow leaves its state.
func (g *graph) labels(arrow int) []string {
	if len(g.arrows[arrow].labels) == 0 {
		return nil
	}
	return broken(strings.Join(g.arrows[arrow].labels, "; "), labelWide)
}

// spread sets the offsets of slots beside each other, and says how wide they
// are together.
func spread(side []*slot) float64 {
	whole := 0.0
	for i, s := range side {
		if i > 0 {
			whole += labelGap
		}
		whole += s.width
	}
	x := -whole / 2
	for _, s := range side {
		s.offset = x + s.width/2
		x += s.width + labelGap
	}
	return whole
}

// straighten moves the vertices of a layer to where their lines would be
// straight, as near as their order and size allow: the least sum of squares,
// found by pooling those that would run into each other.
func (g *graph) straighten(layer int, aboveOnly, belowOnly bool) {
	type pool struct {
		sum, weight float64
		n           int
	}
	var pools []pool
	shift, shifts := 0.0, []float64{}
	for i, v := range g.layers[layer] {
		if i > 0 {
			shift += g.apart(g.layers[layer][i-1], v)
		}
		shifts = append(shifts, shift)
		want, weight := g.wish(v, aboveOnly, belowOnly)
		p := pool{sum: (want - shift) * weight, weight: weight, n: 1}
		for len(pools) > 0 && pools[len(pools)-1].sum/pools[len(pools)-1].weight > p.sum/p.weight {
			last := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			p = pool{sum: p.sum + last.sum, weight: p.weight + last.weight, n: p.n + last.n}
		}
		pools = append(pools, p)
	}
	i := 0
	for _, p := range pools {
		for range p.n {
			g.vertices[g.layers[layer][i]].x = p.sum/p.weight + shifts[i]
			i++
		}
	}
}

// wish is where a vertex's lines would be straight, and how much that counts:
// bends most, because a crooked line through many layers is hard to follow.
func (g *graph) wish(v int, aboveOnly, belowOnly bool) (x, weight float64) {
	sum, n := 0.0, 0.0
	for _, i := range g.touching[v] {
		s, w := g.segments[i], 1.0
		if g.vertices[s.upper].bend && g.vertices[s.lower].bend {
			w = 8
		}
		if s.lower == v && !belowOnly {
			sum, n = sum+w*(g.vertices[s.upper].x+s.atUpper.offset-s.atLower.offset), n+w
		}
		if s.upper == v && !aboveOnly {
			sum, n = sum+w*(g.vertices[s.lower].x+s.atLower.offset-s.atUpper.offset), n+w
		}
	}
	if n == 0 {
		return g.vertices[v].x, 0.05
	}
	return sum / n, n
}

// toMargin moves all to the right of zero and gives the width.
func (g *graph) toMargin() float64 {
	left, right := math.Inf(1), math.Inf(-1)
	for _, v := range g.vertices {
		left, right = min(left, v.x-v.width/2), max(right, v.x+v.width/2)
	}
	for i := range g.vertices {
		g.vertices[i].x = math.Round(g.vertices[i].x - left)
	}
	return math.Ceil(right - left)
}

// stack puts the layers below each other, further apart where labels stand or
// lines go far to the side, and gives the height.
func (g *graph) stack() float64 {
	y := 0.0
	for l, layer := range g.layers {
		high, above, below, far := 0.0, 0.0, 0.0, 0.0
		for _, v := range layer {
			high = max(high, g.vertices[v].high)
		}
		for _, s := range g.segments {
			if g.vertices[s.lower].rank == l {
				above = max(above, s.atLower.high)
				far = max(far, math.Abs(g.vertices[s.upper].x+s.atUpper.offset-g.vertices[s.lower].x-s.atLower.offset))
			}
			if g.vertices[s.upper].rank == l {
				below = max(below, s.atUpper.high)
			}
		}
		if l > 0 {
			y += min(gapMost, gapLeast+far/8)
		}
		y += above
		for _, v := range layer {
			g.vertices[v].y = math.Round(y + (high-g.vertices[v].high)/2)
			if g.vertices[v].bend {
				g.vertices[v].y = math.Round(y)
				g.vertices[v].high = high
			}
		}
		y += high + below
	}
	return math.Ceil(y)
}
