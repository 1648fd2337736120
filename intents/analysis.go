package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// mask is a set of answer tags.
type mask uint32

func (t tag) bit() mask { return 1 << mask(t) }

func (m mask) has(t tag) bool { return m&t.bit() != 0 }

// analysis is one text taken apart; every rule reads it.
type analysis struct {
	doc     *text.Doc
	ctx     Context
	lang    message.Lang
	hits    []slot.Hit
	lex     []phrase.Match
	segs    []segment
	clauses []clause
	why     []string

	named bool
	cued  []phrase.Match // cues of the flow that name something wanted or told
	angry float64
	own   []bool // tokens that belong to the label of the chosen choice

	unwantedRead bool // notWanted holds what there is
	notWanted    []unwanted
	gone         []run // tokens that speak of what is given up or not wanted

	labelled []label // the choices' labels, once they are taken apart
	talked   bool    // a choice on offer is named only to say something about it
	doubtful bool    // it is named among words nobody here knows
}

// segment is the longest phrase of the lexicon at its place, or one token that
// says nothing for or against an offer (mask 0).
type segment struct {
	first, last int
	mask        mask
	value       bool // a day, a number, a code: read as a slot
	money       bool
	thing       bool // names what an offer may be about; mask is 0
	span        bool // a thing that is a length of time: "5 days"
}

// clause is what stands between two marks. Asked says that the sentence it
// belongs to is a question, rhetoric that it is one nobody wants an answer to
// ("why not?").
type clause struct {
	segs     []segment
	first    int
	asked    bool
	rhetoric bool
	bangs    int
}

// segment cuts the text into clauses and the clauses into segments.
func (a *analysis) segment() {
	t := a.doc.Tokens
	a.segs = make([]segment, 0, len(t))
	from, sentence, mi := 0, 0, 0
	for i := 0; i < len(t); {
		if t[i].Kind == text.Punct && a.hitAt(i) < 0 {
			if breaks(t[i].Norm) {
				a.endClause(from)
				from = len(a.segs)
				a.clauseMark(t[i].Norm, &sentence)
			}
			i++
			continue
		}
		for mi < len(a.lex) && a.lex[mi].First < i {
			mi++
		}
		s := a.segmentAt(i, mi)
		a.segs = append(a.segs, s)
		i = s.last + 1
	}
	a.endClause(from)
}

func breaks(m string) bool {
	switch m {
	case "\"", "'", "(", ")", "*", "_", "`", "$", "#", "%", "&", "@":
		return false
	}
	return true
}

// clauseMark lets a question mark reach back to the start of its sentence:
// in "can I get it sooner, please?" both halves are asked.
func (a *analysis) clauseMark(m string, sentence *int) {
	switch m {
	case "?":
		if n := len(a.clauses); n > 0 && a.spans(&a.clauses[n-1], tagRhetoric) {
			a.clauses[n-1].asked, a.clauses[n-1].rhetoric = false, true
			return
		}
		for k := *sentence; k < len(a.clauses); k++ {
			a.clauses[k].asked = true
		}
	case "!":
		if n := len(a.clauses); n > 0 {
			a.clauses[n-1].bangs++
		}
	}
	switch m {
	case ".", "!", "\n", ";":
		*sentence = len(a.clauses)
	}
}

func (a *analysis) endClause(from int) {
	if from == len(a.segs) {
		return
	}
	c := clause{segs: a.segs[from:len(a.segs):len(a.segs)], first: a.segs[from].first}
	if c.asked = a.asks(c); c.asked && a.spans(&c, tagRhetoric) {
		c.asked, c.rhetoric = false, true // 干嘛不要
	}
	a.clauses = append(a.clauses, c)
}

// segmentAt gives what stands at token i: a value, the longest phrase, or an
// unknown token. mi is the first match that does not start before i.
func (a *analysis) segmentAt(i, mi int) segment {
	h := a.hitAt(i)
	if h >= 0 && a.hits[h].First == i && a.theSum(i, h) {
		return segment{first: i, last: a.hits[h].Last, thing: true}
	}
	if h >= 0 && a.hits[h].First == i && a.hits[h].Kind != message.SlotNumber {
		return segment{first: i, last: a.hits[h].Last, value: true, money: a.hits[h].Kind == message.SlotMoney}
	}
	if last, ok := a.lengthOfTime(i); ok {
		return segment{first: i, last: last, thing: true, span: true}
	}
	return a.phraseAt(i, mi)
}

// phraseAt takes the longest phrase at token i. One that names a thing counts
// as that only where no other phrase is as long.
func (a *analysis) phraseAt(i, mi int) segment {
	s := segment{first: i, last: i}
	for k := mi; k < len(a.lex) && a.lex[k].First == i; k++ {
		m := &a.lex[k]
		t := answerTag(tag(m.Value))
		known := s.mask != 0 || s.thing
		if t == tagCount || t == tagThing && !a.oneOffer() || m.Gapped || known && (m.Last < s.last || t == tagThing) {
			continue
		}
		if !known || m.Last > s.last {
			s.last, s.mask = m.Last, 0
		}
		if s.thing = t == tagThing; !s.thing {
			s.mask |= t.bit()
		}
	}
	return s
}

