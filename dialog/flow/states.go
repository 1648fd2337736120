package flow

import (
	"maps"
	"slices"
)

// state checks one entry of states and says whether its kind is known, so
// that its edges can be compiled.
func (d *document) state(f *flowFile, name string, s stateFile) bool {
	p := path("").in("states", name)
	switch {
	case reserved[name]:
		d.add(d.key(p), "%q is a reserved name", name)
	case !slug.MatchString(name):
		d.add(d.key(p), "a state's name has small letters, digits, - and _ only, and begins with a letter: %q does not", name)
	}
	if _, ok := classesOf[s.Kind]; !ok {
		d.kindless(p, s.Kind)
		return false
	}
	if s.Quiet != 0 && s.Kind != Listen {
		d.add(d.key(p.in("quiet")), "quiet has no meaning in a state of kind %s; only %s waits for a burst to end", s.Kind, Listen)
	}
	switch {
	case s.Wait != 0 && !s.Kind.waits() && s.Kind != Owned:
		d.add(d.key(p.in("wait")), "wait has no meaning in a state of kind %s; only %s, %s and %s wait for something to come", s.Kind, Lookup, Queue, Owned)
	case s.Wait == 0 && s.Kind.waits() && d.values[p.in("wait")] == mark{}:
		d.add(d.key(p), "state %q (%s) needs a wait: how long before %q is taken", name, s.Kind, Late)
	}
	d.notAtOnce(p.in("wait"), s.Wait)
	for _, class := range d.order[p.in("on")] {
		at := p.in("on", class)
		if !s.Kind.takes(ClassName(class)) {
			taken := joined(classesOf[s.Kind].must, classesOf[s.Kind].may)
			d.addNear(d.key(at), nearest(class, names(taken)), "a state of kind %s takes no %q; it takes %s", s.Kind, class, listed(names(taken)))
			continue
		}
		d.edge(f, at, s.On[class], ClassName(class), s.Kind.acts())
	}
	return true
}

func (d *document) kindless(p path, k Kind) {
	if k == "" {
		d.add(d.key(p), "kind is missing; kinds are %s", listed(slices.Values(kindNames())))
		return
	}
	d.addNear(d.value(p.in("kind")), nearest(string(k), slices.Values(kindNames())), "unknown kind %q; kinds are %s", k, listed(slices.Values(kindNames())))
}

// anywhere checks the edges that every waiting state has.
func (d *document) anywhere(f *flowFile) {
	p := path("").in("anywhere")
	known := map[string]bool{}
	for _, c := range classesOf {
		for _, class := range joined(c.must, c.may) {
			known[string(class)] = true
		}
	}
	for _, class := range d.order[p] {
		if !known[class] {
			d.addNear(d.key(p.in(class)), nearestKey(class, known), "no state takes %q", class)
			continue
		}
		d.edge(f, p.in(class), f.Anywhere[class], ClassName(class), false)
	}
	if len(f.States) == 0 {
		return
	}
	for _, need := range []struct {
		kind Kind
		why  string
	}{{End, "no conversation could end"}, {Queue, "nobody could be handed over"}, {Owned, "nobody could take a hand-off"}} {
		if !has(f.States, need.kind) {
			d.add(d.key(path("").in("states")), "no state is of kind %s: %s", need.kind, need.why)
		}
	}
}

// edge checks one transition.
func (d *document) edge(f *flowFile, p path, e edgeFile, class ClassName, acts bool) {
	d.target(f, p, "to", e.To, acts)
	if e.Spend == "" {
		if e.Else != "" {
			d.add(d.key(p.in("else")), "else without spend is never taken")
		}
		return
	}
	budget, ok := budgets[e.Spend]
	if !ok {
		d.addNear(d.value(p.in("spend")), nearestKey(e.Spend, budgets), "unknown budget %q; budgets are %s", e.Spend, listed(maps.Keys(budgets)))
		return
	}
	// After the one reminder the next silence comes by another timer, so
	// there is no loop to leave.
	if e.Else == "" && budget == SpendReminder {
		return
	}
	if e.Else == "" || e.Else == stay {
		d.add(d.value(p), "the edge for %q spends %s but has no way out: else must name the state to go to when it is used up", class, e.Spend)
		return
	}
	d.target(f, p, "else", e.Else, acts)
}

// target checks the state an edge leads to.
func (d *document) target(f *flowFile, p path, key, to string, acts bool) {
	at := d.value(p)
	if m, ok := d.values[p.in(key)]; ok {
		at = m
	}
	_, ok := f.States[to]
	switch {
	case ok:
	case to == "":
		d.add(at, "the edge leads nowhere: name a state, or %q", stay)
	case to == stay && acts:
		d.add(at, "a state that acts and moves on cannot stay")
	case to != stay:
		d.unknownState(to, at)
	}
}

// names gives classes as text.
func names(cs []ClassName) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, c := range cs {
			if !yield(string(c)) {
				return
			}
		}
	}
}
