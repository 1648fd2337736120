package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// deaf finds sections in which a language has sentences of customers and no cue:
// cues are what is heard.
func (l *linter) deaf() {
	for _, section := range slices.Sorted(maps.Keys(l.flow.Examples)) {
		for _, lang := range l.flow.langs {
			if n := len(l.flow.Examples[section][lang]); n > 0 && len(l.flow.Words[section][lang]) == 0 {
				l.doubt("unheard", l.sectionAt(section, lang), Finding{Lang: lang, Better: "give it cues: a line \"= WORDS\" for the words that mean it wherever they stand"},
					"nothing is ever heard as [%s] in %s: it has %d sentences and no cue", section, lang, n)
			}
		}
	}
}

// sectionAt is where a section of a language begins.
func (l *linter) sectionAt(section string, lang message.Lang) mark {
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		if role, of, _ := roleOf(name); role != someIntents || of != lang {
			continue
		}
		for i, line := range strings.Split(string(l.files[name]), "\n") {
			if strings.TrimSpace(line) == "["+section+"]" {
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
