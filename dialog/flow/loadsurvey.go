package flow

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// surveyFile is one entry of surveys. The zero value of a field means its
// default.
type surveyFile struct {
	After Duration `yaml:"after"` // after the matter's end (5m)
	Until Duration `yaml:"until"` // not asked any more after this (a day after After)
	Ask   []string `yaml:"ask"`   // outcome, process
	Most  int      `yaml:"most"`  // questions in all (3)
	Poor  int      `yaml:"poor"`  // of 9; at or below it a person hears (3)
	Owner string   `yaml:"owner"` // of the catalog's owners: who hears; empty = customer service
}

// followUpFile is one entry of follow_ups.
type followUpFile struct {
	After    Duration `yaml:"after"`     // after a promise was kept
	Until    Duration `yaml:"until"`     // not asked any more after this
	IfWanted string   `yaml:"if_wanted"` // only where the customer, answering this other one, wanted another
}

// hoursFile is quiet_hours. Both clock times alike mean that there are none.
type hoursFile struct {
	From string `yaml:"from"` // "21:00"
	To   string `yaml:"to"`   // "09:00"
}

// Defaults and bounds of surveys.
const (
	usualAfter = Duration(5 * time.Minute)
	usualUntil = Duration(24 * time.Hour)
	usualMost  = 3
	usualPoor  = 3
	maxAsked   = 6 // people take in no more
)

// usualQuiet is the part of the day in which nobody is asked how things went.
var usualQuiet = Hours{From: 21 * time.Hour, To: 9 * time.Hour}

// surveys checks what is asked after the end, in the order of the file.
func (d *document) surveys(f *flowFile, quiet Hours) []Survey {
	asked := map[expect.Aspect]string{}
	var out []Survey
	for _, name := range d.order[path("").in("surveys")] {
		raw, ok := f.Surveys[name]
		if !ok {
			continue
		}
		at := path("").in("surveys", name)
		d.plainName(at, name)
		after := cmp.Or(raw.After, usualAfter)
		s := Survey{Name: name, After: time.Duration(after), Until: time.Duration(cmp.Or(raw.Until, after+usualUntil)),
			Most: cmp.Or(raw.Most, usualMost), Poor: cmp.Or(raw.Poor, usualPoor), Owner: raw.Owner}
		d.between(at.in("most"), "most", s.Most, 1, maxAsked)
		d.between(at.in("poor"), "poor", s.Poor, 1, TopScore-1)
		d.window(at, s.After, s.Until, quiet)
		s.Ask = d.aspects(at, raw.Ask, asked, name)
		out = append(out, s)
	}
	return out
}

// aspects reads what a survey asks about. Two surveys never ask the same.
func (d *document) aspects(at path, ask []string, asked map[expect.Aspect]string, survey string) []expect.Aspect {
	if _, given := d.values[at.in("ask")]; len(ask) == 0 && !(given && d.broken) {
		d.add(d.key(at), "survey %q asks nothing; it needs ask: with %s", survey, listed(slices.Values(aspectNames())))
	}
	var out []expect.Aspect
	for i, name := range ask {
		a, where := expect.Aspect(name), d.value(at.in("ask").item(i))
		switch {
		case !slices.Contains(expect.Aspects(), a):
			d.addNear(where, nearest(name, slices.Values(aspectNames())), "a survey asks about %s, not %q", listed(slices.Values(aspectNames())), name)
		case asked[a] != "":
			d.add(where, "%s is asked about already, in survey %q: nobody is asked the same twice", name, asked[a])
		default:
			asked[a] = survey
			out = append(out, a)
		}
	}
	return out
}

func aspectNames() []string {
	var out []string
	for _, a := range expect.Aspects() {
		out = append(out, string(a))
	}
	return out
}

// followUps checks what is asked about kept promises, in the order of the
// file.
func (d *document) followUps(f *flowFile, quiet Hours) []FollowUp {
	var out []FollowUp
	after := map[string]string{}
	for _, name := range d.order[path("").in("follow_ups")] {
		raw, ok := f.FollowUps[name]
		if !ok {
			continue
		}
		at := path("").in("follow_ups", name)
		d.plainName(at, name)
		for key, v := range map[string]Duration{"after": raw.After, "until": raw.Until} {
			if v == 0 {
				d.add(d.value(at.in(key)), "follow-up %q needs %s: a time after the promise was kept, such as 3d", name, key)
			}
		}
		u := FollowUp{Name: name, After: time.Duration(raw.After), Until: time.Duration(raw.Until), IfWanted: raw.IfWanted}
		if u.After > 0 && u.Until > 0 {
			d.window(at, u.After, u.Until, quiet)
		}
		if w := u.IfWanted; w != "" {
			d.wanted(f, at.in("if_wanted"), name, w)
			if other := after[w]; other != "" {
				d.add(d.value(at.in("if_wanted")), "%q is followed by %q already: one more is asked at a time", w, other)
			}
			after[w] = name
		}
		out = append(out, u)
	}
	return out
}

