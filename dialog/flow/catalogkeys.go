package flow

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
)

// catalogKeys adds the lines that belong to what the catalog holds.
func catalogKeys(out map[string]keySpec, kinds map[Kind]bool, c *catalogFile) {
	for name := range c.Owners {
		out["owner."+name] = keySpec{}
	}
	for name, i := range c.Incidents {
		out["story."+name] = keySpec{statement: true, optional: !kinds[Restate]}
		out["menu."+name] = keySpec{optional: !i.Menu}
		needKeys(out, kinds, i.Needs)
		for _, s := range i.Implicit {
			out["implicit."+s] = tell("wish")
		}
	}
	if c.Lookup.Slot != "" {
		needKeys(out, kinds, []string{c.Lookup.Slot})
	}
	for name, s := range c.Services {
		serviceKeys(out, kinds, name, s)
		for _, taken := range s.Implicit {
			out["implicit."+taken] = tell("wish")
		}
	}
}

// needKeys adds the questions for slots.
func needKeys(out map[string]keySpec, kinds map[Kind]bool, needs []string) {
	for _, slot := range needs {
		if !slots[slot] { // found wrong where it stands
			continue
		}
		spec := keySpec{question: true, optional: !kinds[Elicit]}
		out["ask."+slot], out["ask."+slot+".again"] = spec, spec
	}
}

func serviceKeys(out map[string]keySpec, kinds map[Kind]bool, name string, s serviceFile) {
	out["wish."+name] = keySpec{statement: true, vars: []string{"asked"}}
	out["label."+name] = keySpec{most: 24}
	out["menu."+name] = keySpec{optional: !s.Menu}
	if _, set := out["implicit."+name]; !set { // demanded where something takes it for granted
		out["implicit."+name] = keySpec{optional: true, statement: true, vars: []string{"wish"}}
	}
	out["fair."+name] = keySpec{optional: true, statement: true, vars: []string{"wish"}}
	out["patient."+name] = keySpec{optional: true, statement: true, vars: []string{"wish"}}
	if s.Standard != nil {
		out["standard."+name] = keySpec{optional: s.saysStandard() || !kinds[Lower], statement: true, vars: []string{"wish"}}
	}
	if s.Goodwill != nil {
		g := s.Goodwill.option()
		out["goodwill."+name] = keySpec{optional: !kinds[Assess], statement: true, vars: offerVars([]optionFile{g}, "terms", "wish")}
		termKeys(out, g)
	}
	out["grant."+name] = keySpec{optional: s.Grant == nil, statement: true, vars: offerVars([]optionFile{s.grantOption()}, "terms", "wish")}
	out["shelve."+name] = keySpec{optional: true, question: true, vars: []string{"wish", "wishes", "owner", "by"}}
	needKeys(out, kinds, s.Needs)
	for _, slot := range s.Needs { // a question in this service's own words
		out["ask."+slot+"."+name] = keySpec{question: true, optional: true}
	}
	if s.Grant != nil {
		termKeys(out, *s.Grant)
	}
	for _, r := range s.Ladder {
		key := "." + name + "." + r.ID
		vars := offerVars(r.Options, "wish", "asked", "top")
		out["rung"+key] = keySpec{question: true, optional: !kinds[Lower], vars: vars}
		for _, o := range r.Options {
			if o.ID == "" { // found wrong where it stands
				continue
			}
			out["option"+key+"."+o.ID] = keySpec{optional: len(r.Options) < 2 || !kinds[Lower], vars: vars}
			termKeys(out, o)
		}
	}
}

// termKeys adds the clauses of what is done.
func termKeys(out map[string]keySpec, o optionFile) {
	for _, t := range o.Terms {
		if t.Do == "" { // found wrong where it stands
			continue
		}
		out["term."+t.Do] = tell("by", "pay", "owner")
	}
}

// offerVars are the variables of a line that makes an offer: what is paid and
// by when, in all and of each term.
func offerVars(options []optionFile, more ...string) []string {
	vars := append([]string{"pay", "by"}, more...)
	for _, o := range options {
		for _, t := range o.Terms {
			vars = append(vars, "pay."+t.Do, "by."+t.Do)
		}
	}
	return vars
}

// saysStandard says whether a rung of the ladder has the standard's words.
func (s serviceFile) saysStandard() bool {
	return slices.ContainsFunc(s.Ladder, func(r rungFile) bool { return slices.Contains(r.Techniques, string(expect.Standard)) })
}

// grantOption is what is granted; the zero option where nothing is.
func (s serviceFile) grantOption() optionFile {
	if s.Grant == nil {
		return optionFile{}
	}
	return *s.Grant
}
