package dialog

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// storedFacts is what facts are stored as, among all that is written of them.
func storedFacts(facts map[string]string) string {
	_, stored, err := readAll(encode(State{Matter: Matter{Facts: facts}}))
	if err != nil {
		panic(err)
	}
	return stored
}

// TestFactsAreWrittenTheSame: whatever is taken for what the facts were read
// from, they are written as they are without it.
func TestFactsAreWrittenTheSame(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching("[a-c]{0,2}"), rapid.SampledFrom([]string{"\xff", "灯", "\xe7\x81", "\xaf", strings.Repeat("x", 128), "\x01a"}))
	rapid.Check(t, func(t *rapid.T) {
		facts := rapid.MapOfN(text, text, 0, 5).Draw(t, "facts")
		others := maps.Clone(facts)
		for range rapid.IntRange(0, 2).Draw(t, "changes") {
			others[text.Draw(t, "key")] = text.Draw(t, "value")
		}
		stored := storedFacts(others)
		if rapid.Bool().Draw(t, "damaged") {
			b := []byte(stored + "\x01a\x01b")
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			stored = string(b)
		}
		want := encode(State{Matter: Matter{Facts: facts}})
		if got := encode(State{Matter: Matter{Facts: facts, Stored: stored}}); !bytes.Equal(got, want) {
			t.Fatalf("with %q: %q\nwithout: %q", stored, got, want)
		}
	})
}

// TestFactsAreNotSortedAgain: what was read is taken as it is, as long as it
// still says the same.
func TestFactsAreNotSortedAgain(t *testing.T) {
	facts := map[string]string{"item": "lamp", "item.zh-Hans": "灯", "price": ""}
	stored := storedFacts(facts)
	if !writes(stored, facts) {
		t.Errorf("%q is not taken for %v", stored, facts)
	}
	for name, other := range map[string]map[string]string{
		"another value": {"item": "desk", "item.zh-Hans": "灯", "price": ""}, "one less": {"item": "lamp", "price": ""},
		"one more": {"item": "lamp", "item.zh-Hans": "灯", "price": "", "status": "sent"}, "another name": {"item": "lamp", "item.zh-Hans": "灯", "paid": ""}, "none": nil,
	} {
		if writes(stored, other) {
			t.Errorf("%s: %q is taken for %v", name, stored, other)
		}
	}
}
