package text

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// Words that differ between Taiwan and the mainland: taken from OpenCC (see
// opencc/README.md), and our own.
var (
	//go:embed opencc/taiwan.txt
	taiwanOpenCC string
	//go:embed taiwan.txt
	taiwanOwn string
)

// regional is a word of Taiwan and its twin, character by character.
type regional struct{ from, to []string }

// taiwan holds the words by their first character. Both sides of a pair have
// as many characters, so that every token keeps its place in the raw text.
var taiwan = sync.OnceValue(func() map[string][]regional {
	out := map[string][]regional{}
	for line := range strings.Lines(taiwanOpenCC + taiwanOwn) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || utf8.RuneCountInString(from) != utf8.RuneCountInString(to) {
			continue
		}
		r := regional{from: strings.Split(from, ""), to: strings.Split(to, "")}
		out[r.from[0]] = append(out[r.from[0]], r)
	}
	return out
})

// localise writes words of Taiwan as the mainland's, longest first, so that a
// cue of either is found in a text of the other.
func (d *Doc) localise() {
	if d.script.han < 2 {
		return
	}
	words := taiwan()
	t := d.Tokens
	for i := 0; i+1 < len(t); i++ {
		if t[i].Kind != Han {
			continue
		}
		var best *regional
		list := words[t[i].Norm]
		for k := range list {
			if (best == nil || len(list[k].from) > len(best.from)) && stands(t[i:], list[k].from) {
				best = &list[k]
			}
		}
		if best == nil {
			continue
		}
		for k, c := range best.to {
			t[i+k].Norm, t[i+k].Stem = c, c
		}
		i += len(best.to) - 1
	}
}

// stands says that the tokens begin with these characters.
func stands(t []Token, chars []string) bool {
	if len(t) < len(chars) {
		return false
	}
	for k, c := range chars {
		if t[k].Kind != Han || t[k].Norm != c {
			return false
		}
	}
	return true
}
