package flow

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
)

// Lines that may be worded anew are named by the flow, one by one. What they say
// must be the same whenever they are said: a line with a variable in it tells facts,
// and facts are told in the words somebody has checked.

// bound are the beginnings of keys whose words are agreed to, pressed or put into
// other lines.
var bound = []string{"button.", "label.", "menu.", "option.", "owner.", "term.", "wish.", "promise.", "agree", "offer.", "renew", "point."}

// reword checks the keys under reword and collects their lines.
func (p *parser) reword() {
	p.flow.free = map[message.Lang][]string{}
	for i, key := range p.machineFile.Reword {
		at := p.machineDoc.value(path("").in("reword").item(i))
		if slices.ContainsFunc(bound, func(pre string) bool { return strings.HasPrefix(key, pre) }) {
			p.add(at, "%s may not be reworded: what people press or agree to is said as it is written", key)
			continue
		}
		for _, lang := range p.langs {
			l, ok := p.flow.lines[lang][key]
			if !ok {
				p.addNear(at, nearestKey(key, p.flow.lines[lang]), "there is no line %s in %s", key, lang)
				break
			}
			if !p.freeLine(at, key, lang, l) {
				break
			}
		}
	}
	for _, lines := range p.flow.free {
		slices.SortFunc(lines, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	}
}

// freeLine takes the wordings of a line that may be reworded.
func (p *parser) freeLine(at mark, key string, lang message.Lang, l line) bool {
	all := slices.Clone(l.plain)
	for _, v := range l.special {
		all = append(all, v.say)
	}
	for _, t := range all {
		if len(t) != 1 || t[0].name != "" {
			p.add(at, "%s may not be reworded: its words in %s have a variable", key, lang)
			return false
		}
		if text := strings.TrimSpace(t[0].text); text != "" && !slices.Contains(p.flow.free[lang], text) {
			p.flow.free[lang] = append(p.flow.free[lang], text)
		}
	}
	return true
}

// Free gives the lines in a text that the flow lets be reworded, each as it stands
// there, whole and by itself. Most texts have none, and that costs little to see.
func (f *Flow) Free(lang message.Lang, text string) []string {
	var out []string
	for _, l := range f.free[f.speaks(lang)] {
		i := strings.Index(text, l)
		if i < 0 || !stands(text[:i], text[i+len(l):]) || slices.ContainsFunc(out, func(o string) bool { return strings.Contains(o, l) }) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// stands says whether what is between before and after is no part of a sentence.
func stands(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	ends := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }
	return (before == "" || ends(last)) && (after == "" || !unicode.IsPunct(first))
}
