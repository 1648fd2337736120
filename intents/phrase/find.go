package phrase

import (
	"slices"

	"github.com/accord-chat/accord/intents/text"
)

// Set is a compiled collection of phrases.
type Set struct {
	ids    map[string]int32    // stem → id
	starts []int32             // id → node behind the root, 0 for none
	edges  []step              // the other edges of the trie, hashed
	nodes  []node              // a trie over ids
	gapped []gapped            // phrases with an ellipsis
	typos  map[string][]string // word with one letter left out → words
}

type node struct{ ends []terminal }

// terminal says which phrase, or which part of one, ends at a node.
type terminal struct {
	value  int32
	gapped int32 // index into Set.gapped, or -1
	part   int
}

type gapped struct {
	value int32
	parts int
}

// Match is a phrase found at the tokens First to Last, both included. Typo
// says that a word had to be bent for it, Gapped that an ellipsis stood for
// something.
type Match struct {
	First, Last int
	Value       int32
	Typo        bool
	Gapped      bool
}

// Len is how many tokens the match spans.
func (m Match) Len() int { return m.Last - m.First + 1 }

// Find gives every phrase in the text, in the order of their first tokens,
// longer ones first.
func (s *Set) Find(doc *text.Doc) []Match {
	var buf [96]int32
	ids := buf[:0]
	bent := make([]bool, 0)
	for i := range doc.Tokens {
		id, typo := s.id(&doc.Tokens[i])
		ids = append(ids, id)
		if typo {
			if len(bent) == 0 {
				bent = make([]bool, len(doc.Tokens))
			}
			bent[i] = true
		}
	}
	out, parts := s.walk(ids, bent)
	if len(parts) > 0 {
		out = append(out, s.join(parts)...)
		slices.SortStableFunc(out, func(a, b Match) int {
			if a.First != b.First {
				return a.First - b.First
			}
			return b.Last - a.Last
		})
	}
	return out
}

// partHit is one part of a phrase with an ellipsis.
type partHit struct {
	first, last int
	gapped      int32
	part        int
}

// walk follows the trie from every token.
func (s *Set) walk(ids []int32, bent []bool) ([]Match, []partHit) {
	out := make([]Match, 0, 2*len(ids)+4)
	var parts []partHit
	for i := range ids {
		from := len(out)
		at, typo := int32(0), false
		for j := i; j < len(ids) && ids[j] >= 0; j++ {
			if at = s.step(at, ids[j]); at == 0 {
				break
			}
			typo = typo || len(bent) > 0 && bent[j]
			for _, e := range s.nodes[at].ends {
				if e.gapped >= 0 {
					parts = append(parts, partHit{first: i, last: j, gapped: e.gapped, part: e.part})
					continue
				}
				out = append(out, Match{First: i, Last: j, Value: e.value, Typo: typo})
			}
		}
		slices.Reverse(out[from:])
	}
	return out, parts
}

// join puts the parts of gapped phrases together, each part at most Gap
// tokens behind the one before.
func (s *Set) join(parts []partHit) []Match {
	var out []Match
	for _, p := range parts {
		if p.part != 0 {
			continue
		}
		last, ok := s.follow(parts, p)
		if ok {
			out = append(out, Match{First: p.first, Last: last, Value: s.gapped[p.gapped].value, Gapped: true})
		}
	}
	return out
}

func (s *Set) follow(parts []partHit, p partHit) (int, bool) {
	last := p.last
	for want := 1; want < s.gapped[p.gapped].parts; want++ {
		found := false
		for _, q := range parts {
			if q.gapped == p.gapped && q.part == want && q.first > last && q.first-last-1 <= Gap {
				last, found = q.last, true
				break
			}
		}
		if !found {
			return 0, false
		}
	}
	return last, true
}

// id looks a token up, by its stem, then as held-down letters may have been
// meant, then with a typo.
func (s *Set) id(t *text.Token) (int32, bool) {
	if t.Kind == text.Punct {
		return -1, false
	}
	if id, ok := s.ids[t.Stem]; ok {
		return id, false
	}
	if t.Alt != "" {
		if id, ok := s.ids[text.Stem(t.Alt)]; ok {
			return id, false
		}
	}
	if s.typos != nil && t.Kind == text.Word {
		if stem, ok := s.bend(t.Norm); ok {
			return s.ids[stem], true
		}
	}
	return -1, false
}
