package remote

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/accord-chat/accord/intents"
)

// nothing is what a model answers where nothing of a list fits.
const nothing = "none"

// Fields of an answer.
const (
	fieldIntent = "intent"
	fieldChoice = "choice"
	fieldValue  = "value"
	fieldLine   = "line"
)

// answer is what a model chose; "" where it chose nothing.
type answer struct{ intent, choice, value string }

// read holds a model's answer to what was offered.
func (o offer) read(content string) (answer, error) {
	got, err := fields(content, o.fields())
	if err != nil {
		return answer{}, err
	}
	for name, v := range got {
		if v == nothing || v == "" && name == fieldValue {
			got[name] = ""
		}
	}
	a := answer{intent: got[fieldIntent], choice: got[fieldChoice], value: got[fieldValue]}
	switch {
	case a.intent != "" && !slices.Contains(o.intents, a.intent), a.choice != "" && !o.has(a.choice):
		return answer{}, intents.TroubleRefused
	case a == answer{}:
		return answer{}, intents.TroubleNone
	}
	return a, nil
}

// has says whether a choice was offered.
func (o offer) has(id string) bool {
	for _, c := range o.choices {
		if c.ID == id {
			return true
		}
	}
	return false
}

// fields are those an answer must have, no more and no less.
func (o offer) fields() []string {
	var out []string
	if len(o.intents) > 0 {
		out = append(out, fieldIntent)
	}
	if len(o.choices) > 0 {
		out = append(out, fieldChoice)
	}
	if o.slot != "" {
		out = append(out, fieldValue)
	}
	return out
}

// fields reads one JSON object whose members are all texts: each of want, once, and
// no other. Only a fence around the whole is overlooked, because many models cannot
// leave it out; words around the object are not.
func fields(content string, want []string) (map[string]string, error) {
	d := json.NewDecoder(strings.NewReader(unfenced(content)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, intents.TroubleRefused
	}
	got := map[string]string{}
	for d.More() {
		key, err := d.Token()
		name, isText := key.(string)
		if err != nil || !isText || !slices.Contains(want, name) {
			return nil, intents.TroubleRefused
		}
		value, err := d.Token()
		text, isText := value.(string)
		if _, twice := got[name]; err != nil || !isText || twice {
			return nil, intents.TroubleRefused
		}
		got[name] = strings.TrimSpace(text)
	}
	if _, err := d.Token(); err != nil || len(got) != len(want) {
		return nil, intents.TroubleRefused
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, intents.TroubleRefused
	}
	return got, nil
}

// unfenced takes a fence off that is around the whole of a content.
func unfenced(s string) string {
	const fence = "```"
	inner, opened := strings.CutPrefix(strings.TrimSpace(s), fence)
	inner, closed := strings.CutSuffix(inner, fence)
	if !opened || !closed {
		return s
	}
	return strings.TrimPrefix(inner, "json")
}
