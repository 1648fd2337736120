package flow

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Parse checks a flow's files and compiles them. An error is always
// [Findings]: every mistake at once, each with its place. Names are as
// [ReadFS] gives them, slash-separated and relative to the folder. Parse is
// pure: the same files give the same Flow.
func Parse(files Files) (*Flow, error) {
	p := &parser{report: newReport(), files: files, flow: &Flow{ID: identify(files)}}
	p.names = slices.Sorted(maps.Keys(files))
	p.langs = folderMistakes(p.report, p.names)
	p.flow.langs = p.langs
	p.machine()
	p.catalog()
	p.surveyOwners()
	p.intents()
	p.lines()
	if len(p.found) > 0 {
		return nil, p.sorted()
	}
	return p.flow, nil
}

// identify gives the name of exactly these files and of the built-in words
// behind them. Lengths go in, so that no byte can wander from one file to the
// next unseen.
func identify(own Files) string {
	h := sha256.New()
	files := maps.Clone(own)
	if files == nil {
		files = Files{}
	}
	for name, content := range Words() {
		files["built-in/"+name] = content
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, b := range [][]byte{[]byte(name), files[name]} {
			_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
			_, _ = h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// parser goes through the files in the order in which they speak of each
// other.
type parser struct {
	*report
	files Files
	names []string
	langs []message.Lang
	flow  *Flow

	machineFile flowFile      // flow.yaml
	machineDoc  *document     // of it; nil where it could not be read
	kinds       map[Kind]bool // of the flow's states
	raw         *catalogFile  // nil where catalog.yaml could not be read
	doc         *document     // of raw
	facts       map[string]bool
	reader      *intentReader
	unsound     bool // flow.yaml, catalog.yaml or facts.csv cannot be relied on
}

// open reads a YAML file, nil where it is missing or cannot be read.
func (p *parser) open(name string) *document {
	content, ok := p.files[name]
	if !ok {
		return nil
	}
	return open(p.report, name, content)
}

func (p *parser) machine() {
	p.kinds = map[Kind]bool{}
	d := p.open(flowName)
	if d == nil {
		p.unsound = true
		return
	}
	var raw flowFile
	d.into(&raw)
	p.flow.Name, p.flow.Start = raw.Name, raw.Start
	p.flow.Table, p.flow.Limits, p.flow.Promises = d.machine(&raw)
	p.flow.Quiet = d.quiet(&raw)
	p.flow.Surveys, p.flow.FollowUps = d.surveys(&raw, p.flow.Quiet), d.followUps(&raw, p.flow.Quiet)
	p.machineFile, p.machineDoc = raw, d
	for _, s := range raw.States {
		p.kinds[s.Kind] = true
	}
	p.unsound = p.unsound || d.broken
}

// catalog reads the catalog and the facts it speaks of.
func (p *parser) catalog() {
	d := p.open(catalogName)
	var raw catalogFile
	if d != nil {
		d.into(&raw)
		p.raw, p.doc = &raw, d
		p.unsound = p.unsound || d.broken
	}
	p.facts = map[string]bool{}
	content, table := p.files[factsName]
	if table {
		f, sound := loadFacts(p.report, factsName, content, raw.Lookup.Key)
		p.flow.facts, p.facts = f, f.names()
		if !sound {
			p.facts, p.unsound = nil, true
		}
	} else if raw.Lookup.Key != "" && raw.Lookup.HTTP == nil {
		p.add(d.key(path("").in("lookup")), "there is a lookup but no %s to look in", factsName)
		p.facts, p.unsound = nil, true
	}
	if d == nil {
		p.unsound = true
		return
	}
	if p.facts != nil {
		maps.Copy(p.facts, httpFacts(raw.Lookup))
	}
	r := &catalogReader{document: d, raw: raw, facts: p.facts, table: table}
	p.flow.Catalog = r.read()
}

// intents reads how customers say things, and holds it against what the
// catalog hears.
func (p *parser) intents() {
	p.reader = newIntentReader(p.report)
	for _, name := range p.names {
		role, lang, _ := roleOf(name)
		if role != someIntents {
			continue
		}
		if len(p.langs) > 0 && !slices.Contains(p.langs, lang) {
			p.add(mark{name, 1, 1}, "there is no lines.%s.yaml: the flow would understand a language it does not speak", lang)
		}
		p.reader.read(name, p.files[name], lang)
	}
	p.flow.Words, p.flow.Examples = p.reader.words, p.reader.examples
	if p.raw == nil {
		return
	}
	heard := p.heard()
	for _, section := range slices.Sorted(maps.Keys(p.reader.sections)) {
		if !heard[section] && !p.inherent(section, heard) && !p.doc.broken && !p.full() {
			p.addNear(p.reader.sections[section], nearestKey(section, heard), "nothing in %s hears [%s]", catalogName, section)
		}
	}
}

// heard lists the sections that the catalog names, and reports those that no
// file defines, or not in every language.
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
			for _, l := range p.langs {
				if len(p.reader.words[s][l])+len(p.reader.examples[s][l]) == 0 {
					p.add(where, "the section [%s] holds nothing in %s", s, l)
				}
			}
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

// always are the sections that belong to no service: a person, small talk and
// questions that have an answer at any time.
var always = map[string]bool{"human_agent": true, "greeting": true, "thanks_bye": true, "promise_status": true,
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

// lines reads the words of every language.
func (p *parser) lines() {
	vars := map[string]bool{}
	for _, v := range everywhere {
		vars[v] = true
	}
	maps.Copy(vars, slots)
	maps.Copy(vars, p.facts)
	specs := keysFor(p.kinds, p.raw, p.langs)
	surveyKeys(specs, &p.machineFile)
	p.flow.lines = map[message.Lang]map[string]line{}
	for _, lang := range p.langs {
		p.flow.lines[lang] = p.wordings(lang, lineReader{specs: specs, vars: vars, sure: !p.unsound})
	}
}
