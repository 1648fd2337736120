package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// maxChoices is the most options of an offer: people take in no more.
const maxChoices = 6

// maxRungs is the most rungs of a ladder; a customer hears a handful at most,
// and each is compared with all others.
const maxRungs = 20

// ladder checks and compiles a service's rungs.
func (r *catalogReader) ladder(p path, s serviceFile) []Rung {
	var out []Rung
	if len(s.Ladder) > maxRungs {
		r.add(r.value(p.item(maxRungs)), "a ladder has at most %d rungs", maxRungs)
		return nil
	}
	first := map[string]int{}
	for i, f := range s.Ladder {
		at := p.item(i)
		switch j, twice := first[f.ID]; {
		case f.ID == "":
			r.add(r.value(at), "id is missing in this rung")
		case twice:
			r.add(r.value(at.in("id")), "the rung %q is given already in line %d", f.ID, r.value(p.item(j).in("id")).line)
		case !slug.MatchString(f.ID):
			r.add(r.value(at.in("id")), "the id of a rung has small letters, digits, - and _ only, and begins with a letter: %q does not", f.ID)
		}
		first[f.ID] = i
		out = append(out, r.rung(at, f, s.Owner))
	}
	r.standards(p, s)
	r.firstMoves(p, s.Ladder)
	r.dominance(p, s.Ladder, out)
	return out
}

// firstMoves holds what can be seen of a ladder's opening, and of what it makes
// good: an alternative with nothing beside it is no choice yet.
func (r *catalogReader) firstMoves(p path, rungs []rungFile) {
	for i, f := range rungs {
		at := p.item(i)
		if i == 0 && len(f.Options) == 1 && slices.Contains(f.Techniques, string(expect.Alternate)) {
			r.add(r.value(at), "alternative in the first rung needs two options: until then nothing else is on the table")
		}
		if len(f.For) > 0 && !slices.Contains(f.Techniques, string(expect.Compensate)) {
			r.add(r.key(at.in("for")), "for belongs to the technique compensate: it says what is made good")
		}
	}
}

// partials finds a part that is the whole: what is granted where the wish can
// be met is not offered as less than it.
func (r *catalogReader) partials(p path, s *Service) {
	if s.grant == nil || len(s.grant.terms) == 0 {
		return
	}
	for i := range s.Ladder {
		rung := &s.Ladder[i]
		for _, o := range rung.options {
			if rung.Uses(expect.PartNow) && o.asGood(*s.grant) {
				r.add(r.value(p.item(i)), "the rung %q is partial and offers all that is granted", rung.ID)
			}
		}
	}
}

// standards sees to it that a rule is said once at most, and never last.
func (r *catalogReader) standards(p path, s serviceFile) {
	said, rungs := -1, s.Ladder
	for i, f := range rungs {
		for j, t := range f.Techniques {
			if t != string(expect.Standard) {
				continue
			}
			at := r.value(p.item(i).in("technique").item(j))
			if said >= 0 {
				r.add(at, "standard is used already in line %d: a rule is never said twice", r.value(p.item(said)).line)
			}
			if s.Standard == nil {
				r.add(at, "the service states no standard: standard says of what kind it is, and by what a wish is reasonable")
			}
			if i == len(rungs)-1 {
				r.add(at, "standard must not be the last rung: a rule alone is no way out")
			}
			said = i
		}
	}
}

func (r *catalogReader) rung(p path, f rungFile, owner string) Rung {
	out := Rung{ID: f.ID, house: r.house, when: r.condition(p.in("when"), f.When)}
	if len(f.Techniques) == 0 {
		r.add(r.value(p), "technique is missing; techniques are %s", listed(maps.Keys(techniques())))
	}
	r.each(p.in("technique"), "technique", f.Techniques, techniques(), nil)
	for _, t := range f.Techniques {
		out.Techniques = append(out.Techniques, expect.Technique(t))
	}
	r.each(p.in("answers"), "objection", f.Answers, nil, func(i int, name string) {
		oneOf(r, p.in("answers").item(i), "objection", name, objections)
	})
	for _, a := range f.Answers {
		out.Answers = append(out.Answers, message.Objection(a))
	}
	out.For, out.Recovers = r.losses(p.in("for"), f.For), f.Recovers
	if len(f.Options) == 0 {
		r.add(r.value(p), "options is missing: what this rung offers")
	}
	out.options = r.options(p.in("options"), f.Options, owner)
	return out
}

