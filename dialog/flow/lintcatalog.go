package flow

import (
	"maps"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// stock finds what the catalog holds and nothing reaches.
func (l *linter) stock() {
	top := path("")
	reached := map[string]bool{}
	for _, i := range l.catalog.Incidents {
		for _, s := range slices.Concat(i.Offers, i.Implicit) {
			reached[s] = true
		}
	}
	for _, s := range l.catalog.Services {
		for _, taken := range s.Implicit {
			reached[taken] = true
		}
	}
	for name, s := range l.catalog.Services {
		if !reached[name] && !s.Menu && len(s.Heard) == 0 {
			l.doubt("unused", l.stocked.key(top.in("services", name)), Finding{Better: "give it heard or menu: true, or let an incident offer it"},
				"no customer comes to the service %q: it is not heard, on no menu, and no incident offers it", name)
		}
	}
	for name, i := range l.catalog.Incidents {
		if len(i.Heard) == 0 && !i.Menu {
			l.doubt("unused", l.stocked.key(top.in("incidents", name)), Finding{Better: "give it heard or menu: true"}, "no customer comes to the incident %q: it is not heard and on no menu", name)
		}
	}
	owners := map[string]bool{}
	each(l.stocked.root, func(key string, value *yaml.Node) {
		if key == "owner" && value.Kind == yaml.ScalarNode {
			owners[value.Value] = true
		}
	})
	each(l.machine.root, func(key string, value *yaml.Node) {
		if key == "owner" {
			owners[value.Value] = true
		}
	})
	for name := range l.catalog.Owners {
		if !owners[name] {
			l.doubt("unused", l.stocked.key(top.in("owners", name)), Finding{Better: "delete it, or name it as the owner of a service or a term"}, "nothing belongs to the owner %q", name)
		}
	}
}

// each calls visit for every key of a file and its value, whatever they lie
// in, so that what is looked for is found in parts of the format that are
// newer than the one who looks.
func each(n *yaml.Node, visit func(key string, value *yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			visit(n.Content[i].Value, n.Content[i+1])
			each(n.Content[i+1], visit)
		}
		return
	}
	for _, c := range n.Content {
		each(c, visit)
	}
}

// amounts finds money that makes no sense together: an authority that names a
// currency the one above it does not, offers that are never on the table for
// a currency the orders are in.
func (l *linter) amounts() {
	p, a := path("").in("authority"), l.catalog.Authority
	for _, m := range []struct {
		low, high string
		of, by    Money
	}{{"bot", "agent", a.Bot, a.Agent}, {"agent", "manager", a.Agent, a.Manager}} {
		if len(m.by.By) == 0 {
			continue // whoever is not named decides nothing here
		}
		for _, code := range slices.Sorted(maps.Keys(m.of.By)) {
			if _, ok := m.by.By[code]; !ok {
				l.doubt("money", l.stocked.key(p.in(m.high)), Finding{Better: m.high + " should name at least as much " + code}, "%s may give %s and %s may not: nobody above %s could say yes", m.low, code, m.high, m.low)
			}
		}
	}
	for _, code := range l.columns.currencies() {
		if _, ok := a.Bot.By[code]; !ok && len(a.Bot.By) > 0 {
			l.doubt("money", l.stocked.key(p.in("bot")), Finding{Better: "name an amount in " + code}, "%s holds orders in %s, and the bot may give no %s: nothing that costs money is offered for them", factsName, code, code)
		}
	}
	l.unpaid()
}

// unpaid finds amounts that leave out a currency of the orders.
func (l *linter) unpaid() {
	each(l.stocked.root, func(key string, value *yaml.Node) {
		if key != "pay" && key != "up_to" && key != "worth" || value.Kind != yaml.MappingNode {
			return
		}
		has := map[string]bool{}
		for i := 0; i+1 < len(value.Content); i += 2 {
			has[value.Content[i].Value] = true
		}
		for _, code := range l.columns.currencies() {
			if !has[code] {
				l.doubt("money", mark{catalogName, value.Line, value.Column}, Finding{Better: "name an amount in " + code}, "%s holds orders in %s and this amount names none: the offer is never on the table for them", factsName, code)
			}
		}
	})
}

// times finds spans that make no sense together.
func (l *linter) times() {
	limits, promises := l.flow.Limits, l.flow.Promises
	at := func(keys ...string) mark { return l.machine.value(path("").in(keys...)) }
	if promises.Remind >= promises.Answer {
		l.doubt("time", at("promises", "remind"), Finding{Better: "remind a fraction of answer before the deadline"}, "the owner is reminded %s before a deadline that is %s away: at once", spanned(time.Duration(promises.Remind)), spanned(time.Duration(promises.Answer)))
	}
	for name, s := range l.states.States {
		switch quiet, wait := time.Duration(s.Quiet), time.Duration(s.Wait); {
		case quiet >= time.Duration(limits.Reminder):
			l.doubt("time", at("states", name, "quiet"), Finding{State: name, Better: "3s"}, "the bot waits %s for a burst to end and reminds after %s: the reminder comes before the answer", spanned(quiet), spanned(time.Duration(limits.Reminder)))
		case quiet > 30*time.Second:
			l.doubt("time", at("states", name, "quiet"), Finding{State: name, Better: "3s"}, "the bot says nothing for %s after each message; people expect an answer in seconds", spanned(quiet))
		case s.Kind == Lookup && wait > time.Minute:
			l.doubt("time", at("states", name, "wait"), Finding{State: name, Better: "10s"}, "a customer waits up to %s for a look-up without a word", spanned(wait))
		case s.Kind == Queue && wait >= time.Duration(limits.Close):
			l.doubt("time", at("states", name, "wait"), Finding{State: name, Better: "5m"}, "a customer waits %s for a person before anything is said; the fair close is after %s", spanned(wait), spanned(time.Duration(limits.Close)))
		}
	}
	l.short(time.Duration(promises.Remind))
}

// short finds terms that fall due before their owner would be reminded.
func (l *linter) short(remind time.Duration) {
	each(l.stocked.root, func(key string, value *yaml.Node) {
		if key != "by" || value.Kind != yaml.ScalarNode || strings.HasPrefix(value.Value, "fact:") || strings.HasPrefix(value.Value, "slot:") {
			return
		}
		if e, err := parseMoment(value.Value); err == nil && e.kind == spanFromNow && !e.clocks && e.span > 0 && e.span <= remind {
			l.doubt("time", mark{catalogName, value.Line, value.Column}, Finding{Better: "give it longer, or shorten remind in " + flowName}, "this is due in %s, and its owner is reminded %s before: at once", spanned(e.span), spanned(remind))
		}
	})
}
