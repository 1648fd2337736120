package intents

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// label is a choice's label taken apart.
type label struct {
	id     string
	doc    *text.Doc
	answer message.Answer // what the label itself says: "No", "都不合适"
	days   []slot.Hit
}

// choice finds the one choice that the text names: by its label, by its place
// in the row, or by a word or a day that no other label has. It gives "" when
// none or more than one is named. Labels that are answers ("Yes", "Neither")
// are left to settleChoice.
func (u *Understander) choice(a *analysis) string {
	if len(a.ctx.Expect.Choices) == 0 {
		return ""
	}
	labels := u.labels(a)
	for _, l := range labels {
		if a.same(l.doc) {
			a.ownAll()
			a.note("choice:label")
			return l.id
		}
	}
	if k, first, last := a.ordinal(len(labels)); k >= 0 && !a.denied(first, last) {
		a.ownTokens(first, last)
		a.note("choice:ordinal")
		return labels[k].id
	}
	best, at, tie := 0, -1, false
	for k, l := range labels {
		if l.answer != message.NoAnswer {
			continue
		}
		switch n := a.evidence(labels, k); {
		case n > best:
			best, at, tie = n, k, false
		case n == best && n > 0:
			tie = true
		}
	}
	if at < 0 || tie {
		return ""
	}
	a.ownLabel(labels[at].doc)
	a.note("choice:word")
	return labels[at].id
}

func (u *Understander) labels(a *analysis) []label {
	out := make([]label, 0, len(a.ctx.Expect.Choices))
	ctx := Context{Expect: message.Expect{Kind: "yesno"}, Now: a.ctx.Now, Zone: a.ctx.Zone}
	for _, c := range a.ctx.Expect.Choices {
		doc := text.Parse(c.Label)
		b := u.analyse(doc, ctx)
		l := label{id: c.ID, doc: doc}
		for _, h := range b.hits {
			if h.Kind == message.SlotDate || h.Kind == message.SlotTime {
				l.days = append(l.days, h)
			}
		}
		if f := b.facts(); f.unknown == 0 && !f.value {
			l.answer, _ = b.decide(f, message.Reading{})
		}
		out = append(out, l)
	}
	return out
}

// same says that text and label are the same words.
func (a *analysis) same(l *text.Doc) bool {
	i := 0
	for _, t := range a.doc.Tokens {
		if t.Kind == text.Punct {
			continue
		}
		for i < len(l.Tokens) && l.Tokens[i].Kind == text.Punct {
			i++
		}
		if i == len(l.Tokens) || l.Tokens[i].Norm != t.Norm {
			return false
		}
		i++
	}
	for i < len(l.Tokens) && l.Tokens[i].Kind == text.Punct {
		i++
	}
	return i == len(l.Tokens) && i > 0
}

// ordinal reads "2", "the second one", "option 2", "第二个", "后面那个"; it
// gives the place in a row of n, from 0, or -1.
func (a *analysis) ordinal(n int) (k, first, last int) {
	t := a.doc.Tokens
	for i := range t {
		switch t[i].Kind {
		case text.Number:
			if v := int(t[i].Norm[0] - '0'); len(t[i].Norm) == 1 && v >= 1 && v <= n && a.placeNumber(i) {
				return v - 1, i, i
			}
		case text.Word:
			if v := ordinalWord(t[i].Norm, n); v >= 0 && a.placeWord(i) {
				return v, i, i
			}
		case text.Han:
			if v, w := a.ordinalHan(i, n); v >= 0 {
				return v, i, i + w - 1
			}
		}
	}
	return -1, 0, 0
}

// placeNumber says that a digit stands alone or behind "option".
func (a *analysis) placeNumber(i int) bool {
	t := a.doc.Tokens
	if i > 0 {
		switch t[i-1].Norm {
		case "option", "number", "choice", "no", "第", "选", "#":
			return true
		}
	}
	for k := range t {
		if k != i && t[k].Kind != text.Punct && !a.courtesy(k) {
			return false
		}
	}
	return true
}

// courtesy says that a token adds nothing to "2": please, ok, thanks, 吧, 个.
func (a *analysis) courtesy(k int) bool {
	switch a.doc.Tokens[k].Norm {
	case "please", "ok", "okay", "the", "one", "pls", "thanks", "个", "吧", "选", "号", "好", "的", "那", "就", "要", "我", "st", "nd", "rd", "th", "i", "will", "take", "谢", "yes":
		return true
	}
	return false
}

func ordinalWord(w string, n int) int {
	switch w {
	case "first", "former":
		return 0
	case "second":
		if n >= 2 {
			return 1
		}
	case "third":
		if n >= 3 {
			return 2
		}
	case "fourth":
		if n >= 4 {
			return 3
		}
	case "last", "latter":
		return n - 1
	}
	return -1
}

