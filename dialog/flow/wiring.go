package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Unwired gives what keeps sections of the intents files from meaning anything to
// the catalog: those that nothing hears, and those that are heard and hold nothing
// in a language. [Parse] lets them pass, so that sentences can be tried before the
// catalog speaks of them; [Check] refuses the flow for them.
func (f *Flow) Unwired() Findings { return slices.Clone(f.unwired) }

// unwired tells of them where the files are refused anyway, except of sections
// whose header is what is wrong.
func (p *parser) unwired() {
	for _, w := range p.wiring.found {
		if !slices.ContainsFunc(p.found, func(f Finding) bool { return f.File == w.File && f.Line == w.Line }) {
			p.keep(w)
		}
	}
}

// wire holds the sections of the intents files against what the catalog hears.
func (p *parser) wire() {
	heard := p.heard()
	for _, section := range slices.Sorted(maps.Keys(p.reader.sections)) {
		if heard[section] || p.inherent(section, heard) || p.doc.broken || p.full() {
			continue
		}
		p.loose(p.reader.sections[section], Finding{Hint: nearestKey(section, heard),
			Message: fmt.Sprintf("nothing in %s hears [%s]", catalogName, section),
			Better:  fmt.Sprintf(`name it under "heard:" of a service or an incident in %s; sentences that are for none of these go under [%s]`, catalogName, Outside)})
	}
}

// loose notes something that is not wired up.
func (p *parser) loose(at mark, f Finding) {
	f.Severity, f.Rule, f.File, f.Line, f.Column = Refused, "unwired", at.file, at.line, at.col
	p.wiring.keep(f)
}

// heard lists the sections that the catalog names. It reports those that no file
// defines, and notes those that hold nothing in some language.
func (p *parser) heard() map[string]bool {
	heard := map[string]bool{}
	check := func(at path, sections []string) {
		for i, s := range sections {
			heard[s] = true
			where := p.doc.value(at.item(i))
			if _, ok := p.reader.sections[s]; !ok {
				p.addNear(where, nearestKey(s, p.reader.sections), "no intents file has a section [%s]", s)
				continue
			}
			p.empty(where, s)
		}
	}
	top := path("")
	for name, i := range p.raw.Incidents {
		check(top.in("incidents", name, "heard"), i.Heard)
	}
	for name, s := range p.raw.Services {
		check(top.in("services", name, "heard"), s.Heard)
	}
	return heard
}

// empty notes the languages in which a section that is heard holds nothing.
func (p *parser) empty(at mark, section string) {
	for _, l := range p.langs {
		if len(p.reader.words[section][l])+len(p.reader.examples[section][l]) == 0 {
			p.loose(at, Finding{Lang: l, Message: fmt.Sprintf("the section [%s] holds nothing in %s", section, l),
				Better: fmt.Sprintf("write [%s] with cues and sentences into %s", section, sister(p.reader.sections[section].file, l))})
		}
	}
}

// sister is the file of another language beside an intents file.
func sister(file string, lang message.Lang) string {
	_, own, _ := roleOf(file)
	return strings.TrimSuffix(file, string(own)+".txt") + string(lang) + ".txt"
}

// always are the sections that belong to no service: a person, small talk,
// questions that have an answer at any time, and what is for none of them.
var always = map[string]bool{Outside: true, "human_agent": true, "greeting": true, "thanks_bye": true, "promise_status": true,
	"withdraw": true, "expect": true, "complaint": true, "level.adequate": true,
	"source.experience": true, "source.word": true, "source.promise": true, "source.price": true, "source.competitor": true}

// inherent says whether the engine itself hears a section: what the occasion
// is, which of several options is meant, what is given up.
func (p *parser) inherent(section string, heard map[string]bool) bool {
	if strings.HasPrefix(section, "occasion.") || always[section] {
		return true
	}
	if dropped, ok := strings.CutPrefix(section, "drop:"); ok {
		return heard[dropped]
	}
	if v, ok := strings.CutPrefix(section, "value."); ok {
		for _, s := range p.raw.Services {
			if slices.Contains(s.Values, v) {
				return true
			}
		}
		return false
	}
	id, ok := strings.CutPrefix(section, "option.")
	if !ok {
		return false
	}
	for _, s := range p.raw.Services {
		for _, r := range s.Ladder {
			for _, o := range r.Options {
				if o.ID == id {
					return true
				}
			}
		}
	}
	return false
}
