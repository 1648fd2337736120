package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
)

// catalogReader checks catalog.yaml and compiles it.
type catalogReader struct {
	table bool // there is a facts.csv
	*document
	raw   catalogFile
	facts map[string]bool // nil = facts.csv could not be read; nothing is known of facts
	house *house
}

// read gives the compiled catalog. Whether it may be used depends on the
// report.
func (r *catalogReader) read() Catalog {
	top := path("")
	r.house = &house{currency: r.raw.Currency, authority: r.raw.Authority, goodwill: r.raw.Goodwill}
	c := Catalog{Currency: r.raw.Currency, Authority: r.raw.Authority, Owners: map[string]Owner{}, Goodwill: r.raw.Goodwill}
	if _, ok := currencies[c.Currency]; !ok {
		r.addNear(r.value(top.in("currency")), nearestKey(c.Currency, currencies), "unknown currency %q; known are %s", c.Currency, listed(maps.Keys(currencies)))
	}
	r.authority(top.in("authority"))
	r.budget(top.in("goodwill"))
	c.methods = r.methodsOf(top.in("objections"), r.raw.Objections)
	for name, o := range r.raw.Owners {
		r.slug(top.in("owners", name), "an owner", name)
		c.Owners[name] = Owner(o)
	}
	c.Lookup = r.lookup(top.in("lookup"))
	for _, name := range r.order[top.in("incidents")] {
		if i, ok := r.raw.Incidents[name]; ok {
			c.Incidents = append(c.Incidents, r.incident(top.in("incidents", name), name, i))
		}
	}
	for _, name := range r.order[top.in("services")] {
		if s, ok := r.raw.Services[name]; ok {
			c.Services = append(c.Services, r.service(top.in("services", name), name, s))
		}
	}
	if len(c.Services) == 0 {
		r.add(r.key(top.in("services")), "services is missing: a flow negotiates about at least one")
	}
	return c
}

func (r *catalogReader) slug(p path, what, name string) {
	if !slug.MatchString(name) {
		r.add(r.key(p), "the name of %s has small letters, digits, - and _ only, and begins with a letter: %q does not", what, name)
	}
}

// oneOf checks a name against a closed list.
func oneOf[V any](r *catalogReader, p path, what, name string, known map[string]V) bool {
	_, ok := known[name]
	if !ok && !r.full() {
		r.addNear(r.value(p), nearestKey(name, known), "unknown %s %q", what, name)
	}
	return ok
}

// authority checks that nobody may give less than who stands below them.
func (r *catalogReader) authority(p path) {
	a := r.raw.Authority
	for _, m := range []struct {
		key, next string
		low, high Money
	}{{"unverified", "bot", a.Unverified, a.Bot}, {"bot", "agent", a.Bot, a.Agent}, {"agent", "manager", a.Agent, a.Manager}} {
		if m.low.Fact != "" {
			r.add(r.value(p.in(m.key)), "an authority is an amount by currency, not a fact")
		}
		for _, code := range slices.Sorted(maps.Keys(m.low.By)) {
			if most, given := m.high.By[code]; m.low.By[code] > most && (given || m.next == "bot") {
				r.add(r.value(p.in(m.key, code)), "%s may give more %s here than %s", m.key, code, m.next)
			}
		}
	}
	if a.Manager.Fact != "" {
		r.add(r.value(p.in("manager")), "an authority is an amount by currency, not a fact")
	}
}

func (r *catalogReader) incident(p path, name string, f incidentFile) *Incident {
	r.slug(p, "an incident", name)
	if name == "none" || name == "occasion" {
		r.add(r.key(p), "%q is a reserved name: the line story.%s is the engine's", name, name)
	}
	r.each(p.in("needs"), "slot", f.Needs, slots, nil)
	services(r, p.in("offers"), f.Offers, "")
	services(r, p.in("implicit"), f.Implicit, "")
	out := &Incident{Name: name, Heard: f.Heard, Needs: f.Needs, Offers: f.Offers, Implicit: f.Implicit, Menu: f.Menu}
	out.Losses = r.losses(p.in("losses"), f.Losses)
	return out
}

// services checks a list of services; self may not be among them.
func services(r *catalogReader, p path, list []string, self string) {
	r.each(p, "service", list, nil, func(i int, name string) {
		if name == self {
			r.add(r.value(p.item(i)), "%q stands among its own %s", name, p.last())
			return
		}
		oneOf(r, p.item(i), "service", name, r.raw.Services)
	})
}

