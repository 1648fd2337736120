package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

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
