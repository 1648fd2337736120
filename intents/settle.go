package intents

import (
	"slices"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// settleChoice brings choice and answer together. A choice named under a
// condition or a contrast is not made. A plain answer takes the one label that
// says the same.
func (u *Understander) settleChoice(a *analysis, r message.Reading) string {
	if len(a.ctx.Expect.Choices) == 0 {
		return ""
	}
	if r.Choice != "" {
		if a.ctx.Expect.Kind == "choice" && onlyThings(u.labels(a)) {
			return r.Choice // what matters most commits to nothing: 先把书桌弄来 is no condition
		}
		f := a.facts()
		if a.namesAmount(f, r) {
			a.note("choice:amount")
			return r.Choice
		}
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

// onlyThings says that no label is an answer: the choices rank things, where
// those of an offer hold a "neither".
func onlyThings(labels []label) bool {
	for _, l := range labels {
		if l.answer != message.NoAnswer {
			return false
		}
	}
	return true
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

// remarked says that a choice is named only to say something about it:
// "black would clash", 深蓝色一样重啊. What is said is beyond us, so the choice
// may be meant or not; whoever acts on it should ask first.
func (a *analysis) remarked() bool {
	if !slices.Contains(a.why, "choice:word") {
		return false
	}
	for i := range a.clauses {
		named, odd, chosen := false, false, false
		for _, s := range a.clauses[i].segs {
			own := a.own[s.first]
			odd = odd || named && !own && s.mask == 0 && !s.value
			named = named || own
			chosen = chosen || s.mask.has(tagAccept) || s.mask.has(tagAcceptOpen) || s.mask.has(tagOpen)
		}
		if odd && !chosen {
			a.note("choice:remarked")
			return true
		}
	}
	return false
}

// pickedOut says that 好了 stands right behind the words of a choice and ends
// the clause: 购物金好了 picks it, while 好了 alone may mean anything.
func (a *analysis) pickedOut() bool {
	t := a.doc.Tokens
	for i := 1; i+1 < len(t) && i < len(a.own); i++ {
		if a.own[i-1] && t[i].Norm == "好" && t[i+1].Norm == "了" && (i+2 == len(t) || t[i+2].Kind == text.Punct) {
			return true
		}
	}
	return false
}

// overAnother says that the text names a choice plainly and turns down
// nothing but another one: "not the black, the white one", 不用同款,大的就好.
func (u *Understander) overAnother(a *analysis, id string) bool {
	labels := u.labels(a)
	plain := false
	for i := range a.clauses {
		c := &a.clauses[i]
		switch {
		case a.namesPlainly(c):
			plain = true
		case !a.turnsDownAnother(c, labels, id):
			return false
		}
	}
	if plain {
		a.note("choice:rather")
	}
	return plain
}

// namesPlainly says that a clause holds the words of the choice and beside
// them only courtesies and assent.
func (a *analysis) namesPlainly(c *clause) bool {
	named := false
	for _, s := range c.segs {
		own := s.first < len(a.own) && a.own[s.first]
		named = named || own
		if !own && !s.mask.has(tagFill) && !s.mask.has(tagAccept) && !s.mask.has(tagAcceptOpen) && !s.mask.has(tagOpen) {
			return false
		}
	}
	return named
}

// turnsDownAnother says that a clause refuses and names, beside courtesies,
// only words of labels other than id.
func (a *analysis) turnsDownAnother(c *clause, labels []label, id string) bool {
	refuses, other := false, false
	for _, s := range c.segs {
		switch {
		case s.mask.has(tagRefuse), s.mask.has(tagRefuseStart), s.mask.has(tagNot):
			refuses = true
		case labelled(labels, id, a.doc.Tokens[s.first].Stem):
			other = true
		case s.mask == 0:
			return false
		}
	}
	return refuses && other
}

// labelled says that a word stands in a label other than id.
func labelled(labels []label, id, stem string) bool {
	for _, l := range labels {
		for i := range l.doc.Tokens {
			if l.id != id && l.answer == message.NoAnswer && l.doc.Tokens[i].Stem == stem {
				return true
			}
		}
	}
	return false
}
