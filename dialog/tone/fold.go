package tone

import "unicode"

// folded is a text without what makes no difference; at says where in the
// source each rune stood.
type folded struct {
	runes  []rune
	at     []int
	source []rune
}

func fold(text string) folded {
	t := folded{source: []rune(text)}
	for i, r := range t.source {
		r = plain(r)
		if r == 0 || r == ' ' && t.ends(' ') {
			continue
		}
		// White space between Chinese characters is a typing slip, or a line
		// break inside a word.
		if n := len(t.runes); unicode.Is(unicode.Han, r) && n > 1 && t.runes[n-1] == ' ' && unicode.Is(unicode.Han, t.runes[n-2]) {
			t.runes, t.at = t.runes[:n-1], t.at[:n-1]
		}
		t.runes, t.at = append(t.runes, r), append(t.at, i)
	}
	return t
}

// plain gives a character's simplest form, 0 for one that is not seen.
func plain(r rune) rune {
	switch {
	case r == '’' || r == '‘' || r == 'ʼ' || r == '＇':
		return '\''
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Cf, r):
		return 0
	case r >= '！' && r <= '～':
		r = r - '！' + '!'
	}
	return unicode.ToLower(r)
}

func (t folded) ends(r rune) bool { return len(t.runes) > 0 && t.runes[len(t.runes)-1] == r }

// stands says whether the runes from i to j are whole words, so that "just a"
// is not found in "adjust a".
func (t folded) stands(i, j int) bool {
	return (i == 0 || !wordly(t.runes[i-1]) || !wordly(t.runes[i])) && (j == len(t.runes) || !wordly(t.runes[j]) || !wordly(t.runes[j-1]))
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// raw gives the source from folded rune i up to j.
func (t folded) raw(i, j int) string { return string(t.source[t.at[i] : t.at[j-1]+1]) }
