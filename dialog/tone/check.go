package tone

import (
	"slices"
	"unicode"

	"github.com/accord-chat/accord/dialog/message"
)

// Rule names a family of words that are not said to customers.
type Rule string

// The families.
const (
	Refusal   Rule = "refusal"   // "I can't", "I don't know": a no with nothing beside it
	Order     Rule = "order"     // "you must", "you should"
	Wrong     Rule = "wrong"     // "you are mistaken"
	Impatient Rule = "impatient" // "as I told you", "why don't you", "I'm busy"
	Excuse    Rule = "excuse"    // "not my fault", "company policy", a colleague's fault
	Belittle  Rule = "belittle"  // "calm down", "it is only a", "that is only fair"
	Guilt     Rule = "guilt"     // "after all we did for you"
	Certain   Rule = "certain"   // "guaranteed", "immediately": certainty without a promise
	Feelings  Rule = "feelings"  // "I am delighted": feelings of a program
	Address   Rule = "address"   // 你 where 您 belongs
)

// Rules lists all rules in a fixed order.
func Rules() []Rule {
	return []Rule{Refusal, Order, Wrong, Impatient, Excuse, Belittle, Guilt, Certain, Feelings, Address}
}

// Finding is one breach: the rule, and the words of the text that break it.
type Finding struct {
	Rule  Rule
	Match string
}

// phrases of one rule.
type phrases struct {
	rule  Rule
	words []string
}

// Check gives the breaches in a text of the given language, in the order in
// which they stand; nil if there is none. Case, curly quotes and runs of white
// space make no difference. Where phrases overlap only the first, longest one
// is given, so one slip is told once. A language without rules has no breaches.
func Check(lang message.Lang, text string) []Finding {
	table := index(tableOf(lang))
	t := fold(text)
	var out []Finding
	for i := 0; i < len(t.runes); {
		rule, n := longest(table[t.runes[i]], t, i, lang == message.English)
		if n == 0 {
			i++
			continue
		}
		out = append(out, Finding{rule, t.raw(i, i+n)})
		i += n
	}
	return out
}

func tableOf(lang message.Lang) []phrases {
	switch lang {
	case message.English:
		return english()
	case message.Simplified:
		return simplified()
	case message.Traditional:
		return traditional()
	}
	return nil
}

// entry is one phrase, ready to be compared.
type entry struct {
	rule  Rule
	runes []rune
}

// index sorts phrases by their first rune, so that a text is compared with
// the few that can begin where it stands.
func index(table []phrases) map[rune][]entry {
	out := map[rune][]entry{}
	for _, p := range table {
		for _, w := range p.words {
			r := []rune(w)
			out[r[0]] = append(out[r[0]], entry{p.rule, r})
		}
	}
	return out
}

// longest finds the longest phrase that begins at i, 0 if there is none.
func longest(table []entry, t folded, i int, borders bool) (rule Rule, n int) {
	for _, e := range table {
		if len(e.runes) > n && t.holds(e.runes, i) && (!borders || t.stands(i, i+len(e.runes))) {
			rule, n = e.rule, len(e.runes)
		}
	}
	return rule, n
}

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
		switch {
		case r == '’' || r == '‘' || r == 'ʼ':
			r = '\''
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = unicode.ToLower(r)
		}
		if r == ' ' && len(t.runes) > 0 && t.runes[len(t.runes)-1] == ' ' {
			continue
		}
		t.runes, t.at = append(t.runes, r), append(t.at, i)
	}
	return t
}

func (t folded) holds(w []rune, i int) bool {
	return i+len(w) <= len(t.runes) && slices.Equal(t.runes[i:i+len(w)], w)
}

// stands says whether the runes from i to j are whole words, so that "just a"
// is not found in "adjust a".
func (t folded) stands(i, j int) bool {
	return (i == 0 || !wordly(t.runes[i-1])) && (j == len(t.runes) || !wordly(t.runes[j]))
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// raw gives the source from folded rune i up to j.
func (t folded) raw(i, j int) string { return string(t.source[t.at[i] : t.at[j-1]+1]) }
