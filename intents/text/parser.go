package text

import (
	"golang.org/x/text/unicode/norm"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parser collects the runes of the word or number under way.
type parser struct {
	doc    *Doc
	buf    []rune
	kind   Kind
	start  int
	end    int
	upper  int
	last   int // end of the token before, for Glued
	active bool
}

// scan walks the bytes from..to of the raw text.
func (p *parser) scan(from, to int) {
	raw := p.doc.Raw
	for i := from; i < to; {
		c := raw[i]
		if c < utf8.RuneSelf {
			p.rune(rune(c), i, i+1)
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(raw[i:to])
		if r == utf8.RuneError && w <= 1 {
			p.flush()
			i++
			continue
		}
		if plainHan(r) {
			p.rune(r, i, i+w)
			i += w
			continue
		}
		i = p.folded(i, to)
	}
}

// plainHan says that r is a character which compatibility folding leaves alone.
func plainHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// folded emits one normalisation segment starting at i and gives its end.
func (p *parser) folded(i, to int) int {
	n := norm.NFKC.NextBoundaryInString(p.doc.Raw[i:to], true)
	if n <= 0 {
		_, n = utf8.DecodeRuneInString(p.doc.Raw[i:to])
	}
	for _, r := range norm.NFKC.String(p.doc.Raw[i : i+n]) {
		p.rune(r, i, i+n)
	}
	return i + n
}

// rune takes one folded character that stood at start..end.
func (p *parser) rune(r rune, start, end int) {
	if !plainHan(r) {
		r = twin(r)
		if invisible(r) {
			return
		}
	}
	switch {
	case plainHan(r) || r >= 0x2e80 && unicode.Is(unicode.Han, r):
		p.han(r, start, end)
	case r >= '0' && r <= '9':
		p.grow(Number, r, start, end)
	case alphabet(r):
		p.letter(r, start, end)
	case r == '\'' && p.active && p.kind == Word && letterAt(p.doc.Raw, end):
		p.grow(Word, r, start, end)
	case r == '\n' || r == '\r':
		p.flush()
		p.mark("\n", start, end)
	case unicode.IsSpace(r):
		p.flush()
	case unicode.IsLetter(r):
		p.flush()
		p.foreign(r, start, end)
	case unicode.IsPunct(r), unicode.IsSymbol(r):
		p.flush()
		p.mark(markOf(r), start, end)
	default:
		p.flush()
	}
}

// letterAt says that a letter follows at byte i, so that an apostrophe there
// belongs to a word.
func letterAt(raw string, i int) bool {
	r, _ := utf8.DecodeRuneInString(raw[i:])
	return alphabet(r)
}

func (p *parser) han(r rune, start, end int) {
	p.flush()
	p.doc.script.han++
	switch side(r) {
	case traditional:
		p.doc.script.trad++
	case simplified:
		p.doc.script.simp++
	}
	n := p.doc.Raw[start:end]
	if s := simplify(r); s != r || len(n) != utf8.RuneLen(r) {
		n = string(s)
	}
	p.add(Token{Norm: n, Stem: n, Kind: Han, Start: start, End: end})
}

func (p *parser) letter(r rune, start, end int) {
	low := unicode.ToLower(r)
	if low != r {
		if !p.active || p.kind != Word {
			p.grow(Word, low, start, end)
			p.upper = 1
			return
		}
		p.upper++
	}
	p.grow(Word, low, start, end)
}

func (p *parser) foreign(r rune, start, end int) {
	if unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		p.doc.script.kana++
	}
	s := string(unicode.ToLower(r))
	p.add(Token{Norm: s, Stem: s, Kind: Other, Start: start, End: end})
}

func (p *parser) mark(s string, start, end int) {
	kind := Punct
	if r, _ := utf8.DecodeRuneInString(s); r > 0x2190 && unicode.IsSymbol(r) {
		kind = Emoji
	}
	if s == "@" {
		p.doc.email = true
	}
	p.add(Token{Norm: s, Stem: s, Kind: kind, Start: start, End: end})
}

// grow adds a character to the run under way, or starts one.
func (p *parser) grow(kind Kind, r rune, start, end int) {
	if p.active && p.kind != kind {
		p.flush()
	}
	if !p.active {
		p.active, p.kind, p.start, p.upper = true, kind, start, 0
		p.buf = p.buf[:0]
	}
	p.buf = append(p.buf, r)
	p.end = end
}

// flush ends the run under way.
func (p *parser) flush() {
	if !p.active {
		return
	}
	p.active = false
	if p.kind == Number {
		n := p.literal()
		p.add(Token{Norm: n, Stem: n, Kind: Number, Start: p.start, End: p.end})
		return
	}
	p.doc.script.latin++
	t := Token{Kind: Word, Start: p.start, End: p.end, Shout: len(p.buf) >= 3 && p.upper == len(p.buf)}
	squeezed, double, held := squeeze(p.buf)
	if held {
		t.Alt = string(double)
		p.buf = squeezed
	}
	t.Norm = p.literal()
	p.words(t)
}

// literal gives the run as a string, sharing the raw bytes where it can.
func (p *parser) literal() string {
	raw := p.doc.Raw[p.start:p.end]
	if len(raw) == len(p.buf) {
		same := true
		for i := range p.buf {
			if rune(raw[i]) != p.buf[i] {
				same = false
				break
			}
		}
		if same {
			return raw
		}
	}
	return string(p.buf)
}

// words adds a word, or the parts of a contraction.
func (p *parser) words(t Token) {
	if parts := expand(t.Norm); parts != nil {
		t.Alt = ""
		for _, w := range parts {
			t.Norm = w
			p.words(t)
		}
		return
	}
	if strings.IndexByte(t.Norm, '\'') >= 0 {
		// Without its apostrophes it may be another contraction ("ca'nt").
		one, _, _ := squeeze([]rune(strings.ReplaceAll(t.Norm, "'", "")))
		t.Norm = string(one)
		p.words(t)
		return
	}
	t.Stem = Stem(t.Norm)
	p.add(t)
}

func (p *parser) add(t Token) {
	t.Glued = len(p.doc.Tokens) > 0 && t.Start == p.last
	p.last = t.End
	p.doc.Tokens = append(p.doc.Tokens, t)
}

// squeeze shortens letters repeated three times or more, to one and to two.
func squeeze(in []rune) (one, two []rune, held bool) {
	for i := 2; i < len(in); i++ {
		if in[i] == in[i-1] && in[i] == in[i-2] {
			held = true
		}
	}
	if !held {
		return in, nil, false
	}
	for i := 0; i < len(in); {
		j := i
		for j < len(in) && in[j] == in[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			one, two = append(one, in[i]), append(two, in[i], in[i])
		} else {
			one, two = append(one, in[i:j]...), append(two, in[i:j]...)
		}
		i = j
	}
	return one, two, true
}
