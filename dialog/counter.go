package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// counter weighs a counter-offer against the authority. A day is met by what
// is there by then; a condition nobody here can weigh lets the commitment be
// put as it stands.
func (t *turn) counter() flow.Class {
	options := t.onTable()
	amount, money := t.amountNamed()
	if !money {
		return t.counterDay(options)
	}
	if amount <= 0 {
		return flow.Class{Name: flow.Unsure} // "$0" equals what an option without money pays, and takes none
	}
	for _, o := range options {
		if amount == o.Paid() || amount <= offered(o) {
			if t.in.Reading.Objection != message.NoObjection {
				return t.refuse() // "15? no way" names the sum to turn it down
			}
			return t.acceptOption(o) // what was offered is as good or better
		}
	}
	if cl, ok := t.weigh(amount, options); ok {
		return cl
	}
	// Nothing on the table has money in it that could be moved. A rung that
	// was not offered yet may: it then answers what was asked for.
	if offer, ok := t.nextMoneyRung(); ok {
		e := t.focus()
		e.Rungs, e.Offered = append(e.Rungs, offer.Rung), append(e.Offered, offer)
		if cl, ok := t.weigh(amount, offer.Options); ok {
			return cl
		}
	}
	t.s.Matter.Objection = message.ObjectPrice
	return flow.Class{Name: flow.Refuse}
}

// offered is what the negotiable term of an option pays as it stands.
func offered(o expect.Option) int64 {
	if i := o.Negotiable(); i >= 0 {
		return o.Terms[i].Pay
	}
	return 0
}

// weigh holds an amount against the options that are open to a counter-offer.
func (t *turn) weigh(amount int64, options []expect.Option) (flow.Class, bool) {
	for _, o := range options {
		p, answer := o.Counter(amount)
		if answer == expect.CounterNone {
			continue
		}
		told := t.kind() == flow.Propose && t.s.Matter.Countered > 0 && t.s.Matter.Limit == p.Terms[o.Negotiable()].Pay
		t.s.Matter.Countered = amount
		if answer == expect.CounterInside && t.within(p) {
			t.s.Matter.Countered = p.Terms[o.Negotiable()].Pay // never less than offered
			t.s.Matter.Accepted = &p
			return flow.Class{Name: flow.Counter}, true
		}
		if !t.within(p) {
			p = o // what was given before leaves no room
		}
		if told && answer == expect.CounterBeyond {
			// The limit was said already. To say it once more would be a second
			// no with nothing new beside it: the ladder goes on instead.
			t.s.Matter.Objection = message.ObjectPrice
			return flow.Class{Name: flow.Refuse}, true
		}
		t.s.Matter.Proposed, t.s.Matter.Limit = &p, p.Terms[o.Negotiable()].Pay
		if e := t.focus(); e != nil { // whoever takes it on sees what was asked
			e.Ask(expect.Level{Amount: amount, Currency: t.env().Currency})
		}
		return flow.Class{Name: flow.Beyond}, true
	}
	return flow.Class{}, false
}

// nextMoneyRung is the next rung that has a term open to a counter-offer.
func (t *turn) nextMoneyRung() (expect.Offer, bool) {
	e := t.focus()
	if e == nil {
		return expect.Offer{}, false
	}
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return expect.Offer{}, false
	}
	for i := range svc.Ladder {
		offer, ok := svc.Ladder[i].Offer(t.envOf(e))
		if !ok || e.Tried(svc.Ladder[i].ID) || !t.offerWithin(offer) || !t.isDue(svc, &svc.Ladder[i], message.ObjectPrice) {
			continue
		}
		for _, o := range offer.Options {
			if o.Negotiable() >= 0 {
				return offer, true
			}
		}
	}
	return expect.Offer{}, false
}

// counterDay weighs a day: "ok, but by friday". What is all there by then is
// said back and asked about, for a condition is no yes yet; where nothing is,
// the day was the reason to refuse.
func (t *turn) counterDay(options []expect.Option) flow.Class {
	day, named := t.dayNamed()
	if !named {
		return flow.Class{Name: flow.Unsure}
	}
	for i, o := range options {
		if by := lastBy(o); !by.IsZero() && !by.After(day) {
			t.s.Matter.Proposed = &options[i]
			return flow.Class{Name: flow.Unsure}
		}
	}
	t.s.Matter.Objection = message.ObjectTime
	return flow.Class{Name: flow.Refuse}
}

// amountNamed is the money a message names, in minor units. A bare number is
// heard in the currency of the offer; another currency is not weighed.
func (t *turn) amountNamed() (int64, bool) {
	cur := t.env().Currency
	s, ok := t.in.Reading.Slot(message.SlotMoney)
	for _, other := range t.in.Reading.Slots {
		if other.Kind == message.SlotMoney && other.Amount != s.Amount {
			return 0, false // of two sums nobody knows which is meant
		}
	}
	if !ok || s.Currency != "" && s.Currency != cur {
		return 0, false
	}
	return s.Amount, true
}
