package flow

import (
	"maps"
	"slices"
)

// option checks and compiles what one choice would do.
func (r *catalogReader) option(p path, f optionFile, owner string) option {
	out := option{id: f.ID}
	if f.ID != "" && !slug.MatchString(f.ID) {
		r.add(r.value(p.in("id")), "the id of an option has small letters, digits, - and _ only, and begins with a letter: %q does not", f.ID)
	}
	seen := map[string]bool{}
	for i, t := range f.Terms {
		at := p.in("terms").item(i)
		switch {
		case t.Do == "":
			r.add(r.value(at), "do is missing: what is done")
		case seen[t.Do]:
			r.add(r.value(at.in("do")), "%q is done twice in this option", t.Do)
		case !slug.MatchString(t.Do):
			r.add(r.value(at.in("do")), "what is done has small letters, digits, - and _ only, and begins with a letter: %q does not", t.Do)
		}
		seen[t.Do] = true
		out.terms = append(out.terms, r.term(at, t, owner))
	}
	r.inside(p, f)
	return out
}

func (r *catalogReader) term(p path, f termFile, owner string) term {
	out := term{do: f.Do, owner: f.Owner, pay: f.Pay, upTo: f.UpTo, worth: f.Worth}
	switch {
	case f.Owner != "":
		oneOf(r, p.in("owner"), "owner", f.Owner, r.raw.Owners)
	case owner != "":
		out.owner = owner
	default:
		r.add(r.value(p), "owner is missing, here and on the service: nobody would carry this out")
	}
	if f.By == "" {
		r.add(r.value(p), "by is missing: until when this is done")
	} else {
		out.by = r.moment(p.in("by"), f.By)
	}
	r.pay(p.in("pay"), f.Pay)
	r.pay(p.in("up_to"), f.UpTo)
	r.pay(p.in("worth"), f.Worth)
	switch {
	case f.UpTo == nil:
	case f.Pay == nil:
		r.add(r.key(p.in("up_to")), "up_to without pay: there is nothing to raise")
	case f.Pay.Fact == "" && f.UpTo.Fact == "":
		for _, code := range slices.Sorted(maps.Keys(f.Pay.By)) {
			if most, ok := f.UpTo.By[code]; !ok || most < f.Pay.By[code] {
				r.add(r.value(p.in("up_to")), "up_to is less %s than pay", code)
			}
		}
	}
	return out
}

// pay checks one amount.
func (r *catalogReader) pay(p path, m *Money) {
	switch {
	case m == nil:
	case m.Fact != "":
		r.names(p, m.Fact, p, "")
	case len(m.By) > 0:
		_, known := currencies[r.house.currency]
		if _, ok := m.By[r.house.currency]; known && !ok {
			r.add(r.value(p), "no amount in %s, the catalog's currency", r.house.currency)
		}
	}
}

// inside holds an option to the bot's authority, as far as it is not a matter
// of facts: with these, the offer is held to it when it is made.
func (r *catalogReader) inside(p path, f optionFile) {
	sums := map[string]int64{}
	for _, t := range f.Terms {
		best := map[string]int64{}
		for _, m := range []*Money{t.Pay, t.UpTo} {
			if m == nil {
				continue
			}
			for code, amount := range m.By {
				best[code] = max(best[code], amount)
			}
		}
		for code, amount := range best {
			sums[code] += amount
		}
	}
	at := r.key(p.in("terms"))
	for i, t := range f.Terms {
		if t.Pay != nil || t.UpTo != nil {
			at = r.value(p.in("terms").item(i))
		}
	}
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		if limit := r.raw.Authority.Bot.By[code]; sums[code] > limit {
			r.add(at, "this option may pay %s, and the bot's authority ends at %s", Amount{sums[code], code}.format("en"), Amount{limit, code}.format("en"))
		}
	}
}
