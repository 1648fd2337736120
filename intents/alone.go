package intents

import (
	"strings"

	"github.com/accord-chat/accord/intents/phrase"
)

// aloneMark begins a cue that counts only where it is all that is said: a
// "refund" by itself asks for one, while "where is my refund" does not.
const aloneMark = "="

// cutAlone takes the mark off a cue.
func cutAlone(cue string) (string, bool) {
	return strings.CutPrefix(strings.TrimSpace(cue), aloneMark)
}

// whollySaid says that nothing but a match, values and courtesies stands in its
// clause. A question of several clauses asks about the thing: 退款，什么时候到？
// A word that is a command to us names a thing only with a value beside it:
// "cancel" calls everything off, "cancel 48213" is about an order.
func (a *analysis) whollySaid(m phrase.Match) bool {
	for i := range a.clauses {
		c := &a.clauses[i]
		if n := len(c.segs); n == 0 || m.First < c.segs[0].first || c.segs[n-1].last < m.First {
			continue
		}
		valued := false
		for _, s := range c.segs {
			valued = valued || s.value
			inside := m.First <= s.first && s.last <= m.Last
			beside := s.last < m.First || m.Last < s.first
			if !inside && !(beside && (s.value || s.mask.has(tagFill))) {
				return false
			}
		}
		return (valued || !a.commands()) && (!c.asked || len(a.clauses) == 1)
	}
	return false
}

// commands says that the whole text is a command of the lexicon.
func (a *analysis) commands() bool {
	return a.whole(0, tagCancel) || a.whole(0, tagCancelSoft) || a.whole(0, tagStatusWhole) || a.whole(0, tagHelp)
}
