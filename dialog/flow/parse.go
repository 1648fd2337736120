package flow

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// Parse checks a flow's files and compiles them. An error is always
// [Findings]: every mistake at once, each with its place. Names are as
// [ReadFS] gives them, slash-separated and relative to the folder. Parse is
// pure: the same files give the same Flow.
func Parse(files Files) (*Flow, error) {
	p := &parser{report: newReport(), wiring: newReport(), files: files, flow: &Flow{ID: identify(files)}}
	p.names = slices.Sorted(maps.Keys(files))
	p.langs = folderMistakes(p.report, p.names)
	p.flow.langs = p.langs
	p.machine()
	p.catalog()
	p.surveyOwners()
	p.intents()
	p.lines()
	p.reword()
	if len(p.found) > 0 {
		p.unwired()
		return nil, p.sorted()
	}
	p.flow.unwired = p.wiring.sorted()
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
	wiring *report // what is not wired up; see Flow.Unwired
	files  Files
	names  []string
	langs  []message.Lang
	flow   *Flow

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
	p.flow.Words, p.flow.Examples, p.flow.Sentences = p.reader.words, p.reader.examples, p.reader.sentences
	p.flow.Broader = p.reader.relate()
	if p.raw == nil {
		return
	}
	p.wire()
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
