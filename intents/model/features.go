package model

import (
	"strings"
	"unicode/utf8"

	"github.com/accord-chat/accord/intents/text"
)

// Blocks of features. Each is scaled to a length of its own, so that the many
// pieces of words do not drown the few words.
const (
	blockWords    = iota // stems, neighbours, and pairs wherever they stand
	blockPieces          // character n-grams within words, and runs of Chinese characters
	blockConcepts        // words that mean the same, and pairs of such
	blocks
)

// lengths of the blocks. What the words themselves say goes before what they
// are taken to mean.
var lengths = [blocks]float32{0.8, 0.8, 0.7}

// Bounds that keep the cost of a long text in proportion.
const (
	pairReach = 20 // words that two of a pair may be apart
	hanReach  = 3  // Chinese characters that they may be: a character is less than a word
	pairWords = 60 // words from the beginning of which pairs are made
	pieceMin  = 2  // characters of a piece; Chinese ones count alone too
	pieceMax  = 4
)

// feature is one observation in a text.
type feature struct {
	hash     uint32
	id       int32 // its number in the corpus that it belongs to, while learning
	block    uint8
	single   bool  // a word by itself
	phrase   bool  // the words from..to say one thing
	from, to int32 // what it was: words of the extractor's row, or bytes of its buffer
}

// A hash is FNV-1a over the bytes, begun with a salt for each kind of feature,
// so that the word "in" and the piece "in" stay apart.
const fnvPrime = 16777619

func hashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * fnvPrime }

func hashString(h uint32, s string) uint32 {
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * fnvPrime
	}
	return h
}

// salt begins the hash of a kind.
func salt(kind byte) uint32 { return hashByte(2166136261, kind) }

// mix spreads the bits of a finished hash, which a table takes from its end.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}

// extractor turns texts into features. It keeps its buffers, so one belongs to
// one goroutine. Whatever else should tell labels apart joins in [extractor.features],
// in a block of its own.
type extractor struct {
	words []string
	buf   []byte // the characters that pieces are cut from
	ends  []int  // where each character of buf ends
	out   []feature
	at    []int32 // of each token, which word it is; of a mark, the next
	spelt []int   // of each token, where its characters end in buf
	heard []heard // concepts
}

// features gives the features of d, repeated as often as they were seen, valid
// until the next call.
func (x *extractor) features(d *text.Doc) []feature {
	x.out, x.words, x.buf, x.ends, x.at, x.spelt = x.out[:0], x.words[:0], x.buf[:0], x.ends[:0], x.at[:0], x.spelt[:0]
	for i := range d.Tokens {
		t := &d.Tokens[i]
		x.at = append(x.at, int32(len(x.words)))
		if w := wordOf(t); w != "" {
			x.words = append(x.words, w)
		}
		x.spell(t)
		x.spelt = append(x.spelt, len(x.buf))
	}
	x.space()
	x.wordFeatures()
	x.pieceFeatures()
	x.conceptFeatures(d)
	return x.out
}

// wordOf gives what a token counts as among words: numbers are all alike, a
// mark says nothing but a question does.
func wordOf(t *text.Token) string {
	switch t.Kind {
	case text.Number:
		return "0"
	case text.Punct:
		if t.Norm == "?" {
			return "?"
		}
		return ""
	}
	return t.Stem
}

func (x *extractor) add(block uint8, h uint32, from, to int) {
	x.out = append(x.out, feature{hash: mix(h), block: block, from: int32(from), to: int32(to)})
}

// wordFeatures adds single words, neighbours in their order, and pairs in any
// order: what was "cancelled" and that it was a "card" matters, not how many
// words stood between them.
func (x *extractor) wordFeatures() {
	for i, w := range x.words {
		x.add(blockWords, hashString(salt('w'), w), i, i)
		x.out[len(x.out)-1].single = true
		if i >= 1 && !(isHan(w) && isHan(x.words[i-1])) { // such neighbours are a piece already
			x.pair('b', i-1, i, i-1, i)
		}
		if i >= pairWords {
			continue
		}
		for j := max(0, i-pairReach); j < i; j++ {
			if i-j > hanReach && isHan(w) && isHan(x.words[j]) {
				continue
			}
			if x.words[j] <= w {
				x.pair('u', j, i, j, i)
			} else {
				x.pair('u', i, j, j, i)
			}
		}
	}
}

// isHan says that a word is of Chinese characters, or of others beyond ASCII.
func isHan(w string) bool { return w[0] >= utf8.RuneSelf }

func (x *extractor) pair(kind byte, a, b, from, to int) {
	h := hashByte(hashString(salt(kind), x.words[a]), ' ')
	x.add(blockWords, hashString(h, x.words[b]), from, to)
}

// spell writes a token into the row of characters that pieces are cut from.
func (x *extractor) spell(t *text.Token) {
	switch t.Kind {
	case text.Word:
		x.space()
		x.write(t.Norm)
	case text.Number:
		x.space()
		x.write("0")
	case text.Punct:
		x.space()
	default:
		x.write(t.Norm)
	}
}

func (x *extractor) write(s string) {
	for i, w := 0, 0; i < len(s); i += w {
		_, w = utf8.DecodeRuneInString(s[i:])
		x.buf = append(x.buf, s[i:i+w]...)
		x.ends = append(x.ends, len(x.buf))
	}
}

// space parts two words once.
func (x *extractor) space() {
	if n := len(x.buf); n == 0 || x.buf[n-1] != ' ' {
		x.buf = append(x.buf, ' ')
		x.ends = append(x.ends, len(x.buf))
	}
}

// pieceFeatures adds the pieces that begin at each character. A piece may begin
// or end with the space around a word, but does not reach over it.
func (x *extractor) pieceFeatures() {
	start := 0
	for i, end := range x.ends {
		h, from := salt('c'), start
		least := pieceMin
		if end-start >= 3 { // a character that is a word, or half of one
			least = 1
		}
		for n := 1; n <= pieceMax && i+n <= len(x.ends); n++ {
			to := x.ends[i+n-1]
			for _, b := range x.buf[from:to] {
				h = hashByte(h, b)
			}
			if n >= least {
				x.add(blockPieces, h, start, to)
			}
			if n > 1 && x.buf[from] == ' ' {
				break
			}
			from = to
		}
		start = end
	}
}

// name says what f was, for people.
func (f feature) name(x *extractor) string {
	if f.block == blockPieces {
		return strings.TrimSpace(string(x.buf[f.from:f.to]))
	}
	if f.phrase {
		return x.phraseName(f)
	}
	first, last := x.words[f.from], x.words[f.to]
	switch f.to - f.from {
	case 0:
		return first
	case 1:
		return first + " " + last
	}
	return first + " … " + last
}
