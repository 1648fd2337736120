package flow

import (
	"cmp"
	"slices"
)

// sweeps is how often the layers are ordered anew, from above and from below.
const sweeps = 24

// order puts the vertices of each layer into an order in which few lines
// cross: each where the middle of its neighbours lies, again and again, and
// the best that was seen is kept.
func (g *graph) order() {
	o := &orderer{graph: g, above: make([][]int, len(g.vertices)), below: make([][]int, len(g.vertices)), places: make([]int, len(g.vertices))}
	for _, s := range g.segments {
		o.above[s.lower] = append(o.above[s.lower], s.upper)
		o.below[s.upper] = append(o.below[s.upper], s.lower)
	}
	for l := range g.layers {
		o.number(l)
	}
	best, least := g.copied(), o.crossings()
	for i := range sweeps {
		for l := range g.layers {
			neighbours := o.above
			if i%2 == 1 {
				l, neighbours = len(g.layers)-1-l, o.below
			}
			o.settle(l, neighbours)
		}
		o.swap()
		if n := o.crossings(); n < least {
			best, least = g.copied(), n
		}
	}
	g.layers = best
}

// orderer is a graph while it is ordered. places is where each vertex stands
// in its layer.
type orderer struct {
	*graph
	above, below [][]int // neighbours
	places       []int
}

// number keeps places true after a layer has changed.
func (o *orderer) number(layer int) {
	for i, v := range o.layers[layer] {
		o.places[v] = i
	}
}

// settle orders a layer by where each vertex's neighbours stand.
func (o *orderer) settle(layer int, neighbours [][]int) {
	middle := map[int]float64{}
	for _, v := range o.layers[layer] {
		middle[v] = float64(o.places[v])
		if near := neighbours[v]; len(near) > 0 {
			sum := 0
			for _, n := range near {
				sum += o.places[n]
			}
			middle[v] = float64(sum) / float64(len(near))
		}
	}
	slices.SortStableFunc(o.layers[layer], func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
	o.number(layer)
}

// swap exchanges neighbours wherever that takes crossings away. Each exchange
// leaves fewer, so it ends.
func (o *orderer) swap() {
	for again := true; again; {
		again = false
		for l, layer := range o.layers {
			for i := 0; i+1 < len(layer); i++ {
				a, b := layer[i], layer[i+1]
				if o.between(b, a) < o.between(a, b) {
					layer[i], layer[i+1], again = b, a, true
				}
			}
			o.number(l)
		}
	}
}

// between counts the crossings of the lines of two vertices of a layer where a
// stands to the left of b.
func (o *orderer) between(a, b int) int {
	n := 0
	for _, side := range [][][]int{o.above, o.below} {
		for _, x := range side[a] {
			for _, y := range side[b] {
				if o.places[x] > o.places[y] {
					n++
				}
			}
		}
	}
	return n
}

// crossings counts all there are; those of a pair are seen from both layers,
// so only lines downwards count.
func (o *orderer) crossings() int {
	n := 0
	for _, layer := range o.layers {
		for i, a := range layer {
			for _, b := range layer[i+1:] {
				for _, x := range o.below[a] {
					for _, y := range o.below[b] {
						if o.places[x] > o.places[y] {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

func (g *graph) copied() [][]int {
	out := make([][]int, len(g.layers))
	for i, layer := range g.layers {
		out[i] = slices.Clone(layer)
	}
	return out
}