// placeWord keeps "the second time", "last week" and "just a second" from
// being places in a row.
func (a *analysis) placeWord(i int) bool {
	t := a.doc.Tokens
	if i+1 < len(t) && t[i+1].Kind == text.Word {
		switch t[i+1].Norm {
		case "one", "option", "choice", "please", "is", "works", "would", "sounds", "suggestion", "offer", "then", "pls", "of", "thanks", "for":
		default:
			return false
		}
	}
	return i == 0 || t[i-1].Norm == "the" || a.length() <= 3 && t[i-1].Norm != "a"
}

func (a *analysis) ordinalHan(i, n int) (place, width int) {
	for _, o := range [...]struct {
		s     string
		place int
	}{
		{"第一", 0}, {"第二", 1}, {"第三", 2}, {"第四", 3}, {"第1", 0}, {"第2", 1}, {"第3", 2},
		{"前面那", 0}, {"前面的", 0}, {"前一个", 0}, {"前者", 0}, {"上面那", 0}, {"头一个", 0}, {"方案一", 0}, {"方案二", 1}, {"方案三", 2},
		{"选一", 0}, {"选二", 1}, {"选三", 2},
		{"后面那", n - 1}, {"后面的", n - 1}, {"后一个", n - 1}, {"后者", n - 1}, {"最后一个", n - 1}, {"最后那", n - 1}, {"下面那", n - 1},
	} {
		if o.place < n && a.at(i, o.s) {
			w := len([]rune(o.s))
			if next := i + w; next < len(a.doc.Tokens) && strings.Contains("次天周名时", a.doc.Tokens[next].Norm) {
				continue
			}
			return o.place, w
		}
	}
	return -1, 0
}

// at says that the characters of s stand at token i.
func (a *analysis) at(i int, s string) bool {
	for _, r := range s {
		if i >= len(a.doc.Tokens) || a.doc.Tokens[i].Norm != string(r) {
			return false
		}
		i++
	}
	return true
}

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
		var m phrase.Match
		m.First, m.Last = s.first, s.last
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

func (a *analysis) ownTokens(first, last int) {
	if a.own == nil {
		a.own = make([]bool, len(a.doc.Tokens))
	}
	for i := first; i <= last; i++ {
		a.own[i] = true
	}
}

func (a *analysis) ownAll() { a.ownTokens(0, len(a.doc.Tokens)-1) }

// ownLabel marks the words of the text that the chosen label explains.
func (a *analysis) ownLabel(l *text.Doc) {
	a.own = make([]bool, len(a.doc.Tokens))
	for i := range a.doc.Tokens {
		for _, t := range l.Tokens {
			if t.Stem == a.doc.Tokens[i].Stem {
				a.own[i] = true
			}
		}
	}
}

// settleChoice brings choice and answer together. A choice named under a
// condition or a contrast is not made. A plain answer takes the one label that
// says the same.
func (u *Understander) settleChoice(a *analysis, r message.Reading) string {
	if len(a.ctx.Expect.Choices) == 0 {
		return ""
	}
	if r.Choice != "" {
		f := a.facts()
		if !a.sayLabel() && !a.givesUpElse() && (f.ifs > 0 || f.buts > 0 || f.money || f.asked || r.Answer == message.Refuse && f.refuse > 0 && f.accept == 0) {
			a.note("choice:conditional")
			return ""
		}
		return r.Choice
	}
	if r.Answer == message.NoAnswer || r.Answer == message.Counter || r.Answer == message.Refuse && !a.flatly() {
		return ""
	}
	id := ""
	for _, l := range u.labels(a) {
		if l.answer == r.Answer {
			if id != "" {
				return ""
			}
			id = l.id
		}
	}
	if id != "" {
		a.note("choice:answer")
	}
	return id
}

// flatly says that the text begins with a refusal of everything: "neither.
// monday is too late", and not with that of one thing: "he hates black".
func (a *analysis) flatly() bool {
	if len(a.clauses) == 0 || strange(&a.clauses[0]) {
		return false
	}
	for _, s := range a.clauses[0].segs {
		if s.mask.has(tagRefuse) || s.mask.has(tagRefuseStart) || s.mask.has(tagNot) {
			return true
		}
	}
	return false
}

// givesUpElse says that the choice stands in a sentence of its own and the
// condition behind it is about something the customer gives up: "the lamp.
// keep the money if dad gets it in time".
func (a *analysis) givesUpElse() bool {
	if len(a.clauses) < 2 {
		return false
	}
	for _, c := range a.clauses[1:] {
		if _, ok := a.firstOf(tagGiveBefore, c); ok {
			return a.ownBefore(c.first)
		}
	}
	return false
}

func (a *analysis) firstOf(t tag, c clause) (phrase.Match, bool) {
	for _, m := range a.lex {
		if tag(m.Value) == t && m.First == c.first {
			return m, true
		}
	}
	return phrase.Match{}, false
}

func (a *analysis) ownBefore(i int) bool {
	for k, own := range a.own {
		if own && k < i {
			return true
		}
	}
	return false
}

// sayLabel says that the text is one of the labels, word for word.
func (a *analysis) sayLabel() bool {
	for _, w := range a.why {
		if w == "choice:label" {
			return true
		}
	}
	return false
}
