package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// answer decides what the text means to the open question.
func (u *Understander) answer(a *analysis, r message.Reading) message.Answer {
	f := a.facts()
	ans, why := a.decide(f, r)
	switch {
	case a.ctx.Expect.Kind == "slot:date" && len(r.Slots) == 0 && a.whole(0, tagAnyTime):
		// Asked by when: "no rush" and "any day" name none, and asking again
		// would not bring one.
		ans, why = message.Unsure, "any time"
	case ans == message.Unsure && a.whole(1, tagRepeat):
		ans = message.NoAnswer // 再说一遍 holds the 再说 of somebody who hesitates
	case !a.ctx.offering():
		ans = a.unasked(ans, f)
	case ans == message.Counter && a.asksOn(f):
		ans, why = a.onMore(f)
	}
	if ans != message.NoAnswer {
		a.note("answer:" + string(ans) + ":" + why)
	}
	return ans
}

// asksOn says that a text asks for more of what the flow knows, where nothing
// with a price is on offer: whoever is told back what they want and says
// 还要给我个说法 goes on telling, and bargains for nothing.
func (a *analysis) asksOn(f facts) bool {
	return a.ctx.Expect.Kind == "yesno" && a.ctx.Expect.Currency == "" && a.named && !f.money && !f.value && f.ifs+f.buts == 0
}

func (a *analysis) onMore(f facts) (message.Answer, string) {
	switch {
	case f.refuse > 0:
		return message.Refuse, "refusal"
	case f.accept > 0:
		return message.Unsure, "more than an assent"
	}
	return message.NoAnswer, ""
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

// decide goes from what rules an assent out to what is one. The order
// matters: a text that holds several of these means the first.
func (a *analysis) decide(f facts, r message.Reading) (message.Answer, string) {
	_, story := a.tagged(tagStory)
	objects := r.Objection != message.NoObjection
	switch {
	case f.wry > 0 || f.limp:
		return pick(f.refuse > 0, message.Refuse, message.Unsure), "wry"
	case f.money && a.onlyFirst():
		return message.Unsure, "a place in a list"
	case f.money && !story:
		return a.onMoney(f, r)
	case f.ifs > 0 && !f.asked:
		return onCondition(f, objects)
	case f.buts > 0 && f.accept > 0:
		return onContrast(f, objects)
	case f.refuse > 0 && f.accept > 0:
		return pick(f.lastRefuses, message.Refuse, message.Unsure), "both ways"
	case f.refuse > 0:
		// "no, I want my money back" asks again for what was wanted all along;
		// that offers nothing to meet half-way.
		return pick(f.counter > 0 && (f.value || !a.named), message.Counter, message.Refuse), "refusal"
	case f.asked:
		return a.onQuestion(f, objects)
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
	case a.turnsDown(f):
		return message.Refuse, "says it is not right"
	case f.value && f.unknown == 0 && f.nots == 0 && f.bad == 0 && a.ctx.Expect.Kind == "yesno" && a.hasDay():
		return message.Counter, "another day"
	}
	return message.NoAnswer, ""
}

// maxVerdict is how many words may speak against an offer in a text that names
// nothing else: a longer one tells a story.
const maxVerdict = 12

// turnsDown says that a text of few words, none for the offer on the table,
// denies something or finds fault twice: "we're not happy with the room",
// 这方案太差了. Where nothing is offered it would be part of the story.
func (a *analysis) turnsDown(f facts) bool {
	return a.ctx.Expect.Kind == "yesno" && a.ctx.Expect.Currency != "" && !a.named && !f.value && f.accept == 0 &&
		(f.nots > 0 || a.lang.Chinese() && f.bad > 1) && a.length() <= maxVerdict
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
	if f.refuse > 0 && f.accept+f.counter+f.weak+f.ifs == 0 && len(moneys(r)) == 1 && (a.throwsBack() || a.refusesSum() || a.refusesThat()) {
		return message.Refuse, "amount thrown back"
	}
	if r.Objection == message.ObjectPrice && f.ifs == 0 && f.counter == 0 && (len(moneys(r)) == 1 || a.endsTooLow()) {
		return message.Refuse, "too little"
	}
	return message.Counter, "amount"
}

// onlyFirst says that "1" or "2" is all there is: whoever sees two buttons
// means the first or the second by it, and hardly a sum that small.
func (a *analysis) onlyFirst() bool {
	if a.length() != 1 {
		return false
	}
	for i := range a.doc.Tokens {
		if t := &a.doc.Tokens[i]; t.Kind == text.Number {
			return t.Norm == "1" || t.Norm == "2"
		}
	}
	return false
}

// throwsBack says that an amount is all that a question holds: "10 dollars? no
// thanks" repeats what was offered.
func (a *analysis) throwsBack() bool {
	for i := range a.clauses {
		c := &a.clauses[i]
		if c.asked && len(c.segs) <= 2 && c.segs[len(c.segs)-1].money {
			return true
		}
	}
	return false
}

// refusesThat says that a refusal is of a sum that is pointed at, and so the
// one on offer: 我不差这20块, "keep your 20".
func (a *analysis) refusesThat() bool {
	for i := range a.clauses {
		refused := false
		for _, s := range a.clauses[i].segs {
			if s.money && refused && s.first > 0 && points(a.doc.Tokens[s.first-1].Norm) {
				return true
			}
			refused = refused || s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart)
		}
	}
	return false
}

