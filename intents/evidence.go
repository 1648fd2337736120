package intents

import (
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// evidence counts the words, pairs of characters and days of label k that the
// tokens first..last hold and no other label does; a word that is negated, or
// is a piece of a courtesy ("thank you very much"), counts for nothing.
func (a *analysis) evidence(labels []label, k, first, last int) int {
	n := 0
	t := labels[k].doc.Tokens
	for i := range t {
		switch t[i].Kind {
		case text.Word:
			if small(t[i].Norm) || elsewhere(labels, k, t[i].Stem) {
				continue
			}
			if at := a.find(t[i].Stem, first, last); at >= 0 && !a.denied(at, at, &labels[k]) && !a.thanks(at) {
				n++
			}
		case text.Han:
			if i+1 < len(t) && t[i+1].Kind == text.Han {
				pair := t[i].Norm + t[i+1].Norm
				if !pairElsewhere(labels, k, pair) {
					if at := a.findPair(pair, first, last); at >= 0 && !a.denied(at, at+1, &labels[k]) {
						n++
					}
				}
			}
		}
	}
	return n + a.sameDays(labels, k, first, last)
}

// thanks says that token i is a piece of thanks or of a greeting.
func (a *analysis) thanks(i int) bool {
	m := phrase.Match{First: i, Last: i}
	return a.inside(m, tagThanks) || a.inside(m, tagGreeting)
}

// sameDays counts days that the tokens first..last and only this label name.
func (a *analysis) sameDays(labels []label, k, first, last int) int {
	n := 0
	for _, d := range labels[k].days {
		unique := true
		for j, o := range labels {
			for _, e := range o.days {
				unique = unique && (j == k || !sameDay(d, e))
			}
		}
		for _, h := range a.hits {
			if unique && first <= h.First && h.Last <= last && sameDay(h, d) && !a.denied(h.First, h.Last, &labels[k]) {
				n++
			}
		}
	}
	return n
}

func sameDay(a, b slot.Hit) bool {
	return a.Kind == b.Kind && a.Time.Equal(b.Time)
}

// small says that a word is in too many sentences to name a choice: who says
// "is anybody there" does not mean [There is no room for me].
func small(w string) bool {
	switch w {
	case "the", "a", "an", "of", "and", "or", "for", "to", "in", "on", "at", "by", "with", "from", "up", "off", "out", "over", "about", "as", "than", "if", "so",
		"is", "it", "am", "are", "was", "were", "be", "been", "being", "do", "does", "did", "have", "has", "had", "will", "would", "can", "could", "should", "may", "not", "no",
		"i", "you", "he", "she", "they", "my", "your", "his", "her", "our", "their", "its", "me", "we", "us", "them", "that", "this", "these", "those", "there", "here", "early",
		"one", "ones", "more", "much", "many", "very", "too", "really", "just", "thing", "back", "left", "please", "then", "still", "now",
		"want", "need", "get", "give", "take", "let", "go", "come", "came", "when", "where", "what", "who", "how", "why":
		return true
	}
	return len(w) < 2
}

func elsewhere(labels []label, k int, stem string) bool {
	for j, l := range labels {
		for _, t := range l.doc.Tokens {
			if j != k && t.Stem == stem {
				return true
			}
		}
	}
	return false
}

func pairElsewhere(labels []label, k int, pair string) bool {
	for j, l := range labels {
		if j == k {
			continue
		}
		for i := 0; i+1 < len(l.doc.Tokens); i++ {
			if l.doc.Tokens[i].Norm+l.doc.Tokens[i+1].Norm == pair {
				return true
			}
		}
	}
	return false
}

func (a *analysis) find(stem string, first, last int) int {
	for i := first; i <= last; i++ {
		if a.doc.Tokens[i].Stem == stem {
			return i
		}
	}
	return -1
}

func (a *analysis) findPair(pair string, first, last int) int {
	t := a.doc.Tokens
	for i := first; i < last; i++ {
		if len(pair) == len(t[i].Norm)+len(t[i+1].Norm) && pair[:len(t[i].Norm)] == t[i].Norm && pair[len(t[i].Norm):] == t[i+1].Norm {
			return i
		}
	}
	return -1
}

// denied says that the words around first..last turn the choice down: "not
// the black one", "he hates black", "monday is too late", "forget the fee",
// 不要黑的, 周二太晚. Words of the label itself, if there is one, do not: "I paid
// way too much" of [I paid too much].
func (a *analysis) denied(first, last int, of *label) bool {
	if a.forgotten(first, last) {
		return true
	}
	for _, s := range a.segs {
		t := &a.doc.Tokens[s.first]
		if of != nil && of.holds(t.Stem) {
			continue
		}
		no := s.mask.has(tagNot) || s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart)
		hate := t.Stem == "hat" || t.Norm == "讨"
		if (no || hate) && s.last < first && first-s.last <= 5 && !a.marked(s.last, first) {
			return true
		}
		late := s.mask.has(tagBad) && !asksToHave(t.Norm) || no
		if late && s.first > last && s.first-last <= 4 && !a.marked(last, s.first) {
			return true
		}
	}
	return false
}

// asksToHave lists words that speak against an assent, and not against what
// they ask for: 購物金給我.
func asksToHave(w string) bool {
	switch w {
	case "want", "need", "give", "给", "要", "想":
		return true
	}
	return false
}

// forgotten says that words of giving up stand right before first..last, and
// are no words of a choice themselves.
func (a *analysis) forgotten(first, last int) bool {
	m := phrase.Match{First: first, Last: last}
	for _, g := range a.lex {
		if tag(g.Value) == tagGiveBefore && g.Last < first && first-g.Last <= 2 && !a.marked(g.Last, first) && !a.overlaps(g, tagGiveNot) && !a.asksFor(g) && !a.anotherBetween(g, m) {
			return true
		}
	}
	return false
}
