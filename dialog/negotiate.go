package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func (t *turn) enterLower() flow.Class {
	e := t.focus()
	if e == nil || !t.lowerable(e) {
		return flow.Class{Name: flow.Exhausted}
	}
	return flow.Class{Name: flow.Offer}
}

// putOffer makes the next offer: it takes up what was just said against the
// last one, or, the first time, says that the wish is fair.
func (t *turn) putOffer() {
	m := &t.s.Matter
	e := t.focus()
	offer, _ := t.nextRung(e)
	if len(e.Rungs) == 0 {
		t.add(t.first([]string{"fair." + e.Service, "fair"}))
		t.sayImplicit()
	} else {
		t.acknowledge()
	}
	e.Rungs, e.Offered = append(e.Rungs, offer.Rung), append(e.Offered, offer)
	m.Proposed, m.Objection = nil, message.NoObjection
	more := []any{"wish", t.wishText(t.s.Lang, *e)}
	if len(offer.Options) > 0 {
		first := offer.Options[0]
		more = append(more, "pay", t.money(first.Paid()), "by", lastBy(first))
	}
	for _, o := range offer.Options {
		for _, term := range o.Terms {
			more = append(more, "pay."+term.Do, t.money(term.Pay), "by."+term.Do, term.By)
		}
	}
	t.ask(t.line("rung."+e.Service+"."+offer.Rung, more...), t.choices(flow.Lower), "")
}

// acknowledge takes up what the customer said against the last offer, or how
// they said it.
func (t *turn) acknowledge() {
	m := t.s.Matter
	switch {
	case t.in.Reading.Anger >= angry:
		t.add(t.line("soothe.mild"))
	case m.Objection != message.NoObjection:
		t.add(t.line("objection." + string(m.Objection)))
	default:
		t.add(t.line("objection.none"))
	}
}

// sayImplicit grants along what is taken for granted with the incident.
func (t *turn) sayImplicit() {
	m := t.s.Matter
	inc := t.f.Catalog.Incident(m.Incident)
	if inc == nil || t.s.Control.Lowered > 1 {
		return
	}
	for _, name := range inc.Implicit {
		t.add(t.first([]string{"implicit." + name}))
	}
}

// putProposal puts one commitment as a question: the most that may be paid,
// or what an unclear answer may have meant.
func (t *turn) putProposal(cl flow.Class) {
	m := &t.s.Matter
	if m.Proposed == nil {
		if offer, ok := t.table(); ok && len(offer.Options) == 1 {
			o := offer.Options[0]
			m.Proposed = &o
		}
	}
	if m.Proposed == nil {
		t.ask(t.line("propose.which"), t.choices(flow.Propose), "")
		return
	}
	terms := t.termTexts(t.s.Lang, *m.Proposed)
	if cl.Name == flow.Beyond {
		t.ask(t.line("propose.beyond", "asked", t.money(m.Countered), "limit", t.money(m.Limit), "terms", terms), t.choices(flow.Propose), "")
		return
	}
	t.ask(t.line("propose", "terms", terms), t.choices(flow.Propose), "")
}

// note settles what was agreed on and says it back, word for word, with the
// case number.
func (t *turn) note() {
	m := &t.s.Matter
	e := t.focus()
	if e == nil || m.Accepted == nil {
		return
	}
	option := *m.Accepted
	e.Status = expect.Agreed
	t.promiseTerms(e.Service, option)
	m.Given += option.Paid()
	terms := t.termTexts(t.s.Lang, option)
	if m.Countered > 0 {
		t.add(t.line("agree.counter", "amount", t.money(m.Countered), "terms", terms))
	} else {
		t.add(t.line("agree", "terms", terms))
	}
	t.as = string(flow.Agree)
	t.flush()
}
