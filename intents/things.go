package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// An assent often says again what it is given to: "yes please, bring the black
// lamp to my flat", 那就周五送黑色的吧. Goods, remedies, places and lengths of
// time are therefore things, which neither answer nor spoil an answer. How many
// of them, or which others, is never a thing: "another", "both" and "a full"
// ask for more than was offered.

// oneOffer says that things are heard: where there are several to choose from
// their names choose.
func (a *analysis) oneOffer() bool { return a.ctx.Expect.Kind == "yesno" }

// mayTake says that a thing may pass in an assent. One that the flow has a name
// for may be wanted instead of what is on the table ("ok, replacement"), unless
// it is agreed to in so many words ("I agree to the repair") or spoken of as
// known ("refund it to my card").
func (a *analysis) mayTake(c *clause, s *segment) bool {
	if !a.wants(s) {
		return true
	}
	for i := range c.segs {
		if o := &c.segs[i]; o.mask.has(tagAccept) && o.last < s.first && agrees(a.doc.Tokens[o.first:o.last+1]) {
			return true
		}
	}
	for _, m := range a.cued {
		if s.first <= m.First && m.Last >= s.last || m.First < s.first && m.Last >= s.first {
			return false
		}
	}
	return true
}

// agrees says that words of assent agree to what follows them.
func agrees(words []text.Token) bool {
	for i := range words {
		switch words[i].Stem {
		case "agre", "accept", "approv", "consent", "confirm", "proceed", "continu", "forward", "happ", "fin", "glad":
			return true
		case "同", "受", "认", "愿", "意":
			return true
		}
	}
	return false
}

// lengthOfTime gives the end of a length of time that begins at token i: "5
// days", "two working days", 五天, 3个工作日.
func (a *analysis) lengthOfTime(i int) (last int, ok bool) {
	if !a.oneOffer() {
		return 0, false
	}
	t := a.doc.Tokens
	k := i + 1
	if h := a.hitAt(i); h >= 0 && a.hits[h].First == i && a.hits[h].Kind == message.SlotNumber {
		k = a.hits[h].Last + 1
	} else if h >= 0 || !numeral(t[i].Norm) {
		return 0, false
	}
	for ; k < len(t); k++ {
		if !besideUnit(t[k].Norm) {
			break
		}
	}
	if k >= len(t) || !unitOfTime(t[k].Norm) {
		return 0, false
	}
	if k+1 < len(t) && (t[k].Norm == "星" || t[k].Norm == "礼") {
		k++
	}
	return k, true
}

func numeral(w string) bool {
	switch w {
	case "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "几":
		return true
	}
	return false
}

func besideUnit(w string) bool {
	switch w {
	case "business", "working", "full", "个", "工", "作", "小":
		return true
	}
	return false
}

func unitOfTime(w string) bool {
	switch w {
	case "day", "days", "week", "weeks", "hour", "hours", "hrs", "minutes", "mins", "天", "日", "周", "时", "星", "礼":
		return true
	}
	return false
}

// theSum says that the amount or number at token i is the one that was spoken
// of: "the 20", "the refund of 60".
func (a *analysis) theSum(i, h int) bool {
	if k := a.hits[h].Kind; k != message.SlotMoney && k != message.SlotNumber || i == 0 || !a.oneOffer() {
		return false
	}
	t := a.doc.Tokens
	return t[i-1].Norm == "the" || i > 1 && t[i-1].Norm == "of" && (t[i-2].Norm == "refund" || t[i-2].Norm == "amount" || t[i-2].Norm == "sum")
}

// joined counts the things that an "and" adds to what was said, for they may
// not be on offer, and the words that tell of a thing instead of taking it:
// "the technician agreed", "it should be the white one".
func (a *analysis) joined(c *clause) int {
	n, things, told, and := 0, 0, 0, false
	for i := range c.segs {
		s := &c.segs[i]
		switch w := a.doc.Tokens[s.last].Norm; {
		case s.thing && !s.span:
			if and || a.anyGood(c, i) {
				n++
			}
			things, and = things+1, false
		case recounts(w) && s.last > c.first:
			told++
		case s.mask.has(tagOpen), s.mask.has(tagAccept):
			and = false // "go ahead and send it"
		case adds(w):
			and = true
		}
	}
	if things > 0 {
		n += told
	}
	return n
}

// anyGood says that the thing at place i is any good one: "a good lamp would
// work".
func (a *analysis) anyGood(c *clause, i int) bool {
	return i > 1 && c.segs[i-1].mask.has(tagAccept) && a.doc.Tokens[c.segs[i-2].last].Norm == "a"
}

