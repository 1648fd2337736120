package dialog

import (
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// focus is the expectation being talked about; nil where there is none.
func (t *turn) focus() *expect.Expectation {
	m := &t.s.Matter
	if m.Focus < 1 || m.Focus > len(m.Wishes) {
		return nil
	}
	return &m.Wishes[m.Focus-1]
}

// table is the offer on the table: the last one made.
func (t *turn) table() (expect.Offer, bool) {
	e := t.focus()
	if e == nil || len(e.Offered) == 0 {
		return expect.Offer{}, false
	}
	return e.Offered[len(e.Offered)-1], true
}

// toOffer reads the answer to an offer. An acceptance must be clear: where
// more than one thing is on the table the customer has to say which.
func (t *turn) toOffer() flow.Class {
	r := t.in.Reading
	l, changed := t.corrected()
	switch {
	case changed:
		return flow.Class{Name: flow.Change}
	case t.focusIn(l.withdrew, []int{t.s.Matter.Focus - 1}):
		return flow.Class{Name: flow.Withdraw, N: 1}
	case r.Answer == message.Counter:
		return t.counter()
	case strings.HasPrefix(r.Choice, optionChoice) && r.Answer != message.Refuse:
		return t.takeOption(r.Choice)
	case r.Answer == message.Accept:
		return t.accept()
	case r.Answer == message.Refuse, r.Choice == choiceNo:
		return t.refuse()
	case r.Answer == message.Unsure:
		return flow.Class{Name: flow.Unsure}
	case r.Choice == choiceOther:
		return flow.Class{Name: flow.Idea}
	case r.Objection != message.NoObjection:
		return t.refuse()
	}
	return t.besideMatter(l)
}

func (t *turn) acceptOffer() flow.Class {
	m := &t.s.Matter
	if m.Proposed != nil {
		m.Accepted, m.Countered = m.Proposed, 0
		return flow.Class{Name: flow.Accept}
	}
	offer, ok := t.table()
	if ok && len(offer.Options) == 1 {
		m.Accepted, m.Countered = &offer.Options[0], 0
		return flow.Class{Name: flow.Accept}
	}
	return flow.Class{Name: flow.Unsure}
}

// takeOption accepts an option by its id. Options of earlier offers count
// too: a refused offer stays open until the matter closes.
func (t *turn) takeOption(id string) flow.Class {
	rung, option, _ := strings.Cut(strings.TrimPrefix(id, optionChoice), "/")
	if e := t.focus(); e != nil {
		for _, o := range e.Offered {
			if p, ok := o.Option(option); ok && o.Rung == rung {
				t.s.Matter.Accepted, t.s.Matter.Countered = &p, 0
				return flow.Class{Name: flow.Accept}
			}
		}
	}
	return t.aside(sideStale)
}

// counter weighs a counter-offer against the authority. One without an amount
// is a condition nobody here can weigh: the commitment is put as it stands.
func (t *turn) counter() flow.Class {
	amount, ok := t.amountNamed()
	if !ok {
		return flow.Class{Name: flow.Unsure}
	}
	offer, ok := t.table()
	if !ok {
		return flow.Class{Name: flow.Unsure}
	}
	options := offer.Options
	if t.s.Matter.Proposed != nil {
		options = []expect.Option{*t.s.Matter.Proposed}
	}
	for _, o := range options {
		p, answer := o.Counter(amount)
		if answer == expect.CounterNone {
			continue
		}
		t.s.Matter.Countered = amount
		if answer == expect.CounterInside && t.within(p) {
			t.s.Matter.Accepted = &p
			return flow.Class{Name: flow.Counter}
		}
		t.s.Matter.Proposed = &p
		return flow.Class{Name: flow.Beyond}
	}
	return t.refuse()
}

// amountNamed is the money a message names, in minor units. A bare number is
// heard in the currency of the offer; another currency is not weighed.
func (t *turn) amountNamed() (int64, bool) {
	cur := t.env().Currency
	s, ok := t.in.Reading.Slot(message.SlotMoney)
	if !ok || s.Currency != "" && s.Currency != cur {
		return 0, false
	}
	return s.Amount, true
}

// within says whether what was given already and this option together stay
// inside the bot's authority.
func (t *turn) within(o expect.Option) bool {
	limit, ok := t.f.Catalog.Authority.Bot.In(t.env().Currency)
	return o.Paid() == 0 || ok && t.s.Matter.Given+o.Paid() <= limit
}

// nextRung chooses the rung to offer: one that answers what the customer has
// just said, else the next in order, never one that was offered or that the
// authority does not cover.
func (t *turn) nextRung(e *expect.Expectation) (expect.Offer, bool) {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return expect.Offer{}, false
	}
	var fallback *expect.Offer
	for i := range svc.Ladder {
		rung := &svc.Ladder[i]
		if e.Tried(rung.ID) {
			continue
		}
		offer, ok := rung.Offer(t.env())
		if !ok || !t.offerWithin(offer) {
			continue
		}
		if answers(rung, t.s.Matter.Objection) {
			return offer, true
		}
		if fallback == nil {
			fallback = &offer
		}
	}
	if fallback == nil {
		return expect.Offer{}, false
	}
	return *fallback, true
}

func (t *turn) offerWithin(o expect.Offer) bool {
	for _, p := range o.Options {
		if !t.within(p) {
			return false
		}
	}
	return len(o.Options) > 0
}

func answers(r *flow.Rung, o message.Objection) bool {
	if o == message.NoObjection {
		return false
	}
	for _, a := range r.Answers {
		if a == o {
			return true
		}
	}
	return false
}

// lowerable says whether the ladder holds anything for this expectation.
func (t *turn) lowerable(e *expect.Expectation) bool {
	_, ok := t.nextRung(e)
	return ok
}

// belowAdequate says whether the best that may be offered lies below the
// least the customer named; the ladder would then only wear them out.
func (t *turn) belowAdequate(e *expect.Expectation) bool {
	if e.Adequate.Amount == 0 {
		return false
	}
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return false
	}
	best, found := int64(0), false
	for i := range svc.Ladder {
		if offer, ok := svc.Ladder[i].Offer(t.env()); ok {
			for _, p := range offer.Options {
				best, found = max(best, p.Room()), true
			}
		}
	}
	return found && best < e.Adequate.Amount
}

// pickWish ranks the wish with this choice's number first.
func (t *turn) pickWish(id string) flow.Class {
	n, err := strconv.Atoi(strings.TrimPrefix(id, wishChoice))
	if err != nil || n < 1 || n > len(t.s.Matter.Wishes) || !t.can(flow.Pick) {
		return t.aside(sideStale)
	}
	t.rankFirst(n - 1)
	return flow.Class{Name: flow.Pick}
}

// rankFirst gives wish i importance 1 and the others theirs in the order in
// which they were said.
func (t *turn) rankFirst(i int) {
	next := 2
	for j := range t.s.Matter.Wishes {
		if j == i {
			t.s.Matter.Wishes[j].Importance = 1
			continue
		}
		t.s.Matter.Wishes[j].Importance = next
		next++
	}
}

// withdraw marks wishes as given up and counts them.
func (t *turn) withdraw(which []int) uint8 {
	var n uint8
	for _, i := range which {
		if i >= 0 && i < len(t.s.Matter.Wishes) && !t.s.Matter.Wishes[i].Settled() {
			t.s.Matter.Wishes[i].Status = expect.Withdrawn
			n++
		}
	}
	return n
}
