package intents

import (
	"strings"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// Who writes "please do not close my account" names a service to say that it is
// not wanted. To hear the wish for it would be the opposite of what was asked, so
// what stands behind such words is unwanted, whether or not the flow has words of its
// own for giving it up. A text that only tells with a no ("no tracking so far",
// "you did not refund me", 用不了) leaves everything wanted.

// unwanted is the words of one such denial: the no at token no, and what is not
// wanted at the tokens from..last. With light words between them passed over,
// from is the word that names it.
type unwanted struct{ no, from, last int }

// holds says that token i is among what is not wanted.
func (w unwanted) holds(i int) bool { return w.from <= i && i <= w.last }

// unwanted finds the denials of a text, once.
func (a *analysis) unwanted() []unwanted {
	if a.unwantedRead {
		return a.notWanted
	}
	a.unwantedRead = true
	for i := range a.doc.Tokens {
		from, ok := a.unwantedFrom(i)
		if !ok {
			continue
		}
		if last := a.stretch(from); last >= from {
			a.notWanted = append(a.notWanted, unwanted{no: i, from: from, last: last})
		}
	}
	return a.notWanted
}

func (a *analysis) unwantedFrom(i int) (from int, ok bool) {
	t := a.doc.Tokens
	switch {
	case t[i].Kind == text.Han:
		return a.unwantedHan(i)
	case t[i].Kind != text.Word || a.asksBefore(i):
		return 0, false
	case t[i].Norm == "not" || t[i].Norm == "never":
		return a.unwantedEnglish(i)
	}
	return 0, false
}

// stretch is the last token of what begins at from: the clause ends it, and so does
// a word that turns to something else.
func (a *analysis) stretch(from int) int {
	i := from
	for ; i < len(a.doc.Tokens); i++ {
		if a.marked(i, i+1) || i > from && turns(a.doc.Tokens[i].Norm) {
			break
		}
	}
	return i - 1
}

func turns(w string) bool {
	switch w {
	case "but", "just", "only", "instead", "where", "when", "why", "so", "但", "只", "就", "而":
		return true
	}
	return false
}

// asksBefore says that the clause asks or supposes before token i: "why did you not
// refund me", "if I do not want it".
func (a *analysis) asksBefore(i int) bool {
	for k := i - 1; k >= 0 && !a.marked(k, k+1); k-- {
		switch a.doc.Tokens[k].Norm {
		case "why", "if", "whether", "what", "when", "how", "unless", "because", "since", "which", "that":
			return true
		}
	}
	return false
}

// unwantedEnglish reads what stands around a "not" or "never" at token i.
func (a *analysis) unwantedEnglish(i int) (from int, ok bool) {
	who, verb := a.before(i-2), a.before(i-1)
	own := who == "i" || who == "we"
	from, wish := a.skipLight(i + 1)
	switch {
	case from >= len(a.doc.Tokens) || a.marked(from, from+1):
		return 0, false
	case a.doc.Tokens[i].Norm == "never":
		return from, wish && (verb == "i" || verb == "we" || verb == "have" && own)
	case own && (verb == "do" || verb == "did" || verb == "am" || verb == "are" || verb == "would"):
		if a.noMore(from) {
			return 0, false // "I do not want it any more" is done with it, and may want it undone
		}
		return from, wish || verb == "am" && strings.HasSuffix(a.doc.Tokens[from].Norm, "ing") && !comes(a.doc.Tokens[from].Norm)
	case verb == "rather", own && verb == "will":
		return from, true
	case verb == "do":
		return from, startsOrder(who)
	case verb == "" || verb == "," || verb == "it" && who == "":
		return from, a.contrasts(i, from)
	}
	return 0, false
}

// noMore says that what begins at token from ends with "any more" or "any longer".
func (a *analysis) noMore(from int) bool {
	switch a.doc.Tokens[max(from, a.stretch(from))].Norm {
	case "more", "anymore", "longer":
		return true
	}
	return false
}

// comes says that a word tells of getting something, which is wanted if anything is.
func comes(w string) bool {
	switch w {
	case "getting", "receiving", "seeing", "finding", "going", "being", "having", "working":
		return true
	}
	return false
}

// startsOrder says that "do not" behind w tells somebody what not to do.
func startsOrder(w string) bool {
	switch w {
	case "", ",", "please", "pls", "plz", "but", "so", "and", "then", "hey", "hi":
		return true
	}
	return false
}

// before is the word at token i, "" before the first, and "," for a mark.
func (a *analysis) before(i int) string {
	switch {
	case i < 0:
		return ""
	case a.marked(i, i+1):
		return ","
	}
	return a.doc.Tokens[i].Norm
}

// contrasts says that a "not" at token i sets one thing against another: "not a
// coupon, a refund".
func (a *analysis) contrasts(i, from int) bool {
	t := a.doc.Tokens
	if n := t[i+1].Norm; n != "a" && n != "an" && n != "any" && n != "for" {
		return false
	}
	last := a.stretch(from)
	return last-from < 3 && last+2 < len(t) && t[last+1].Norm == ","
}

// skipLight passes over the words between a no and what it denies, and says
// whether one of them is a word of wishing.
func (a *analysis) skipLight(i int) (from int, wish bool) {
	for ; i < len(a.doc.Tokens); i++ {
		switch a.doc.Tokens[i].Norm {
		case "want", "wanting", "need", "wish", "like", "ask", "asking", "asked", "said", "request", "requesting", "requested", "looking", "trying", "here", "after", "wanted", "needed", "insist":
			wish = true
		case "to", "for", "a", "an", "any", "the", "my", "me", "us", "it", "be", "been", "get", "have", "give", "given", "send", "make", "file", "go", "just", "please", "i", "we", "even", "yet", "ever", "really", "actually", "another", "about", "anybody", "anyone", "you", "do", "on", "bother", "with":
		default:
			return i, wish
		}
	}
	return i, wish
}

// unwantedHan reads a no in Chinese: 不要退款, 别给我换货, 没说要退货. Told with 是
// it denies only what another clause is set against: 不是退货,是想换.
func (a *analysis) unwantedHan(i int) (from int, ok bool) {
	before, after := a.normal(max(0, i-1), i), a.normal(i, min(i+6, len(a.doc.Tokens)))
	if strings.ContainsAny(before, "要能么啥何特分区性级识个类差告会肯干怎是才都") {
		return 0, false
	}
	no, weak := hanNo(after)
	if no == 0 {
		return 0, false
	}
	from = i + no
	t := a.doc.Tokens
	for from < len(t) && strings.Contains("给我帮替你们去再把办理申请要想来做搞为了", t[from].Norm) {
		if t[from].Norm == "了" {
			return 0, false // 不要了 is done with something; what follows is new
		}
		from++
	}
	if from >= len(t) || t[from].Kind == text.Punct {
		return 0, false
	}
	return from, !weak || a.setAgainst(from)
}

// hanNo gives the length of the no that s begins with; weak says that it alone
// leaves everything wanted.
func hanNo(s string) (n int, weak bool) {
	for _, no := range [...]string{"没有说要", "没有想要", "没有打算", "没有要", "没说要", "没想要", "没打算", "没要求", "没申请", "没说", "没想", "没要", "不是想要", "不是要", "不是想", "不是来", "不想要", "不打算", "不需要", "不准备", "不要", "不想", "不用", "不必", "无需", "别"} {
		if rest, cut := strings.CutPrefix(s, no); cut {
			if no == "别" && (rest == "" || strings.ContainsAny(rest[:min(3, len(rest))], "人的处家墅")) {
				return 0, false
			}
			return len([]rune(no)), false
		}
	}
	if strings.HasPrefix(s, "不是") {
		return 2, true
	}
	return 0, false
}

// setAgainst says that the clause behind the one of token i names what is meant
// instead.
func (a *analysis) setAgainst(i int) bool {
	t := a.doc.Tokens
	last := a.stretch(i)
	if last-i > 3 || last+2 >= len(t) || !a.marked(last+1, last+2) {
		return false
	}
	return strings.Contains("是想要我只就而问", t[last+2].Norm)
}

// unwantedCue says that a cue is what a denial denies.
func (a *analysis) unwantedCue(m phrase.Match) bool {
	for _, w := range a.unwanted() {
		if m.First > w.no && m.First <= w.from && w.from <= m.Last {
			return true
		}
	}
	return false
}

// Shares of what spoke for a label that make it unwanted. They were set by hand on
// the lines of testdata/denials.tsv, which therefore measure nothing.
const (
	// mostly, nearly half, must stand in what is denied, aim must touch its first word, and
	// more than loud in the no itself means that the no belongs to it: 别发货了.
	mostly, aim, loud = 0.45, 0.2, 0.4
	// strongest is how many of what spoke are weighed.
	strongest = 12
)

// unwantedBy says whether what spoke for a label in the tokens of the whole text is
// denied, and by which words.
func (a *analysis) unwantedBy(spoke []model.Spoke) (unwanted, bool) {
	spoke = spoke[:min(strongest, len(spoke))]
	for _, w := range a.unwanted() {
		var all, in, touch, no float64
		for _, s := range spoke {
			begins, ends := w.holds(s.First), w.holds(s.Last)
			switch {
			case s.First == w.no || s.Last == w.no || !s.Apart && s.First <= w.no && w.no <= s.Last:
				no += s.Gain
			case begins != ends:
				continue // two words of which one is denied say nothing of either
			case begins:
				in += s.Gain
			}
			all += s.Gain
			if s.First == w.from || s.Last == w.from || !s.Apart && s.First <= w.from && w.from <= s.Last {
				touch += s.Gain
			}
		}
		if all > 0 && in >= mostly*all && touch >= aim*all && no <= loud*all {
			return w, true
		}
	}
	return unwanted{}, false
}