// wanted checks which follow-up another comes after: one that the customer can
// have been asked, and earlier than this.
func (d *document) wanted(f *flowFile, at path, name, first string) {
	before, ok := f.FollowUps[first]
	switch {
	case !ok:
		d.addNear(d.value(at), nearestKey(first, f.FollowUps), "unknown follow-up %q", first)
	case first == name || before.IfWanted != "":
		d.add(d.value(at), "if_wanted names a follow-up that comes by itself; %q does not: at most two are asked about one thing", first)
	case f.FollowUps[name].After < before.Until:
		d.add(d.value(at), "%q may still be asked when %q begins: its until (%s) lies after this after (%s)", first, name,
			time.Duration(before.Until), time.Duration(f.FollowUps[name].After))
	}
}

// quiet reads the quiet hours.
func (d *document) quiet(f *flowFile) Hours {
	if f.QuietHours == nil {
		return usualQuiet
	}
	var h Hours
	at := path("").in("quiet_hours")
	for _, c := range []struct {
		key, text string
		into      *time.Duration
	}{{"from", f.QuietHours.From, &h.From}, {"to", f.QuietHours.To, &h.To}} {
		m := clockForm.FindStringSubmatch(c.text)
		if m == nil {
			d.add(d.value(at.in(c.key)), "quiet_hours needs %s: a clock time such as \"21:00\"", c.key)
			continue
		}
		*c.into, _ = time.ParseDuration(m[1] + "h" + m[2] + "m") // the form holds digits only
	}
	return h
}

// window refuses times in which the quiet hours could keep a question from
// ever being asked.
func (d *document) window(at path, after, until time.Duration, quiet Hours) {
	if until-after <= quiet.length() {
		d.add(d.value(at.in("until")), "until (%s) must lie after after (%s) by more than the quiet hours (%s), which may fall between", until, after, quiet.length())
	}
}

func (d *document) between(at path, key string, v, least, most int) {
	if v < least || v > most {
		d.add(d.value(at), "%s must lie between %d and %d", key, least, most)
	}
}

// plainName refuses names that could not stand in a line's key.
func (d *document) plainName(at path, name string) {
	if !nameForm.MatchString(name) {
		d.add(d.key(at), "the name %q must consist of small letters, digits and _, and begin with a letter", name)
	}
}

// surveyOwners checks, once the catalog is read, that whoever shall hear of a
// poor score is a department there.
func (p *parser) surveyOwners() {
	if p.raw == nil || p.doc.broken {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(p.machineFile.Surveys)) {
		owner := p.machineFile.Surveys[name].Owner
		if _, ok := p.raw.Owners[owner]; owner != "" && !ok {
			p.addNear(p.machineDoc.value(path("").in("surveys", name, "owner")), nearestKey(owner, p.raw.Owners), "unknown owner %q", owner)
		}
	}
}

// surveyKeys adds the lines that a flow's surveys and follow-ups need.
func surveyKeys(out map[string]keySpec, f *flowFile) {
	survey, follow := len(f.Surveys) > 0, len(f.FollowUps) > 0
	for _, g := range []struct {
		keys  string
		asked bool
		keySpec
	}{
		{"survey.outcome", survey, ask("wish", "first")},
		{"survey.process", survey, ask("first")},
		{"survey.thanks", survey, tell("poor")},
		{"survey.sorry", survey, tell("by", "owner")},
		{"survey.item", survey, with("wish", "score")},
		{"survey.treatment", survey, keySpec{}},
		{"promised.survey", survey, tell("items", "by")},
		{"point.survey", survey, ask("text")},
		{"follow_up.fine", follow, says},
		{"follow_up.again", follow, tell("by")},
		{"follow_up.wrong", follow, ask("text")},
		{"follow_up.passed", follow, tell("text", "by")},
		{"promised.follow_up", follow, tell("text", "by")},
		{"point.follow_up", follow, ask("text")},
		{"button.all_well button.ask_again button.not_well", follow, keySpec{}},
		{"card.reopened", follow, keySpec{statement: true, empty: true, vars: []string{"text"}}},
		{"asks.stopped", survey || follow, says},
	} {
		spec := g.keySpec
		spec.optional = !g.asked
		for _, key := range strings.Fields(g.keys) {
			out[key] = spec
		}
	}
	for name := range f.FollowUps {
		out["follow_up."+name] = ask("text", "again")
	}
}
