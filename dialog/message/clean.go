package message

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what people call themselves and their files, in characters.
const (
	MaxName = 80
	MaxFile = 120

	maxMarks  = 6  // accents on one letter; more of them climb over the lines above
	maxEnding = 16 // of a file's name, with its dot
)

const (
	ellipsis  = "…"
	joiner    = '\u200D'
	nonJoiner = '\u200C'
)

// CleanName makes a name fit to stand beside our own words: one line of at most
// [MaxName] characters, without anything that cannot be seen, turns the
// direction of text around or piles up on other lines. Joiners stay where emoji
// and scripts are made with them. It may come out empty. Adapters call it when
// they decode, so that nobody behind them has to think of it.
func CleanName(name string) string {
	s := strings.Join(strings.Fields(seen(name)), " ")
	if r := []rune(s); len(r) > MaxName {
		s = seen(string(r[:MaxName-1])) // a joiner at the cut joins nothing any more
		s = strings.TrimSpace(s) + ellipsis
	}
	return s
}

// CleanFile makes a file's name fit to be shown and to be saved under: the last
// part of a path, as CleanName does, without quotation marks, which would end it
// in a header, and without dots at its ends, which hide files. Where it is
// longer than [MaxFile] characters its ending stays, because that says what the
// file claims to be. It may come out empty.
func CleanFile(name string) string {
	name = seen(name) // first, so that nothing invisible stands between what is looked for
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, `"`, "")), " ")
	name = strings.TrimRight(strings.TrimLeftFunc(name, leads), ". ")
	r := []rune(name)
	if len(r) <= MaxFile {
		return name
	}
	end := []rune(name[max(strings.LastIndexByte(name, '.'), 0):])
	if len(end) > maxEnding {
		end = nil
	}
	return strings.TrimRight(seen(string(r[:MaxFile-1-len(end)])), ". ") + ellipsis + string(end)
}

// leads says whether a file's name may not begin with r: dots hide files, and
// marks need something before them.
func leads(r rune) bool {
	return r == '.' || r == ' ' || r == joiner || r == nonJoiner || unicode.IsMark(r)
}

// Visible gives a text as it may be shown to agents: what they could not see
// but would be fooled by stands there by its number, "[U+202E]", and as often
// as it was repeated, "[U+200B ×9]". Line breaks and tabs stay, and so do the
// joiners that emoji and scripts are made with.
func Visible(text string) string {
	if plainASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	var last rune
	times := 0
	flush := func() {
		switch {
		case times == 1:
			fmt.Fprintf(&b, "[U+%04X]", last)
		case times > 1:
			fmt.Fprintf(&b, "[U+%04X ×%d]", last, times)
		}
		times = 0
	}
	scan(text, func(r rune, hidden bool) {
		if times > 0 && (!hidden || r != last) {
			flush()
		}
		if hidden {
			last = r
			times++
			return
		}
		b.WriteRune(r)
	})
	flush()
	return b.String()
}

// plainASCII is the quick way out for most texts.
func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == 0x7F || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// seen leaves out what Visible would show by its number, and bytes that are no
// text. Breaks of lines become spaces.
func seen(s string) string {
	var b strings.Builder
	marks := 0
	scan(strings.ToValidUTF8(s, ""), func(r rune, hidden bool) {
		switch marked := unicode.In(r, unicode.Mn, unicode.Me); {
		case breaks(r):
			b.WriteByte(' ')
			return
		case hidden || r == utf8.RuneError:
			return
		case marked && marks == maxMarks:
			return
		case marked:
			marks++
		default:
			marks = 0
		}
		b.WriteRune(r)
	})
	return b.String()
}

// breaks says whether a line may end at r.
func breaks(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// scan tells of every character whether it is hidden. Whether a joiner and a
// variation selector are depends on their neighbours.
func scan(s string, tell func(r rune, hidden bool)) {
	before := rune(-1)
	for i, r := range s { // invalid bytes come out as U+FFFD
		hidden := false
		switch {
		case r == joiner || r == nonJoiner:
			after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			hidden = !joins(before) || !joins(after)
		case unicode.Is(unicode.Variation_Selector, r):
			hidden = before < 0 || unicode.IsSpace(before) || unicode.Is(unicode.Variation_Selector, before)
		default:
			hidden = invisible(r)
		}
		tell(r, hidden)
		if !hidden {
			before = r
		}
	}
}

// invisible says whether r is a control or stands for nothing one can see.
// Some signs count as formats and are seen: they stay.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r == 0x2800: // a blank that is no space
		return true
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// joins says whether a joiner beside r can mean anything: in emoji, and in
// scripts whose letters change beside each other. In ours it is only a way to
// write the same name twice.
func joins(r rune) bool {
	if r > 0x2000 && r != utf8.RuneError && unicode.IsSymbol(r) || unicode.Is(unicode.Variation_Selector, r) {
		return true
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic,
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}
