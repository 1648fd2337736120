package text

import (
	_ "embed"
	"sync"
	"unicode/utf8"
)

// The table is derived from OpenCC's (see opencc/README.md, opencc/LICENSE).
//
//go:embed opencc/characters.txt
var characters string

// form says which of the two scripts a character betrays.
type form uint8

const (
	common form = iota
	traditional
	simplified
)

const (
	hanFirst = 0x3400
	hanLast  = 0x9fff
)

// hanTable holds, for each character of the basic blocks, its simplified
// twin and which script uses it. It never changes once it is built.
type hanTable struct {
	twin [hanLast - hanFirst + 1]uint16
	form [hanLast - hanFirst + 1]form
}

var han = sync.OnceValue(loadHan)

// loadHan reads the embedded table: a line of pairs (traditional, simplified),
// then a line of characters that only simplified texts use.
func loadHan() *hanTable {
	t := &hanTable{}
	s := characters
	for len(s) > 0 && s[0] != '\n' {
		from, n := utf8.DecodeRuneInString(s)
		to, m := utf8.DecodeRuneInString(s[n:])
		s = s[n+m:]
		if inTable(from) && to <= 0xffff {
			t.twin[from-hanFirst] = uint16(to)
			t.form[from-hanFirst] = traditional
		}
	}
	for _, r := range s {
		if inTable(r) {
			t.form[r-hanFirst] = simplified
		}
	}
	return t
}

func inTable(r rune) bool { return r >= hanFirst && r <= hanLast }

// simplify gives the simplified twin of r, or r.
func simplify(r rune) rune {
	switch r {
	case '妳':
		return '你'
	case '您':
		return '您'
	case '牠', '祂':
		return '他'
	case '帳', '帐', '賬':
		return '账'
	}
	if inTable(r) {
		if to := han().twin[r-hanFirst]; to != 0 {
			return rune(to)
		}
	}
	return r
}

func side(r rune) form {
	if inTable(r) {
		return han().form[r-hanFirst]
	}
	return common
}
