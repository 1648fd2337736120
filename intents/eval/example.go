package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/accord-chat/accord/intents/model"
)

// Example is a sentence, what it should be read as, and where it stands.
type Example struct {
	Label string // "" = belongs to no label
	Text  string
	Place string // "file:line", as far as the caller knows
}

// maxLine bounds a line of a tab-separated file, in bytes.
const maxLine = 1 << 20

// ErrHeader says that a file does not begin with the header.
var ErrHeader = errors.New("the first line must be: intent<TAB>text")

// ReadTSV reads lines of a label, a tab and a text under the header "intent",
// tab, "text". Empty lines are passed over. Every line that is wrong is named
// as name:line, all at once; the error holds no text.
func ReadTSV(r io.Reader, name string) ([]Example, error) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	if !s.Scan() || header(s.Text()) != "intent\ttext" {
		return nil, fmt.Errorf("%s:1: %w", name, errors.Join(ErrHeader, s.Err()))
	}
	var out []Example
	var wrong []error
	line := 1
	for s.Scan() {
		line++
		row := strings.TrimSuffix(s.Text(), "\r")
		if strings.TrimSpace(row) == "" {
			continue
		}
		place := fmt.Sprintf("%s:%d", name, line)
		label, text, ok := strings.Cut(row, "\t")
		label = strings.TrimSpace(label)
		switch {
		case !ok || strings.Contains(text, "\t"):
			wrong = append(wrong, fmt.Errorf("%s: there must be one tab, between the intent and the text", place))
		case label == "":
			wrong = append(wrong, fmt.Errorf("%s: the intent is missing", place))
		case strings.TrimSpace(text) == "":
			wrong = append(wrong, fmt.Errorf("%s: the text is missing", place))
		default:
			out = append(out, Example{Label: label, Text: text, Place: place})
		}
	}
	if err := s.Err(); err != nil {
		wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, line+1, err))
	}
	return out, errors.Join(wrong...)
}

// header gives a first line without what editors put around it.
func header(s string) string {
	return strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), "\r ")
}

// Outside gives the examples as what belongs to no label, whatever a file
// called it.
func Outside(examples []Example) []Example {
	out := make([]Example, len(examples))
	for i, e := range examples {
		e.Label = ""
		out[i] = e
	}
	return out
}

// teach parts examples into what Train takes.
func teach(examples []Example) (inside []model.Example, outside []string) {
	for _, e := range examples {
		if e.Label == "" {
			outside = append(outside, e.Text)
			continue
		}
		inside = append(inside, model.Example{Label: e.Label, Text: e.Text})
	}
	return inside, outside
}