func (r *catalogReader) options(p path, files []optionFile, owner string) []option {
	if len(files) > maxChoices {
		r.add(r.value(p.item(maxChoices)), "a rung has at most %d options", maxChoices)
		return nil
	}
	var out []option
	ids := map[string]bool{}
	for i, o := range files {
		at := p.item(i)
		switch {
		case o.ID == "":
			r.add(r.value(at), "id is missing in this option")
		case ids[o.ID]:
			r.add(r.value(at.in("id")), "the option %q is given twice", o.ID)
		}
		ids[o.ID] = true
		if len(o.Terms) == 0 {
			r.add(r.value(at), "terms is missing: what would be done")
		}
		out = append(out, r.option(at, o, owner))
	}
	return out
}

func techniques() map[string]bool {
	out := map[string]bool{}
	for _, t := range expect.Techniques() {
		out[string(t)] = true
	}
	return out
}

// dominance finds rungs that differ from another in being less or more of the
// same. Such a ladder would teach that refusing pays, or waste a refusal.
func (r *catalogReader) dominance(p path, files []rungFile, rungs []Rung) {
	for j := range rungs {
		for i := range rungs[:j] {
			// Under two different conditions they are hardly ever both on the
			// table, but where one of them demands all that the other does they
			// are. A later rung that demands less is the answer to the earlier
			// one's failing, and may be less of the same.
			later, earlier := files[j].When, files[i].When
			switch {
			case implies(later, earlier) && covers(rungs[i].options, rungs[j].options):
				r.addBetter(r.value(p.item(j)), "offer something of another kind here, or take this rung out",
					"the rung %q is dominated by %q before it: the same, or less of it", rungs[j].ID, rungs[i].ID)
			case !implies(later, earlier) && !implies(earlier, later):
			case covers(rungs[j].options, rungs[i].options):
				r.addBetter(r.value(p.item(j)), "offer the most at once, or something of another kind here: whoever refuses must not get more of the same",
					"the rung %q dominates %q before it: the same, and more of it", rungs[j].ID, rungs[i].ID)
			default:
				r.bettered(p.item(j), rungs[j], rungs[i])
			}
		}
	}
}

// bettered finds a single option that a later rung offers more of: the others
// beside it do not undo that refusing paid.
func (r *catalogReader) bettered(p path, later, earlier Rung) {
	for i, m := range later.options {
		for _, l := range earlier.options {
			if m.asGood(l) && !l.asGood(m) {
				r.addBetter(r.value(p.in("options").item(i)), "offer the most at once, or something of another kind here: whoever refuses must not get more of the same",
					"the option %q is the same as %q in the rung %q before it, and more", m.id, l.id, earlier.ID)
				return
			}
		}
	}
}

// covers says whether for every option of less there is one among more that
// is the same and at least as good.
func covers(more, less []option) bool {
	for _, l := range less {
		found := false
		for _, m := range more {
			found = found || m.asGood(l)
		}
		if !found {
			return false
		}
	}
	return len(less) > 0
}

// asGood says whether m does what l does, pays at least as much and is not
// later, as far as can be seen without knowing facts.
func (m option) asGood(l option) bool {
	if len(m.terms) != len(l.terms) {
		return false
	}
	terms := map[string]term{}
	for _, t := range m.terms {
		terms[t.do] = t
	}
	for _, t := range l.terms {
		o, same := terms[t.do]
		if !same || !o.inTime(t) || !o.pay.atLeast(t.pay) || !o.best().atLeast(t.best()) {
			return false
		}
	}
	return true
}

// inTime says whether t is done no later than o.
func (t term) inTime(o term) bool {
	if t.by == nil || o.by == nil {
		return t.by == nil && o.by == nil
	}
	later, known := o.by.notEarlier(*t.by)
	return known && later
}

// best is the most the term may pay.
func (t term) best() *Money {
	if t.upTo != nil {
		return t.upTo
	}
	return t.pay
}

// atLeast says whether m is as much as o in every currency of o; false where
// that depends on a fact.
func (m *Money) atLeast(o *Money) bool {
	switch {
	case o == nil:
		return true
	case m == nil:
		return o.Fact == "" && len(o.By) == 0
	case m.Fact != "" || o.Fact != "":
		return m.Fact == o.Fact
	}
	for code, amount := range o.By {
		if m.By[code] < amount {
			return false
		}
	}
	return true
}
