package dialog

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// What was promised for an order binds every later matter about it: one more
// thing is a new matter, but no new purse. It is read off the promises
// themselves, open and kept: the same thing is not done twice, a rule is bent
// once, the authority ends where it ends, and what excludes something promised
// is settled by a person.

// orderKey is the order that is meant now, as promises keep it; "" where none
// is.
func (t *turn) orderKey() string {
	return asKey(t.s.Matter.Slots[t.f.Catalog.Lookup.Slot].Text)
}

// binds says whether a promise was made for the order that is meant now. Where
// none is, what stands or is of this day counts: without an order the next
// matter may be about anything.
func (t *turn) binds(p *expect.Promise) bool {
	switch {
	case p.Kind != expect.ToDo || p.Service == "" || p.Do == "",
		p.State == expect.PromiseRenewed, p.State == expect.PromiseWithdrawn, // another stands for it, or nobody has to
		p.Order != t.orderKey():
		return false
	}
	return p.Order != "" || p.Standing() || t.in.At.Sub(p.Opened) < sameOrder
}

// earlier says whether a promise was made before this matter.
func (t *turn) earlier(p *expect.Promise) bool { return !slices.Contains(t.s.Matter.Made, p.N) }

// paidBefore is what earlier matters pay for this order, in minor units.
func (t *turn) paidBefore() (sum int64) {
	for i := range t.s.Promises {
		if p := &t.s.Promises[i]; t.binds(p) && t.earlier(p) {
			sum += p.Pay
		}
	}
	return sum
}

// pledge is what an option would take of the limits, while several are weighed
// together before any is given.
type pledge struct{ paid, value int64 }

// owed is what was given to a customer nobody knows to own any order, in the
// currency cur: all of it counts, for such a customer may name one order after
// the other. What was given in another currency takes the share of the limit
// here that it took of the limit there.
func (t *turn) owed(cur string) (value int64) {
	limits := &t.f.Catalog.Authority.Unverified
	limit, _ := limits.In(cur)
	for i := range t.s.Promises {
		p := &t.s.Promises[i]
		v := max(p.Pay, p.Worth)
		if v == 0 || p.State == expect.PromiseRenewed || p.State == expect.PromiseWithdrawn {
			continue
		}
		if p.Currency == cur {
			value += v
		} else if other, _ := limits.In(p.Currency); other > 0 {
			value += min(v, other)*100/other*limit/100 + 1 // in hundredths, rather more than less
		}
	}
	return value
}

// bentBefore says whether a rule was bent for this order already.
func (t *turn) bentBefore() bool {
	return slices.ContainsFunc(t.s.Promises, func(p expect.Promise) bool { return p.Bent && t.binds(&p) })
}

// done finds the promise that a term would only repeat; nil where none does.
func (t *turn) done(term expect.Term) *expect.Promise {
	for i := range t.s.Promises {
		if p := &t.s.Promises[i]; p.Do == term.Do && t.binds(p) {
			return p
		}
	}
	return nil
}

// fresh splits an option into what is not promised yet and what is.
func (t *turn) fresh(o expect.Option) (rest expect.Option, old []*expect.Promise) {
	rest.ID = o.ID
	for _, term := range o.Terms {
		if p := t.done(term); p != nil {
			old = append(old, p)
		} else {
			rest.Terms = append(rest.Terms, term)
		}
	}
	return rest, old
}

// givenAlready says whether an offer holds something that was promised for
// this order already.
func (t *turn) givenAlready(o expect.Offer) bool {
	return slices.ContainsFunc(o.Options, func(option expect.Option) bool {
		return slices.ContainsFunc(option.Terms, func(term expect.Term) bool { return t.done(term) != nil })
	})
}

// had are the promises an earlier matter led to for the same wish and order:
// who asks once more gets no second ladder.
func (t *turn) had(e expect.Expectation) (out []*expect.Promise) {
	for i := range t.s.Promises {
		if p := &t.s.Promises[i]; p.Service == e.Service && t.binds(p) && t.earlier(p) {
			out = append(out, p)
		}
	}
	return out
}

// stillComes says whether a wish is settled by what was promised before and is
// still to be carried out.
func (t *turn) stillComes(e expect.Expectation) bool {
	return anyStanding(t.had(e))
}

func anyStanding(list []*expect.Promise) bool {
	return slices.ContainsFunc(list, func(p *expect.Promise) bool { return p.Standing() })
}

// carriedOut finds the promise by which a wish was met before. To give the same
// again would pay twice, and to say that it is settled would not help who says
// that it is not: whoever did it looks into it.
func (t *turn) carriedOut(e expect.Expectation) *expect.Promise {
	had := t.had(e)
	if len(had) == 0 || t.stillComes(e) {
		return nil
	}
	return had[len(had)-1]
}

// excluded finds what an earlier matter promised and e cannot be had together
// with: a new one, where the price went back.
func (t *turn) excluded(e expect.Expectation) *expect.Promise {
	for i := range t.s.Promises {
		if p := &t.s.Promises[i]; t.binds(p) && t.earlier(p) && t.conflicting(p.Service, e.Service) {
			return p
		}
	}
	return nil
}

// firstExcluded is the most important open wish that something promised
// earlier excludes, -1 where none is.
func (t *turn) firstExcluded() int {
	for _, i := range t.byImportance() {
		if t.excluded(t.s.Matter.Wishes[i]) != nil {
			return i
		}
	}
	return -1
}

// dropOvertaken forgets plans of the order whose time is past: told as a plan,
// they would be untrue.
func (t *turn) dropOvertaken() {
	m := &t.s.Matter
	m.Facts = t.f.Catalog.Lookup.Current(m.Facts, t.in.At, t.set.Zone)
}

// decided says whether all that is wanted was settled before, one way or the
// other: then no more questions need answering for it.
func (t *turn) decided() bool {
	open := t.unsettled()
	return len(open) > 0 && len(t.s.Promises) > 0 && !slices.ContainsFunc(open, func(i int) bool {
		e := t.s.Matter.Wishes[i]
		return t.excluded(e) == nil && len(t.had(e)) == 0
	})
}

// itemText words a promise as it stands, with its number.
func (t *turn) itemText(p expect.Promise) string {
	key := "promise.item"
	if p.Late() {
		key = "promise.late"
	}
	return t.line(key, "text", t.promiseText(p), "case", p.Case, "by", t.unsaid(p))
}

// settledText words promises that settle a wish already.
func (t *turn) settledText(old []*expect.Promise) []string {
	var out []string
	for _, p := range old {
		if p.Standing() {
			out = append(out, t.itemText(*p))
		}
	}
	return out
}

// callsOff says whether a message gives up something that is promised and not
// yet done. To promise the other thing besides would give both.
func (t *turn) callsOff() bool {
	order, other := t.in.Reading.Slot(message.SlotOrder)
	for _, m := range t.in.Reading.Mentions {
		svc := t.serviceHeard(m.Name)
		if svc == nil || !m.Dropped {
			continue
		}
		if slices.ContainsFunc(t.s.Promises, func(p expect.Promise) bool {
			return p.Service == svc.Name && p.Standing() && (other && p.Order == asKey(order.Text) || !other && t.binds(&p))
		}) {
			return true
		}
	}
	return false
}

// asKey is an order's number as promises keep it.
func asKey(text string) string { return strings.ToUpper(strings.TrimSpace(text)) }
