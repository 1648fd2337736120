package flow

import (
	"hash/fnv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// line is a compiled wording: the first variant whose condition holds is
// said, else one of those without a condition. hash is its key's.
type line struct {
	special []variant
	plain   []template
	hash    uint64
}

type variant struct {
	when []equals
	say  template
}

// equals demands that a variable is written as this text; "" that it is
// empty.
type equals struct{ name, text string }

// Langs lists the languages the flow speaks, English first.
func (f *Flow) Langs() []message.Lang { return append([]message.Lang(nil), f.langs...) }

// Has says whether the flow has words for key in lang. Words that are there
// may still be empty for some variables.
func (f *Flow) Has(lang message.Lang, key string) bool {
	_, lines := f.linesOf(lang)
	_, ok := lines[key]
	return ok
}

// speaks gives lang, or the flow's first language where it does not know it.
func (f *Flow) speaks(lang message.Lang) message.Lang {
	lang, _ = f.linesOf(lang)
	return lang
}

// linesOf gives the lines of a language, or of the one spoken in its place.
func (f *Flow) linesOf(lang message.Lang) (message.Lang, map[string]line) {
	if lines, ok := f.lines[lang]; ok || len(f.langs) == 0 {
		return lang, lines
	}
	return f.langs[0], f.lines[f.langs[0]]
}

// Line writes the words for key: the first variant whose condition vars meet,
// else one that has none, picked by seed. The same arguments always give the
// same words. An unknown key gives "", an unknown language the flow's first.
func (f *Flow) Line(lang message.Lang, key string, seed uint64, vars Vars) string {
	return f.LineFrom(lang, key, seed, vars)
}

// LineFrom is Line with variables from a source, and more laid over them in
// pairs of name and value.
func (f *Flow) LineFrom(lang message.Lang, key string, seed uint64, from Source, more ...any) string {
	text, _ := f.LineIf(lang, key, seed, from, more...)
	return text
}

// LineIf is LineFrom, and says whether there are words for key at all.
func (f *Flow) LineIf(lang message.Lang, key string, seed uint64, from Source, more ...any) (text string, has bool) {
	lang, lines := f.linesOf(lang)
	l, ok := lines[key]
	if !ok {
		return "", false
	}
	if f.said != nil {
		f.said(lang, key)
	}
	var b strings.Builder
	r := renderer{lang, from, more}
	say := l.pick(r, seed)
	if len(say) == 1 && say[0].name == "" {
		return say[0].text, true
	}
	b.Grow(say.room())
	r.write(&b, say)
	return b.String(), true
}

func (l line) pick(r renderer, seed uint64) template {
	for _, v := range l.special {
		if r.meets(v.when) {
			return v.say
		}
	}
	if len(l.plain) == 0 {
		return nil
	}
	// The key goes in, so that one seed does not pick the same place in
	// every line of a turn.
	return l.plain[(l.hash^seed*0x9e3779b97f4a7c15)>>8%uint64(len(l.plain))]
}

// hashOf is a number of a line's own, the same in every process.
func hashOf(key string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return h.Sum64()
}

func (r renderer) meets(when []equals) bool {
	for _, e := range when {
		v := r.find(e.name)
		text := v.text
		if !v.isText {
			text = r.plain(v.other)
		}
		if text != e.text {
			return false
		}
	}
	return true
}
