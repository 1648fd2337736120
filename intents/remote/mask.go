package remote

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Of a long text the model reads both ends, as every reader here does: what a
// person asks stands at one of them.
const (
	textHead = 800 // runes
	textTail = 200
)

// private are the forms of what must not leave the machine, in the order in which
// they are looked for: an address may hold numbers. A number is five digits or
// more, however they are grouped, in any script's digits; codes mix letters with
// three digits or more ("AB-482"); digits may also be spelled out.
var private = []struct {
	name string
	form *regexp.Regexp
}{
	{"LINK", regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>"，。；]+`)},
	{"EMAIL", regexp.MustCompile(`[\pL\pN._%+\-]+[@＠][\pL\pN\-]+(?:[.．。][\pL\pN\-]+)+`)},
	{"HANDLE", regexp.MustCompile(`[@＠][A-Za-z0-9_]{3,}`)},
	{"NUMBER", regexp.MustCompile(`[+＋#＃]?(?:\p{Nd}[\s().\-–—－/·]{0,3}){4,}\p{Nd}`)},
	{"NUMBER", regexp.MustCompile(`(?i)[a-z0-9-]*(?:\d[a-z-]*){3,}[a-z0-9-]*`)},
	{"NUMBER", regexp.MustCompile(`(?:[〇零○一二三四五六七八九幺两兩壹贰叁肆伍陆柒捌玖][\s\-]?){5,}`)},
	{"NUMBER", regexp.MustCompile(`(?i)(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,\-]*){5,}`)},
}

// masked is a text with placeholders, and what they stand for.
type masked struct {
	text string
	was  map[string]string // by placeholder
}

// mask puts placeholders where a text holds what must not leave the machine.
func mask(raw string) masked {
	m := masked{was: map[string]string{}}
	m.text = ends(printable(raw))
	for _, p := range private {
		m.text = p.form.ReplaceAllStringFunc(m.text, func(found string) string {
			kept := strings.TrimSpace(found)
			at := strings.Index(found, kept)
			if kept == "" || m.holds(kept) {
				return found
			}
			return found[:at] + m.stands(p.name, kept) + found[at+len(kept):]
		})
	}
	return m
}

// holds says whether what was found is, or is part of, a placeholder.
func (m masked) holds(found string) bool {
	for p := range m.was {
		if strings.Contains(p, found) {
			return true
		}
	}
	return false
}

// stands gives a placeholder that the text does not hold already: who writes one
// must not have it taken for ours. Its number is a letter, which no other form finds.
func (m masked) stands(name, whole string) string {
	for p, was := range m.was {
		if was == whole {
			return p
		}
	}
	for n := 0; ; n++ {
		p := fmt.Sprintf("[%s_%s]", name, letters(n))
		if _, taken := m.was[p]; !taken && !strings.Contains(m.text, p) {
			m.was[p] = whole
			return p
		}
	}
}

// letters numbers in letters: A, B … Z, AA.
func letters(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		return letters(n/26-1) + s
	}
	return s
}

// back puts what placeholders stand for into words of an answer.
func (m masked) back(words string) string {
	for p, was := range m.was {
		words = strings.ReplaceAll(words, p, was)
	}
	return words
}

// ends shortens a long text.
func ends(s string) string {
	if utf8.RuneCountInString(s) <= textHead+textTail {
		return s
	}
	r := []rune(s)
	return string(r[:textHead]) + " … " + string(r[len(r)-textTail:])
}

// printable leaves out what nobody sees and a model may read: control, bidi and
// other invisible characters, and bytes that are no text.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return ' '
		case r == utf8.RuneError, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, s)
}