func recounts(w string) bool {
	switch w {
	case "was", "were", "agreed", "confirmed", "accepted", "approved", "should", "must", "been":
		return true
	}
	return false
}

func adds(w string) bool {
	switch w {
	case "and", "plus", "n", "和", "跟", "与", "及", "加", "连":
		return true
	}
	return false
}

// strangeTo says that a clause holds words in which a single 是 or 好 is no
// assent. Among things a character that closes the clause still is one: 黑色行.
func (a *analysis) strangeTo(c *clause) bool {
	things := false
	for i := range c.segs {
		s := &c.segs[i]
		switch {
		case s.mask != 0 || s.value:
		case !s.thing:
			return true
		default:
			things = true
		}
	}
	return things && !a.closesWith(c)
}

// closesWith says that a clause ends in a 行, 好 or 可, courtesies aside.
func (a *analysis) closesWith(c *clause) bool {
	for i := len(c.segs) - 1; i >= 0; i-- {
		s := &c.segs[i]
		switch a.doc.Tokens[s.first].Norm {
		case "行", "好", "可", "成":
			return s.first == s.last
		}
		if !s.mask.has(tagFill) {
			return false
		}
	}
	return false
}

// asksOf hears a question that begins with its verb and a thing: "is the room
// nice".
func (a *analysis) asksOf(c clause) bool {
	t := a.doc.Tokens
	if len(c.segs) < 3 || c.first+1 >= len(t) {
		return false
	}
	switch t[c.first].Norm {
	case "is", "are", "was", "were", "does", "did", "has", "will", "would", "can", "could":
	default:
		return false
	}
	switch t[c.first+1].Norm {
	case "the", "my", "your", "our", "a", "an", "there", "this", "that":
		return true
	}
	return false
}

// picks says that the 好了 at place i picks the thing before it: 第一个好了.
// Alone it may mean anything.
func (a *analysis) picks(c *clause, i int) bool {
	s := &c.segs[i]
	t := a.doc.Tokens
	return !c.asked && i > 0 && i == len(c.segs)-1 && c.segs[i-1].thing && s.last == s.first+1 && t[s.first].Norm == "好" && t[s.last].Norm == "了"
}

// minimum says that the 就好 or 就行 at place i says what would be enough, of a
// thing that its clause names.
func (a *analysis) minimum(c *clause, i int) bool {
	s := &c.segs[i]
	if i == 0 || a.doc.Tokens[s.first].Norm != "就" || s.last > s.first+2 || !s.mask.has(tagAccept) {
		return false
	}
	for k := range i {
		if c.segs[k].mask.has(tagAccept) || c.segs[k].mask.has(tagAcceptOpen) {
			return false
		}
	}
	return (c.segs[i-1].thing || c.segs[i-1].mask.has(tagOpen)) && !a.assented(c)
}

// assented says that a clause before c assents.
func (a *analysis) assented(c *clause) bool {
	for i := range a.clauses {
		if a.clauses[i].first == c.first {
			return false
		}
		for _, s := range a.clauses[i].segs {
			if s.mask.has(tagAccept) {
				return true
			}
		}
	}
	return false
}

// settlesOn hears a choice that is made without a word of assent: 就周五送黑色
// 的吧, "Friday it is", "the lamp then".
func (a *analysis) settlesOn(c *clause) bool {
	if c.asked || a.named {
		return false
	}
	things := 0
	for i := range c.segs {
		s := &c.segs[i]
		switch {
		case s.money, a.deadline(*s) && s.value:
			return false
		case s.thing, s.value:
			things++
		case s.mask == 0 || s.mask&^(tagFill.bit()|tagAccept.bit()|tagOpen.bit()) != 0:
			return false
		}
	}
	return things > 0 && (a.settlesZh(c) || a.settlesEn(c))
}

func (a *analysis) settlesZh(c *clause) bool {
	t := a.doc.Tokens
	end := t[c.segs[len(c.segs)-1].last].Norm
	return (t[c.first].Norm == "就" || t[c.first].Norm == "那") && (end == "吧" || end == "啦")
}

func (a *analysis) settlesEn(c *clause) bool {
	last := c.segs[len(c.segs)-1].last
	t := a.doc.Tokens
	return last >= c.first+2 && t[last].Norm == "is" && t[last-1].Norm == "it" && t[last].Kind == text.Word
}