// answerTag folds courtesies into fill, and gives tagCount for tags that have
// no part in answers.
func answerTag(t tag) tag {
	switch {
	case t <= tagOpen:
		return t
	case t == tagThanks || t == tagGreeting:
		return tagFill
	case t == tagThing:
		return t
	}
	return tagCount
}

// hitAt gives the index of the value that covers token i, or -1.
func (a *analysis) hitAt(i int) int {
	for k := range a.hits {
		if a.hits[k].First <= i && i <= a.hits[k].Last {
			return k
		}
	}
	return -1
}

// asks says that a clause is a question without its mark: an English one
// begins like one, a Chinese one has a question word anywhere.
func (a *analysis) asks(c clause) bool {
	if a.asksAtEnd(c) || a.asksWhatIf(c) || a.asksOf(c) {
		return true
	}
	for _, s := range c.segs {
		han := a.doc.Tokens[s.first].Kind == text.Han
		switch {
		case s.mask.has(tagAsk) && !s.mask.has(tagFill) && !s.mask.has(tagAccept):
			return true
		case !han && !s.mask.has(tagFill) && !s.mask.has(tagAccept):
			return false
		}
	}
	return false
}

// asksAtEnd hears the 不 or 没 that ends a question: 能开发票不, 有货没.
func (a *analysis) asksAtEnd(c clause) bool {
	last := c.segs[len(c.segs)-1]
	if n := len(c.segs); n > 1 && c.segs[n-2].thing && a.doc.Tokens[last.first].Norm == "呢" {
		return true // 发票呢
	}
	if n := a.doc.Tokens[last.first].Norm; last.first != last.last || n != "不" && n != "没" {
		return false
	}
	for i := c.first; i < last.first; i++ {
		switch a.doc.Tokens[i].Norm {
		case "能", "会", "可", "有", "要", "是":
			return true
		}
	}
	return false
}

// asksWhatIf hears the 呢 that makes a question of a condition: 如果不接受呢.
func (a *analysis) asksWhatIf(c clause) bool {
	if a.doc.Tokens[c.segs[len(c.segs)-1].last].Norm != "呢" {
		return false
	}
	for i := range c.segs {
		if c.segs[i].mask.has(tagIf) {
			return true
		}
	}
	return false
}

// tagged says that a phrase with the tag is in the text.
func (a *analysis) tagged(t tag) (phrase.Match, bool) {
	for _, m := range a.lex {
		if tag(m.Value) == t {
			return m, true
		}
	}
	return phrase.Match{}, false
}

// inside says that a match lies within one of the tag's phrases.
func (a *analysis) inside(m phrase.Match, t tag) bool {
	for _, o := range a.lex {
		if tag(o.Value) == t && o.First <= m.First && m.Last <= o.Last {
			return true
		}
	}
	return false
}

// overlaps says that a match touches one of the tag's phrases.
func (a *analysis) overlaps(m phrase.Match, t tag) bool {
	for _, o := range a.lex {
		if tag(o.Value) == t && o.First <= m.Last && m.First <= o.Last {
			return true
		}
	}
	return false
}

// cue quotes the words of a match.
func (a *analysis) cue(m phrase.Match) string {
	return a.doc.Span(m.First, m.Last)
}

// marked says that a clause-breaking mark stands between two tokens.
func (a *analysis) marked(from, to int) bool {
	for i := from; i < to; i++ {
		if a.doc.Tokens[i].Kind == text.Punct && breaks(a.doc.Tokens[i].Norm) {
			return true
		}
	}
	return false
}

// whole says that phrases with the tags, courtesies and marks are all the text
// holds, and that at least one of the tags is there.
func (a *analysis) whole(slack int, tags ...tag) bool {
	covered := make([]bool, len(a.doc.Tokens))
	found := false
	for _, m := range a.lex {
		hit := false
		for _, t := range tags {
			hit = hit || tag(m.Value) == t
		}
		found = found || hit
		switch tag(m.Value) {
		case tagFill, tagThanks, tagGreeting, tagAccept:
			hit = true
		}
		for i := m.First; hit && i <= m.Last; i++ {
			covered[i] = true
		}
	}
	if !found {
		return false
	}
	for i, t := range a.doc.Tokens {
		if !covered[i] && t.Kind != text.Punct && t.Kind != text.Emoji {
			if t.Norm == "no" || t.Norm == "嗯" {
				continue
			}
			if slack--; slack < 0 {
				return false
			}
		}
	}
	return true
}
