package intents

import (
	"github.com/accord-chat/accord/intents/text"
)

// maxOpen is how many unknown words may follow "please send": what goes on
// longer is a story.
const maxOpen = 12

// facts are what the clauses of a text hold, counted.
type facts struct {
	accept, refuse, unsure    int
	counter, weak             int
	ifs, buts, nots, bad, wry int
	asked                     bool // some clause is a question
	money, value              bool // an amount; any other value
	unknown                   int  // tokens nobody accounts for
	lastRefuses               bool // the last word for or against was against
	limp                      bool // an assent too curt to be one: "fine!!"
	hedged                    bool // "I suppose", 不是不行, and no plain word behind it
}

// length counts the tokens that are no marks.
func (a *analysis) length() int {
	n := 0
	for i := range a.doc.Tokens {
		if a.doc.Tokens[i].Kind != text.Punct {
			n++
		}
	}
	return n
}

// facts counts over all clauses.
func (a *analysis) facts() facts {
	var f facts
	for i := range a.clauses {
		if c := &a.clauses[i]; !a.countWhole(c, &f) {
			a.countClause(c, &f)
		}
	}
	if f.hedged && f.accept == 0 || f.accept+f.refuse == 0 && a.onlyOh() {
		f.unsure++
	}
	return f
}

// countClause counts what the segments of one clause say.
func (a *analysis) countClause(c *clause, f *facts) {
	negated := -100
	open, started, odd, run := false, false, a.strangeTo(c), 0
	f.unknown += a.joined(c)
	for i := range c.segs {
		s := &c.segs[i]
		if c.asked {
			f.asked = true
		}
		near := s.first-negated <= 5
		switch {
		case s.money:
			f.money = true
		case s.value:
			f.value = true
		case s.mask == 0:
			a.countUnknown(c, s, open && run < maxOpen && !a.wants(s), f)
			run++
		case a.owns(s) && (s.mask&^(tagCounterWeak.bit()|tagBad.bit()) == 0 || !a.ctx.offering() && !s.mask.has(tagAccept)):
			// "the free check is fine", "ok, the voucher": the label's own words
			// ask for nothing more and complain of nothing; those of a menu
			// refuse nothing either (还没到)
		case odd && s.first == s.last && s.mask.has(tagAccept) && a.doc.Tokens[s.first].Kind == text.Han:
			f.unknown++ // 是 or 好 inside words nobody here knows assents to nothing
		case a.minimum(c, i):
			f.weak++ // 送到就好 says what would do
		case a.picks(c, i):
			f.accept++
			f.lastRefuses = false
		default:
			edge := !started || i == len(c.segs)-1 || c.segs[i-1].mask.has(tagBut)
			a.countPolarity(c, s, near || bound(a, c, i), edge, f)
			countRest(s, f)
		}
		if s.mask.has(tagNot) || s.mask.has(tagRefuseStart) || s.mask.has(tagRefuse) && s.last > s.first && !a.lang.Chinese() {
			negated = s.last // "not going to accept", "none of these options are fine"
		}
		if s.mask.has(tagOpen) && !started || s.mask.has(tagAcceptOpen) && a.own != nil {
			open = true // 我就要换新的 names no choice: it may insist on what is not on offer
		}
		if !s.mask.has(tagFill) && !s.value && !s.mask.has(tagAccept) {
			started = true
		}
	}
	if c.bangs >= 2 && a.curt(c) {
		f.limp = true
	}
	if hedges(c) {
		f.hedged, f.accept = true, 0
	}
}

// owns says that a segment is words of the chosen label.
func (a *analysis) owns(s *segment) bool { return a.own != nil && a.own[s.first] && a.own[s.last] }

// strange says that a clause holds tokens that no phrase covers.
func strange(c *clause) bool {
	for i := range c.segs {
		if c.segs[i].mask == 0 && !c.segs[i].value {
			return true
		}
	}
	return false
}

// countUnknown lets the words that follow "please send" pass.
func (a *analysis) countUnknown(c *clause, s *segment, open bool, f *facts) {
	t := &a.doc.Tokens[s.first]
	if s.thing && a.mayTake(c, s) || t.Kind == text.Emoji || open || a.own != nil && a.own[s.first] {
		return
	}
	f.unknown++
}

// countPolarity counts assent, refusal and hesitation, turned round where a
// negation stands close before them.
func (a *analysis) countPolarity(c *clause, s *segment, negated, edge bool, f *facts) {
	refuses := s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart) && edge
	accepts := s.mask.has(tagAccept) || s.mask.has(tagAcceptOpen)
	if accepts && !negated && a.namesIt(s) || (refuses || accepts && negated) && a.tellsIt(s) || refuses && a.freed(c, s) {
		f.unknown++
		return
	}
	switch {
	case c.asked && !s.mask.has(tagUnsure) && !(refuses && s.first == c.first && !negated && !a.asksAfter(c)):
		return
	case refuses && negated:
		f.unsure++
	case refuses:
		f.refuse++
		f.lastRefuses = true
	case accepts && negated:
		f.refuse++
		f.lastRefuses = true
	case accepts:
		f.accept++
		f.lastRefuses = false
	}
	if s.mask.has(tagUnsure) {
		f.unsure++
	}
}

// countRest counts everything that makes an assent less than one.
func countRest(s *segment, f *facts) {
	for _, c := range [...]struct {
		t tag
		n *int
	}{{tagWry, &f.wry}, {tagCounter, &f.counter}, {tagCounterWeak, &f.weak}, {tagIf, &f.ifs}, {tagBut, &f.buts}} {
		if s.mask.has(c.t) {
			*c.n++
		}
	}
	if s.mask.has(tagNot) || s.mask.has(tagRefuseStart) {
		f.nots++
	}
	if s.mask.has(tagBad) && !s.mask.has(tagFill) {
		f.bad++
	}
}

// curt says that a clause is a bare "fine": with two exclamation marks behind
// it that is no consent.
func (a *analysis) curt(c *clause) bool {
	for _, s := range c.segs {
		switch a.doc.Tokens[s.first].Norm {
		case "fine", "whatever":
			if len(c.segs) == 1 {
				return true
			}
		}
	}
	return false
}
