package intents

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
)

// What stands inside a flow's own words is part of the thing they name, and no
// answer: 走错门 says nothing wrong of what was restated, and "send a working
// one" agrees to nothing.

// cueOf gives the cue that holds a segment and more words beside it.
func (a *analysis) cueOf(s *segment) (phrase.Match, bool) {
	for _, m := range a.cued {
		if m.First <= s.first && s.last <= m.Last && m.Len() > s.last-s.first+1 {
			return m, true
		}
	}
	return phrase.Match{}, false
}

// namesIt says that a word of assent is a piece of a cue. A cue that thanks or
// names a day still answers: "this is it thanks", 明天可以来.
func (a *analysis) namesIt(s *segment) bool {
	cue, ok := a.cueOf(s)
	if !ok {
		return false
	}
	for _, m := range a.lex {
		if tag(m.Value) == tagThanks && cue.First <= m.First && m.Last <= cue.Last {
			return false
		}
	}
	for _, h := range a.hits {
		if cue.First <= h.First && h.Last <= cue.Last {
			return false
		}
	}
	return true
}

// wants says that a token belongs to a cue, where something is on offer: who
// says "ok, send a new one" may mean what they want instead of it.
func (a *analysis) wants(s *segment) bool {
	if a.ctx.Expect.Currency == "" {
		return false
	}
	for _, m := range a.cued {
		if m.First <= s.first && s.first <= m.Last {
			return true
		}
	}
	return false
}

// tellsIt says that a word of refusal is a piece of a cue which does not begin
// the text. Where it does, or where something is on offer, the refusal may be
// meant as one: 不想买了.
func (a *analysis) tellsIt(s *segment) bool {
	if a.ctx.Expect.Currency != "" {
		return false
	}
	cue, ok := a.cueOf(s)
	return ok && !a.leads(cue.First)
}

// leads says that only courtesies and marks stand before token i.
func (a *analysis) leads(i int) bool {
	for k := range a.segs {
		if s := &a.segs[k]; s.first < i && !s.mask.has(tagFill) {
			return false
		}
	}
	return true
}

// told says that a phrase of taking back is a piece of a cue: 发错了 tells what
// was sent. With the right value behind it, it still corrects: 发错了,是48214.
func (a *analysis) told(m phrase.Match) bool {
	for _, cue := range a.cued {
		if cue.First <= m.First && m.First <= cue.Last && !a.restates(m.Last) {
			return true
		}
	}
	return false
}

// restates says that behind token i a value is named as the right one.
func (a *analysis) restates(i int) bool {
	for _, h := range a.hits {
		if h.First <= i || h.Kind == message.SlotMoney {
			continue
		}
		switch a.doc.Tokens[h.First-1].Norm {
		case "is", "it", "was", "be", "是", "为", "到":
			return true
		}
	}
	return false
}

// freed says that 免了 asks for a charge to be waived, which its clause names
// or asks somebody to do: 把移机费免了, 帮我免了. Alone it declines.
func (a *analysis) freed(c *clause, s *segment) bool {
	return a.doc.Tokens[s.first].Norm == "免" && a.asksWaiver(c.first, s.first)
}

// waives says that words of giving up ask for a charge to be waived instead:
// "waive the moving fee", 运费可以免吗. Who offers to waive what is theirs
// gives it up: "I'll waive the refund".
func (a *analysis) waives(g, m phrase.Match) bool {
	if a.doc.Tokens[g.First].Norm == "waive" {
		return !a.offersToWaive(g.First)
	}
	free := strings.Contains(a.cueText(g), "免")
	return free && a.asksWaiver(min(g.First, m.First), max(g.Last, m.Last)+1)
}

func (a *analysis) offersToWaive(i int) bool {
	t := a.doc.Tokens
	for k := i - 1; k >= 0 && k >= i-4 && !a.marked(k, i); k-- {
		switch t[k].Norm {
		case "you", "want", "ask", "need", "please":
			return false
		case "i", "we":
			return true
		}
	}
	return false
}

// asksWaiver says that the characters first..next-1 name a charge, or ask
// somebody to act. What the customer would get is no charge: 退费, 赔的钱.
func (a *analysis) asksWaiver(first, next int) bool {
	words := a.normal(first, next)
	for _, w := range [...]string{"退款", "退费", "退钱", "退货款", "赔", "补偿", "补贴"} {
		if strings.Contains(words, w) {
			return false
		}
	}
	for _, w := range [...]string{"费", "钱", "租金", "押金", "违约金", "差价", "这笔", "那笔", "把", "给我", "帮我", "给免", "帮忙"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// normal gives the tokens first..next-1 in their normal form, run together.
func (a *analysis) normal(first, next int) string {
	var b strings.Builder
	for i := first; i < next; i++ {
		b.WriteString(a.doc.Tokens[i].Norm)
	}
	return b.String()
}

func (a *analysis) cueText(m phrase.Match) string { return a.normal(m.First, m.Last+1) }
