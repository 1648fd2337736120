package text

import "unicode"

// twin maps marks that mean the same to one of them. Compatibility folding has
// already made full-width forms narrow; what is left are quotes, dashes and
// the marks only Chinese has.
func twin(r rune) rune {
	switch r {
	case '‘', '’', '‛', '′', 'ʼ', '`', '´':
		return '\''
	case '“', '”', '„', '«', '»', '「', '」', '『', '』', '《', '》':
		return '"'
	case '–', '—', '‐', '‑', '‒', '―', '−':
		return '-'
	case '。', '．':
		return '.'
	case '、':
		return ','
	case '？', '؟', '¿', '‽', '⸮', '❓', '❔':
		return '?'
	case '！', '¡', '❗', '❕':
		return '!'
	case '～', '〜':
		return '~'
	case '\u2028', '\u2029', '\u0085', '\v', '\f':
		return '\n'
	}
	return r
}

// invisible says that r leaves no mark on a screen: joiners, direction marks,
// variation selectors, skin tones, combining accents piled on letters, and
// controls other than white space.
func invisible(r rune) bool {
	if r < 0x80 {
		return r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r == 0x7f
	}
	if r >= 0x1f3fb && r <= 0x1f3ff {
		return true
	}
	switch r {
	case 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800: // fillers that pretend to be letters
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Co) ||
		unicode.Is(unicode.Cc, r)
}

// alphabet says that r is a letter that words are built of here. The alphabets
// that have no place in our three languages still form words, so that a name
// in them stays in one piece.
func alphabet(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) && unicode.IsLetter(r)
}

// markOf gives the string of a mark without allocating for the common ones.
func markOf(r rune) string {
	const ascii = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	if r < 0x80 {
		for i := range len(ascii) {
			if rune(ascii[i]) == r {
				return ascii[i : i+1]
			}
		}
	}
	return string(r)
}

// Blank says that nothing a person could read is in the text.
func (d *Doc) Blank() bool {
	for i := range d.Tokens {
		if d.Tokens[i].Norm != "\n" {
			return false
		}
	}
	return true
}

// Span gives the raw words from the first to the last token of a range, both
// included.
func (d *Doc) Span(first, last int) string {
	return d.Raw[d.Tokens[first].Start:d.Tokens[last].End]
}
