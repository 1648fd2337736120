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
	typo bool
}

// Option changes how a set matches.
type Option func(*Builder)

// WithTypos lets a word of six letters or more match one with a single letter
// added, lost, changed or swapped. The first letter must be right, and words
// that are common in their own right are left alone.
func WithTypos() Option { return func(b *Builder) { b.typo = true } }

// New gives an empty builder.
func New(opts ...Option) *Builder {
	b := &Builder{set: &Set{
		ids:   map[string]int32{},
		next:  map[uint64]int32{},
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

// Build gives the finished set; the builder must not be used afterwards.
func (b *Builder) Build() *Set {
	s := b.set
	b.set = nil
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
	s := b.set
	at := int32(0)
	for _, w := range words {
		id, ok := s.ids[w]
		if !ok {
			id = int32(len(s.ids))
			s.ids[w] = id
		}
		key := edge(at, id)
		to, ok := s.next[key]
		if !ok {
			to = int32(len(s.nodes))
			s.nodes = append(s.nodes, node{})
			s.next[key] = to
		}
		at = to
	}
	s.nodes[at].ends = append(s.nodes[at].ends, end)
}

func edge(node, id int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(id)) }
