package phrase_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

func build(t *testing.T, opts []phrase.Option, phrases ...string) *phrase.Set {
	t.Helper()
	b := phrase.New(opts...)
	for i, p := range phrases {
		if err := b.Add(p, int32(i)); err != nil {
			t.Fatal(err)
		}
	}
	return b.Build()
}

// found writes matches as value:first-last.
func found(s *phrase.Set, in string) string {
	var out []string
	for _, m := range s.Find(text.Parse(in)) {
		out = append(out, fmt.Sprintf("%d:%d-%d", m.Value, m.First, m.Last))
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	s := build(t, nil, "refund", "money back", "no problem", "no", "退款", "款", "give … back", "补…就")
	for in, want := range map[string]string{
		"a refund":               "0:1-1",
		"REFUNDS, refunded":      "0:0-0 0:2-2",
		"refundable":             "",
		"my money back":          "1:1-2",
		"money, back":            "",
		"no problem":             "2:0-1 3:0-0",
		"no, problem":            "3:0-0",
		"我要退款":                   "4:2-3 5:3-3",
		"give me all of it back": "6:0-5",
		"give it. back":          "6:0-3",
		"back give":              "",
		"補300我就去":                "7:0-3",
		"give " + strings.Repeat("x ", 13) + "back": "",
		"": "",
	} {
		if got := found(s, in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTypos(t *testing.T) {
	s := build(t, []phrase.Option{phrase.WithTypos()}, "replacement", "refund", "charged", "lamp")
	for in, want := range map[string]string{
		"replacment":   "0:0-0", // lost
		"replaacement": "0:0-0", // added
		"replacemant":  "0:0-0", // changed
		"repalcement":  "0:0-0", // swapped
		"refnud":       "1:0-0",
		"repalcemant":  "", // two mistakes
		"changed":      "", // a word of its own
		"lapm":         "", // too short to tell
		"defund":       "", // the first letter must be right
	} {
		if got := found(s, in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := found(build(t, nil, "replacement"), "replacment"); got != "" {
		t.Errorf("a typo was taken without the option: %q", got)
	}
}

func TestAddRefusesNothing(t *testing.T) {
	for _, p := range []string{"", " … ", "!?", "..."} {
		if err := phrase.New().Add(p, 0); !errors.Is(err, phrase.ErrEmpty) {
			t.Errorf("%q: %v", p, err)
		}
	}
}
