package model

import "github.com/accord-chat/accord/intents/text"

// Scored is a label and the calibrated probability that a text which belongs
// to some label belongs to this one.
type Scored struct {
	Label string
	P     float64
}

// Ranking is what the model makes of a text.
type Ranking struct {
	Labels []Scored // best first, at most k
	Inside float64  // calibrated probability that the text belongs to a label at all
	In     bool     // Inside reaches the shipped threshold
}

// reading is the scratch space of one Rank.
type reading struct {
	extractor
	*reader
	score []float32
}

// Rank gives the k best labels of d. A text that has nothing in common with any
// example is outside. Labels of the same score come in alphabetical order.
func (m *Model) Rank(d *text.Doc, k int) Ranking {
	r := m.borrow()
	defer m.pool.Put(r)
	v := r.vector(r.features(d))
	m.linear.scores(v, r.score)
	out := Ranking{}
	if len(v.rows) > 0 {
		out.Inside = m.belief.inside(signalsOf(r.score, len(m.labels), m.belief.sharp, v.share()))
		out.In = out.Inside >= threshold
	}
	p := r.score[:len(m.labels)]
	for i := range p {
		p[i] *= float32(m.belief.sharp)
	}
	softmax(p)
	out.Labels = m.best(p, k)
	return out
}

// best takes the k highest of p, which it spoils.
func (m *Model) best(p []float32, k int) []Scored {
	out := make([]Scored, 0, max(0, min(k, len(p))))
	for range cap(out) {
		top := 0
		for i := range p {
			if p[i] > p[top] {
				top = i
			}
		}
		out = append(out, Scored{m.labels[top], float64(p[top])})
		p[top] = -1
	}
	return out
}

func (m *Model) borrow() *reading {
	if r, ok := m.pool.Get().(*reading); ok {
		return r
	}
	return &reading{reader: newReader(m.linear.voc), score: make([]float32, m.linear.k)}
}
