package intents

import (
	"github.com/accord-chat/accord/dialog/message"
)

// onAssent is the gate: an assent passes only if nothing else is in the text.
func (a *analysis) onAssent(f facts, r message.Reading) (message.Answer, string) {
	_, abuse := a.tagged(tagAbuse)
	dropped := false
	for _, m := range r.Mentions {
		dropped = dropped || m.Dropped
	}
	if spoilt(a.doc.Raw) || f.unknown > 0 || f.bad > 0 || f.nots > 0 || f.buts > 0 || a.signs() >= 0.4 || r.Person || r.Correction || abuse || dropped || a.cut() || a.notNow() {
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
			if (s.value || s.span) && !a.approvedDay(i, k) {
				return false
			}
		}
	}
	return true
}

// approvedDay says that the day at place k of clause i is agreed to: the words
// around it do, or it is named behind a plain assent, as in "ok, see you on
// tuesday". One that is named as the latest is a term of its own.
func (a *analysis) approvedDay(i, k int) bool {
	c := &a.clauses[i]
	s := c.segs[k]
	if a.deadline(s) {
		if a.lang.Chinese() { // 周五前送到就行 sets a term, 接受五天内修好 takes one
			return k > 0 && c.segs[k-1].mask.has(tagAccept)
		}
		return approved(c.segs, k)
	}
	if s.span && k > 0 && c.segs[k-1].mask.has(tagAccept) && c.segs[k-1].last > c.segs[k-1].first {
		return true // "I can wait 5 days"; "ok 5 days" may mean others
	}
	return approved(c.segs, k) || a.settlesOn(c) || a.definite(s) || a.goodWith(c, k) || a.assentsBefore(i)
}

// plans says that a clause holds something to be done.
func (a *analysis) plans(c *clause) bool {
	for _, s := range c.segs {
		if s.thing && !s.span || s.mask.has(tagOpen) {
			return true
		}
	}
	return a.doc.Tokens[c.segs[len(c.segs)-1].last].Norm == "吧"
}

// assentsBefore says that a day stands among what is to be done then, and that
// a clause before it assents: 没问题,周二过来吧. A day by itself may be another.
func (a *analysis) assentsBefore(i int) bool {
	if !a.plans(&a.clauses[i]) {
		return false
	}
	return a.assented(&a.clauses[i])
}

// goodWith says that an assent in the clause takes the day with a "with":
// "I'm good with friday".
func (a *analysis) goodWith(c *clause, k int) bool {
	s := c.segs[k]
	return k > 1 && a.doc.Tokens[s.first-1].Norm == "with" && (c.segs[k-2].mask.has(tagAccept) || c.segs[k-1].mask.has(tagAccept))
}

// definite says that "the" points at a day or a length of time: "the 5 days".
func (a *analysis) definite(s segment) bool {
	return s.first > 0 && a.doc.Tokens[s.first-1].Norm == "the"
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
		if s.mask.has(tagOpen) || s.mask.has(tagAcceptOpen) {
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
