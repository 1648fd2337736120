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
