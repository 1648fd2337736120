package intents

import (
	"sync"

	"github.com/accord-chat/accord/intents/anger"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// temper learns once, for all flows, from the sentences that package anger
// carries, who is angry. It takes a few hundredths of a second.
var temper = sync.OnceValue(func() *anger.Model {
	lex, err := lexicon()
	if err != nil {
		return &anger.Model{} // New reports it
	}
	var examples []anger.Example
	for _, s := range anger.Sentences() {
		doc := text.Parse(s.Text)
		examples = append(examples, anger.Example{Doc: doc, Marks: marks(lex.Find(doc)), Angry: s.Angry, Furious: s.Furious})
	}
	return anger.Learn(examples)
})

// marks tells the model which kinds of phrases a text holds.
func marks(lex []phrase.Match) []anger.Mark {
	out := make([]anger.Mark, 0, 16)
	var seen [tagCount]bool
	for i := range lex {
		if t := tag(lex[i].Value); !seen[t] && telling(t) {
			seen[t] = true
			out = append(out, anger.Mark{Kind: uint8(t), Weight: 1})
		}
	}
	return out
}

// telling says that a kind of phrase may tell how somebody feels. What answers
// a question does not: who refuses need not be angry.
func telling(t tag) bool {
	switch t {
	case tagAnger1, tagAnger2, tagAnger3, tagAngerUp, tagCalm, tagAbuse, tagThreat, tagBad, tagThanks, tagGreeting, tagFill, tagWry, tagNot:
		return true
	}
	return false
}
