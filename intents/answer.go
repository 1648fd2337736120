package intents

import (
	"github.com/accord-chat/accord/dialog/message"
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
	if r.Objection == message.ObjectPrice && f.ifs == 0 && f.counter == 0 && (len(moneys(r)) == 1 || a.endsTooLow()) {
		return message.Refuse, "too little"
	}
	return message.Counter, "amount"
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
	case f.counter > 0 || f.weak > 0:
		return message.Counter, "question for better terms"
	case objects: // "tomorrow? and what do I do tonight?" asks for no day
		return message.Refuse, "objection"
	case f.value:
		return message.Counter, "question for another day"
	}
	return message.NoAnswer, ""
}
