package flow

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
	"go.yaml.in/yaml/v3"
)

// lineReader reads and checks one lines.<lang>.yaml or words.<lang>.yaml.
type lineReader struct {
	*document
	lang  message.Lang
	specs map[string]keySpec
	vars  map[string]bool // variables of every line
	// sure says that specs and vars are complete: with mistakes in the files
	// they come from, half the lines would seem unknown.
	sure bool
	// below are the lines that other files have already; last says that none
	// comes after this one, so that what is missing now is missing.
	below map[string]line
	last  bool
	lines map[string]line
	marks map[string]mark
}

// read gives the lines by key.
func (r *lineReader) read() map[string]line {
	var f linesFile
	r.into(&f)
	r.lines, r.marks = map[string]line{}, map[string]mark{}
	top, at := path("").in("lines"), path("").in("language")
	switch {
	case f.Language == "":
		r.add(r.key(at), "language is missing; it should be %s", r.lang)
	case f.Language != string(r.lang):
		r.addNear(r.value(at), string(r.lang), "the file's name says %s, its language %q", r.lang, f.Language)
	}
	root, ok := f.Lines.(*yaml.Node)
	if !ok {
		r.add(r.key(top), "lines is missing")
		return r.lines
	}
	r.collect(root, top, "")
	if r.sure && r.last {
		for _, key := range slices.Sorted(maps.Keys(r.specs)) {
			_, has := r.marks[key]
			_, elsewhere := r.below[key]
			if !has && !elsewhere && !r.specs[key].optional {
				r.add(r.key(top), "the line %q is missing", key)
			}
		}
	}
	return r.lines
}

// collect walks nested lines and joins their keys with dots.
func (r *lineReader) collect(n *yaml.Node, p path, prefix string) {
	r.pairs(n, p, func(key, value *yaml.Node) {
		name := prefix + key.Value
		if value.Kind == yaml.MappingNode {
			r.collect(value, p.in(key.Value), name+".")
			return
		}
		at := mark{r.file, key.Line, key.Column}
		if first, twice := r.marks[name]; twice {
			r.complain(key, "", "%q is given already in line %d", name, first.line)
			return
		}
		r.marks[name] = at
		spec, known := r.specs[name]
		if !known && r.sure && !r.full() {
			r.addNear(at, nearestKey(name, r.specs), "unknown line %q", name)
		}
		l := r.line(value, spec, known && r.sure)
		l.hash = hashOf(name)
		r.lines[name] = l
	})
}

// line reads one wording or a list of variants.
func (r *lineReader) line(n *yaml.Node, spec keySpec, check bool) line {
	var l line
	if n.Kind != yaml.SequenceNode {
		if t, ok := r.wording(n, spec, check); ok {
			l.plain = append(l.plain, t)
		}
		return l
	}
	ok := true
	for _, c := range n.Content {
		v, good := r.variant(c, spec, check)
		ok = ok && good
		switch {
		case !good:
		case len(v.when) == 0:
			l.plain = append(l.plain, v.say)
		default:
			l.special = append(l.special, v)
		}
	}
	if len(l.plain) == 0 && ok {
		r.add(mark{r.file, n.Line, n.Column}, `every variant has a condition; one without is needed too ("" where nothing need be said)`)
	}
	return l
}

// variant reads one entry of a list: a text, or a text with a condition.
func (r *lineReader) variant(n *yaml.Node, spec keySpec, check bool) (variant, bool) {
	var v variant
	if n.Kind != yaml.MappingNode {
		t, ok := r.wording(n, spec, check)
		return variant{say: t}, ok
	}
	said, ok := false, true
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case seen[key.Value]:
			r.complain(key, "", "%q is given twice", key.Value)
			ok = false
		case key.Value == "say":
			said = true
			v.say, ok = r.wording(value, spec, check)
		case key.Value == "when":
			v.when = r.when(value, spec, check)
		default:
			r.complain(key, nearest(key.Value, slices.Values([]string{"when", "say"})), "unknown key %q; a variant has when and say", key.Value)
			ok = false
		}
		seen[key.Value] = true
	}
	if !said {
		r.complain(n, "", "say is missing in this variant")
	}
	return v, ok && said
}

// when reads the condition of a variant: variables and what they must be.
func (r *lineReader) when(n *yaml.Node, spec keySpec, check bool) []equals {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		r.complain(n, "", "when expects variables and what they must be, such as {occasion: birthday}, not %s", words(n))
		return nil
	}
	var out []equals
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if value.Kind != yaml.ScalarNode {
			r.complain(value, "", "expects text, not %s", words(value))
			continue
		}
		if check {
			r.known(func() mark { return mark{r.file, key.Line, key.Column} }, key.Value, spec)
		}
		text := value.Value
		if value.Tag == "!!null" {
			text = ""
		}
		out = append(out, equals{key.Value, text})
	}
	return out
}

// maxWording is the most characters of a wording.
const maxWording = 4000

// wording reads and checks one text.
func (r *lineReader) wording(n *yaml.Node, spec keySpec, check bool) (template, bool) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.complain(n, "", `expects text, a list of variants or further keys, not %s (for no words write "")`, words(n))
		return nil, false
	}
	if size := utf8.RuneCountInString(n.Value); size > maxWording {
		r.add(mark{r.file, n.Line, n.Column}, "%d characters are more than a platform sends in one message (%d)", size, maxWording)
		return nil, false
	}
	t, err := parseTemplate(n.Value)
	if err != nil {
		r.addNear(r.within(n, err.at), err.hint, "%s", err.text)
		return nil, false
	}
	if check {
		t.uses(func(p part) { r.known(func() mark { return r.within(n, p.at) }, p.name, spec) })
		r.demands(mark{r.file, n.Line, n.Column}, t, spec)
	}
	return t, true
}

// known checks that a variable means something in this line; at is asked only
// where it does not.
func (r *lineReader) known(at func() mark, name string, spec keySpec) {
	if r.vars[name] || slices.Contains(spec.vars, name) || r.full() {
		return
	}
	all := maps.Clone(r.vars)
	for _, v := range spec.vars {
		all[v] = true
	}
	r.addNear(at(), nearestKey(name, all), "unknown variable %q in this line", name)
}

// demands checks what the key asks of its text.
func (r *lineReader) demands(at mark, t template, spec keySpec) {
	most := spec.most
	if r.lang.Chinese() {
		most /= 2
	}
	switch {
	case t.empty():
		if !spec.empty {
			r.add(at, "this line must say something")
		}
	case spec.question && !t.asks():
		r.add(at, "this line is a question: it must end in a question mark")
	case spec.statement && t.asks():
		r.add(at, "this line must not be a question: one that is follows it")
	case most > 0 && t.length() > most:
		r.add(at, "%d characters are too long here; at most %d", t.length(), most)
	}
}
