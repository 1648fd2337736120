package anger

import (
	"cmp"
	"math"
	"slices"

	"github.com/accord-chat/accord/intents/text"
)

// The features of all texts share one table; two that fall on the same place
// share a weight.
const (
	tableBits = 16
	tableSize = 1 << tableBits
)

// maxTokens bounds how much of a text is weighed: anger shows early.
const maxTokens = 240

// feature is a place in the table and how strongly it is filled.
type feature struct {
	at    uint32
	value float32
}

// extractor turns a text into features; it keeps its buffer.
type extractor struct{ out []feature }

// Kinds of features; each begins its hash with another byte.
const (
	kindWord byte = iota + 1
	kindPair
	kindGap
	kindTriple
	kindShape
	kindMark
)

// Numbers say nothing of how somebody feels; they count as one word.
const numeral = "0"

// features gives what is seen in a text, valid until the next call.
func (x *extractor) features(d *text.Doc, marks []Mark) []feature {
	x.out = x.out[:0]
	tokens := d.Tokens[:min(len(d.Tokens), maxTokens)]
	one, two := uint32(0), uint32(0) // hashes of the tokens before
	words := 0
	for i := range tokens {
		t := &tokens[i]
		w := word(t)
		if w == "" {
			continue
		}
		words++
		h := hash(w)
		x.add(kindWord, h, 1)
		x.add(kindPair, one*31+h, 1)
		x.add(kindGap, two*37+h, 0.5)
		if t.Kind == text.Han {
			x.add(kindTriple, two*961+one*31+h, 0.7)
		}
		one, two = h, one
	}
	x.add(kindPair, one*31+1, 1) // what ends the text
	if words > wordy {
		x.once()
	}
	x.scale(0)
	from := len(x.out)
	x.shape(tokens, words)
	for _, m := range marks {
		x.add(kindMark, uint32(m.Kind), m.Weight)
	}
	for i := from; i < len(x.out); i++ {
		x.out[i].value *= 0.5
	}
	return x.out
}

// wordy is the number of words from which a text repeats itself.
const wordy = 40

// once lets what is said again and again count once: a text that was pasted a
// thousand times is no angrier for it.
func (x *extractor) once() {
	slices.SortFunc(x.out, func(a, b feature) int { return cmp.Compare(a.at, b.at) })
	x.out = slices.CompactFunc(x.out, func(a, b feature) bool { return a.at == b.at })
}

// word gives what a token counts as, "" for one that does not.
func word(t *text.Token) string {
	switch t.Kind {
	case text.Number:
		return numeral
	case text.Punct:
		if t.Norm == "\n" {
			return ""
		}
	}
	return t.Stem
}

// shape tells of marks and capitals and length.
func (x *extractor) shape(tokens []text.Token, words int) {
	bangs, asks, shouts := 0, 0, 0
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.Norm == "!":
			bangs++
		case t.Norm == "?":
			asks++
		case t.Shout && len(t.Norm) > 3: // shorter ones are LED and USB
			shouts++
		}
	}
	for k, n := range [...]int{bangs, asks, shouts} {
		if n > 0 {
			x.add(kindShape, uint32(10*k+min(n, 4)), 1)
		}
	}
	x.add(kindShape, uint32(100+min(bits(words), 6)), 1)
}

// bits is the order of magnitude of n.
func bits(n int) int {
	k := 0
	for ; n > 0; n >>= 1 {
		k++
	}
	return k
}

// scale brings the features from the given one to length one.
func (x *extractor) scale(from int) {
	var sum float64
	for _, f := range x.out[from:] {
		sum += float64(f.value) * float64(f.value)
	}
	if sum == 0 {
		return
	}
	by := float32(1 / math.Sqrt(sum))
	for i := from; i < len(x.out); i++ {
		x.out[i].value *= by
	}
}

func (x *extractor) add(kind byte, h uint32, value float32) {
	h = (h ^ uint32(kind)*0x9e3779b1) * 0x85ebca6b
	h ^= h >> 15
	h *= 0xc2b2ae35
	x.out = append(x.out, feature{at: (h ^ h>>13) & (tableSize - 1), value: value})
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
