package model

import (
	"strings"

	"github.com/accord-chat/accord/intents/concept"
	"github.com/accord-chat/accord/intents/text"
)

// pairConcepts is how many different concepts of a text are paired with each
// other, which keeps the cost of a long text in proportion.
const pairConcepts = 32

// heard is a concept and the words of the extractor's row that named it first.
type heard struct{ id, from, to int32 }

// conceptFeatures adds every concept of d once, and pairs of them in any order.
// Pairs tell most: "the parcel" with "not" and "arrive" is one matter in whatever
// words it comes.
func (x *extractor) conceptFeatures(d *text.Doc) {
	x.heard = x.heard[:0]
	if len(x.words) == 0 {
		return
	}
	concept.Default().Find(d, x.hear)
	for i, c := range x.heard {
		x.addConcept(hashNumber(salt('k'), c.id), c.from, c.to, true)
		for _, b := range x.heard[:min(i, pairConcepts)] {
			lo, hi := min(b.id, c.id), max(b.id, c.id)
			x.addConcept(hashNumber(hashNumber(salt('p'), lo), hi), min(b.from, c.from), max(b.to, c.to), false)
		}
	}
}

// hear notes a concept that was named by the tokens first to last.
func (x *extractor) hear(id int32, first, last int) {
	for i := range x.heard {
		if x.heard[i].id == id {
			return
		}
	}
	end := int32(len(x.words) - 1) // a mark at the end of a phrase is no word
	x.heard = append(x.heard, heard{id, min(x.at[first], end), min(x.at[last], end)})
}

func (x *extractor) addConcept(h uint32, from, to int32, phrase bool) {
	x.out = append(x.out, feature{hash: mix(h), block: blockConcepts, phrase: phrase, from: from, to: to})
}

// hashNumber goes on with a hash over the two bytes of n.
func hashNumber(h uint32, n int32) uint32 { return hashByte(hashByte(h, byte(n)), byte(n>>8)) }

// phraseName says the words of a phrase as they stand.
func (x *extractor) phraseName(f feature) string {
	return strings.Join(x.words[f.from:f.to+1], " ")
}
