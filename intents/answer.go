package intents

import (
	"github.com/accord-chat/accord/dialog/message"
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
	laterRefuse               bool // a refusal or complaint stands behind the "but"
	limp                      bool // an assent too curt to be one: "fine!!"
}

// answer decides what the text means to the open question.
func (u *Understander) answer(a *analysis, r message.Reading) message.Answer {
	f := a.facts()
	ans, why := a.decide(f, r)
	if !a.ctx.offering() {
		ans = a.unasked(ans, f)
	}
	if ans != message.NoAnswer {
		a.note("answer:" + string(ans) + ":" + why)
	}
	return ans
}

// unasked keeps a story that nobody asked for from being an answer: without an
// offer on the table only a text that is all answer counts as one.
func (a *analysis) unasked(ans message.Answer, f facts) message.Answer {
	switch ans {
	case message.Accept:
		return ans
	case message.Counter:
		if a.ctx.Expect.Kind == "" && f.accept > 0 {
			return ans
		}
		return message.NoAnswer
	}
	if f.refuse+f.unsure+f.wry+f.accept == 0 || f.unknown > 2 || f.asked || a.named || a.length() > 14 || f.bad > 0 && f.refuse == 0 {
		return message.NoAnswer
	}
	return ans
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
		a.countClause(&a.clauses[i], &f)
	}
	return f
}

func (a *analysis) countClause(c *clause, f *facts) {
	negated := -100
	open, started, odd, run := false, false, strange(c), 0
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
			a.countUnknown(s, open && run < maxOpen, f)
			run++
		case odd && s.first == s.last && s.mask.has(tagAccept) && a.doc.Tokens[s.first].Kind == text.Han:
			f.unknown++ // 是 or 好 inside words nobody here knows assents to nothing
		default:
			a.countPolarity(c, s, near, !started, f)
			countRest(s, f)
		}
		if s.mask.has(tagNot) || s.mask.has(tagRefuseStart) {
			negated = s.last
		}
		if s.mask.has(tagOpen) && !started || s.mask.has(tagAcceptOpen) {
			open = true
		}
		if !s.mask.has(tagFill) && !s.value && !s.mask.has(tagAccept) {
			started = true
		}
	}
	if c.bangs >= 2 && a.curt(c) {
		f.limp = true
	}
}

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
func (a *analysis) countUnknown(s *segment, open bool, f *facts) {
	t := &a.doc.Tokens[s.first]
	if t.Kind == text.Emoji || open || a.own != nil && a.own[s.first] {
		return
	}
	f.unknown++
}