// each checks a list of names: none twice, all known, or good by check.
func (r *catalogReader) each(p path, what string, list []string, known map[string]bool, check func(i int, name string)) {
	seen := map[string]bool{}
	for i, name := range list {
		switch {
		case seen[name]:
			r.add(r.value(p.item(i)), "%s %q is given twice", what, name)
		case check != nil:
			check(i, name)
		default:
			oneOf(r, p.item(i), what, name, known)
		}
		seen[name] = true
	}
}

var scales = map[string]Scale{"yes": ScaleYes, "date": ScaleDate, "duration": ScaleDuration, "money": ScaleMoney,
	"quantity": ScaleQuantity, "option": ScaleOption}

func (r *catalogReader) service(p path, name string, f serviceFile) *Service {
	r.slug(p, "a service", name)
	s := &Service{Name: name, Heard: f.Heard, Needs: f.Needs, Implicit: f.Implicit, Conflicts: f.Conflicts, Scale: f.Scale, Day: f.Day, Values: f.Values, Menu: f.Menu, Owner: f.Owner, house: r.house}
	r.scale(p, name, f)
	r.each(p.in("needs"), "slot", f.Needs, slots, nil)
	services(r, p.in("implicit"), f.Implicit, name)
	services(r, p.in("conflicts"), f.Conflicts, name)
	if f.Owner != "" {
		oneOf(r, p.in("owner"), "owner", f.Owner, r.raw.Owners)
	}
	if s.Aspect = expect.Aspect(f.Aspect); f.Aspect != "" {
		oneOf(r, p.in("aspect"), "aspect", f.Aspect, namesOf(expect.Aspects()))
	}
	s.Losses = r.losses(p.in("losses"), f.Losses)
	s.verdicts = r.verdicts(p.in("verdict"), f.Verdict)
	for _, v := range s.verdicts {
		if v.is == expect.Meet && f.Grant == nil {
			r.add(r.key(p.in("verdict")), "service %q can be met but has no grant: what is then promised", name)
		}
	}
	if f.Grant != nil {
		o := r.option(p.in("grant"), *f.Grant, f.Owner)
		s.grant = &o
	}
	s.Ladder = r.ladder(p.in("ladder"), f)
	r.partials(p.in("ladder"), s)
	s.promised = r.condition(p.in("promised"), f.Promised)
	s.Standard = r.standard(p.in("standard"), f)
	s.bending = r.goodwill(p.in("goodwill"), f)
	s.methods = r.methodsOf(p.in("objections"), f.Objections)
	return s
}

// scale checks what a service is measured in, and the values there are.
func (r *catalogReader) scale(p path, name string, f serviceFile) {
	if f.Scale == "" {
		r.add(r.key(p), "service %q has no scale; scales are %s", name, listed(maps.Keys(scales)))
	} else {
		oneOf(r, p.in("scale"), "scale", string(f.Scale), scales)
	}
	switch {
	case f.Scale == ScaleOption && len(f.Values) < 2:
		r.add(r.value(p.in("scale")), "the scale option needs values: at least two to choose from")
	case f.Scale != ScaleOption && len(f.Values) > 0:
		r.add(r.key(p.in("values")), "values belong to the scale option")
	}
	switch {
	case f.Day != "" && f.Scale != "" && !f.Scale.Timely():
		r.add(r.key(p.in("day")), "day belongs to the scales date and duration")
	case f.Day != "":
		r.names(p.in("day"), f.Day, p, "")
	}
	r.each(p.in("values"), "value", f.Values, nil, func(i int, v string) {
		if !slug.MatchString(v) {
			r.add(r.value(p.in("values").item(i)), "a value has small letters, digits, - and _ only, and begins with a letter: %q does not", v)
		}
	})
}

// losses checks a list of losses.
func (r *catalogReader) losses(p path, list []string) []expect.Loss {
	r.each(p, "loss", list, namesOf(expect.Losses()), nil)
	var out []expect.Loss
	for _, l := range list {
		out = append(out, expect.Loss(l))
	}
	return out
}

// verdicts checks and compiles a service's rules.
func (r *catalogReader) verdicts(p path, rules []verdictFile) []verdict {
	var out []verdict
	for i, v := range rules {
		at := p.item(i)
		out = append(out, verdict{when: r.condition(at.in("when"), v.When), is: expect.Verdict(v.Verdict)})
		if v.Verdict == "" {
			r.add(r.key(at.in("verdict")), "verdict is missing; verdicts are %s", listed(maps.Keys(verdicts())))
		} else {
			oneOf(r, at.in("verdict"), "verdict", v.Verdict, verdicts())
		}
		if i > 0 && rules[i-1].When == nil {
			r.add(r.value(at), "never reached: the rule before it has no condition and always holds")
		}
	}
	return out
}

func verdicts() map[string]bool {
	out := map[string]bool{}
	for _, v := range expect.Verdicts() {
		out[string(v)] = true
	}
	return out
}
