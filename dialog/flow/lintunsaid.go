package flow

import (
	"slices"
	"strings"
)

// unsaid finds lines that the flow will never say, because what they belong to
// is not there. Nobody keeps them up to date, and who reads the file believes
// them.
func (l *linter) unsaid() {
	u := l.usage()
	for _, w := range l.words {
		if why := u.never(w.key); why != "" {
			l.doubt("unsaid", w.whole(), Finding{Lang: w.lang, Better: "delete it"}, "line %q is never said: %s", w.key, why)
		}
	}
	l.overridden()
}

// overridden finds words of the folder that its lines say in other words.
func (l *linter) overridden() {
	lines := map[string]bool{}
	for _, w := range l.words {
		id := string(w.lang) + "\x00" + w.key
		switch {
		case w.doc.file == linesName(w.lang):
			lines[id] = true
		case lines[id]:
			l.doubt("unsaid", w.whole(), Finding{Lang: w.lang, Better: "keep one of the two"}, "line %q is never said from here: %s has its own", w.key, linesName(w.lang))
		}
	}
}

// usage is what a flow's states and catalog make use of.
type usage struct {
	kinds    map[Kind]bool
	asked    map[string]bool // slots
	menu     map[string]bool // services and incidents
	granted  map[string]bool
	implicit map[string]bool
	chosen   map[string]bool // "service.rung.option" of rungs with a choice
	single   map[string]bool // and of rungs without
}

func (l *linter) usage() usage {
	u := usage{kinds: map[Kind]bool{}, asked: map[string]bool{"wish": true, "incident": true}, menu: map[string]bool{}, granted: map[string]bool{},
		implicit: map[string]bool{}, chosen: map[string]bool{}, single: map[string]bool{}}
	for _, s := range l.states.States {
		u.kinds[s.Kind] = true
	}
	c := l.flow.Catalog
	u.asked[c.Lookup.Slot] = true
	for _, i := range c.Incidents {
		u.needs(i.Needs)
		u.menu[i.Name] = i.Menu
		for _, s := range i.Implicit {
			u.implicit[s] = true
		}
	}
	for _, s := range c.Services {
		u.needs(s.Needs)
		u.menu[s.Name] = u.menu[s.Name] || s.Menu
		u.granted[s.Name] = s.Grants()
		for _, taken := range s.Implicit {
			u.implicit[taken] = true
		}
		for _, r := range s.Ladder {
			for _, o := range r.options {
				key := s.Name + "." + r.ID + "." + o.id
				u.chosen[key], u.single[key] = len(r.options) > 1, len(r.options) < 2
			}
		}
	}
	return u
}

func (u usage) needs(slots []string) {
	for _, s := range slots {
		u.asked[s] = true
	}
}

// never says why a line is never said; "" where it may be.
func (u usage) never(key string) string {
	family, rest, _ := strings.Cut(key, ".")
	name, _, _ := strings.Cut(rest, ".")
	switch {
	case family == "ask" && slots[name] && !u.asked[name]:
		return "nothing in " + catalogName + " needs " + name
	case family == "menu" && !u.menu[rest]:
		return rest + " is on no menu (menu: true in " + catalogName + ")"
	case family == "grant" && !u.granted[rest] && rest != "":
		return "the service " + rest + " has no grant"
	case family == "implicit" && !u.implicit[rest]:
		return "no incident takes " + rest + " for granted"
	case family == "option" && u.single[rest]:
		return "its rung has one option, which is answered by yes and no"
	case family == "rung" && !u.kinds[Lower], family == "objection" && !u.kinds[Lower]:
		return "no state is of kind " + string(Lower)
	case family == "reask":
		for kind, k := range reasks {
			if k == key && !u.kinds[kind] {
				return "no state is of kind " + string(kind)
			}
		}
	}
	return u.stateless(key)
}

// stateless says that no state is of a kind that would say a line.
func (u usage) stateless(key string) string {
	for _, g := range fixedKeys {
		if len(g.kinds) == 0 || anyOf(u.kinds, g.kinds) || !slices.Contains(strings.Fields(g.keys), key) {
			continue
		}
		var kinds []string
		for _, k := range g.kinds {
			kinds = append(kinds, string(k))
		}
		return "no state is of kind " + strings.Join(kinds, " or ")
	}
	return ""
}
