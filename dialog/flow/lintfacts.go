package flow

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"go.yaml.in/yaml/v3"
)

// columns is facts.csv by column.
type columns struct {
	names []string
	heads []mark
	cells [][]cell
}

type cell struct {
	text string
	at   mark
}

// readColumns reads a table that is known to be good; nil where there is none.
func readColumns(quiet *report, content []byte) *columns {
	if content == nil {
		return nil
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	t := table{report: quiet, file: factsName, lines: strings.Split(string(content), "\n"), in: csv.NewReader(bytes.NewReader(content))}
	head, _ := t.row()
	out := &columns{names: head, cells: make([][]cell, len(head))}
	for i := range head {
		out.heads = append(out.heads, t.at(i))
	}
	for row, more := t.row(); more; row, more = t.row() {
		for i := range min(len(row), len(head)) {
			out.cells[i] = append(out.cells[i], cell{row[i], t.at(i)})
		}
	}
	return out
}

// of gives the cells of a fact: of its column, or of all its languages'.
func (c *columns) of(fact string) []cell {
	var out []cell
	for i, name := range c.names {
		if base, _, _ := strings.Cut(name, "."); base == fact {
			out = append(out, c.cells[i]...)
		}
	}
	return out
}

// head is where a fact's first column stands.
func (c *columns) head(fact string) mark {
	for i, name := range c.names {
		if base, _, _ := strings.Cut(name, "."); base == fact {
			return c.heads[i]
		}
	}
	return mark{factsName, 1, 1}
}

// currencies lists the currencies of the orders.
func (c *columns) currencies() []string {
	if c == nil {
		return nil
	}
	found := map[string]bool{}
	for _, x := range c.of("currency") {
		if _, known := currencies[x.text]; known {
			found[x.text] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// longest adds the longest value of each fact in a language. A day is written
// with its weekday and perhaps an hour.
func (c *columns) longest(values map[string]string, lang message.Lang) {
	for i, name := range c.names {
		base, of, local := strings.Cut(name, ".")
		if local && of != string(lang) {
			continue
		}
		for _, x := range c.cells[i] {
			text := x.text
			if relatives.MatchString(text) {
				text = longDay(lang, true)
			}
			if units(text) > units(values[base]) {
				values[base] = text
			}
		}
	}
}

// sheet looks through facts.csv: what is read from it and not there, and what
// is there and never read.
func (l *linter) sheet() {
	if l.columns == nil {
		return
	}
	r := l.readers()
	for fact, at := range r.first {
		l.filled(fact, at)
	}
	for fact := range r.money {
		l.cells(fact, "is no amount", "42 or 19.90", func(s string) bool { _, ok := parseAmount(s); return ok })
	}
	for fact := range r.time {
		l.cells(fact, "is no day", "+5d, 2026-11-28 or \"+2d 20:00\"", isDay)
	}
	l.cells("currency", "is no currency that is known", listed(maps.Keys(currencies)), func(s string) bool { _, ok := currencies[s]; return ok })
	for _, m := range r.meets {
		l.met(m)
	}
	l.unread(r.first)
	l.localised()
}

func isDay(s string) bool {
	if relative.MatchString(s) {
		return true
	}
	_, ok := parseTime(s, time.UTC)
	return ok
}

// cells finds cells that cannot be read as what the catalog takes them for.
func (l *linter) cells(fact, wrong, such string, good func(string) bool) {
	for _, x := range l.columns.of(fact) {
		if x.text != "" && !good(x.text) {
			l.refuse("facts", x.at, Finding{Better: such}, "%q %s, which %s is read as", x.text, wrong, fact)
		}
	}
}

// filled finds facts that the catalog reads and no row has.
func (l *linter) filled(fact string, at mark) {
	cells := l.columns.of(fact)
	if len(cells) > 0 && !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" }) {
		l.doubt("facts", l.columns.head(fact), Finding{Better: "fill a cell, so that it can be tried out"}, "the column %q is empty in every row, and %s:%d reads it", fact, at.file, at.line)
	}
}

// meeting is a condition that compares a fact with a text.
type meeting struct {
	fact, text string
	at         mark
}

// met finds conditions that no row meets, mostly a mistyped word.
func (l *linter) met(m meeting) {
	cells := l.columns.of(m.fact)
	known := map[string]bool{}
	for _, c := range cells {
		if strings.EqualFold(strings.TrimSpace(c.text), strings.TrimSpace(m.text)) {
			return
		}
		known[c.text] = true
	}
	delete(known, "")
	if len(known) > 0 {
		l.doubt("facts", m.at, Finding{Hint: nearestKey(m.text, known), Better: "known are " + listed(maps.Keys(known))}, "no row of %s has %q as %s: this never holds", factsName, m.text, m.fact)
	}
}

// reading says what of the facts is used, and as what.
type reading struct {
	first       map[string]mark // where a fact is first read
	money, time map[string]bool
	meets       []meeting
}

// readers goes through the catalog for what it reads of the facts.
func (l *linter) readers() reading {
	r := reading{first: map[string]mark{}, money: map[string]bool{}, time: map[string]bool{}}
	each(l.stocked.root, func(key string, value *yaml.Node) {
		at := mark{catalogName, value.Line, value.Column}
		if value.Kind == yaml.MappingNode {
			r.comparison(value)
		}
		r.value(key, value, at)
		for _, c := range value.Content {
			if value.Kind == yaml.SequenceNode && c.Kind == yaml.MappingNode {
				r.comparison(c)
			}
		}
	})
	return r
}

// value reads "fact:NAME", perhaps with a clock time behind it.
func (r *reading) value(key string, n *yaml.Node, at mark) {
	name, ok := strings.CutPrefix(n.Value, "fact:")
	if n.Kind != yaml.ScalarNode || !ok {
		return
	}
	name, _, _ = strings.Cut(name, " ")
	r.saw(name, at)
	switch key {
	case "pay", "up_to", "worth":
		r.money[name] = true
	case "by":
		r.time[name] = true
	}
}

// comparison reads a condition over one fact.
func (r *reading) comparison(n *yaml.Node) {
	part := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		part[n.Content[i].Value] = n.Content[i+1]
	}
	fact, op, value := part["fact"], part["op"], part["value"]
	if fact == nil || op == nil || fact.Kind != yaml.ScalarNode {
		return
	}
	r.saw(fact.Value, mark{catalogName, fact.Line, fact.Column})
	o := operators[op.Value]
	switch {
	case o.numeric():
		r.money[fact.Value] = true
	case o.timely():
		r.time[fact.Value] = true
	case value != nil && !strings.HasPrefix(value.Value, "fact:") && !strings.HasPrefix(value.Value, "slot:"):
		r.meets = append(r.meets, meeting{fact.Value, value.Value, mark{catalogName, value.Line, value.Column}})
	}
}

func (r *reading) saw(fact string, at mark) {
	if _, seen := r.first[fact]; !seen {
		r.first[fact] = at
	}
}

// unread finds columns that neither the catalog nor a line reads.
func (l *linter) unread(read map[string]mark) {
	used := map[string]bool{"currency": true, "item": true, l.catalog.Lookup.Key: true, l.catalog.Lookup.Whose: true}
	for _, lines := range l.flow.lines {
		for _, line := range lines {
			for _, t := range line.templates() {
				t.uses(func(p part) { used[p.name] = true })
			}
			for _, v := range line.special {
				for _, e := range v.when {
					used[e.name] = true
				}
			}
		}
	}
	for i, name := range l.columns.names {
		base, _, _ := strings.Cut(name, ".")
		if _, seen := read[base]; !seen && !used[base] {
			l.doubt("facts", l.columns.heads[i], Finding{Better: "delete it, or speak of it"}, "nothing reads the column %q: no condition, no term, no line", name)
		}
	}
}

// localised finds facts that are worded in some of the flow's languages only,
// and words in them that are not said to customers.
func (l *linter) localised() {
	byFact := map[string]map[string]int{}
	for i, name := range l.columns.names {
		base, lang, local := strings.Cut(name, ".")
		if !local {
			continue
		}
		if byFact[base] == nil {
			byFact[base] = map[string]int{}
		}
		byFact[base][lang] = i
	}
	for _, fact := range slices.Sorted(maps.Keys(byFact)) {
		for _, lang := range l.flow.langs {
			i, ok := byFact[fact][string(lang)]
			if !ok {
				l.doubt("language", l.columns.head(fact), Finding{Lang: lang, Better: "add the column " + fact + "." + string(lang)}, "%q is not worded in %s", fact, lang)
				continue
			}
			l.worded(fact, lang, i, byFact[fact])
		}
	}
}

// worded compares a column's cells with those of the other languages.
func (l *linter) worded(fact string, lang message.Lang, i int, columns map[string]int) {
	for row, c := range l.columns.cells[i] {
		for _, f := range l.rules[lang].Check(c.text) {
			l.refuse("tone", c.at, Finding{Lang: lang, Better: f.Better}, "%q is not said to customers (%s), in the fact %q", f.Match, f.Rule, fact)
		}
		for other, j := range columns {
			if c.text == "" && row < len(l.columns.cells[j]) && l.columns.cells[j][row].text != "" && slices.Contains(l.flow.langs, message.Lang(other)) {
				l.doubt("language", c.at, Finding{Lang: lang}, "this cell is empty and its like in %s is not: %q would be missing in %s", other, fact, lang)
				break
			}
		}
	}
}
