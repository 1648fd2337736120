package flow

import (
	"hash/fnv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// line is a compiled wording: the first variant whose condition holds is
// said, else one of those without a condition.
type line struct {
	special []variant
	plain   []template
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
	_, ok := f.lines[f.speaks(lang)][key]
	return ok
}

// speaks gives lang, or the flow's first language where it does not know it.
func (f *Flow) speaks(lang message.Lang) message.Lang {
	if _, ok := f.lines[lang]; ok || len(f.langs) == 0 {
		return lang
	}
	return f.langs[0]
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
	lang = f.speaks(lang)
	l, ok := f.lines[lang][key]
	if !ok {
		return ""
	}
	if f.said != nil {
		f.said(lang, key)
	}
	var b strings.Builder
	r := renderer{lang, from, more}
	say := l.pick(r, key, seed)
	if len(say) == 1 && say[0].name == "" {
		return say[0].text
	}
	b.Grow(roomy)
	r.write(&b, say)
	return b.String()
}

// roomy is more bytes than most lines have.
const roomy = 192

func (l line) pick(r renderer, key string, seed uint64) template {
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
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return l.plain[(h.Sum64()^seed*0x9e3779b97f4a7c15)>>8%uint64(len(l.plain))]
}

func (r renderer) meets(when []equals) bool {
	for _, e := range when {
		v := r.value(e.name)
		text, ok := v.(string)
		if !ok {
			text = r.plain(v)
		}
		if text != e.text {
			return false
		}
	}
	return true
}
