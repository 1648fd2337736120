package dialog

import (
	"strconv"
	"strings"
	"time"

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
	case len(l.withdrew) > 0 && r.Answer == message.NoAnswer:
		return t.withdrawAside(l.withdrew)
	case strings.HasPrefix(r.Choice, optionChoice) && r.Answer == message.Unsure:
		return t.proposeOption(r.Choice)
	case r.Answer == message.Counter && !strings.HasPrefix(r.Choice, optionChoice):
		return t.counter()
	case strings.HasPrefix(r.Choice, optionChoice) && r.Answer != message.Refuse:
		return t.takeOption(r.Choice)
	case r.Answer == message.Accept:
		return t.accept()
	case r.Answer == message.Refuse, r.Choice == choiceNo:
		return t.refuse()
	case r.Answer == message.Unsure && l.later == "":
		return flow.Class{Name: flow.Unsure}
	case r.Choice == choiceOther:
		return flow.Class{Name: flow.Idea}
	case r.Objection != message.NoObjection:
		return t.refuse()
	}
	return t.besideMatter(l)
}

// acceptOffer takes what is on the table, if it is clear what. A day that is
// named with the yes picks the option of that day, or must not come before the
// one that is offered.
func (t *turn) acceptOffer() flow.Class {
	options := t.onTable()
	if day, named := t.dayNamed(); named {
		return t.acceptBy(day, options)
	}
	if len(options) != 1 {
		return flow.Class{Name: flow.Unsure}
	}
	return t.acceptOption(options[0])
}

func (t *turn) acceptOption(o expect.Option) flow.Class {
	t.s.Matter.Accepted, t.s.Matter.Countered = &o, 0
	return flow.Class{Name: flow.Accept}
}

// onTable lists what a yes may mean: the one proposal, or the options of the
// last offer.
func (t *turn) onTable() []expect.Option {
	if p := t.s.Matter.Proposed; p != nil {
		return []expect.Option{*p}
	}
	offer, _ := t.table()
	return offer.Options
}

// dayNamed is the day a message names, as the last moment of it.
func (t *turn) dayNamed() (time.Time, bool) {
	s, ok := t.in.Reading.Slot(message.SlotDate)
	if !ok {
		return time.Time{}, false
	}
	y, m, d := t.local(s.Time).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, t.set.Zone), true
}

// acceptBy takes the option that is there on the named day. One that is there
// earlier is said back first: "Friday would be better" does not take Thursday.
func (t *turn) acceptBy(day time.Time, options []expect.Option) flow.Class {
	best := -1
	for i, o := range options {
		by := firstBy(o)
		if by.IsZero() || by.After(day) {
			continue
		}
		if day.Sub(by) < 24*time.Hour {
			return t.acceptOption(o)
		}
		if best < 0 || by.After(firstBy(options[best])) {
			best = i
		}
	}
	if best >= 0 {
		t.s.Matter.Proposed = &options[best]
	}
	return flow.Class{Name: flow.Unsure}
}

// firstBy is when an option's main term is there.
func firstBy(o expect.Option) time.Time {
	if len(o.Terms) == 0 {
		return time.Time{}
	}
	return o.Terms[0].By
}

// takeOption accepts an option by its id. An amount that is named with it is
// weighed: "15 on the card" does not take the card with 10 on it.
func (t *turn) takeOption(id string) flow.Class {
	p, ok := t.option(id)
	if !ok {
		return t.aside(sideStale)
	}
	if amount, named := t.amountNamed(); named && amount != p.Paid() && amount != offered(p) {
		if cl, ok := t.weigh(amount, []expect.Option{p}); ok {
			return cl
		}
		return t.proposeOption(id)
	}
	return t.acceptOption(p)
}

// proposeOption says an option back before it counts: it was named, but not
// clearly wanted.
func (t *turn) proposeOption(id string) flow.Class {
	p, ok := t.option(id)
	if !ok {
		return t.aside(sideStale)
	}
	t.s.Matter.Proposed = &p
	return flow.Class{Name: flow.Unsure}
}

// option finds an option by its id. Those of earlier offers count too: a
// refused offer stays open until the matter closes.
func (t *turn) option(id string) (expect.Option, bool) {
	rung, option, _ := strings.Cut(strings.TrimPrefix(id, optionChoice), "/")
	if e := t.focus(); e != nil {
		for _, o := range e.Offered {
			if p, ok := o.Option(option); ok && o.Rung == rung {
				return p, true
			}
		}
	}
	return expect.Option{}, false
}

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
		t.s.Matter.Countered = amount
		if answer == expect.CounterInside && t.within(p) {
			t.s.Matter.Countered = p.Terms[o.Negotiable()].Pay // never less than offered
			t.s.Matter.Accepted = &p
			return flow.Class{Name: flow.Counter}, true
		}
		if !t.within(p) {
			p = o // what was given before leaves no room
		}
		t.s.Matter.Proposed, t.s.Matter.Limit = &p, p.Terms[o.Negotiable()].Pay
		if e := t.focus(); e != nil { // whoever takes it on sees what was asked
			e.Asked.Amount, e.Asked.Currency = amount, t.env().Currency
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
		offer, ok := svc.Ladder[i].Offer(t.env())
		if !ok || e.Tried(svc.Ladder[i].ID) || !t.offerWithin(offer) {
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
	key := rungKey{e.Service, len(e.Rungs), t.s.Matter.Objection, t.s.Matter.Given}
	if t.rung == nil || t.rung.key != key {
		offer, ok := t.chooseRung(svc, e)
		t.rung = &chosenRung{key, offer, ok}
	}
	return t.rung.offer, t.rung.ok
}

// chosenRung is the last choice of a rung. The same one is asked for up to
// three times in a step: whether there is one, for which wish, and to offer it.
type chosenRung struct {
	key   rungKey
	offer expect.Offer
	ok    bool
}

// rungKey is all that the choice depends on and that a step can change.
type rungKey struct {
	service   string
	offered   int
	objection message.Objection
	given     int64
}

func (t *turn) chooseRung(svc *flow.Service, e *expect.Expectation) (expect.Offer, bool) {
	var fallback expect.Offer
	found := false
	for i := range svc.Ladder {
		rung := &svc.Ladder[i]
		fits := answers(rung, t.s.Matter.Objection)
		if e.Tried(rung.ID) || found && !fits {
			continue
		}
		offer, ok := rung.Offer(t.env())
		switch {
		case !ok || !t.offerWithin(offer) || t.givenAlready(offer):
		case fits:
			return offer, true
		case !found:
			fallback, found = offer, true
		}
	}
	return fallback, found
}

// givenAlready says whether an offer pays for what this matter pays for
// already: the same fee is not given back twice.
func (t *turn) givenAlready(o expect.Offer) bool {
	for _, n := range t.s.Matter.Made {
		p := t.findPromise(n)
		for _, option := range o.Options {
			for _, term := range option.Terms {
				if p != nil && term.Pay > 0 && p.Do == term.Do {
					return true
				}
			}
		}
	}
	return false
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
			t.holdLine("withdraw.done", "wish", t.wishText(t.s.Lang, t.s.Matter.Wishes[i]))
			n++
		}
	}
	return n
}
