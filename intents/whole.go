package intents

import (
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// Some phrases answer only where they are all that is said: 要 assents and 要退款
// wants something else, "done" closes a deal and "are you done with it" does
// not.

// countWhole counts a clause that one such phrase and courtesies fill, and
// says whether it did.
func (a *analysis) countWhole(c *clause, f *facts) bool {
	switch {
	case c.rhetoric:
		if a.spans(c, tagAcceptWhole) {
			f.accept++
			f.lastRefuses = false
		} else {
			f.hedged = true // "why not?" alone may ask why something else cannot be had
		}
	case c.asked:
		return false
	case a.spans(c, tagRefuseWhole):
		f.refuse++
		f.lastRefuses = true
	case a.spans(c, tagAcceptWhole), a.settlesOn(c):
		f.accept++
		f.lastRefuses = false
	default:
		return false
	}
	return true
}

// spans says that a phrase with the tag stands in the clause and that what
// stands around it is courtesy or assent.
func (a *analysis) spans(c *clause, t tag) bool {
	last := c.segs[len(c.segs)-1].last
	for _, m := range a.lex {
		if tag(m.Value) == t && m.First >= c.first && m.Last <= last && a.politeAround(c, m) {
			return true
		}
	}
	return false
}

func (a *analysis) politeAround(c *clause, m phrase.Match) bool {
	for i := range c.segs {
		s := &c.segs[i]
		switch {
		case m.First <= s.first && s.last <= m.Last:
		case s.first <= m.Last && m.First <= s.last:
			return false // a longer phrase holds a piece of it and means something else
		case s.mask.has(tagAccept):
		case s.mask.has(tagFill) && (besideWhole(a.doc.Tokens[s.first].Norm) || s.last > s.first && a.doc.Tokens[s.first].Kind == text.Han):
		case a.doc.Tokens[s.first].Kind == text.Emoji && s.mask == 0:
		default:
			return false
		}
	}
	return true
}

// besideWhole lists the single words that may stand beside such a phrase. Others
// that fill a plain assent do not: "it is down" and 也要看 agree to nothing.
func besideWhole(w string) bool {
	switch w {
	case "oh", "ah", "well", "hey", "hi", "hello", "dear", "please", "pls", "plz", "kindly", "thanks", "thank", "thx", "ty", "tysm", "ta", "cheers", "thnx", "thanx", "tnx",
		"sir", "madam", "maam", "man", "mate", "bro", "buddy", "dude", "guys", "team", "luv", "boss", "pal", "then", "and", "so", "now", "just", "u", "you", "la", "lah", "der", "de",
		"那", "就", "我", "咱", "嗯", "哦", "噢", "请", "啊", "呀", "喔", "耶", "哈", "啦", "吧", "呢", "哟", "呐", "咯", "滴", "的", "了", "谢", "唷", "捏", "勒", "欸", "诶", "呗", "咧", "哩",
		"喽", "嘞", "㗎", "架", "喇", "窝", "ㄉ", "ㄚ", "ㄛ", "ㄋ", "ㄟ", "ㄌ":
		return true
	}
	return false
}

// hedges says that a clause takes half of its assent back: "I suppose that's
// fine", 不是不行. Only a plain word in a later clause assents after it.
func hedges(c *clause) bool {
	for i := range c.segs {
		if c.segs[i].mask.has(tagHedge) {
			return true
		}
	}
	return false
}

// onlyOh says that the text is an "oh" and nothing that can be weighed: it
// took note, and answered nothing.
func (a *analysis) onlyOh() bool {
	switch a.doc.Tokens[0].Norm {
	case "哦", "噢":
		return a.length() <= 2
	}
	return false
}

// bound says that segment i of a Chinese clause stands right behind a refusal
// that governs it: 不能同意, 绝对不行. One that is closed (不用了) does not.
func bound(a *analysis, c *clause, i int) bool {
	if i == 0 || !c.segs[i-1].mask.has(tagRefuse) || c.segs[i-1].last+1 != c.segs[i].first {
		return false
	}
	end := &a.doc.Tokens[c.segs[i-1].last]
	return end.Kind == text.Han && !closes(end.Norm)
}

func closes(w string) bool {
	switch w {
	case "了", "吧", "啦", "喔", "啊", "呀", "哦":
		return true
	}
	return false
}

// asksAfter says that a clause ends by asking what would follow from what it
// begins with: 不同意会怎样 refuses nothing.
func (a *analysis) asksAfter(c *clause) bool {
	s := &c.segs[len(c.segs)-1]
	return s.mask.has(tagAsk) && a.doc.Tokens[s.first].Kind == text.Han
}
