package flow

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxFile is the most bytes one file may have.
const maxFile = 1 << 20

// maxDepth bounds how deep a file may nest; nothing that a person writes
// comes near it.
const maxDepth = 32

// path names a value in a YAML file by the keys that lead to it.
type path string

// in gives the path of what stands under keys.
func (p path) in(keys ...string) path { return p + path("\x00"+strings.Join(keys, "\x00")) }

// item gives the path of the i-th entry of a list.
func (p path) item(i int) path { return p.in(strconv.Itoa(i)) }

// last gives the key the path ends in.
func (p path) last() string { return string(p[strings.LastIndexByte(string(p), 0)+1:]) }

// parent gives the path one key up.
func (p path) parent() path { return p[:max(0, strings.LastIndexByte(string(p), 0))] }

// document is one YAML file while it is checked: its findings go to the
// report, and the place of every key and value is kept, so that what is found
// wrong only later can still be pointed at.
type document struct {
	*report
	file   string
	source []string // lines
	root   *yaml.Node
	keys   map[path]mark
	values map[path]mark
	order  map[path][]string // keys of a mapping as they stand in the file
	broken bool              // decoding found mistakes
	// unknown are the states that edges lead to and that do not exist.
	unknown map[string]stranger
}

// key is where a key stands; a missing one is pointed at by its parent.
func (d *document) key(p path) mark {
	for ; p != ""; p = p.parent() {
		if m, ok := d.keys[p]; ok {
			return m
		}
	}
	return mark{d.file, 1, 1}
}

// value is where a value stands; a missing one is pointed at by its parent.
func (d *document) value(p path) mark {
	if m, ok := d.values[p]; ok {
		return m
	}
	return d.key(p)
}

// complain adds a finding that makes the file's content unreliable.
func (d *document) complain(n *yaml.Node, hint, format string, args ...any) {
	d.broken = true
	d.addNear(mark{d.file, n.Line, n.Column}, hint, format, args...)
}

// open reads a YAML file up to its first mapping. It gives nil where there is
// nothing to go on with.
func open(r *report, file string, content []byte) *document {
	d := &document{report: r, file: file, keys: map[path]mark{}, values: map[path]mark{}, order: map[path][]string{}}
	if !readable(r, file, content) {
		return nil
	}
	d.source = strings.Split(strings.TrimPrefix(string(content), "\ufeff"), "\n")
	dec := yaml.NewDecoder(bytes.NewReader(content))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		r.add(mark{file, 1, 1}, "the file is empty")
		return nil
	} else if err != nil {
		d.syntax(err)
		return nil
	}
	if err := dec.Decode(&second); err == nil {
		d.complain(&second, "", "a second document begins here; a file holds one")
		return nil
	} else if !errors.Is(err, io.EOF) {
		d.syntax(err)
		return nil
	}
	d.root = doc.Content[0]
	if !d.plain(d.root, 0) || !d.versioned() {
		return nil
	}
	return d
}

// readable refuses what is too large or not text. A NUL or an unusual line
// break would make our line numbers differ from an editor's.
func readable(r *report, file string, content []byte) bool {
	switch {
	case len(content) > maxFile:
		r.add(mark{file, 1, 1}, "the file has %d bytes; at most %d are read", len(content), maxFile)
	case !utf8.Valid(content):
		r.add(mark{file, 1, 1}, "the file is not UTF-8 text")
	default:
		return true
	}
	return false
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntax reports why a file is no YAML: the slip that is the likely reason, or
// else what the YAML reader says. It knows the line only; the column is that of
// the line's first character.
func (d *document) syntax(err error) {
	if s, ok := slipOf(d.source); ok {
		d.addBetter(mark{d.file, s.line, s.col}, s.better, "%s", s.what)
		return
	}
	m := yamlLine.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		d.add(mark{d.file, 1, 1}, "not YAML: %v", err)
		return
	}
	line, _ := strconv.Atoi(m[1])
	line = min(max(line, 1), len(d.source))
	text := d.source[line-1]
	d.addBetter(mark{d.file, line, len(text) - len(strings.TrimLeft(text, " \t")) + 1}, "look at this line and those above it: every key ends in a colon and a space, keys that belong together begin one below the other, texts stand in quotes",
		"not YAML: %s", m[2])
}

// plain refuses the parts of YAML that hide what a file says: anchors,
// aliases, merges, tags.
func (d *document) plain(n *yaml.Node, depth int) bool {
	switch {
	case depth > maxDepth:
		d.complain(n, "", "nested deeper than %d levels", maxDepth)
		return false
	case n.Kind == yaml.AliasNode:
		d.complain(n, "", "aliases (*%s) are not allowed; write the value out", n.Value)
		return false
	case n.Anchor != "":
		d.complain(n, "", "anchors (&%s) are not allowed; write the value out where it is needed", n.Anchor)
		return false
	case n.Style&yaml.TaggedStyle != 0:
		d.complain(n, "", "tags (%s) are not allowed", n.Tag)
		return false
	case n.Tag == "!!merge":
		d.complain(n, "", "merges (<<) are not allowed; write the keys out")
		return false
	}
	ok := true
	for _, c := range n.Content {
		ok = d.plain(c, depth+1) && ok
	}
	return ok
}

// version is the only version of flow files there is so far.
const version = 1

// versioned reads the version before anything else: a newer file's other
// keys would only be complained about.
func (d *document) versioned() bool {
	if d.root.Kind != yaml.MappingNode {
		d.complain(d.root, "", "expects a mapping that begins with version: %d, not %s", version, words(d.root))
		return false
	}
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if d.root.Content[i].Value != "version" {
			continue
		}
		n := d.root.Content[i+1]
		got, err := strconv.Atoi(n.Value)
		switch {
		case err != nil:
			d.complain(n, "", "version expects a whole number, not %s", words(n))
		case got > version:
			d.complain(n, "", "version %d is newer than this program, which reads version %d", got, version)
		case got < version:
			d.complain(n, "", "there is no version %d; this program reads version %d", got, version)
		default:
			return true
		}
		return false
	}
	d.complain(d.root, "", "version is missing; the file should begin with version: %d", version)
	return false
}
