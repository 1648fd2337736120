package intents

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// share is how much of a clause a label explains. A word counts two, a
// character one; what stands in every sentence counts nothing.
type share struct {
	own, other int
	meant      bool // words of assent or of taking stand there as well
	behind     bool // what the label does not explain says something about it
}

// means says that a text names label k to have it: the label explains at least
// half of a clause that holds words of its own. Of an offer more is asked,
// because there a choice is an agreement: who only says something about it
// ("the Linden Hotel is a dump") or asks about it takes nothing, and with
// unknown words before it ("I detest …") it is to be asked back.
func (a *analysis) means(labels []label, k int) bool {
	offer := a.ctx.offering() && !onlyThings(labels)
	if offer && a.inquires() {
		return false
	}
	if a.ctx.Expect.Kind == "choice" && !offer {
		return true // ranking takes nothing: 先把书桌弄来
	}
	best, found := share{}, false
	for i := range a.clauses {
		c := &a.clauses[i]
		if last := c.segs[len(c.segs)-1].last; a.evidence(labels, k, c.first, last) == 0 {
			continue
		}
		if s := a.share(c, &labels[k]); !found || s.own-s.other > best.own-best.other {
			best, found = s, true
		}
	}
	if !found {
		return false
	}
	a.talked = offer && (best.other > best.own || best.behind && !best.meant)
	a.doubtful = offer && best.other > 0 && !best.meant
	return best.other <= best.own && !a.talked
}

// share weighs the words of a clause.
func (a *analysis) share(c *clause, l *label) share {
	var s share
	after, modified := false, false
	for i := range c.segs {
		g := &c.segs[i]
		s.meant = s.meant || a.takes(g)
		for k := g.first; k <= g.last; k++ {
			t := &a.doc.Tokens[k]
			w := 2
			if t.Kind == text.Han {
				w = 1
			}
			switch {
			case a.ofLabel(k, l) && (t.Kind == text.Han || !small(t.Norm)), g.value && l.sameDay(a.hits, k):
				s.own += w
				after, modified = true, false
			case joins(t.Norm):
				modified = modified || after
			case !a.foreign(g, k, l):
			default:
				s.other += w
				s.behind = s.behind || after && !modified
			}
		}
	}
	return s
}

// takes says that a segment assents or asks for something to be done; whoever
// tells of others (我妈, "my wife will") does neither.
func (a *analysis) takes(s *segment) bool {
	if s.mask.has(tagAccept) || s.mask.has(tagAcceptOpen) {
		return true
	}
	if !s.mask.has(tagOpen) || a.doc.Tokens[s.first].Kind != text.Word {
		return false
	}
	switch a.doc.Tokens[s.first].Norm {
	case "i", "we", "my", "he", "she", "they", "somebody", "someone", "it", "is", "have":
		return false
	}
	return true
}

// foreign says that token k is a word which neither the label nor courtesy
// explains.
func (a *analysis) foreign(s *segment, k int, l *label) bool {
	t := &a.doc.Tokens[k]
	known := s.mask != 0 && (!s.mask.has(tagBad) || s.mask.has(tagFill) || s.mask.has(tagAccept) || s.mask.has(tagOpen))
	switch {
	case s.value, known, t.Kind == text.Punct, t.Kind == text.Number, t.Kind == text.Emoji, l.holds(t.Stem):
		return false
	case t.Kind == text.Han:
		return !strings.Contains("要想选挑拿给换把弄去到用爱喜欢先还再去和跟是有在就个些点只能会可以吧嘛吗呀么得地过的了", t.Norm)
	}
	return !small(t.Norm) && !picks(t.Norm)
}

// picks lists the words with which people say what they would have. They
// neither count for a choice nor against it.
func picks(w string) bool {
	switch w {
	case "like", "love", "prefer", "rather", "choose", "pick", "put", "book", "send", "make", "try", "same", "other", "think", "guess", "actually", "instead", "tbh", "maybe", "else", "only", "honestly", "probably", "definitely", "option", "enough":
		return true
	}
	return false
}

// joins says that what follows belongs to the choice, and says nothing about
// it: "the black one for my dad", 姐妹店给我爸住.
func joins(w string) bool {
	switch w {
	case "for", "with", "to", "because", "since", "as", "and", "so", "then", "给", "因":
		return true
	}
	return false
}

// ofLabel says that token k is a word of a label, or one of a pair of
// characters that stands in it.
func (a *analysis) ofLabel(k int, l *label) bool {
	t := a.doc.Tokens
	if t[k].Kind != text.Han {
		return l.holds(t[k].Stem)
	}
	return k > 0 && l.holdsPair(t[k-1].Norm, t[k].Norm) || k+1 < len(t) && l.holdsPair(t[k].Norm, t[k+1].Norm)
}

func (l *label) holds(stem string) bool {
	for i := range l.doc.Tokens {
		if l.doc.Tokens[i].Stem == stem {
			return true
		}
	}
	return false
}

func (l *label) holdsPair(x, y string) bool {
	for i := 0; i+1 < len(l.doc.Tokens); i++ {
		if l.doc.Tokens[i].Norm == x && l.doc.Tokens[i+1].Norm == y {
			return true
		}
	}
	return false
}

// sameDay says that token k is a piece of a day which the label names.
func (l *label) sameDay(hits []slot.Hit, k int) bool {
	for _, h := range hits {
		for _, d := range l.days {
			if h.First <= k && k <= h.Last && sameDay(h, d) {
				return true
			}
		}
	}
	return false
}

// unanswered makes a remark about a choice on offer a hesitation: what was
// said of it is beyond us, and it is no question.
func (a *analysis) unanswered(r message.Reading) bool {
	return a.talked && r.Choice == "" && r.Answer == message.NoAnswer && !a.inquires() && a.ctx.Expect.Currency != ""
}

// inquires says that a text begins as people ask for information, with or
// without a question mark.
func (a *analysis) inquires() bool {
	return informs.MatchString(a.doc.Raw) || a.lang.Chinese() && informsZh.MatchString(a.doc.Raw)
}
