package concept

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
)

// Parse reads files of lines "name: word word "two words"". A name may say
// under which broader concept its words stand too: "name < broader: …"; the
// broader one need not have words of its own. A name that comes again, also in
// another file, goes on. Empty lines and lines that begin with # are passed
// over. Every line that is wrong is named by its file and number, both counted
// from 1.
func Parse(files ...string) (*Table, error) {
	t := &Table{ // the sizes are those of the table that ships
		ids: make(map[string]int32, 1<<13), typos: make(map[uint64]int32, 1<<14),
		next: make(map[uint64]int32, 1<<13), nodes: make([][]int32, 1),
	}
	l := lines{table: t, number: map[string]int32{}, broader: map[int32]int32{}}
	var wrong []error
	for f, file := range files {
		n := 0
		for line := range strings.Lines(file) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if err := l.read(line); err != nil {
				wrong = append(wrong, fmt.Errorf("concept: file %d, line %d: %w", f+1, n, err))
			}
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	l.name()
	sum := fnv.New64a()
	for _, file := range files {
		_, _ = sum.Write([]byte(file))
	}
	t.sum = sum.Sum64()
	return t, nil
}

// lines is what has been read so far. Phrases get their concepts at the end,
// when it is known what each concept counts as.
type lines struct {
	table   *Table
	number  map[string]int32
	broader map[int32]int32
	phrases []phrase
}

// phrase is where a phrase ends in the trie, and the concept whose line it
// stands in.
type phrase struct{ node, concept int32 }

func (l *lines) read(line string) error {
	head, body, ok := strings.Cut(line, ":")
	if !ok {
		return errors.New("no colon after the name")
	}
	name, broader, nested := strings.Cut(head, "<")
	id, err := l.concept(name)
	if err != nil {
		return err
	}
	if nested {
		up, err := l.concept(broader)
		if err != nil {
			return err
		}
		if err := l.under(id, up); err != nil {
			return err
		}
	}
	words, err := split(body)
	if err != nil {
		return err
	}
	for _, w := range words {
		node, err := l.table.insert(w)
		if err != nil {
			return err
		}
		l.phrases = append(l.phrases, phrase{node, id})
	}
	return nil
}

func (l *lines) concept(name string) (int32, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return 0, errors.New("a name is missing")
	}
	id, ok := l.number[name]
	if !ok {
		id = int32(len(l.table.names))
		l.number[name] = id
		l.table.names = append(l.table.names, name)
	}
	return id, nil
}

// under notes that id counts as up, unless that would go round in a circle.
func (l *lines) under(id, up int32) error {
	for at, ok := up, true; ok; at, ok = l.broader[at] {
		if at == id {
			return fmt.Errorf("%s would stand under itself", l.table.names[id])
		}
	}
	if before, ok := l.broader[id]; ok && before != up {
		return fmt.Errorf("%s stands under %s already", l.table.names[id], l.table.names[before])
	}
	l.broader[id] = up
	return nil
}

// name gives every phrase its concept and the broader ones.
func (l *lines) name() {
	for _, p := range l.phrases {
		l.table.name(p.node, p.concept)
		for up, ok := l.broader[p.concept]; ok; up, ok = l.broader[up] {
			l.table.name(p.node, up)
		}
	}
}

// split cuts a line into words and quoted phrases.
func split(s string) ([]string, error) {
	var out []string
	for {
		s = strings.TrimSpace(s)
		switch {
		case s == "" && len(out) == 0:
			return nil, errors.New("no words")
		case s == "":
			return out, nil
		case s[0] == '"':
			in, rest, ok := strings.Cut(s[1:], `"`)
			if !ok {
				return nil, errors.New("a quotation mark is not closed")
			}
			out, s = append(out, in), rest
		default:
			w, rest, _ := strings.Cut(s, " ")
			out, s = append(out, w), rest
		}
	}
}
