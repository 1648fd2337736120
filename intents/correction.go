package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// correction says that the text takes back something the customer said
// before: "I meant 305, not 303", 说错了.
func (a *analysis) correction() bool {
	for _, m := range a.lex {
		switch tag(m.Value) {
		case tagCorrect:
			if (a.about("i", "我") || !a.blames(m)) && !a.told(m) {
				a.note("correction")
				return true
			}
		case tagCorrectWeak:
			if (len(a.hits) > 0 || a.named) && !a.blames(m) && !a.chides(m) && !a.mentionsPay() && !a.told(m) {
				a.note("correction")
				return true
			}
		}
	}
	return a.notThisButThat() || a.sorryItIs()
}

// about is true where the speaker speaks of themselves at the beginning.
func (a *analysis) about(words ...string) bool {
	for _, w := range words {
		if len(a.doc.Tokens) > 0 && a.doc.Tokens[0].Norm == w && !a.hasYou() {
			return true
		}
	}
	return false
}

func (a *analysis) hasYou() bool {
	for _, t := range a.doc.Tokens {
		if t.Norm == "you" || t.Norm == "你" || t.Norm == "您" {
			return true
		}
	}
	return false
}

// blames says that somebody else made the mistake: "you sent the wrong
// order", 你们打错了.
func (a *analysis) blames(m phrase.Match) bool {
	t := a.doc.Tokens
	for k := m.First - 1; k >= 0 && k >= m.First-4; k-- {
		switch t[k].Norm {
		case "sent", "send", "got", "received", "delivered", "shipped", "brought", "you", "your", "they", "he", "arrived", "came", "你", "您", "们", "他", "收", "送", "发", "寄":
			return true
		}
	}
	return false
}

// chides keeps "there is no it is" and prices ("it should be 20") out.
func (a *analysis) chides(m phrase.Match) bool {
	n := a.doc.Tokens[m.First].Norm
	return (n == "should" || n == "应") && a.ctx.offering() && len(a.hits) > 0 && a.hits[0].Kind == message.SlotMoney
}

// mentionsPay says that all values are amounts: in an open offer those are
// counter-offers.
func (a *analysis) mentionsPay() bool {
	if !a.ctx.offering() {
		return false
	}
	for _, h := range a.hits {
		if h.Kind != message.SlotMoney {
			return false
		}
	}
	return len(a.hits) > 0
}

// sorryItIs hears "sorry, it's 48214" and 不对，是48214: a word of taking back,
// a mark, and then the value.
func (a *analysis) sorryItIs() bool {
	t := a.doc.Tokens
	for _, h := range a.hits {
		i := h.First - 1
		if h.Kind == message.SlotMoney || h.Kind == message.SlotDate || h.Kind == message.SlotTime {
			continue
		}
		for i >= 0 && (t[i].Norm == "is" || t[i].Norm == "it" || t[i].Norm == "was" || t[i].Norm == "是" || t[i].Norm == "order") {
			i--
		}
		if i < 1 || i == h.First-1 || t[i].Kind != text.Punct {
			continue
		}
		switch t[i-1].Norm {
		case "sorry", "oops", "no", "wait", "actually", "对", "歉", "思":
			if t[i-1].Norm != "对" || i > 1 && t[i-2].Norm == "不" {
				a.note("correction")
				return true
			}
		}
	}
	return false
}

// notThisButThat hears the bare form: "305, not 303", 不是303，是305.
func (a *analysis) notThisButThat() bool {
	t := a.doc.Tokens
	if len(a.hits) == 0 {
		return false
	}
	for i := range t {
		if t[i].Kind != text.Number || len(t[i].Norm) > 10 {
			continue
		}
		english := i > 0 && (t[i-1].Norm == "not" || i > 1 && t[i-2].Norm == "not" && (t[i-1].Norm == "the" || t[i-1].Norm == "order" || t[i-1].Norm == "room" || t[i-1].Norm == "#")) && !(i > 1 && t[i-2].Norm == "why")
		chinese := i > 1 && t[i-1].Norm == "是" && t[i-2].Norm == "不"
		if (english || chinese) && a.hitAt(i) < 0 {
			a.note("correction")
			return true
		}
	}
	return false
}
