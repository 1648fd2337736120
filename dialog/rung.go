package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// within says whether what was given for this order already, in this matter
// or before it, and this option together stay inside the bot's authority.
func (t *turn) within(o expect.Option) bool {
	limit, ok := t.f.Catalog.Authority.Bot.In(t.env().Currency)
	return o.Paid() == 0 || ok && t.paidBefore()+t.s.Matter.Given+t.pledged.paid+o.Paid() <= limit
}

// nextRung chooses the rung to offer: one that answers what the customer has
// just said, else the next in order, never one that was offered or that the
// authority does not cover.
func (t *turn) nextRung(e *expect.Expectation) (expect.Offer, bool) {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return expect.Offer{}, false
	}
	key := rungKey{e.Service, len(e.Rungs), t.s.Matter.Objection, t.s.Matter.Given, len(t.s.Matter.Made), e.Asked}
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
	made      int
	asked     expect.Level
}

func (t *turn) chooseRung(svc *flow.Service, e *expect.Expectation) (expect.Offer, bool) {
	var fallback expect.Offer
	best := 0
	for i := range svc.Ladder {
		rung := &svc.Ladder[i]
		fits := t.suits(rung, e)
		if e.Tried(rung.ID) || fits <= best || !t.isDue(svc, rung, t.s.Matter.Objection) {
			continue
		}
		offer, ok := rung.Offer(t.envOf(e))
		if !ok || !t.offerWithin(offer) || !t.verifiedEnough(offer) || t.givenAlready(offer) || lessMoney(offer, e.Offered) {
			continue
		}
		if fallback, best = offer, fits; fits == suitsBest {
			break
		}
	}
	return fallback, best > 0
}

// lessMoney says whether all an offer holds is money, and no more of it than
// an offer of nothing but money that was turned down. The check of a ladder
// sees that only where no fact decides; a refusal spent on less would be wasted.
func lessMoney(o expect.Offer, before []expect.Offer) bool {
	most := int64(0)
	for _, b := range before {
		if len(b.Options) == 1 && onlyMoney(b.Options[0]) {
			most = max(most, b.Options[0].Paid())
		}
	}
	return most > 0 && !slices.ContainsFunc(o.Options, func(p expect.Option) bool { return !onlyMoney(p) || p.Room() > most })
}

func onlyMoney(o expect.Option) bool {
	return len(o.Terms) > 0 && !slices.ContainsFunc(o.Terms, func(t expect.Term) bool { return t.Pay == 0 })
}

// How well a rung suits what comes next; among equals the order of the file
// decides.
const (
	suitsLeast = iota + 1 // what matters most is not what this wish is
	suitsAny
	suitsBest
)

// suits weighs a rung: once an offer was made, by what was said against it; as
// the first move, by what raised the wish and how it stands to the standard.
func (t *turn) suits(r *flow.Rung, e *expect.Expectation) int {
	switch {
	case answers(r, t.s.Matter.Objection), len(e.Rungs) == 0 && opens(r, e):
		return suitsBest
	case e.Importance > 1 && r.Uses(expect.Reweigh):
		return suitsLeast
	}
	return suitsAny
}

// opens says whether a rung is the first move for this wish. Our own broken
// promise is made good, not lowered; what is not reasonable meets patience and
// the standard; what is, only not now, a reason and a when.
func opens(r *flow.Rung, e *expect.Expectation) bool {
	switch {
	case e.Source == expect.OurPromise:
		return r.Recovers
	case e.Reasonable == expect.NotReasonable:
		return r.Uses(expect.Standard)
	case e.Reasonable == expect.IsReasonable:
		return e.Verdict == expect.Later && (r.Uses(expect.Reason) || r.Uses(expect.Delay))
	}
	return false
}

// isDue says whether a rung of svc may be offered by what the customer lost:
// what happened, what they named before, and what they have just said.
func (t *turn) isDue(svc *flow.Service, r *flow.Rung, said message.Objection) bool {
	happened := slices.Clip(svc.Losses)
	if inc := t.f.Catalog.Incident(t.s.Matter.Incident); inc != nil {
		happened = append(happened, inc.Losses...)
	}
	return r.Due(happened, append(slices.Clip(t.s.Matter.Objected), said))
}

// keepObjection remembers what kinds of things the customer minds.
func (t *turn) keepObjection() {
	m := &t.s.Matter
	if m.Objection != message.NoObjection && !slices.Contains(m.Objected, m.Objection) {
		m.Objected = append(m.Objected, m.Objection)
	}
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
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil || e.Adequate.IsZero() {
		return false
	}
	var most int64
	var soonest time.Time
	found := false
	for i := range svc.Ladder {
		offer, ok := svc.Ladder[i].Offer(t.envOf(e))
		if !ok {
			continue
		}
		for _, p := range offer.Options {
			most, found = max(most, p.Room()), true
			if by := firstBy(p); soonest.IsZero() || by.Before(soonest) {
				soonest = by
			}
		}
	}
	switch {
	case !found:
		return false
	case !e.Adequate.By.IsZero():
		return soonest.After(t.dayEnd(e.Adequate.By))
	}
	return e.Adequate.Amount > most
}

// dayEnd is the last moment a level allows: a day lasts until it ends.
func (t *turn) dayEnd(by time.Time) time.Time {
	at := t.local(by)
	if h, m, s := at.Clock(); h+m+s > 0 {
		return at
	}
	return at.AddDate(0, 0, 1).Add(-time.Second)
}
