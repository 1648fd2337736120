package flow

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
	"golang.org/x/text/unicode/norm"
)

// phrases are what the intents files hold, by section and language.
type phrases map[string]map[message.Lang][]string

func (p phrases) add(section string, lang message.Lang, text string) {
	if p[section] == nil {
		p[section] = map[message.Lang][]string{}
	}
	p[section][lang] = append(p[section][lang], text)
}

// intentReader reads the intents files of all languages.
type intentReader struct {
	*report
	words, examples phrases
	sentences       []Sentence
	sections        map[string]mark            // where each first stands
	counts          map[string]broad           // what a section counts as
	given           map[message.Lang]phraseMap // what was said, to find it said again
}

type phraseMap map[string]phrasePlace

type phrasePlace struct {
	section string
	cue     bool
	at      mark
}

// Sentence is an example sentence of a customer, and where it stands.
type Sentence struct {
	Section string
	Lang    message.Lang
	Text    string
	File    string
	Line    int // from 1, as Column
	Column  int
}

func newIntentReader(r *report) *intentReader {
	return &intentReader{report: r, words: phrases{}, examples: phrases{}, sections: map[string]mark{}, counts: map[string]broad{}, given: map[message.Lang]phraseMap{}}
}

// read reads one file: sections in brackets, below each its cues ("= refund")
// and example sentences, one a line; # begins a comment line.
func (r *intentReader) read(file string, content []byte, lang message.Lang) {
	if !readable(r.report, file, content) {
		return
	}
	if r.given[lang] == nil {
		r.given[lang] = phraseMap{}
	}
	section, held := "", 0
	opened := mark{}
	closed := func() {
		if section != "" && section != unread && held == 0 {
			r.add(opened, "section [%s] holds nothing", section)
		}
	}
	for i, raw := range strings.Split(strings.TrimPrefix(string(content), "\ufeff"), "\n") {
		text := strings.TrimSpace(raw)
		at := mark{file, i + 1, column1(raw)}
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '[':
			closed()
			section, opened, held = r.section(text, at), at, 0
		case section == "":
			r.add(at, "a section such as [refund] must come first")
			section = unread
		case section == unread: // said once, at its head
		default:
			held++
			r.phrase(section, text, at, lang)
		}
	}
	closed()
}

// column1 is the column of a line's first character that is no white space.
func column1(raw string) int {
	return utf8.RuneCountInString(raw[:len(raw)-len(strings.TrimLeft(raw, " \t"))]) + 1
}

// unread stands for a section whose name cannot be read.
const unread = "?"

// section reads "[name]" or "[name: broader]".
func (r *intentReader) section(text string, at mark) string {
	h, ok := headerOf(text)
	switch {
	case !ok && h.aimless:
		r.addBetter(at, fmt.Sprintf("write [%s], or the name of another section behind the colon", h.name), "[%s: ] does not say what it counts as", h.name)
		return unread
	case !ok:
		r.addNear(at, tamed(text), "a section is a name in brackets, of small letters, digits, _, - and dots: [refund], or [refund: return_request] for what counts as another")
		return unread
	}
	if _, ok := r.sections[h.name]; !ok {
		r.sections[h.name] = at
	}
	r.broader(h, at)
	return h.name
}

// phrase keeps a cue or an example, and finds cues that were there before: a cue
// decides, so it can stand once only.
func (r *intentReader) phrase(section, text string, at mark, lang message.Lang) {
	cue := text[0] == '='
	if cue {
		if text = strings.TrimSpace(text[1:]); text == "" {
			r.add(at, "the cue is empty")
			return
		}
	}
	if cue && section == Outside {
		r.add(at, "[%s] takes sentences only: a cue would say what it is", Outside)
		return
	}
	key := strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(text))), " ")
	first, twice := r.given[lang][key]
	switch {
	case !twice:
		r.given[lang][key] = phrasePlace{section, cue, at}
	case !cue && !first.cue: // Alike compares sentences, by more than this
	case first.section != section:
		r.add(at, "%q stands under [%s] already (%s:%d)", text, first.section, first.at.file, first.at.line)
		return
	case first.cue == cue:
		r.add(at, "%q is given already (%s:%d)", text, first.at.file, first.at.line)
		return
	}
	if cue {
		r.words.add(section, lang, text)
	} else {
		r.examples.add(section, lang, text)
		r.sentences = append(r.sentences, Sentence{section, lang, text, at.file, at.line, at.col})
	}
}
