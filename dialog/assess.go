package dialog

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// maxStanding is how many promises one customer may have open before a person
// looks at the matter: each is somebody's task.
const maxStanding = 12

// enterAssess weighs what is open against the catalog: first what can be
// met, then the one that matters most of what cannot, last what is passed on.
func (t *turn) enterAssess() flow.Class {
	m := &t.s.Matter
	m.Focus, m.Proposed, m.Accepted, m.Shelving = 0, nil, nil, nil
	m.Objection, m.Countered = message.NoObjection, 0
	met := t.weighAll()
	top := expect.Top(m.Wishes)
	switch {
	case top >= 0 && len(t.standing()) >= maxStanding:
		t.cause = causeLimit
		return flow.Class{Name: flow.ToPerson}
	case met > 0:
		return flow.Class{Name: flow.Grant, N: met}
	case top < 0:
		return flow.Class{Name: flow.AllDone}
	case t.excluded(m.Wishes[top]) != nil:
		t.excludes(m.Wishes[top])
		return flow.Class{Name: flow.ToPerson}
	case t.aboveAuthority(m.Wishes[top]):
		return flow.Class{Name: flow.ToPerson}
	case !t.s.Control.Rest() && t.belowAdequate(&m.Wishes[top]):
		t.sayBelow(m.Wishes[top])
		m.Shelving = []int{top}
		return flow.Class{Name: flow.ToShelve}
	}
	if i := t.nextToLower(); i >= 0 {
		t.candid()
		m.Focus = i + 1
		t.lowerAgain(m.Wishes[i].Service)
		return flow.Class{Name: flow.ToLower}
	}
	if i := t.firstExcluded(); i >= 0 {
		t.excludes(m.Wishes[i])
		return flow.Class{Name: flow.ToPerson}
	}
	m.Shelving = t.unsettled()
	t.sayDone()
	return flow.Class{Name: flow.ToShelve}
}

// excludes says what stands, before a person settles what it leaves no room for.
func (t *turn) excludes(e expect.Expectation) {
	t.cause = causePromised
	t.holdLine("correct.stands", "items", []string{t.itemText(*t.excluded(e))})
}

// sayDone says of what is passed on that it was carried out: whoever looks
// into it needs no second telling, and nothing is given twice.
func (t *turn) sayDone() {
	for _, i := range t.s.Matter.Shelving {
		if p := t.carriedOut(t.s.Matter.Wishes[i]); p != nil {
			t.holdLine("grant.done", "text", t.promiseText(*p), "case", p.Case)
		}
	}
}

// weighAll gives every open expectation its verdict and counts those that are
// settled by that: met at once, or fallen away.
func (t *turn) weighAll() (met uint8) {
	m := &t.s.Matter
	bent := m.Bent
	defer func() { t.pledged, m.Bent = pledge{}, bent }()
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if e.Settled() {
			continue
		}
		if t.gaveUp(*e) {
			met++
			continue
		}
		t.judge(e)
		e.Verdict = t.reserve(*e)
		gone := t.fallsAway(*e) != nil
		offer, bends := t.bends(*e)
		if e.Bent = bends && !gone; e.Bent {
			m.Bent = true
			t.pledge(offer.Options[0])
		}
		if e.Verdict == expect.Meet || e.Bent || gone {
			met++
		}
	}
	return met
}

// judge says what is known of a wish beside its verdict: that we promised it
// ourselves, and how it stands to the standard.
func (t *turn) judge(e *expect.Expectation) {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return
	}
	if svc.Promised(t.envOf(e)) {
		e.Source = expect.OurPromise
	}
	e.Reasonable = svc.Reasonable(*e, t.env())
}

// bends is what goodwill gives where the rule says no: once an order, inside
// the budget and the authority, and never where two wishes exclude each other.
func (t *turn) bends(e expect.Expectation) (expect.Offer, bool) {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil || t.s.Matter.Bent || t.bentBefore() || t.rival(e) != nil || t.excluded(e) != nil || t.carriedOut(e) != nil {
		return expect.Offer{}, false
	}
	switch e.Verdict {
	case expect.Part, expect.Later, expect.Cannot:
	default: // due anyway, or nobody here may say
		return expect.Offer{}, false
	}
	offer, ok := svc.Goodwill(t.envOf(&e))
	return offer, ok && t.offerWithin(offer) && t.verifiedEnough(offer) && !t.givenAlready(offer)
}

// unsettled lists the open expectations, as indices.
func (t *turn) unsettled() []int {
	var out []int
	for i, e := range t.s.Matter.Wishes {
		if !e.Settled() {
			out = append(out, i)
		}
	}
	return out
}

