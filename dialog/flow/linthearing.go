package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// few is the number of sentences below which nothing reliable is learned of a
// section in a language: its cues are heard then, and little else.
const few = 10

// deaf finds sections that are not heard, or hardly: what only sentences speak
// of is learned from them, where there are enough of them and it is an intent;
// everything else needs cues.
func (l *linter) deaf() {
	learned := l.languagesTaught()
	for _, section := range slices.Sorted(maps.Keys(l.sections())) {
		for _, lang := range l.flow.langs {
			n, cues := len(l.flow.Examples[section][lang]), len(l.flow.Words[section][lang])
			switch {
			case section == Outside:
			case n > 0 && cues == 0 && !Label(section):
				l.doubt("unheard", l.sectionAt(section, lang), Finding{Lang: lang, Better: "give it cues: a line \"= WORDS\" for the words that mean it wherever they stand"},
					"nothing is ever heard as [%s] in %s: it has sentences and no cue, and such a detail is heard by cues alone", section, lang)
			case n > 0 && n < few && cues == 0:
				l.doubt("unheard", l.sectionAt(section, lang), Finding{Lang: lang, Better: fmt.Sprintf("give it %d sentences or more, or cues: a line \"= WORDS\" for the words that mean it wherever they stand", few)},
					"little is heard as [%s] in %s: it has no cue, and %d of the %d sentences that learning takes", section, lang, n, few)
			case n == 0 && cues > 0 && Label(section) && learned[lang]:
				l.doubt("untaught", l.sectionAt(section, lang), Finding{Lang: lang, Better: "add sentences as customers write them; what it has none of is taken for something else"},
					"[%s] has no sentence in %s, where the other sections have: only its cues are heard", section, lang)
			}
		}
	}
}

// languagesTaught are the languages in which some intent has sentences enough to
// be learned from.
func (l *linter) languagesTaught() map[message.Lang]bool {
	out := map[message.Lang]bool{}
	for section, by := range l.flow.Examples {
		for lang, sentences := range by {
			out[lang] = out[lang] || Label(section) && len(sentences) >= few
		}
	}
	return out
}

// sections are the names of all sections that hold anything.
func (l *linter) sections() map[string]bool {
	out := map[string]bool{}
	for _, by := range []map[string]map[message.Lang][]string{l.flow.Words, l.flow.Examples} {
		for section := range by {
			out[section] = true
		}
	}
	return out
}

// sectionAt is where a section of a language begins.
func (l *linter) sectionAt(section string, lang message.Lang) mark {
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		if role, of, _ := roleOf(name); role != someIntents || of != lang {
			continue
		}
		for i, line := range strings.Split(string(l.files[name]), "\n") {
			if h, ok := headerOf(strings.TrimSpace(line)); ok && h.name == section {
				return mark{name, i + 1, column1(line)}
			}
		}
	}
	return mark{catalogName, 1, 1}
}

// conditions finds variants of lines whose condition never holds.
func (l *linter) conditions() {
	known := map[string]map[string]bool{"incident": {}, "occasion": {}}
	for name := range l.catalog.Incidents {
		known["incident"][name] = true
	}
	for section := range l.flow.Words {
		if occasion, ok := strings.CutPrefix(section, "occasion."); ok {
			known["occasion"][occasion] = true
		}
	}
	for _, w := range l.words {
		parts := strings.Split(w.when, "\x00")
		for i := 0; i+1 < len(parts); i += 2 {
			name, value := parts[i], parts[i+1]
			values := known[name]
			if values != nil && value != "" && !values[value] {
				l.doubt("unsaid", w.whole(), Finding{Lang: w.lang, Hint: nearestKey(value, values), Better: "known are " + listed(maps.Keys(values))},
					"this variant of %q is never said: there is no %s %q", w.key, name, value)
			}
		}
	}
}

// makingGood finds rungs that compensate, speak to no objection and have nothing
// that says for what: they are offered only once the customer has named a loss.
func (l *linter) makingGood() {
	lost := map[string]bool{}
	for _, i := range l.catalog.Incidents {
		for _, s := range slices.Concat(i.Offers, i.Implicit) {
			lost[s] = lost[s] || len(i.Losses) > 0
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.catalog.Services)) {
		s := l.catalog.Services[name]
		for i, rung := range s.Ladder {
			if slices.Contains(rung.Techniques, "compensate") && len(rung.Answers) == 0 && !lost[name] && len(s.Losses) == 0 {
				l.doubt("unused", l.stocked.value(path("").in("services", name, "ladder").item(i)), Finding{Better: "give the service losses: what a wish for it says was lost (cost, delay, effort, loss)"},
					"the rung %q makes a loss good, and neither %q nor an incident names one: it is offered only where the customer does", rung.ID, name)
			}
		}
	}
}
