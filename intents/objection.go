package intents

import "github.com/accord-chat/accord/dialog/message"

var objections = [...]struct {
	tag  tag
	kind message.Objection
}{
	{tagObjFact, message.ObjectFalseFact},
	{tagObjTrust, message.ObjectTrust},
	{tagObjFairness, message.ObjectFairness},
	{tagObjKind, message.ObjectKind},
	{tagObjEffort, message.ObjectEffort},
	{tagObjTime, message.ObjectTime},
	{tagObjPrice, message.ObjectPrice},
}

// objection gives the reason against an offer that the text names; of several
// the one that is said first, and at the same words the longer phrase.
func (a *analysis) objection() message.Objection {
	for _, m := range a.lex {
		for _, o := range objections {
			if tag(m.Value) == o.tag && !a.courteous(m.First, m.Last) && !a.negatedAt(m.First) {
				a.note("objection:" + string(o.kind))
				return o.kind
			}
		}
	}
	return message.NoObjection
}

// courteous says that the words are part of a longer courtesy: 麻烦您 is a
// please, no trouble.
func (a *analysis) courteous(first, last int) bool {
	for _, s := range a.segs {
		if s.first <= first && last <= s.last && (s.last-s.first > last-first || s.mask.has(tagFill)) && (s.thing || s.mask.has(tagFill) || s.mask.has(tagOpen) || s.mask.has(tagAccept) || s.mask.has(tagAcceptOpen)) {
			return true
		}
	}
	return false
}

// negatedAt says that "not" or 不 stands right before token i.
func (a *analysis) negatedAt(i int) bool {
	if i == 0 {
		return false
	}
	switch a.doc.Tokens[i-1].Norm {
	case "not", "不", "never":
		return true
	}
	return false
}
