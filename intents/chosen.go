package intents

import (
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// besideLabel leaves out what a chosen label names by its own words: whoever
// types "Another room tonight" takes that choice, and wishes for nothing new.
// It does so only where courtesies are all that stands beside the label.
func (a *analysis) besideLabel(ms []message.Mention) []message.Mention {
	if len(ms) == 0 || a.own == nil || !a.ctx.offering() || slices.Contains(a.why, "choice:ordinal") {
		return ms
	}
	for i := range a.clauses {
		if !a.namesPlainly(&a.clauses[i]) && !polite(&a.clauses[i]) {
			return ms
		}
	}
	a.named = false
	return nil
}

// polite says that a clause holds nothing but courtesies and assent.
func polite(c *clause) bool {
	for _, s := range c.segs {
		if !s.mask.has(tagFill) && !s.mask.has(tagAccept) {
			return false
		}
	}
	return true
}

// namesAmount says that a text names a choice and one sum for it, and holds
// nothing else: "to my card, but 60". Whoever weighs the sum needs to know
// what it is for.
func (a *analysis) namesAmount(f facts, r message.Reading) bool {
	return a.ctx.Expect.Currency != "" && r.Answer == message.Counter && len(moneys(r)) == 1 && len(r.Mentions) == 0 && r.Objection == message.NoObjection && !r.Correction &&
		!f.asked && !f.value && f.ifs+f.refuse+f.unsure+f.nots+f.bad+f.unknown == 0 && a.angry < 0.4
}
