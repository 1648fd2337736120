package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// label is a choice's label taken apart.
type label struct {
	id     string
	doc    *text.Doc
	answer message.Answer // what the label itself says: "No", "都不合适"
	days   []slot.Hit
}

// choice finds the one choice that the text names: by its label, by its place
// in the row, or by a word or a day that no other label has. It gives "" when
// none or more than one is named, or where the words are part of something else
// that is said. Labels that are answers ("Yes", "Neither") are left to
// settleChoice.
func (u *Understander) choice(a *analysis) string {
	if len(a.ctx.Expect.Choices) == 0 {
		return ""
	}
	labels := u.labels(a)
	for _, l := range labels {
		if a.same(l.doc) {
			a.ownAll()
			a.note("choice:label")
			return l.id
		}
	}
	if k, first, last := a.ordinal(len(labels), things(labels)); k >= 0 && !a.denied(first, last, nil) {
		a.ownTokens(first, last)
		a.note("choice:ordinal")
		return labels[k].id
	}
	at := a.likeliest(labels)
	if at < 0 || !a.means(labels, at) {
		return ""
	}
	a.ownLabel(labels[at].doc)
	a.note("choice:word")
	return labels[at].id
}

// things counts the labels that are no answers.
func things(labels []label) int {
	n := 0
	for _, l := range labels {
		if l.answer == message.NoAnswer {
			n++
		}
	}
	return n
}

// likeliest gives the label with most words of its own in the text, or -1
// where two have as many. Labels that are answers do not stand for election.
func (a *analysis) likeliest(labels []label) int {
	best, at, tie := 0, -1, false
	for k, l := range labels {
		if l.answer != message.NoAnswer {
			continue
		}
		switch n := a.evidence(labels, k, 0, len(a.doc.Tokens)-1); {
		case n > best:
			best, at, tie = n, k, false
		case n == best && n > 0:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return at
}

// labels takes the choices' labels apart, once for a text.
func (u *Understander) labels(a *analysis) []label {
	if a.labelled != nil {
		return a.labelled
	}
	out := make([]label, 0, len(a.ctx.Expect.Choices))
	ctx := Context{Expect: message.Expect{Kind: "choice"}, Now: a.ctx.Now, Zone: a.ctx.Zone}
	for _, c := range a.ctx.Expect.Choices {
		doc := text.Parse(c.Label)
		b := u.analyse(doc, ctx)
		l := label{id: c.ID, doc: doc}
		for _, h := range b.hits {
			if h.Kind == message.SlotDate || h.Kind == message.SlotTime {
				l.days = append(l.days, h)
			}
		}
		if f := b.facts(); f.unknown == 0 && !f.value {
			l.answer, _ = b.decide(f, message.Reading{})
		}
		out = append(out, l)
	}
	a.labelled = out
	return out
}

// same says that text and label are the same words.
func (a *analysis) same(l *text.Doc) bool {
	i := 0
	for _, t := range a.doc.Tokens {
		if t.Kind == text.Punct {
			continue
		}
		for i < len(l.Tokens) && l.Tokens[i].Kind == text.Punct {
			i++
		}
		if i == len(l.Tokens) || l.Tokens[i].Norm != t.Norm {
			return false
		}
		i++
	}
	for i < len(l.Tokens) && l.Tokens[i].Kind == text.Punct {
		i++
	}
	return i == len(l.Tokens) && i > 0
}

func (a *analysis) ownTokens(first, last int) {
	if a.own == nil {
		a.own = make([]bool, len(a.doc.Tokens))
	}
	for i := first; i <= last; i++ {
		a.own[i] = true
	}
}

func (a *analysis) ownAll() { a.ownTokens(0, len(a.doc.Tokens)-1) }

// ownLabel marks the words of the text that the chosen label explains.
func (a *analysis) ownLabel(l *text.Doc) {
	a.own = make([]bool, len(a.doc.Tokens))
	for i := range a.doc.Tokens {
		for _, t := range l.Tokens {
			if t.Stem == a.doc.Tokens[i].Stem {
				a.own[i] = true
			}
		}
	}
}
