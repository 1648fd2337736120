package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// maxCell is the most characters of one fact: it is said in messages and kept in
// every state.
const maxCell = 300

// mapped makes a row of an answer: what a part does not lead to is left out. A
// member that is no text, number or truth is an error, because a flow built on
// it would go on as if nothing were known.
func mapped(content []byte, parts map[string]flow.AnswerPart) (map[string]string, error) {
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber() // an amount must not pass through a float
	var all any
	if err := d.Decode(&all); err != nil {
		return nil, errors.New("the service's answer is not JSON")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("the service's answer is more than one JSON value")
	}
	row := map[string]string{}
	for name, part := range parts {
		v, there := walk(all, strings.Split(part.From, "."))
		if !there {
			continue
		}
		text, ok := scalar(v)
		if !ok {
			return nil, errors.New("the service's answer holds no plain value at " + part.From)
		}
		if to, known := part.Values[text]; known {
			text = to
		}
		row[name] = text
	}
	return row, nil
}

// walk goes down an answer; a null on the way is nothing.
func walk(v any, way []string) (any, bool) {
	for _, step := range way {
		switch at := v.(type) {
		case map[string]any:
			v = at[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(at) {
				return nil, false
			}
			v = at[i]
		default:
			return nil, false
		}
	}
	return v, v != nil
}

// scalar writes a plain value. Text is cleaned and bounded: it ends up in
// messages to customers.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		text := strings.TrimSpace(message.Visible(v))
		if utf8.RuneCountInString(text) > maxCell {
			text = string([]rune(text)[:maxCell])
		}
		return text, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "yes", true
		}
		return "no", true
	}
	return "", false
}

// quoted writes a value as the inside of a JSON text.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(b[1 : len(b)-1])
}
