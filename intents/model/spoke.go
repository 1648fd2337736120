package model

import (
	"cmp"
	"slices"
	"sort"

	"github.com/accord-chat/accord/intents/text"
)

// Spoke is something in a text that spoke for a label.
type Spoke struct {
	Name        string  // the word, piece of a word, or pair of words, for people
	First, Last int     // the tokens of the text it was read from, both included
	Apart       bool    // it is the words at First and at Last, and nothing between them
	Gain        float64 // what it added to the score of the label, above zero
}

// Spoke gives what spoke for label in d, the strongest first and each name once.
// It is nil for a label that the model does not know.
func (m *Model) Spoke(d *text.Doc, label string) []Spoke {
	at, ok := slices.BinarySearch(m.labels, label)
	if !ok {
		return nil
	}
	r := m.borrow()
	defer m.pool.Put(r)
	fs := r.features(d)
	v := r.vector(fs)
	gain := make(map[int32]float32, len(v.rows))
	for j, row := range v.rows {
		gain[row] = v.vals[j] * m.linear.scale[row] * float32(m.linear.w[int(row)*m.linear.k+at])
	}
	var out []Spoke
	for _, f := range fs {
		if row := r.voc.row(&f); row >= 0 && gain[row] > 0 {
			s := Spoke{Name: f.name(&r.extractor), Gain: float64(gain[row])}
			s.First, s.Last, s.Apart = f.tokens(&r.extractor)
			if s.Name != "" {
				out = append(out, s)
			}
			delete(gain, row)
		}
	}
	slices.SortStableFunc(out, func(a, b Spoke) int { return cmp.Compare(b.Gain, a.Gain) })
	return onceEach(out)
}

// onceEach keeps the first of each name: a word and the piece that is all of it
// are two features, and one thing to whoever reads the reasons.
func onceEach(all []Spoke) []Spoke {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s Spoke) bool {
		again := seen[s.Name]
		seen[s.Name] = true
		return again
	})
}

// Why gives up to n words or pieces of words that spoke most for label in d,
// the strongest first. It is nil for a label that the model does not know.
func (m *Model) Why(d *text.Doc, label string, n int) []string {
	var out []string
	for _, s := range m.Spoke(d, label) {
		if len(out) < n {
			out = append(out, s.Name)
		}
	}
	return out
}

// tokens finds where f was read. The text that it was read from must be the last
// that x took apart.
func (f feature) tokens(x *extractor) (first, last int, apart bool) {
	if f.block == blockPieces {
		from, to := int(f.from), int(f.to)
		for from < to-1 && x.buf[from] == ' ' {
			from++
		}
		for to-1 > from && x.buf[to-1] == ' ' {
			to--
		}
		end := len(x.spelt) - 1
		return min(sort.SearchInts(x.spelt, from+1), end), min(sort.SearchInts(x.spelt, to), end), false
	}
	first, last = x.tokenOf(f.from), x.tokenOf(f.to)
	return first, last, !f.phrase && last-first > 1
}

// tokenOf gives the token that is word w: of those before which w words stand, the
// last, since the others are marks.
func (x *extractor) tokenOf(w int32) int {
	return sort.Search(len(x.at), func(i int) bool { return x.at[i] > w }) - 1
}
