package anger

import (
	"math"
	"sync"

	"github.com/accord-chat/accord/intents/text"
)

// Mark is something a rule found in a text: which kind of phrase, and how
// strongly it counts. Kinds are small numbers of the caller's choice, the same
// in learning and in reading.
type Mark struct {
	Kind   uint8
	Weight float32
}

// Example is a sentence as it was read, with what is known of it.
type Example struct {
	Doc     *text.Doc
	Marks   []Mark
	Angry   bool
	Furious bool // insults, curses at somebody, threats; Angry as well
}

// heads are the two questions: is the writer angry, is the writer furious.
const heads = 2

// Model weighs features. The zero Model finds everything undecided.
type Model struct {
	w    [][heads]float32 // the weights of one hashed feature lie together
	bias [heads]float32
	// words are the hashes of all words that an example had.
	words map[uint32]struct{}
	pool  sync.Pool // *extractor
}

// How the weights are learned: passes over the examples, the first step, and
// how strongly weights are pulled back to zero. Set by cross-validation on the
// embedded examples.
const (
	passes = 12
	step   = 3
	pull   = 4e-3
)

// Learn fits a model, both sides of each question weighing the same: stochastic
// gradient descent on the logistic loss (Bottou 2010), in an order that is
// shuffled the same way every time, so that the same examples give the same
// model.
func Learn(examples []Example) *Model {
	m := &Model{words: map[uint32]struct{}{}}
	rows := make([][]feature, len(examples))
	truth := make([][heads]float64, len(examples))
	var count [heads]float64
	var x extractor
	for i, e := range examples {
		rows[i] = append([]feature(nil), x.features(e.Doc, e.Marks)...)
		for j := range e.Doc.Tokens {
			m.words[hash(word(&e.Doc.Tokens[j]))] = struct{}{}
		}
		for k, is := range [heads]bool{e.Angry, e.Furious} {
			if is {
				truth[i][k] = 1
				count[k]++
			}
		}
	}
	if count[0] == 0 || int(count[0]) == len(examples) {
		return m
	}
	var heavier [heads]float64
	for k, n := range count {
		heavier[k] = min((float64(len(examples))-n)/max(n, 1), 3)
	}
	m.w = make([][heads]float32, tableSize)
	m.descend(rows, truth, heavier)
	return m
}

// descend takes the steps; an example for which an answer is yes weighs heavier.
func (m *Model) descend(rows [][]feature, truth [][heads]float64, heavier [heads]float64) {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	chance := lcg(1)
	turn, total := 0, float64(passes*len(rows))
	for range passes {
		chance.shuffle(order)
		for _, i := range order {
			rate := step * (1 - float64(turn)/total)
			turn++
			sums := m.sums(rows[i])
			var by [heads]float32
			for k, y := range truth[i] {
				by[k] = float32((y - sigmoid(sums[k])) * (1 + y*(heavier[k]-1)) * rate)
			}
			m.learn(rows[i], by, float32(1-pull*rate))
		}
	}
}

// learn moves the weights of one example's features by a gradient and pulls
// them back a little.
func (m *Model) learn(row []feature, by [heads]float32, keep float32) {
	for _, f := range row {
		w := &m.w[f.at]
		for k := range w {
			w[k] = w[k]*keep + by[k]*f.value
		}
	}
	for k := range m.bias {
		m.bias[k] += by[k] * 0.1
	}
}

func (m *Model) sums(row []feature) [heads]float32 {
	s := m.bias
	for _, f := range row {
		w := &m.w[f.at]
		s[0] += w[0] * f.value
		s[1] += w[1] * f.value
	}
	return s
}

// Odds gives the probabilities that the writer of the text is angry, and that
// it is the fury of insults and threats.
func (m *Model) Odds(d *text.Doc, marks []Mark) (angry, furious float64) {
	if len(m.w) == 0 {
		return 0.5, 0.5
	}
	x, ok := m.pool.Get().(*extractor)
	if !ok {
		x = new(extractor)
	}
	defer m.pool.Put(x)
	s := m.sums(x.features(d, marks))
	known := m.known(d)
	return known * sigmoid(s[0]), known * sigmoid(s[1])
}

// most is the share of known words from which a text is taken as it reads.
const most = 0.7

// known is 1 for a text of words that examples had, and the less the fewer it has
// of them: of babble only the shape would speak, and short texts are often curses.
func (m *Model) known(d *text.Doc) float64 {
	words, seen := 0, 0
	for i := range d.Tokens[:min(len(d.Tokens), maxTokens)] {
		t := &d.Tokens[i]
		if t.Kind != text.Word && t.Kind != text.Han {
			continue
		}
		words++
		if _, ok := m.words[hash(word(t))]; ok {
			seen++
		}
	}
	if words == 0 {
		return 1
	}
	return min(1, float64(seen)/float64(words)/most)
}

func sigmoid(z float32) float64 { return 1 / (1 + math.Exp(-float64(z))) }

// lcg is a generator of its own, so that no release of Go changes what is
// learned (the constants are those of Knuth's MMIX).
type lcg uint64

func (g *lcg) shuffle(s []int) {
	for i := len(s) - 1; i > 0; i-- {
		*g = *g*6364136223846793005 + 1442695040888963407
		j := int(uint64(*g) >> 33 % uint64(i+1))
		s[i], s[j] = s[j], s[i]
	}
}
