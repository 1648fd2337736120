package phrase

import (
	"errors"
	"strings"

	"github.com/accord-chat/accord/intents/text"
)

// Gap is how many tokens an ellipsis may stand for.
const Gap = 12

// ErrEmpty means that nothing is left of a phrase once it is normalised.
var ErrEmpty = errors.New("phrase: no words in it")

// Builder collects phrases. It is not safe for concurrent use.
type Builder struct {
	set  *Set
	next map[uint64]int32 // (node, id) → node
	typo bool
}

// Option changes how a set matches.
type Option func(*Builder)

// WithTypos lets a word of six letters or more match one with a single letter
// added, lost, changed or swapped. The first letter must be right, and words
// that are common in their own right are left alone.
func WithTypos() Option { return func(b *Builder) { b.typo = true } }

// WithRoom makes room for as many tokens of phrases at once, which spares a
// large set the copying of growth.
func WithRoom(tokens int) Option {
	return func(b *Builder) {
		b.next = make(map[uint64]int32, tokens)
		b.set.nodes = append(make([]node, 0, tokens+1), b.set.nodes...)
	}
}

// New gives an empty builder.
func New(opts ...Option) *Builder {
	b := &Builder{next: map[uint64]int32{}, set: &Set{
		ids:   map[string]int32{},
		nodes: make([]node, 1),
	}}
	for _, o := range opts {
		o(b)
	}
	if b.typo {
		b.set.typos = map[string][]string{}
	}
	return b
}

// Add puts a phrase into the set. Find reports it with value, which may be
// shared by many phrases.
func (b *Builder) Add(phrase string, value int32) error {
	parts := strings.Split(strings.ReplaceAll(phrase, "...", "…"), "…")
	var words [][]string
	for _, p := range parts {
		if w := b.tokens(p); len(w) > 0 {
			words = append(words, w)
		}
	}
	switch len(words) {
	case 0:
		return ErrEmpty
	case 1:
		b.insert(words[0], terminal{value: value, gapped: -1})
	default:
		g := int32(len(b.set.gapped))
		b.set.gapped = append(b.set.gapped, gapped{value: value, parts: len(words)})
		for i, w := range words {
			b.insert(w, terminal{value: value, gapped: g, part: i})
		}
	}
	return nil
}

// AddFamily adds every phrase that takes one alternative from each part, in
// order. Each alternative is read once and beginnings are shared, so a family
// costs far less than its phrases one by one. An alternative may be empty, and
// must begin and end at the border of a word; an ellipsis has no meaning here.
func (b *Builder) AddFamily(parts [][]string, value int32) error {
	words := make([][][]string, len(parts))
	for i, alternatives := range parts {
		for _, alt := range alternatives {
			words[i] = append(words[i], b.tokens(alt))
		}
	}
	return b.family(0, words, value)
}

func (b *Builder) family(at int32, parts [][][]string, value int32) error {
	if len(parts) == 0 {
		if at == 0 {
			return ErrEmpty
		}
		b.set.nodes[at].ends = append(b.set.nodes[at].ends, terminal{value: value, gapped: -1})
		return nil
	}
	for _, words := range parts[0] {
		if err := b.family(b.grow(at, words), parts[1:], value); err != nil {
			return err
		}
	}
	return nil
}

// Build gives the finished set; the builder must not be used afterwards.
func (b *Builder) Build() *Set {
	s := b.set
	s.index(b.next)
	b.set, b.next = nil, nil
	return s
}

// tokens gives the stems of a phrase, and learns its words for typos.
func (b *Builder) tokens(phrase string) []string {
	var out []string
	doc := text.Parse(phrase)
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		if t.Kind == text.Punct {
			continue
		}
		out = append(out, t.Stem)
		if b.typo && t.Kind == text.Word {
			b.set.learn(t.Norm, t.Stem)
		}
	}
	return out
}

func (b *Builder) insert(words []string, end terminal) {
	at := b.grow(0, words)
	b.set.nodes[at].ends = append(b.set.nodes[at].ends, end)
}

// grow follows the words from a node, making what is not there, and gives the
// node behind them.
func (b *Builder) grow(at int32, words []string) int32 {
	s := b.set
	for _, w := range words {
		id, ok := s.ids[w]
		if !ok {
			id = int32(len(s.ids))
			s.ids[w] = id
		}
		key := edge(at, id)
		to, ok := b.next[key]
		if !ok {
			to = int32(len(s.nodes))
			s.nodes = append(s.nodes, node{})
			b.next[key] = to
		}
		at = to
	}
	return at
}

func edge(node, id int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(id)) }
