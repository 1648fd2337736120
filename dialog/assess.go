package dialog

import (
	"time"

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
	m.Shelving = t.unsettled()
	return flow.Class{Name: flow.ToShelve}
}

// weighAll gives every open expectation its verdict and counts those that are
// settled by that: met at once, or fallen away.
func (t *turn) weighAll() (met uint8) {
	m := &t.s.Matter
	given, bent := m.Given, m.Bent
	defer func() { m.Given, m.Bent = given, bent }()
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
			m.Given += offer.Options[0].Paid()
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

// bends is what goodwill gives where the rule says no: once a matter, inside
// the budget and the authority, and never where two wishes exclude each other.
func (t *turn) bends(e expect.Expectation) (expect.Offer, bool) {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil || t.s.Matter.Bent || t.rival(e) != nil {
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
	v := svc.Verdict(t.envOf(&e))
	if v != expect.Meet {
		return v
	}
	if t.rival(e) != nil {
		return expect.Cannot // of two that exclude each other the less important waits
	}
	offer, ok := svc.Grant(t.envOf(&e))
	if !ok || !t.offerWithin(offer) || !t.verifiedEnough(offer) {
		return expect.Unknown
	}
	return v
}

// reserve is verdict, and counts what would be granted as given, so that two
// grants together stay inside the authority too. The caller puts Given back.
func (t *turn) reserve(e expect.Expectation) expect.Verdict {
	v := t.verdict(e)
	if v == expect.Meet && t.fallsAway(e) == nil {
		if offer, ok := t.f.Catalog.Service(e.Service).Grant(t.env()); ok {
			t.s.Matter.Given += offer.Options[0].Paid()
		}
	}
	return v
}

func (t *turn) verifiedEnough(o expect.Offer) bool {
	env := t.env()
	if env.Verified {
		return true
	}
	limit, _ := t.f.Catalog.Authority.Unverified.In(env.Currency)
	for _, p := range o.Options {
		if p.Paid() > limit {
			return false
		}
	}
	return true
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
	if env := t.env(); svc != nil && env.Verified && svc.Verdict(env) == expect.Meet && svc.Grants() && t.rival(e) == nil {
		// It is due, only larger than the bot may give: to offer less instead
		// would lower an expectation that can be met.
		if offer, ok := svc.Grant(env); !ok || !t.offerWithin(offer) {
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
		if best < 0 || e.Importance < m.Wishes[best].Importance {
			best = i
		}
	}
	return best
}

// grant settles at once what can be met, each with its promise, and what fell
// away with something settled before. What falls away only now is left for the
// next look, so that as many are settled as were counted.
func (t *turn) grant() {
	m := &t.s.Matter
	gone := map[int]*expect.Expectation{}
	for i, e := range m.Wishes {
		if o := t.fallsAway(e); o != nil && !e.Settled() {
			gone[i] = o
		}
	}
	for i := range m.Wishes {
		e := &m.Wishes[i]
		switch o := gone[i]; {
		case t.gaveUp(*e):
			t.withdraw([]int{i})
		case o != nil:
			e.Status = expect.Withdrawn
			t.add(t.line("conflict.closed", "a", t.wishText(t.s.Lang, *o), "b", t.wishText(t.s.Lang, *e)))
		case !e.Settled() && e.Verdict == expect.Meet:
			t.grantOne(e)
		case !e.Settled() && e.Bent:
			t.bendFor(e)
		}
	}
}

func (t *turn) grantOne(e *expect.Expectation) {
	offer, ok := t.f.Catalog.Service(e.Service).Grant(t.env())
	if !ok {
		return
	}
	t.give(e, offer, "grant.")
}

// bendFor grants out of goodwill. It says so: what is given by way of an
// exception must not pass for the rule.
func (t *turn) bendFor(e *expect.Expectation) {
	// Whether it may be was decided when it was counted; to weigh it again
	// behind the grants of this step could leave one more open than counted.
	if offer, ok := t.f.Catalog.Service(e.Service).Goodwill(t.envOf(e)); ok {
		t.s.Matter.Bent = true
		t.give(e, offer, "goodwill.")
	}
}

// give settles a wish with the one option of an offer and says so.
func (t *turn) give(e *expect.Expectation, offer expect.Offer, words string) {
	option := offer.Options[0]
	e.Status, e.Offered = expect.Granted, append(e.Offered, offer)
	t.promiseTerms(e.Service, option)
	t.s.Matter.Given += option.Paid()
	t.add(t.line(words+e.Service, "terms", t.termTexts(t.s.Lang, option), "by", lastBy(option), "pay", t.money(option.Paid()),
		"wish", t.wishHere(*e)))
}

func lastBy(o expect.Option) (by time.Time) {
	for _, term := range o.Terms {
		if term.By.After(by) {
			by = term.By
		}
	}
	return by
}
