package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
)

// bending is what may be granted although the rule says no, and by which
// facts.
type bending struct {
	when   *condition
	option option
}

// Goodwill is what is granted although the verdict is not to meet it: the
// mistake was small and the customer is served already. False where the facts
// do not allow it, or it is worth more than the goodwill budget or the bot's
// authority. Whether the budget was used in this matter is for the caller.
func (s *Service) Goodwill(env Env) (expect.Offer, bool) {
	if s.bending == nil || !s.bending.when.holds(env, s.house.currency) {
		return expect.Offer{}, false
	}
	offer, ok := s.house.offer([]option{s.bending.option}, env)
	if !ok || offer.Options[0].Paid() > s.house.goodwill.By[offer.Currency] {
		return expect.Offer{}, false
	}
	return offer, true
}

// goodwill checks and compiles how a service's rule may be bent; nil where the
// file does not say.
func (r *catalogReader) goodwill(p path, s serviceFile) *bending {
	f := s.Goodwill
	if f == nil {
		return nil
	}
	if !f.When.readsFact() {
		r.add(r.key(p), "goodwill needs when, with a fact in it: a rule is bent for what is known, not for what is said")
	}
	if len(f.Terms) == 0 {
		r.add(r.key(p), "terms is missing: what is done out of goodwill")
	}
	out := &bending{when: r.condition(p.in("when"), f.When), option: r.option(p, f.option(), s.Owner)}
	sums := map[string]int64{}
	for _, t := range f.Terms {
		if t.Pay != nil {
			for code, amount := range t.Pay.By {
				sums[code] += amount
			}
		}
		if t.UpTo != nil {
			r.add(r.value(p), "goodwill is not open to a counter-offer: up_to does not belong here")
		}
	}
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		if limit := r.raw.Goodwill.By[code]; sums[code] > limit {
			r.add(r.key(p), "this pays %s, and the goodwill of the catalog ends at %s", Amount{sums[code], code}.format("en"), Amount{limit, code}.format("en"))
		}
	}
	return out
}

func (f *goodwillFile) option() optionFile { return optionFile{ID: f.ID, Terms: f.Terms} }

// budget checks the catalog's goodwill: an amount that the bot may give.
func (r *catalogReader) budget(p path) {
	g := r.raw.Goodwill
	if g.Fact != "" {
		r.add(r.value(p), "goodwill is an amount by currency, not a fact")
	}
	for _, code := range slices.Sorted(maps.Keys(g.By)) {
		if g.By[code] > r.raw.Authority.Bot.By[code] {
			r.add(r.value(p.in(code)), "goodwill may give more %s than the bot may decide", code)
		}
	}
}
