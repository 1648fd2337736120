package text

import (
	"strings"
	"unicode/utf8"
)

// How much of a text is analysed, in characters.
const (
	headRunes = 2000
	tailRunes = 500
)

// Kind says what a token is made of.
type Kind uint8

// Kinds of tokens.
const (
	Word   Kind = iota // a run of letters of an alphabet
	Number             // a run of ASCII digits (after folding)
	Han                // one Chinese character, simplified
	Punct              // one mark, folded to ASCII where it has a twin
	Emoji              // one pictograph
	Other              // a letter of a script nobody here reads
)

// Token is one piece of a text. Norm is its normal form; Stem is Norm without
// the endings of inflection, and the same as Norm for all but words. Start and
// End are byte offsets into the raw text; the parts of a contraction share
// theirs.
type Token struct {
	Norm  string
	Stem  string
	Alt   string // Norm with held-down letters kept double ("goood": god, good); "" where no letter was
	Start int
	End   int
	Kind  Kind
	Shout bool // written in capitals, three letters or more
	Glued bool // nothing stood between this token and the one before
}

// Doc is a parsed text. Marks at line ends appear as the token "\n", so that
// a new line ends a clause.
type Doc struct {
	Raw    string
	Tokens []Token
	script script
	email  bool
}

// script counts what tells languages apart.
type script struct{ han, trad, simp, latin, kana int }

// Parse reads raw, which may be anything: invalid bytes count as a space.
func Parse(raw string) *Doc {
	p := &parser{doc: &Doc{Raw: raw}}
	head, tail := window(raw)
	p.doc.Tokens = make([]Token, 0, min(head/3+8, 512))
	p.scan(0, head)
	if tail < len(raw) {
		p.flush()
		p.mark("\n", tail, tail)
		p.scan(tail, len(raw))
	}
	p.flush()
	p.doc.localise()
	return p.doc
}

// window gives the end of the head and the start of the tail that are
// analysed; the tail starts at len(raw) when the head covers everything.
func window(raw string) (head, tail int) {
	if len(raw) <= headRunes+tailRunes {
		return len(raw), len(raw)
	}
	for n := 0; head < len(raw) && n < headRunes; n++ {
		_, w := utf8.DecodeRuneInString(raw[head:])
		head += w
	}
	tail = len(raw)
	for n := 0; tail > head && n < tailRunes; n++ {
		_, w := utf8.DecodeLastRuneInString(raw[head:tail])
		tail -= w
	}
	if tail <= head {
		return len(raw), len(raw)
	}
	return head, tail
}

// Normalize gives the normal form of raw as one string: tokens joined, with a
// single space wherever two words or numbers would run together.
func Normalize(raw string) string {
	var b strings.Builder
	prev := Punct
	for _, t := range Parse(raw).Tokens {
		alnum := t.Kind == Word || t.Kind == Number
		if b.Len() > 0 && (alnum && (prev == Word || prev == Number) || t.Norm == "'") {
			b.WriteByte(' ')
		}
		b.WriteString(t.Norm)
		prev = t.Kind
	}
	return b.String()
}
