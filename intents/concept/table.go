package concept

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/accord-chat/accord/intents/text"
)

// Table finds concepts in texts.
type Table struct {
	names []string
	ids   map[string]int32 // stem → number
	stems []string         // by number
	typos map[uint64]int32 // what is left of a stem → number
	next  map[uint64]int32 // node and number → node of a trie
	nodes [][]int32        // concepts of the phrase that ends at a node
	sum   uint64
}

//go:embed concepts.en.txt
var english string

//go:embed concepts.zh.txt
var chinese string

// Default gives the table that ships. It is built once.
var Default = sync.OnceValue(func() *Table {
	t, err := Parse(english, chinese)
	if err != nil {
		panic(err) // the files are part of the program: a test reads them
	}
	return t
})

// Find calls add for each concept of d with the first and last token of the
// words that name it. Of phrases that begin at the same token the longest
// counts, and one inside another does not, because 退款 is not 款.
func (t *Table) Find(d *text.Doc, add func(id int32, first, last int)) {
	var buf [128]int32
	ids := buf[:0]
	for i := range d.Tokens {
		ids = append(ids, t.number(&d.Tokens[i]))
	}
	done := -1 // last token of the phrase that reaches furthest
	for i := range ids {
		last, at := t.longest(ids, i)
		if last <= done {
			continue
		}
		done = last
		for _, c := range t.nodes[at] {
			add(c, i, last)
		}
	}
}

// longest follows the trie from token i, and gives where the longest phrase
// ends and its node, or -1.
func (t *Table) longest(ids []int32, i int) (last int, node int32) {
	last = -1
	at := int32(0)
	for j := i; j < len(ids) && ids[j] >= 0; j++ {
		to, ok := t.next[edge(at, ids[j])]
		if !ok {
			break
		}
		if at = to; len(t.nodes[at]) > 0 {
			last, node = j, at
		}
	}
	return last, node
}

// number looks a token up by its stem, then as held-down letters may have been
// meant ("freee"), then as one that was misspelt.
func (t *Table) number(tok *text.Token) int32 {
	if tok.Kind == text.Number {
		return -1
	}
	if n, ok := t.ids[tok.Stem]; ok {
		return n
	}
	if tok.Alt != "" {
		if n, ok := t.ids[text.Stem(tok.Alt)]; ok {
			return n
		}
	}
	if tok.Kind == text.Word {
		return t.meant(tok.Stem)
	}
	return -1
}

// Len is the number of concepts; their numbers run from 0 to Len-1.
func (t *Table) Len() int { return len(t.names) }

// Sum tells tables apart: what was learned with one is of no use with another.
func (t *Table) Sum() uint64 { return t.sum }

// Name is what people call a concept.
func (t *Table) Name(id int32) string { return t.names[id] }

func edge(node, id int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(id)) }

// insert gives the node at which phrase ends.
func (t *Table) insert(phrase string) (int32, error) {
	at := int32(0)
	for _, tok := range text.Parse(phrase).Tokens {
		if tok.Kind == text.Number {
			return 0, fmt.Errorf("%q holds a number, which no text is compared by", phrase)
		}
		id, ok := t.ids[tok.Stem]
		if !ok {
			id = int32(len(t.ids))
			t.ids[tok.Stem] = id
			t.stems = append(t.stems, tok.Stem)
			t.learnTypos(tok.Stem, id)
		}
		to, ok := t.next[edge(at, id)]
		if !ok {
			to = int32(len(t.nodes))
			t.next[edge(at, id)] = to
			t.nodes = append(t.nodes, nil)
		}
		at = to
	}
	if at == 0 {
		return 0, fmt.Errorf("%q holds nothing to read", strings.TrimSpace(phrase))
	}
	return at, nil
}

// name lets the phrase that ends at node name concept.
func (t *Table) name(node, concept int32) {
	if !slices.Contains(t.nodes[node], concept) {
		t.nodes[node] = append(t.nodes[node], concept)
	}
}
