package flow

import (
	"maps"

	"github.com/accord-chat/accord/dialog/expect"
)

// Standard is what law, trade or a rule of the house says about a service.
// Its words are the line standard.<service>.
type Standard struct {
	Kind expect.StandardKind

	when  *condition
	pay   *Money
	by    *momentExpr
	count int64
}

// Reasonable says how a wish for the service stands to the stated standard.
// It is not known where none is stated, where nothing was looked up that the
// standard is about, or where it names a level and the wish none that can be
// held against it: then only a condition that fails decides.
func (s *Service) Reasonable(e expect.Expectation, env Env) expect.Reasonable {
	d := s.Standard
	if d == nil || !env.Verified && (d.when != nil || d.pay != nil && d.pay.Fact != "") {
		return expect.MaybeSo
	}
	env.Wish = &e
	if !d.when.holds(env, s.house.currency) {
		return expect.NotReasonable
	}
	within, known := d.covers(e.Asked, env, s.house.currency)
	switch {
	case !known && d.when == nil:
		return expect.MaybeSo
	case known && !within:
		return expect.NotReasonable
	}
	return expect.IsReasonable
}

// covers holds what is asked against the standard's level; known is false
// where one of the two is missing.
func (d *Standard) covers(asked expect.Level, env Env, usual string) (within, known bool) {
	switch {
	case d.pay != nil && asked.Amount != 0:
		cur := env.currency(usual)
		most, ok := d.pay.in(env, cur)
		if !ok || asked.Currency != "" && asked.Currency != cur {
			return false, false
		}
		return asked.Amount <= most, true
	case d.by != nil && !asked.By.IsZero():
		earliest, ok := d.by.in(env)
		want, _ := levelValue(asked, env, usual)
		return ok && want.when.compare(earliest) >= 0, ok
	case d.count != 0 && asked.Count != 0:
		return asked.Count <= d.count, true
	}
	return false, false
}

// standard checks and compiles what a service's standard is; nil where the
// file gives none.
func (r *catalogReader) standard(p path, s serviceFile) *Standard {
	f := s.Standard
	if f == nil {
		return nil
	}
	out := &Standard{Kind: expect.StandardKind(f.Kind), when: r.condition(p.in("when"), f.When), pay: f.Pay, count: int64(f.Count)}
	if f.Kind == "" {
		r.add(r.key(p), "kind is missing in this standard; kinds are %s", listed(maps.Keys(namesOf(expect.StandardKinds()))))
	} else {
		oneOf(r, p.in("kind"), "kind of standard", f.Kind, namesOf(expect.StandardKinds()))
	}
	r.pay(p.in("pay"), f.Pay)
	if f.By != "" {
		out.by = r.moment(p.in("by"), f.By)
	}
	if f.Count < 0 {
		r.add(r.value(p.in("count")), "count is at least 1")
	}
	r.fits(p, s)
	return out
}

// fits sees to it that a standard says something, on the service's scale.
func (r *catalogReader) fits(p path, s serviceFile) {
	f, set := s.Standard, 0
	for _, level := range []struct {
		key        string
		given, may bool
	}{{"pay", f.Pay != nil, s.Scale == ScaleMoney}, {"by", f.By != "", s.Scale.Timely()}, {"count", f.Count != 0, s.Scale == ScaleQuantity}} {
		if !level.given {
			continue
		}
		set++
		if !level.may {
			r.add(r.key(p.in(level.key)), "%s does not fit the scale %s", level.key, s.Scale)
		}
	}
	if set == 0 && f.When == nil {
		r.add(r.key(p), "this standard decides nothing: it needs when, or the level that is reasonable (pay, by or count)")
	}
}

// namesOf makes a set of names out of a closed list.
func namesOf[T ~string](list []T) map[string]bool {
	out := map[string]bool{}
	for _, v := range list {
		out[string(v)] = true
	}
	return out
}
