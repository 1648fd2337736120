package intents

import (
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// evidence counts the words, pairs of characters and days of label k that the
// text holds and no other label does; a word that is negated counts for
// nothing.
func (a *analysis) evidence(labels []label, k int) int {
	n := 0
	t := labels[k].doc.Tokens
	for i := range t {
		switch t[i].Kind {
		case text.Word:
			if small(t[i].Norm) || elsewhere(labels, k, t[i].Stem) {
				continue
			}
			if at := a.find(t[i].Stem); at >= 0 && !a.denied(at, at) {
				n++
			}
		case text.Han:
			if i+1 < len(t) && t[i+1].Kind == text.Han {
				pair := t[i].Norm + t[i+1].Norm
				if !pairElsewhere(labels, k, pair) {
					if at := a.findPair(pair); at >= 0 && !a.denied(at, at+1) {
						n++
					}
				}
			}
		}
	}
	return n + a.sameDays(labels, k)
}

// sameDays counts days that the text and only this label name.
func (a *analysis) sameDays(labels []label, k int) int {
	n := 0
	for _, d := range labels[k].days {
		unique := true
		for j, o := range labels {
			for _, e := range o.days {
				unique = unique && (j == k || !sameDay(d, e))
			}
		}
		for _, h := range a.hits {
			if unique && h.Kind == d.Kind && sameDay(h, d) && !a.denied(h.First, h.Last) {
				n++
			}
		}
	}
	return n
}

func sameDay(a, b slot.Hit) bool {
	return a.Kind == b.Kind && a.Time.Equal(b.Time)
}

func small(w string) bool {
	switch w {
	case "the", "a", "an", "of", "and", "or", "for", "to", "in", "on", "at", "by", "is", "it", "i", "you", "my", "your", "with", "please", "me", "we", "one", "that", "this", "more", "thing", "back":
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

func (a *analysis) find(stem string) int {
	for i := range a.doc.Tokens {
		if a.doc.Tokens[i].Stem == stem {
			return i
		}
	}
	return -1
}

func (a *analysis) findPair(pair string) int {
	t := a.doc.Tokens
	for i := 0; i+1 < len(t); i++ {
		if len(pair) == len(t[i].Norm)+len(t[i+1].Norm) && pair[:len(t[i].Norm)] == t[i].Norm && pair[len(t[i].Norm):] == t[i+1].Norm {
			return i
		}
	}
	return -1
}

// denied says that the words around first..last turn the choice down: "not
// the black one", "he hates black", "monday is too late", 不要黑的, 周二太晚.
func (a *analysis) denied(first, last int) bool {
	for _, s := range a.segs {
		no := s.mask.has(tagNot) || s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart)
		hate := a.doc.Tokens[s.first].Stem == "hat" || a.doc.Tokens[s.first].Norm == "讨"
		if (no || hate) && s.last < first && first-s.last <= 5 && !a.marked(s.last, first) {
			return true
		}
		late := s.mask.has(tagBad) || no
		if late && s.first > last && s.first-last <= 4 && !a.marked(last, s.first) {
			return true
		}
	}
	return false
}
