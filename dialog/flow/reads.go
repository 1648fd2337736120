package flow

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Reads names what something is worked out from: slots the customer filled and
// facts that were looked up, each once, sorted. Words are variables of its
// wordings, which may stand for either. It is what a correction is held
// against: what reads none of what was corrected stays as it is.
type Reads struct{ Slots, Facts, Words []string }

// Any says whether anything of it hangs on one of the slots that changed, or,
// where the facts were looked up anew, on a fact. Facts are then those that
// were known before; nil says that they stand.
func (r Reads) Any(changed []string, facts map[string]string) bool {
	for _, name := range changed {
		if slices.Contains(r.Slots, name) || slices.Contains(r.Words, name) {
			return true
		}
	}
	if facts == nil {
		return false
	}
	if len(r.Facts) > 0 {
		return true // one that is unknown now may be known of the other order
	}
	for column := range facts {
		name, _, _ := strings.Cut(column, ".") // {item} reads item.en
		if slices.Contains(r.Words, name) || slices.Contains(r.Words, column) {
			return true
		}
	}
	return false
}

// ServiceReads is what decides on a service: what it needs, its verdicts, what
// it grants and how that is worded. Nothing for one the catalog does not have.
func (f *Flow) ServiceReads(name string) Reads {
	c := reader{flow: f}
	svc := f.Catalog.Service(name)
	if svc == nil {
		return Reads{}
	}
	c.slots = append(c.slots, svc.Needs...)
	if svc.Day != "" {
		c.facts = append(c.facts, svc.Day)
	}
	for _, v := range svc.verdicts {
		c.condition(v.when)
	}
	if svc.grant != nil {
		c.options([]option{*svc.grant})
	}
	if svc.bending != nil {
		c.condition(svc.bending.when)
		c.options([]option{svc.bending.option})
	}
	c.condition(svc.promised)
	if d := svc.Standard; d != nil {
		c.condition(d.when)
		c.moment(d.by)
	}
	c.words("wish."+name, "grant."+name, "goodwill."+name)
	return c.all()
}

// RungReads is what decides on one offer of a service: when it is made, what is
// in it and how it is worded. Nothing for a rung the ladder does not have.
func (f *Flow) RungReads(service, rung string) Reads {
	c := reader{flow: f}
	svc := f.Catalog.Service(service)
	if svc == nil {
		return Reads{}
	}
	for i := range svc.Ladder {
		r := &svc.Ladder[i]
		if r.ID != rung {
			continue
		}
		c.condition(r.when)
		c.options(r.options)
		c.words("rung." + service + "." + rung)
		for _, o := range r.options {
			c.words("option." + service + "." + rung + "." + o.id)
		}
	}
	return c.all()
}

// reader gathers names.
type reader struct {
	flow               *Flow
	slots, facts, vars []string
}

func (c *reader) all() Reads {
	return Reads{Slots: once(c.slots), Facts: once(c.facts), Words: once(c.vars)}
}

func once(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *reader) condition(k *condition) {
	if k == nil {
		return
	}
	c.condition(k.not)
	for _, list := range [][]*condition{k.all, k.any} {
		for _, part := range list {
			c.condition(part)
		}
	}
	c.operand(k.left)
	c.operand(k.right)
}

func (c *reader) operand(o operand) {
	if o.fact != "" {
		c.facts = append(c.facts, o.fact)
	}
	if o.slot != "" {
		c.slots = append(c.slots, o.slot)
	}
	if o.wish == "asked" || o.wish == "adequate" { // a day that is asked for comes from the slot
		c.slots = append(c.slots, "need_by")
	}
	if o.wish != "" { // the day that is hoped for is taken from the slot
		c.slots = append(c.slots, "need_by")
	}
	c.moment(o.moment)
}

func (c *reader) moment(m *momentExpr) {
	switch {
	case m == nil:
	case m.kind == factMoment:
		c.facts = append(c.facts, m.name)
	case m.kind == slotMoment:
		c.slots = append(c.slots, m.name)
	}
}

// options reads what is done and paid. Whatever is paid hangs on the order: in
// which currency, and whether it is known to be this customer's.
func (c *reader) options(list []option) {
	for _, o := range list {
		for _, t := range o.terms {
			c.moment(t.by)
			c.words("term." + t.do)
			for _, m := range []*Money{t.pay, t.upTo, t.worth} {
				if m != nil {
					c.facts = append(c.facts, "currency")
				}
				if m != nil && m.Fact != "" {
					c.facts = append(c.facts, m.Fact)
				}
			}
		}
	}
}

// words reads the wordings of keys, in every language and with every variant.
func (c *reader) words(keys ...string) {
	use := func(p part) { c.vars = append(c.vars, p.name) }
	for _, lang := range message.Langs() {
		for _, key := range keys {
			l := c.flow.lines[lang][key]
			for _, t := range l.plain {
				t.uses(use)
			}
			for _, v := range l.special {
				v.say.uses(use)
				for _, e := range v.when {
					c.vars = append(c.vars, e.name)
				}
			}
		}
	}
}