// countPolarity counts assent, refusal and hesitation, turned round where a
// negation stands close before them.
func (a *analysis) countPolarity(c *clause, s *segment, negated, start bool, f *facts) {
	refuses := s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart) && start
	accepts := s.mask.has(tagAccept) || s.mask.has(tagAcceptOpen)
	switch {
	case c.asked && !s.mask.has(tagUnsure) && !(refuses && s.first == c.first && !negated):
		return
	case refuses && negated:
		f.unsure++
	case refuses:
		f.refuse++
		f.lastRefuses = true
		f.laterRefuse = f.laterRefuse || f.buts > 0
	case accepts && negated:
		f.refuse++
		f.lastRefuses = true
		f.laterRefuse = f.laterRefuse || f.buts > 0
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
		f.laterRefuse = f.laterRefuse || f.buts > 0
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

// decide goes from what rules an assent out to what is one. The order
// matters: a text that holds several of these means the first.
func (a *analysis) decide(f facts, r message.Reading) (message.Answer, string) {
	_, story := a.tagged(tagStory)
	objects := r.Objection != message.NoObjection
	switch {
	case f.wry > 0 || f.limp:
		return pick(f.refuse > 0, message.Refuse, message.Unsure), "wry"
	case f.money && !story:
		return a.onMoney(f, r)
	case f.ifs > 0 && !f.asked:
		return onCondition(f, objects)
	case f.buts > 0 && f.accept > 0:
		return onContrast(f, objects)
	case f.refuse > 0 && f.accept > 0:
		return pick(f.lastRefuses, message.Refuse, message.Unsure), "both ways"
	case f.refuse > 0:
		return pick(f.counter > 0, message.Counter, message.Refuse), "refusal"
	case f.asked:
		return onQuestion(f, objects)
	case f.unsure > 0:
		return message.Unsure, "hesitation"
	case f.counter > 0:
		return message.Counter, "bargaining"
	case objects:
		return message.Refuse, "objection:" + string(r.Objection)
	case f.weak > 0:
		return message.Counter, "asks for more"
	case f.accept > 0:
		return a.onAssent(f, r)
	case f.value && f.unknown == 0 && f.nots == 0 && f.bad == 0 && a.ctx.Expect.Kind == "yesno" && a.hasDay():
		return message.Counter, "another day"
	}
	return message.NoAnswer, ""
}

func pick(first bool, a, b message.Answer) message.Answer {
	if first {
		return a
	}
	return b
}

// onMoney: an amount is a counter-offer unless it is called too little. That
// holds for "yes, $20 is fine" too: the engine takes an offer within its limits
// word for word, and a higher one must not slip in as a yes.
func (a *analysis) onMoney(f facts, r message.Reading) (message.Answer, string) {
	if r.Objection == message.ObjectPrice && f.ifs == 0 && f.counter == 0 && len(moneys(r)) == 1 {
		return message.Refuse, "too little"
	}
	return message.Counter, "amount"
}

func moneys(r message.Reading) []message.Slot {
	var out []message.Slot
	for _, s := range r.Slots {
		if s.Kind == message.SlotMoney {
			out = append(out, s)
		}
	}
	return out
}

func onCondition(f facts, objects bool) (message.Answer, string) {
	switch {
	case f.refuse > 0 && f.accept == 0 && f.counter == 0:
		return message.Refuse, "refusal"
	case f.accept > 0 || f.counter > 0 || f.weak > 0:
		return message.Counter, "condition"
	case objects:
		return message.Refuse, "objection"
	case f.unsure > 0:
		return message.Unsure, "hesitation"
	case f.unknown > 12:
		return message.NoAnswer, ""
	}
	return message.Counter, "condition"
}

func onContrast(f facts, objects bool) (message.Answer, string) {
	switch {
	case f.counter > 0:
		return message.Counter, "contrast"
	case f.refuse > 0 || objects:
		return message.Refuse, "contrast"
	case f.weak > 0:
		return message.Counter, "contrast"
	}
	return message.Unsure, "contrast"
}

// onQuestion: a question for better terms bargains; any other is no answer.
func onQuestion(f facts, objects bool) (message.Answer, string) {
	switch {
	case f.unsure > 0 || f.accept > 0:
		return message.Unsure, "question"
	case f.counter > 0 || f.weak > 0 || f.value:
		return message.Counter, "question for better terms"
	case objects:
		return message.Refuse, "objection"
	}
	return message.NoAnswer, ""
}

// onAssent is the gate: an assent passes only if nothing else is in the text.
func (a *analysis) onAssent(f facts, r message.Reading) (message.Answer, string) {
	_, abuse := a.tagged(tagAbuse)
	dropped := false
	for _, m := range r.Mentions {
		dropped = dropped || m.Dropped
	}
	if f.unknown > 0 || f.bad > 0 || f.nots > 0 || f.buts > 0 || a.angry >= 0.4 || r.Person || r.Correction || abuse || dropped || a.cut() {
		return message.Unsure, "more than an assent"
	}
	if !a.daysApproved() {
		return message.Counter, "names a day"
	}
	return message.Accept, "assent"
}

// daysApproved says that every day in an assent is one that the same clause
// goes on to approve or plan for ("saturday works", 周六我在家). A day that is
// only named ("ok, by friday then") may not be the one on offer.
func (a *analysis) daysApproved() bool {
	for i := range a.clauses {
		c := &a.clauses[i]
		for k, s := range c.segs {
			if s.value && (!approved(c.segs, k) || a.deadline(s)) {
				return false
			}
		}
	}
	return true
}

// deadline says that a day is named as the latest: "by friday", 周五前.
func (a *analysis) deadline(s segment) bool {
	t := a.doc.Tokens
	for i := max(s.first-1, 0); i <= s.last+1 && i < len(t); i++ {
		switch t[i].Norm {
		case "by", "before", "until", "till", "within", "latest", "前", "内":
			return true
		}
	}
	return false
}

func approved(segs []segment, k int) bool {
	for _, s := range segs[:k] {
		if s.mask.has(tagOpen) {
			return true
		}
	}
	for _, s := range segs[k+1:] {
		if s.mask.has(tagAccept) || s.mask.has(tagOpen) {
			return true
		}
	}
	return false
}

// cut says that the middle of a long text was not read: what was not read
// could hold anything.
func (a *analysis) cut() bool {
	t := a.doc.Tokens
	for i := 1; i < len(t); i++ {
		if t[i].Norm == "\n" && t[i].Start == t[i].End {
			return true
		}
	}
	return false
}

func (a *analysis) hasDay() bool {
	for _, h := range a.hits {
		if h.Kind == message.SlotDate || h.Kind == message.SlotTime {
			return true
		}
	}
	return false
}
