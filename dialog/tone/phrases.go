package tone

import "strings"

// harmless is the rule of phrases that hold a slip's words and are none: they
// are found first, because they are longer, and pass.
const harmless Rule = ""

// phrases are words that break one rule, and what to say instead.
type phrases struct {
	rule   Rule
	better string
	words  []string // lower case; {a|b} stands for either
}

// entry is one phrase, ready to be compared.
type entry struct {
	rule   Rule
	better string
	runes  []rune
}

// index sorts phrases by their first rune, so that a text is compared with
// the few that can begin where it stands.
func index(table []phrases) map[rune][]entry {
	out := map[rune][]entry{}
	for _, p := range table {
		for _, w := range p.words {
			for _, one := range spelled(w) {
				r := []rune(one)
				out[r[0]] = append(out[r[0]], entry{p.rule, p.better, r})
			}
		}
	}
	return out
}

// spelled writes out the alternatives of a phrase: "i {can't|cannot}" is two.
// A brace that is not closed ends the phrase, so that no table can loop.
func spelled(phrase string) []string {
	before, rest, ok := strings.Cut(phrase, "{")
	if !ok {
		return []string{phrase}
	}
	inside, after, _ := strings.Cut(rest, "}")
	var out []string
	for _, tail := range spelled(after) {
		for _, one := range strings.Split(inside, "|") {
			out = append(out, before+one+tail)
		}
	}
	return out
}
