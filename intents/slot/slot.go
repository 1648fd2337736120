package slot

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// Options is what a value is read against. A nil Zone means UTC. Lang decides
// where the two ways of writing Chinese count differently (the currency of
// a bare 元).
type Options struct {
	Now    time.Time
	Zone   *time.Location
	Expect message.Expect
	Lang   message.Lang
}

// Hit is a value together with the tokens it was read from, both included.
type Hit struct {
	message.Slot
	First, Last int
}

// Find gives the values in the text in the order they stand in, at most 32.
func Find(doc *text.Doc, o Options) []Hit {
	if !worth(doc, o.Expect.Kind) {
		return nil
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	f := &finder{doc: doc, t: doc.Tokens, o: o, used: make([]bool, len(doc.Tokens)), out: -1, want: strings.TrimPrefix(o.Expect.Kind, "slot:")}
	if f.want == o.Expect.Kind {
		f.want = ""
	}
	f.emails()
	f.codes()
	f.money()
	f.days()
	f.phones()
	f.orders()
	f.bareMoney()
	f.numbers()
	f.wholes()
	slices.SortStableFunc(f.hits, func(a, b Hit) int { return cmp.Compare(a.First, b.First) })
	if len(f.hits) > maxHits {
		f.hits = f.hits[:maxHits]
	}
	return f.hits
}

const maxHits = 32

type finder struct {
	doc  *text.Doc
	t    []text.Token
	o    Options
	used []bool
	want string // the NAME of "slot:NAME", or ""
	hits []Hit
	out  int // the last token of the value ruled out last, or -1
}

// worth spares the search where no value can be: most short messages hold
// none, and they are the ones that must be fast.
func worth(doc *text.Doc, expect string) bool {
	if strings.HasPrefix(expect, "slot:") {
		return true
	}
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		switch t.Kind {
		case text.Number:
			return true
		case text.Han:
			if _, ok := hanDigit(t.Norm); ok || strings.Contains("天日周期月晚早昨末午年旦诞节夜今明礼拜半零刻跨双儿廿卅", t.Norm) {
				return true
			}
		case text.Word:
			if dayWord(t.Norm) {
				return true
			}
			if _, ok := englishUnit(t.Norm); ok {
				return true
			}
		case text.Punct:
			if t.Norm == "@" {
				return true
			}
		}
	}
	return false
}

// put records a value unless a part of it is taken or it is ruled out.
func (f *finder) put(s message.Slot, first, last int) bool {
	for i := first; i <= last; i++ {
		if f.used[i] {
			return false
		}
	}
	for i := first; i <= last; i++ {
		f.used[i] = true
	}
	if f.ruledOut(first) || f.excluded(first, last) {
		f.out = last
		return false
	}
	s.Span = strings.ToValidUTF8(f.doc.Span(first, last), "")
	f.hits = append(f.hits, Hit{Slot: s, First: first, Last: last})
	return true
}

// ruledOut says that the words before a value take it away: "not 303",
// "instead of 303", "不是303".
func (f *finder) ruledOut(first int) bool {
	i := first
	for i > 0 && (f.word(i-1, "the") || f.word(i-1, "order") || f.word(i-1, "number") || f.mark(i-1, "#") || f.mark(i-1, "$")) {
		i--
	}
	return i > 0 && f.word(i-1, "not") && !(i > 1 && (f.word(i-2, "if") || f.word(i-2, "why"))) ||
		i > 1 && f.word(i-2, "instead") && f.word(i-1, "of") ||
		f.hanEnds(first, "不是") || f.hanEnds(first, "而不是") || f.hanEnds(first, "并非")
}

// word says that token i is this word.
func (f *finder) word(i int, w string) bool {
	return i >= 0 && i < len(f.t) && f.t[i].Kind == text.Word && f.t[i].Norm == w
}

// oneOf says that token i is one of the words.
func (f *finder) oneOf(i int, words ...string) bool {
	return i >= 0 && i < len(f.t) && f.t[i].Kind == text.Word && slices.Contains(words, f.t[i].Norm)
}

func (f *finder) mark(i int, m string) bool {
	return i >= 0 && i < len(f.t) && (f.t[i].Kind == text.Punct || f.t[i].Kind == text.Emoji) && f.t[i].Norm == m
}

// glued says that token i exists and touches the one before.
func (f *finder) glued(i int) bool { return i > 0 && i < len(f.t) && f.t[i].Glued }

func (f *finder) isNumber(i int) bool {
	return i >= 0 && i < len(f.t) && f.t[i].Kind == text.Number
}

// han says that the characters of s stand at token i, and how many they are.
func (f *finder) han(i int, s string) (int, bool) {
	if i < 0 {
		return 0, false
	}
	n := 0
	for ; len(s) > 0; n++ {
		if i+n >= len(f.t) || f.t[i+n].Kind != text.Han || !strings.HasPrefix(s, f.t[i+n].Norm) {
			return 0, false
		}
		s = s[len(f.t[i+n].Norm):]
	}
	return n, true
}

// hanAny tries several, in order.
func (f *finder) hanAny(i int, list ...string) (string, int) {
	if i < 0 || i >= len(f.t) || f.t[i].Kind != text.Han {
		return "", 0
	}
	first := f.t[i].Norm
	for _, s := range list {
		if strings.HasPrefix(s, first) {
			if n, ok := f.han(i, s); ok {
				return s, n
			}
		}
	}
	return "", 0
}

// hanEnds says that the characters of s stand right before token i.
func (f *finder) hanEnds(i int, s string) bool {
	n := utf8.RuneCountInString(s)
	if i < n || i > len(f.t) || !strings.HasSuffix(s, f.t[i-1].Norm) {
		return false
	}
	_, ok := f.han(i-n, s)
	return ok
}

// hanEndsAny tries several.
func (f *finder) hanEndsAny(i int, list ...string) bool {
	for _, s := range list {
		if f.hanEnds(i, s) {
			return true
		}
	}
	return false
}

// alone says that beside the tokens first..last the text holds nothing but
// marks and small words.
func (f *finder) alone(first, last int) bool {
	for i := range f.t {
		if i >= first && i <= last || f.t[i].Kind == text.Punct {
			continue
		}
		if f.t[i].Kind == text.Word && smallWord(f.t[i].Norm) {
			continue
		}
		if f.t[i].Kind == text.Han && strings.Contains("是我的了啊吧呢哦喔嗯那就好对这个它您你说错改应该", f.t[i].Norm) {
			continue
		}
		return false
	}
	return true
}

func smallWord(w string) bool {
	switch w {
	case "it", "is", "its", "the", "my", "that", "here", "ok", "okay", "please", "pls", "sorry", "hi", "hello", "um", "uh", "so", "well",
		"this", "no", "yes", "actually", "i", "mean", "meant", "wrong", "one", "should", "be", "was", "thanks", "thank", "you", "correct", "correction", "oops", "a", "and":
		return true
	}
	return false
}
