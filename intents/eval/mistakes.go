package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/intents/text"
)

// Kind says what is wrong with examples.
type Kind string

// Kinds of mistakes. The first two make a file useless as a teacher, the
// others only less useful.
const (
	TwoLabels Kind = "two labels" // the same text teaches two labels
	NoExample Kind = "no example" // a label has none
	Twice     Kind = "twice"      // the same text stands twice under a label
	Blank     Kind = "blank"      // nothing in the text can be read
)

// Mistake is one thing that is wrong with examples.
type Mistake struct {
	Kind   Kind
	Label  string
	Place  string // of the example; "" for a label without examples
	Other  string // place of the one it clashes with
	Second string // label of that one, for TwoLabels
}

// Severe says that the examples should not be taught until this is mended.
func (m Mistake) Severe() bool { return m.Kind == TwoLabels || m.Kind == NoExample }

// String says it in a line that begins with the place. It holds no text.
func (m Mistake) String() string {
	switch m.Kind {
	case TwoLabels:
		return fmt.Sprintf("%s: the same text teaches %s here and %s at %s", m.Place, m.Label, m.Second, m.Other)
	case NoExample:
		return fmt.Sprintf("%s has no example", m.Label)
	case Twice:
		return fmt.Sprintf("%s: stands under %s already, at %s", m.Place, m.Label, m.Other)
	}
	return fmt.Sprintf("%s: an example of %s in which there is nothing to read", m.Place, m.Label)
}

// Mistakes looks through examples in their order; labels are those that should
// have some (nil = do not ask). Texts are the same if they are in normal form,
// marks aside: case, width, script and spacing do not make a difference.
func Mistakes(labels []string, examples []Example) []Mistake {
	var out []Mistake
	first := map[string]Example{}
	has := map[string]bool{}
	for _, e := range examples {
		has[e.Label] = true
		key := normal(e.Text)
		before, seen := first[key]
		switch {
		case key == "":
			out = append(out, Mistake{Kind: Blank, Label: e.Label, Place: e.Place})
		case !seen:
			first[key] = e
		case before.Label == e.Label:
			out = append(out, Mistake{Kind: Twice, Label: e.Label, Place: e.Place, Other: before.Place})
		default:
			out = append(out, Mistake{Kind: TwoLabels, Label: e.Label, Place: e.Place, Other: before.Place, Second: before.Label})
		}
	}
	for _, l := range labels {
		if !has[l] {
			out = append(out, Mistake{Kind: NoExample, Label: l})
		}
	}
	return out
}

// normal gives the words of a text in their normal form.
func normal(raw string) string {
	var b strings.Builder
	for _, t := range text.Parse(raw).Tokens {
		if t.Kind == text.Punct {
			continue
		}
		b.WriteString(t.Norm)
		b.WriteByte(' ')
	}
	return b.String()
}

// Overlap is two examples of different labels that say nearly the same.
type Overlap struct {
	A, B  Example
	Alike float64 // share of words in common, 0 to 1
}

// Overlaps gives the pairs of examples of different labels which share at least
// the part alike of their words (0.8 is a good start), the closest first. Words
// are stems; of Chinese, pairs of characters. The share is that of the words of
// both together (Jaccard 1901), so order does not count. Same texts are
// Mistakes and not given again.
func Overlaps(examples []Example, alike float64) []Overlap {
	sets := make([]map[string]bool, len(examples))
	holds := map[string][]int{}
	var out []Overlap
	for i, e := range examples {
		sets[i] = wordSet(e.Text)
		common := map[int]int{}
		for _, w := range slices.Sorted(maps.Keys(sets[i])) {
			for _, j := range holds[w] {
				common[j]++
			}
			holds[w] = append(holds[w], i)
		}
		for j, n := range common {
			share := float64(n) / float64(len(sets[i])+len(sets[j])-n)
			if share >= alike && examples[j].Label != e.Label && normal(examples[j].Text) != normal(e.Text) {
				out = append(out, Overlap{A: examples[j], B: e, Alike: share})
			}
		}
	}
	slices.SortFunc(out, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(b.Alike, a.Alike), cmp.Compare(a.A.Place, b.A.Place), cmp.Compare(a.B.Place, b.B.Place),
			cmp.Compare(a.A.Text, b.A.Text), cmp.Compare(a.B.Text, b.B.Text))
	})
	return out
}

func wordSet(raw string) map[string]bool {
	out := map[string]bool{}
	last := ""
	for _, t := range text.Parse(raw).Tokens {
		switch t.Kind {
		case text.Punct:
			last = ""
		case text.Han:
			out[last+t.Norm] = true
			last = t.Norm
		default:
			out[t.Stem] = true
			last = ""
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