func points(w string) bool {
	switch w {
	case "this", "that", "your", "ur", "the", "accept", "take", "这", "那", "你", "们", "的", "个":
		return true
	}
	return false
}

// refusesSum says that an amount begins the clause that refuses it: "20 is
// nowhere near enough", 20不行. It names no sum that would do.
func (a *analysis) refusesSum() bool {
	for i := range a.clauses {
		segs := a.clauses[i].segs
		k := 0
		for k < len(segs)-1 && segs[k].mask.has(tagFill) {
			k++
		}
		if !segs[k].money {
			continue
		}
		for _, s := range segs[k+1:] {
			if s.mask.has(tagBut) || s.mask.has(tagNot) && !s.mask.has(tagRefuse) {
				return false
			}
			if s.mask.has(tagRefuse) {
				return true
			}
		}
	}
	return false
}

// endsTooLow says that "not enough" stands behind the last amount: "30 for an
// 89 dollar shoe is not enough" names no sum that would do.
func (a *analysis) endsTooLow() bool {
	last := -1
	for _, h := range a.hits {
		if h.Kind == message.SlotMoney {
			last = h.Last
		}
	}
	for _, m := range a.lex {
		if tag(m.Value) == tagObjPrice && m.First > last {
			return true
		}
	}
	return false
}

// belittles says that an amount stands among words that do not agree to it:
// "15? no way", "15 is a slap in the face". Whoever weighs the amount must not
// take the naming of what was offered for a yes.
func (a *analysis) belittles(r message.Reading) bool {
	f := a.facts()
	return len(moneys(r)) > 0 && (f.refuse > 0 || f.nots > 0 || f.bad > 0 && f.counter == 0 || f.asked || f.unknown > 2 && !a.lang.Chinese())
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
	case f.weak > 0, f.value: // "yes, but before friday"
		return message.Counter, "contrast"
	}
	return message.Unsure, "contrast"
}

// says says that a word is in the text.
func (a *analysis) says(w string) bool {
	for i := range a.doc.Tokens {
		if a.doc.Tokens[i].Norm == w {
			return true
		}
	}
	return false
}

// asksWho says that the text begins with a word that asks for something else
// than the day it names: "who will come on tuesday?"
func (a *analysis) asksWho() bool {
	for i := range a.clauses {
		if a.says("几") || a.says("什") {
			return true
		}
		switch a.doc.Tokens[a.clauses[i].first].Norm {
		case "what", "who", "where", "which", "why", "how", "when", "谁", "哪":
			return a.clauses[i].asked && a.doc.Tokens[min(a.clauses[i].first+1, len(a.doc.Tokens)-1)].Norm != "about"
		}
	}
	return false
}

// onQuestion: a question for better terms bargains; any other is no answer.
func (a *analysis) onQuestion(f facts, objects bool) (message.Answer, string) {
	switch {
	case f.value && f.accept == 0 && (f.counter > 0 || a.says("possible")): // "I'd prefer Thursday, would that be possible?"
		return message.Counter, "question for another day"
	case f.unsure > 0 || f.accept > 0:
		return message.Unsure, "question"
	case f.counter > 0 || f.weak > 0 && !objects:
		return message.Counter, "question for better terms"
	case objects: // "tomorrow? and what do I do tonight?" asks for no day
		return message.Refuse, "objection"
	case f.value && !a.asksWho():
		return message.Counter, "question for another day"
	}
	return message.NoAnswer, ""
}
