package flow

import (
	"maps"
	"regexp"
	"regexp/syntax"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
)

// catalogReader checks catalog.yaml and compiles it.
type catalogReader struct {
	*document
	raw   catalogFile
	facts map[string]bool // nil = facts.csv could not be read; nothing is known of facts
	house *house
}

// read gives the compiled catalog. Whether it may be used depends on the
// report.
func (r *catalogReader) read() Catalog {
	top := path("")
	r.house = &house{currency: r.raw.Currency, authority: r.raw.Authority}
	c := Catalog{Currency: r.raw.Currency, Authority: r.raw.Authority, Owners: map[string]Owner{}}
	if _, ok := currencies[c.Currency]; !ok {
		r.addNear(r.value(top.in("currency")), nearestKey(c.Currency, currencies), "unknown currency %q; known are %s", c.Currency, listed(maps.Keys(currencies)))
	}
	r.authority(top.in("authority"))
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

// Bounds of a regular expression. Go's engine takes linear time, yet a small
// pattern that repeats repetitions can compile to thousands of steps.
const (
	maxPattern = 256
	maxSteps   = 500
)

func (r *catalogReader) lookup(p path) LookupRule {
	f := r.raw.Lookup
	out := LookupRule{Slot: f.Slot, Key: f.Key}
	if f == (lookupFile{}) {
		return out
	}
	switch {
	case f.Slot == "":
		r.add(r.key(p.in("slot")), "slot is missing: what the customer names, such as order")
	default:
		oneOf(r, p.in("slot"), "slot", f.Slot, slots)
	}
	switch {
	case f.Key == "":
		r.add(r.key(p.in("key")), "key is missing: the column of facts.csv it is compared with")
	case r.facts != nil:
		oneOf(r, p.in("key"), "fact", f.Key, r.facts)
	}
	if f.Pattern != "" {
		out.Pattern = r.pattern(p.in("pattern"), f.Pattern)
	}
	return out
}

func (r *catalogReader) pattern(p path, text string) *regexp.Regexp {
	if len(text) > maxPattern {
		r.add(r.value(p), "the pattern has %d bytes; at most %d are allowed", len(text), maxPattern)
		return nil
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		r.add(r.value(p), "the pattern cannot be read: %v", err)
		return nil
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > maxSteps {
		r.add(r.value(p), "the pattern is too costly: it has more than %d steps", maxSteps)
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		r.add(r.value(p), "the pattern cannot be read: %v", err)
	}
	return re
}

func (r *catalogReader) incident(p path, name string, f incidentFile) *Incident {
	r.slug(p, "an incident", name)
	if name == "none" || name == "occasion" {
		r.add(r.key(p), "%q is a reserved name: the line story.%s is the engine's", name, name)
	}
	r.each(p.in("needs"), "slot", f.Needs, slots, nil)
	services(r, p.in("offers"), f.Offers, "")
	services(r, p.in("implicit"), f.Implicit, "")
	return &Incident{Name: name, Heard: f.Heard, Needs: f.Needs, Offers: f.Offers, Implicit: f.Implicit, Menu: f.Menu}
}

// services checks a list of services; self may not be among them.
func services(r *catalogReader, p path, list []string, self string) {
	r.each(p, "service", list, nil, func(i int, name string) {
		if name == self {
			r.add(r.value(p.item(i)), "%q conflicts with itself", name)
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

var scales = map[string]Scale{"yes": ScaleYes, "date": ScaleDate, "money": ScaleMoney}

func (r *catalogReader) service(p path, name string, f serviceFile) *Service {
	r.slug(p, "a service", name)
	if f.Scale == "" {
		r.add(r.key(p), "service %q has no scale; scales are %s", name, listed(maps.Keys(scales)))
	} else {
		oneOf(r, p.in("scale"), "scale", string(f.Scale), scales)
	}
	r.each(p.in("needs"), "slot", f.Needs, slots, nil)
	services(r, p.in("conflicts"), f.Conflicts, name)
	if f.Owner != "" {
		oneOf(r, p.in("owner"), "owner", f.Owner, r.raw.Owners)
	}
	s := &Service{Name: name, Heard: f.Heard, Needs: f.Needs, Conflicts: f.Conflicts, Scale: f.Scale, Menu: f.Menu, Owner: f.Owner, house: r.house}
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
	return s
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
