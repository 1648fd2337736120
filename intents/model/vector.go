package model

import "math"

// vector is a text as the learner sees it: rows of the vocabulary, and how
// strongly the text has them.
type vector struct {
	rows  []int32
	vals  []float32
	known float32 // share of its words that some example had, weighed by what they tell
	words int     // words in it
	parts float32 // share of its pieces that some example had, weighed likewise
}

// reader turns features into vectors; it belongs to one goroutine.
type reader struct {
	voc   *vocabulary
	at    []int32 // by row: where it stands in vec, counted from 1; zero between calls
	count []uint8 // of each in vec, how often it was seen
	block []uint8
	vec   vector
}

func newReader(v *vocabulary) *reader { return &reader{voc: v, at: make([]int32, v.n)} }

// vector gives what the vocabulary has of the features, each block scaled to
// its length. It is valid until the next call.
func (r *reader) vector(fs []feature) vector {
	r.vec.rows, r.vec.vals, r.vec.words = r.vec.rows[:0], r.vec.vals[:0], 0
	r.count, r.block = r.count[:0], r.block[:0]
	var all, known, pieces, parts float32
	for i := range fs {
		f := &fs[i]
		row, tells, found := r.voc.row(f), r.voc.rare, float32(0)
		if row >= 0 {
			tells = r.voc.tell[row]
			found = tells
			r.note(row, tells, f.block)
		}
		switch {
		case f.single:
			all, known = all+tells, known+found
			r.vec.words++
		case f.block == blockPieces:
			pieces, parts = pieces+tells, parts+found
		}
	}
	r.scale()
	r.vec.known, r.vec.parts = known/max(all, 1), parts/max(pieces, 1)
	return r.vec
}

// note counts a feature that was seen.
func (r *reader) note(row int32, tells float32, block uint8) {
	at := r.at[row]
	if at == 0 {
		r.vec.rows, r.vec.vals = append(r.vec.rows, row), append(r.vec.vals, tells)
		r.count, r.block = append(r.count, 1), append(r.block, block)
		r.at[row] = int32(len(r.vec.rows))
		return
	}
	if n := &r.count[at-1]; *n < math.MaxUint8 {
		*n++
	}
}

// scale turns counts into weights: one plus the logarithm of how often, times
// what the feature tells, each block to its length (Salton & Buckley 1988).
func (r *reader) scale() {
	var sum [blocks]float32
	for i, row := range r.vec.rows {
		r.at[row] = 0
		x := &r.vec.vals[i]
		if n := r.count[i]; n > 1 {
			*x *= 1 + float32(math.Log(float64(n)))
		}
		sum[r.block[i]] += *x * *x
	}
	var by [blocks]float32
	for b := range by {
		if sum[b] > 0 {
			by[b] = lengths[b] / float32(math.Sqrt(float64(sum[b])))
		}
	}
	for i := range r.vec.vals {
		r.vec.vals[i] *= by[r.block[i]]
	}
}

// matrix holds the vectors of examples, one after the other.
type matrix struct {
	rows []int32
	vals []float32
	end  []int
}

func (m *matrix) append(v vector) {
	m.rows = append(m.rows, v.rows...)
	m.vals = append(m.vals, v.vals...)
	m.end = append(m.end, len(m.rows))
}

func (m *matrix) at(i int) ([]int32, []float32) {
	from := 0
	if i > 0 {
		from = m.end[i-1]
	}
	return m.rows[from:m.end[i]], m.vals[from:m.end[i]]
}
