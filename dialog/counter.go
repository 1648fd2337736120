package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// counter weighs a counter-offer against what is on the table, and against
// nothing else: what was never shown is not agreed to. A day is met by what is
// there by then; a condition nobody here can weigh lets the commitment be put
// as it stands.
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
	if t.asItStands(amount, options) {
		return flow.Class{Name: flow.Unsure}
	}
	// Nothing on the table has money in it that could be moved. A rung that
	// was not offered yet may: it is offered next, in its own words.
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
// Beyond the limit the offer stands as it was made: who asks for the impossible
// must not come away with more than who says yes.
func (t *turn) weigh(amount int64, options []expect.Option) (flow.Class, bool) {
	m := &t.s.Matter
	for _, o := range options {
		p, answer := o.Counter(amount)
		if answer == expect.CounterNone {
			continue
		}
		i := o.Negotiable()
		told := t.kind() == flow.Propose && m.Countered > 0
		if answer == expect.CounterInside && t.within(p) && t.verifiedEnough(expect.Offer{Options: []expect.Option{p}}) {
			m.Countered = p.Terms[i].Pay // never less than offered
			m.Accepted = &p
			return flow.Class{Name: flow.Counter}, true
		}
		if told {
			// That it is too much was said already. To say it once more would be
			// a second no with nothing new beside it: the ladder goes on instead.
			m.Objection = message.ObjectPrice
			return flow.Class{Name: flow.Refuse}, true
		}
		m.Proposed, m.Countered, m.Limit = &o, amount, o.Terms[i].Pay
		t.askedForAmount(amount)
		return flow.Class{Name: flow.Beyond}, true
	}
	return flow.Class{}, false
}

// asItStands puts the one thing on the table as it is, where it holds no money
// that could be moved: "yes, if you pay 500" takes nothing, and swaps nothing
// for something else either. It says whether there is room for that question.
func (t *turn) asItStands(amount int64, options []expect.Option) bool {
	next, _, err := t.f.Table.Next(t.s.Control, flow.Class{Name: flow.Unsure})
	if len(options) != 1 || t.kind() != flow.Lower || err != nil || t.f.Table.Kind(next.At) != flow.Propose {
		return false
	}
	m := &t.s.Matter
	m.Proposed, m.Limit = &options[0], options[0].Paid()
	if t.stands = amount > m.Limit; t.stands {
		m.Countered = amount
		t.askedForAmount(amount)
	}
	return true
}

// askedForAmount keeps what was asked, so that whoever takes it on sees it.
func (t *turn) askedForAmount(amount int64) {
	if e := t.focus(); e != nil {
		e.Ask(expect.Level{Amount: amount, Currency: t.env().Currency})
	}
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
