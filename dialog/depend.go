package dialog

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// A correction undoes what hangs on the corrected answer, and nothing else.
// What hangs on what is data ([flow.Reads]): facts on the slot they are looked
// up by; a verdict, an offer or a promise on the slots and facts it was worked
// out and worded from. Everything else a customer said, ranked or turned down
// stays: nobody tells a thing twice because of another.

// corrections are what a message has changed of what was known before.
type corrections struct {
	slots    []string
	order    message.Slot      // the key facts are looked up by, as it was
	facts    map[string]string // as they were, where they have to be looked up anew; else nil
	incident bool
}

// change notes that a slot holds something else now.
func (c *corrections) change(slot string) { c.slots = append(c.slots, slot) }

// touches says whether what reads r has to be worked out anew.
func (c corrections) touches(r flow.Reads) bool { return r.Any(c.slots, c.facts) }

// dropFacts forgets facts that were another order's.
func (t *turn) dropFacts(order message.Slot) {
	t.fixed.order, t.fixed.facts = order, t.s.Matter.Facts
	t.s.Matter.Facts = map[string]string{}
}

// rebuild takes back what hangs on what was corrected: the offers it was worked
// out into. The place in the negotiation goes with it, for the matter is said
// back first; what was offered and does not hang on it stays on the table.
func (t *turn) rebuild(from flow.Kind) {
	t.holdLine("correct.done")
	if from == flow.Restate {
		return
	}
	m := &t.s.Matter
	m.Again, m.Left = nil, ""
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if e.Settled() || len(e.Rungs) == 0 {
			continue
		}
		last := e.Rungs[len(e.Rungs)-1]
		t.takeBackOffers(e)
		m.Again = append(m.Again, e.Service)
		if n := len(e.Rungs); (from == flow.Lower || from == flow.Propose) && i == m.Focus-1 && n > 0 && e.Rungs[n-1] == last {
			m.Left = e.Service
		}
	}
	m.Focus, m.Proposed, m.Accepted, m.Shelving = 0, nil, nil, nil
}

// takeBackOffers forgets the offers of a wish that hang on what was corrected.
func (t *turn) takeBackOffers(e *expect.Expectation) {
	stale := func(rung string) bool { return t.fixed.touches(t.f.RungReads(e.Service, rung)) }
	e.Rungs = slices.DeleteFunc(e.Rungs, stale)
	e.Offered = slices.DeleteFunc(e.Offered, func(o expect.Offer) bool { return o.Rung != "" && stale(o.Rung) })
	if t.fixed.touches(t.f.ServiceReads(e.Service)) {
		e.Verdict = ""
	}
}

// lowered says whether a wish has been through the ladder, and no correction
// has opened it again.
func (t *turn) lowered(e *expect.Expectation) bool {
	return len(e.Rungs) > 0 && !slices.Contains(t.s.Matter.Again, e.Service)
}

// lowerAgain takes note that a wish that was open to the ladder again is on it.
func (t *turn) lowerAgain(service string) {
	t.s.Matter.Again = slices.DeleteFunc(t.s.Matter.Again, func(s string) bool { return s == service })
}

// left says whether the last offer for a wish stands unanswered after a
// correction that does not bear on it: it is put again before any other.
func (t *turn) left(e *expect.Expectation) bool {
	return e != nil && t.s.Matter.Left == e.Service && len(e.Offered) > 0
}

// bears says whether what was corrected bears on anything that is open. A
// number to call or a name does not: to go through all of it again for that
// would be noise.
func (t *turn) bears() bool {
	return t.fixed.incident || slices.ContainsFunc(t.s.Matter.Wishes, func(e expect.Expectation) bool {
		return !e.Settled() && (t.fixed.touches(t.f.ServiceReads(e.Service)) ||
			slices.ContainsFunc(e.Rungs, func(rung string) bool { return t.fixed.touches(t.f.RungReads(e.Service, rung)) }))
	})
}

// contradicts says whether what was corrected bears on something that was
// promised in this matter and still stands, or calls such a thing off. That is
// not altered in silence: the customer hears what stands, and a person settles
// it with them.
func (t *turn) contradicts() bool {
	if t.callsOff() {
		return true
	}
	if len(t.fixed.slots) == 0 && t.fixed.facts == nil {
		return false
	}
	return slices.ContainsFunc(t.s.Matter.Made, func(n int) bool {
		p := t.findPromise(n)
		return p != nil && p.Standing() && p.Service != "" && t.fixed.touches(t.f.ServiceReads(p.Service)) && !t.stillDue(*p)
	})
}

// stillDue says whether the same would be granted again: then the correction
// changes nothing about it.
func (t *turn) stillDue(p expect.Promise) bool {
	i := slices.IndexFunc(t.s.Matter.Wishes, func(e expect.Expectation) bool {
		return e.Service == p.Service && e.Status == expect.Granted
	})
	if i < 0 || t.f.Catalog.Service(p.Service).Verdict(t.env()) != expect.Meet {
		return false
	}
	offer, ok := t.f.Catalog.Service(p.Service).Grant(t.env())
	return ok && slices.ContainsFunc(offer.Options[0].Terms, func(term expect.Term) bool {
		return term.Do == p.Do && (term.By.IsZero() || term.By.Equal(p.Due))
	})
}

// contradicted is the class of a message that contradicts what was promised,
// with the words that go before the hand-off; false where it does not.
func (t *turn) contradicted() (flow.Class, bool) {
	if !t.can(flow.Person) || !t.contradicts() {
		return flow.Class{}, false
	}
	t.standsStill()
	return flow.Class{Name: flow.Person}, true
}

// standsStill says what was promised before a person takes over to settle it.
func (t *turn) standsStill() {
	if t.fixed.facts != nil { // what was promised belongs to the order it was promised for
		t.slots()[t.f.Catalog.Lookup.Slot], t.s.Matter.Facts = t.fixed.order, t.fixed.facts
	}
	t.cause = causePromised
	t.holdLine("correct.stands", "items", t.standing())
}

// gaveUp says whether the customer gave a wish up along with a yes to another.
func (t *turn) gaveUp(e expect.Expectation) bool {
	return !e.Settled() && slices.Contains(t.s.Matter.GivenUp, e.Service)
}
