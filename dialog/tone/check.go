package tone

import (
	"slices"
	"strings"

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
	Judging   Rule = "judging"   // "you are being rude": the person instead of the matter
	Guilt     Rule = "guilt"     // "after all we did for you"
	Certain   Rule = "certain"   // "guaranteed", "immediately": certainty without a promise; "as soon as possible": a promise without a time
	Feelings  Rule = "feelings"  // "I am delighted": feelings of a program
	Address   Rule = "address"   // 你 where 您 belongs
)

// Rules lists all rules in a fixed order.
func Rules() []Rule {
	return []Rule{Refusal, Order, Wrong, Impatient, Excuse, Belittle, Judging, Guilt, Certain, Feelings, Address}
}

// Finding is one breach: the rule, and the words of the text that break it.
// Better is a wording to say instead, in the text's language, with "…" (in
// Chinese "……") where the writer fills in what the matter is. At is where the
// words begin, in characters from the beginning of the text.
type Finding struct {
	Rule   Rule
	Match  string
	Better string
	At     int
}

// Checker holds the rules of one language, ready to be used often. Immutable
// and safe for concurrent use; make one with [For].
type Checker struct {
	borders bool // phrases stand as whole words
	table   map[rune][]entry
	bare    map[string]bool // sentences that refuse and say nothing else
	better  string          // than these
}

// For gives the checker of a language. A language without rules finds nothing.
func For(lang message.Lang) *Checker {
	c := &Checker{borders: lang == message.English, table: index(tableOf(lang)), bare: map[string]bool{}}
	better, sentences := bareOf(lang)
	c.better = better
	for _, s := range sentences {
		c.bare[s] = true
	}
	return c
}

// Check gives the breaches in one text; for many, keep a [Checker].
func Check(lang message.Lang, text string) []Finding { return For(lang).Check(text) }

// Check gives the breaches in a text, in the order in which they stand; nil
// if there is none. Case, curly quotes, full-width forms and runs of white
// space make no difference. Where phrases overlap only the first, longest one
// counts, so one slip is told once, and a harmless phrase ("you should have
// received") covers the slip that stands inside it.
func (c *Checker) Check(text string) []Finding {
	t := fold(text)
	var out []Finding
	begin := 0 // of the sentence
	for i := 0; i < len(t.runes); {
		if stops(t.runes[i]) {
			out = c.refusal(out, t, begin, i)
			begin = i + 1
		}
		e, ok := c.longest(t, i)
		if !ok {
			i++
			continue
		}
		if n := len(e.runes); e.rule != harmless {
			out = append(out, Finding{e.rule, t.raw(i, i+n), e.better, t.at[i]})
		}
		i += len(e.runes)
	}
	return out
}

// stops says whether a mark ends a sentence.
func stops(r rune) bool { return strings.ContainsRune(".!。…", r) }

// refusal adds a sentence that is nothing but a no; end is its mark. A no
// without one is a button.
func (c *Checker) refusal(out []Finding, t folded, begin, end int) []Finding {
	for begin < end && t.runes[begin] == ' ' {
		begin++
	}
	if begin == end || !c.bare[string(t.runes[begin:end])] {
		return out
	}
	if n := len(out); n > 0 && out[n-1].At >= t.at[begin] {
		return out // its words are told already
	}
	return append(out, Finding{Refusal, t.raw(begin, end+1), c.better, t.at[begin]})
}

func bareOf(lang message.Lang) (better string, sentences []string) {
	switch lang {
	case message.English:
		return bareEnglish()
	case message.Simplified:
		return bareSimplified()
	case message.Traditional:
		return bareTraditional()
	}
	return "", nil
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

// longest finds the longest phrase that begins at i.
func (c *Checker) longest(t folded, i int) (best entry, ok bool) {
	for _, e := range c.table[t.runes[i]] {
		if len(e.runes) > len(best.runes) && t.holds(e.runes, i) && (!c.borders || t.stands(i, i+len(e.runes))) {
			best, ok = e, true
		}
	}
	return best, ok
}

func (t folded) holds(w []rune, i int) bool {
	return i+len(w) <= len(t.runes) && slices.Equal(t.runes[i:i+len(w)], w)
}
