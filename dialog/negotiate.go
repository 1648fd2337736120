package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func (t *turn) enterLower() flow.Class {
	e := t.focus()
	t.keepObjection()
	if e == nil || !t.lowerable(e) && !t.left(e) {
		return flow.Class{Name: flow.Exhausted}
	}
	return flow.Class{Name: flow.Offer}
}

// putOffer makes the next offer: it takes up what was just said against the
// last one, or, the first time, says that the wish is fair.
func (t *turn) putOffer() {
	m := &t.s.Matter
	e := t.focus()
	if t.left(e) { // a correction left it as it was, and nobody has answered it
		m.Left, m.Proposed, m.Objection = "", nil, message.NoObjection
		t.layOut(e, e.Offered[len(e.Offered)-1])
		return
	}
	offer, _ := t.nextRung(e)
	if len(e.Rungs) == 0 {
		t.open(e, offer)
		t.sayImplicit(*e)
		e = t.focus() // the list may have grown, and moved
	} else {
		t.acknowledge()
	}
	e.Rungs, e.Offered = append(e.Rungs, offer.Rung), append(e.Offered, offer)
	m.Proposed, m.Objection = nil, message.NoObjection
	m.Countered, m.Limit = 0, 0
	t.layOut(e, offer)
}

// layOut words an offer and puts it with its buttons.
func (t *turn) layOut(e *expect.Expectation, offer expect.Offer) {
	more := []any{"wish", t.wishText(t.s.Lang, *e), "top", t.topText()}
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
	m := &t.s.Matter
	switch {
	case t.in.Reading.Anger >= angry:
		t.add(t.line("soothe.mild"))
	default:
		t.meet(m.Objection)
	}
}

// sayImplicit grants along what is taken for granted with the incident or the
// wish, once a matter. It is an expectation like any other from then on: nobody
// says it until it fails, and whoever takes over has to keep it.
func (t *turn) sayImplicit(e expect.Expectation) {
	m := &t.s.Matter
	var taken []string
	if inc := t.f.Catalog.Incident(m.Incident); inc != nil && t.s.Control.Singly < 2 {
		taken = append(taken, inc.Implicit...)
	}
	if svc := t.f.Catalog.Service(e.Service); svc != nil {
		taken = append(taken, svc.Implicit...)
	}
	for _, name := range taken {
		if t.wished(name) {
			continue
		}
		t.add(t.first([]string{"implicit." + name}))
		if svc := t.f.Catalog.Service(name); svc != nil && len(m.Wishes) < maxWishes {
			m.Wishes = append(m.Wishes, expect.Expectation{Service: name, Clarity: expect.Implicit, Aspect: svc.Aspect,
				Verdict: expect.Meet, Status: expect.Granted})
		}
	}
}

// putProposal puts one commitment as a question: the offer as it stands, where
// more was asked, or what an unclear answer may have meant.
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
	if key := "propose.beyond"; cl.Name == flow.Beyond || t.stands {
		if t.stands {
			key = "propose.stands"
		}
		t.ask(t.line(key, "asked", t.money(m.Countered), "limit", t.money(m.Limit), "terms", terms), t.choices(flow.Propose), "")
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
	t.promiseTerms(e.Service, option, false)
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
