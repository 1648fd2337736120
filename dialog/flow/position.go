package flow

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// within gives the place of the n-th character of a scalar's text. What YAML
// does to a text (quotes, escapes, folding, indentation) is undone by walking
// text and source side by side.
func (d *document) within(n *yaml.Node, offset int) mark {
	w := walker{lines: d.source, line: n.Line - 1, col: n.Column - 1, escapes: n.Style&yaml.DoubleQuotedStyle != 0}
	w.single = n.Style&yaml.SingleQuotedStyle != 0
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		w.line, w.col = w.line+1, 0 // past the | or > and what follows it
	case w.escapes || w.single:
		w.col++
	}
	text := []rune(n.Value)
	for i := 0; i < offset && i < len(text); i++ {
		w.eat(text[i])
	}
	w.settle(text, offset)
	return mark{d.file, w.line + 1, w.col + 1}
}

// walker is a place in the source of a scalar.
type walker struct {
	lines           []string
	line, col       int // from 0; col in characters
	escapes, single bool
	row             []rune
	rowOf           int // line that row holds, from 1
}

// peek gives the source character here, '\n' at the end of a line.
func (w *walker) peek() rune {
	if w.line >= len(w.lines) {
		return '\n'
	}
	if w.rowOf != w.line+1 {
		w.row, w.rowOf = []rune(strings.TrimSuffix(w.lines[w.line], "\r")), w.line+1
	}
	if w.col >= len(w.row) {
		return '\n'
	}
	return w.row[w.col]
}

func (w *walker) step() {
	if w.peek() == '\n' {
		w.line, w.col = w.line+1, 0
		return
	}
	w.col++
}

// blank passes white space, over line breaks too.
func (w *walker) blank() {
	for w.line < len(w.lines) && strings.ContainsRune(" \t\n", w.peek()) {
		w.step()
	}
}

// eat passes the source of one character of the text.
func (w *walker) eat(r rune) {
	at := w.peek()
	switch {
	case r == ' ' && at == ' ' && !w.breaks():
		w.step()
	case r == ' ' || r == '\n':
		if at != '\\' || !w.escapes {
			w.blank()
			return
		}
		w.escape()
	default:
		if strings.ContainsRune(" \t\n", at) {
			w.blank()
		}
		w.escape()
	}
}

// escape passes one character that may be written with several.
func (w *walker) escape() {
	at := w.peek()
	w.step()
	switch {
	case w.single && at == '\'':
		w.step()
	case w.escapes && at == '\\':
		width := map[rune]int{'x': 2, 'u': 4, 'U': 8}[w.peek()]
		for range width + 1 {
			w.step()
		}
	}
}

// breaks says whether only white space is left on this line.
func (w *walker) breaks() bool {
	w.peek()
	return w.line >= len(w.lines) || strings.TrimSpace(string(w.row[min(w.col, len(w.row)):])) == ""
}

// settle moves from white space that belongs to no character onto the next
// one.
func (w *walker) settle(text []rune, offset int) {
	if offset < len(text) && text[offset] != ' ' && text[offset] != '\n' && strings.ContainsRune(" \t\n", w.peek()) {
		w.blank()
	}
}