// verdict is the catalog's, made careful: a grant above the authority, or
// above what an unverified order may have, is not the bot's to give.
func (t *turn) verdict(e expect.Expectation) expect.Verdict {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return expect.Unknown
	}
	if t.stillComes(e) {
		return expect.Meet
	}
	v := svc.Verdict(t.envOf(&e))
	if v != expect.Meet {
		return v
	}
	if t.rival(e) != nil {
		return expect.Cannot // of two that exclude each other the less important waits
	}
	offer, ok := t.due(e)
	if !ok || !t.offerWithin(offer) || !t.verifiedEnough(offer) {
		return expect.Unknown
	}
	return v
}

// due is what a grant for e still has to do: what is promised for the order
// already is left out, and nothing is left where that is all. False where it
// is not the bot's to give: what was carried out is not given again, and what
// excludes something promised is settled by a person.
func (t *turn) due(e expect.Expectation) (expect.Offer, bool) {
	offer, ok := t.f.Catalog.Service(e.Service).Grant(t.envOf(&e))
	if !ok || len(t.s.Promises) == 0 {
		return offer, ok
	}
	if t.carriedOut(e) != nil || t.excluded(e) != nil {
		return expect.Offer{}, false
	}
	rest, old := t.fresh(offer.Options[0])
	offer.Options[0] = rest
	return offer, len(rest.Terms) > 0 || len(old) == 0 || anyStanding(old)
}

// reserve is verdict, and counts what would be granted as given, so that two
// grants together stay inside the authority too. The caller takes it back.
func (t *turn) reserve(e expect.Expectation) expect.Verdict {
	v := t.verdict(e)
	if v == expect.Meet && t.fallsAway(e) == nil && !t.stillComes(e) {
		if offer, ok := t.due(e); ok {
			t.pledge(offer.Options[0])
		}
	}
	return v
}

// pledge counts an option as given while others are weighed.
func (t *turn) pledge(o expect.Option) {
	t.pledged.paid += o.Paid()
	t.pledged.value += o.Value()
}

// verifiedEnough says whether an offer stays inside what may be given on
// orders that nobody has shown to be this customer's.
func (t *turn) verifiedEnough(o expect.Offer) bool {
	env := t.env()
	if env.Verified {
		return true
	}
	limit, _ := t.f.Catalog.Authority.Unverified.In(env.Currency)
	given := t.owed(env.Currency) + t.pledged.value
	return !slices.ContainsFunc(o.Options, func(p expect.Option) bool { return p.Value() > 0 && given+p.Value() > limit })
}

// rival is an open wish of more importance that excludes e.
func (t *turn) rival(e expect.Expectation) *expect.Expectation {
	for i := range t.s.Matter.Wishes {
		o := &t.s.Matter.Wishes[i]
		if !o.Settled() && o.Importance < e.Importance && t.conflicting(o.Service, e.Service) {
			return o
		}
	}
	return nil
}

// fallsAway is a wish that was granted or agreed and leaves no room for e.
func (t *turn) fallsAway(e expect.Expectation) *expect.Expectation {
	for i := range t.s.Matter.Wishes {
		o := &t.s.Matter.Wishes[i]
		if (o.Status == expect.Granted || o.Status == expect.Agreed) && t.conflicting(o.Service, e.Service) {
			return o
		}
	}
	return nil
}

// aboveAuthority says whether the customer asks for an amount that only a
// person may decide on.
func (t *turn) aboveAuthority(e expect.Expectation) bool {
	svc := t.f.Catalog.Service(e.Service)
	if env := t.env(); svc != nil && env.Verified && svc.Verdict(env) == expect.Meet && svc.Grants() && t.rival(e) == nil && t.carriedOut(e) == nil {
		// It is due, only larger than the bot may give: to offer less instead
		// would lower an expectation that can be met.
		if offer, ok := t.due(e); !ok || !t.offerWithin(offer) {
			return true
		}
	}
	limit, ok := t.f.Catalog.Authority.Bot.In(t.env().Currency)
	return ok && e.Importance == 1 && e.Asked.Amount > limit && e.Asked.Currency == t.env().Currency && !t.lowerable(&e)
}

// nextToLower is the most important open wish that the ladder can still
// serve, -1 where none may be lowered singly any more.
func (t *turn) nextToLower() int {
	m := &t.s.Matter
	if !t.f.Table.Admits(t.s.Control, flow.Class{Name: flow.ToLower}) {
		return -1
	}
	best := -1
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if e.Settled() || t.lowered(e) || !t.lowerable(e) && !t.left(e) || t.rival(*e) != nil {
			continue
		}
		if t.excluded(*e) != nil || t.carriedOut(*e) != nil {
			continue // nothing to lower: a person settles it, or looks into it
		}
		if best < 0 || e.Importance < m.Wishes[best].Importance {
			best = i
		}
	}
	return best
}
