package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
)

// settleChoice brings choice and answer together. A choice named under a
// condition or a contrast is not made. A plain answer takes the one label that
// says the same.
func (u *Understander) settleChoice(a *analysis, r message.Reading) string {
	if len(a.ctx.Expect.Choices) == 0 {
		return ""
	}
	if r.Choice != "" {
		f := a.facts()
		if !a.sayLabel() && !a.givesUpElse() && (f.ifs > 0 || f.buts > 0 || f.money || f.asked || r.Answer == message.Refuse && f.refuse > 0 && f.accept == 0) {
			a.note("choice:conditional")
			return ""
		}
		return r.Choice
	}
	if r.Answer == message.NoAnswer || r.Answer == message.Counter || r.Answer == message.Refuse && !a.flatly() {
		return ""
	}
	id := ""
	for _, l := range u.labels(a) {
		if l.answer == r.Answer {
			if id != "" {
				return ""
			}
			id = l.id
		}
	}
	if id != "" {
		a.note("choice:answer")
	}
	return id
}

// flatly says that the text begins with a refusal of everything: "neither.
// monday is too late", and not with that of one thing: "he hates black".
func (a *analysis) flatly() bool {
	if len(a.clauses) == 0 || strange(&a.clauses[0]) {
		return false
	}
	for _, s := range a.clauses[0].segs {
		if s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart) || s.mask.has(tagNot) {
			return true
		}
	}
	return false
}

// givesUpElse says that the choice stands in a sentence of its own and the
// condition behind it is about something the customer gives up: "the lamp.
// keep the money if dad gets it in time".
func (a *analysis) givesUpElse() bool {
	if len(a.clauses) < 2 {
		return false
	}
	for _, c := range a.clauses[1:] {
		if _, ok := a.firstOf(tagGiveBefore, c); ok {
			return a.ownBefore(c.first)
		}
	}
	return false
}

func (a *analysis) firstOf(t tag, c clause) (phrase.Match, bool) {
	for _, m := range a.lex {
		if tag(m.Value) == t && m.First == c.first {
			return m, true
		}
	}
	return phrase.Match{}, false
}

func (a *analysis) ownBefore(i int) bool {
	for k, own := range a.own {
		if own && k < i {
			return true
		}
	}
	return false
}

// sayLabel says that the text is one of the labels, word for word.
func (a *analysis) sayLabel() bool {
	for _, w := range a.why {
		if w == "choice:label" {
			return true
		}
	}
	return false
}
