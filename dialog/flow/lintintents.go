package flow

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/message"
	"golang.org/x/text/unicode/norm"
)

// sentences finds customers' sentences that look alike. Under two sections
// they pull the reader both ways; under one, the second teaches nothing.
func (l *linter) sentences() {
	seen := map[message.Lang]map[string]phrasePlace{}
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		role, lang, _ := roleOf(name)
		if role != someIntents {
			continue
		}
		if seen[lang] == nil {
			seen[lang] = map[string]phrasePlace{}
		}
		section := ""
		for i, raw := range strings.Split(string(l.files[name]), "\n") {
			text := strings.TrimSpace(raw)
			switch {
			case text == "" || text[0] == '#' || text[0] == '=': // a cue stands in any sentence
			case text[0] == '[':
				section = text
			default:
				l.alike(seen[lang], lang, phrasePlace{section: section, at: mark{name, i + 1, column1(raw)}}, text)
			}
		}
	}
}

// alike holds a sentence against those before it, marks and the order of
// English words apart.
func (l *linter) alike(seen map[string]phrasePlace, lang message.Lang, here phrasePlace, text string) {
	key := gist(lang, text)
	first, twice := seen[key]
	switch {
	case key == "":
	case !twice:
		seen[key] = here
	case first.section != here.section:
		l.doubt("alike", here.at, Finding{Lang: lang, Better: "keep it where it belongs; the other needs a sentence of its own"}, "%q says the same as line %d of %s, which stands under %s", text, first.at.line, first.at.file, first.section)
	default:
		l.doubt("alike", here.at, Finding{Lang: lang, Better: "say it in other words, as another customer would"}, "%q says the same as line %d of %s: it teaches nothing new", text, first.at.line, first.at.file)
	}
}

// gist is a sentence without what makes no difference to a reader.
func gist(lang message.Lang, text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if !lang.Chinese() {
		slices.Sort(words)
	}
	return strings.Join(words, " ")
}
