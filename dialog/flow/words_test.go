package flow_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWordsAreLaidOver: a line is looked for in the flow's lines, in the
// folder's words, and among the built-in words.
func TestWordsAreLaidOver(t *testing.T) {
	files, err := flow.ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	said := func(want string) {
		t.Helper()
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Line(message.English, "side.bot", 0, nil); got != want {
			t.Errorf("says %q, not %q", got, want)
		}
	}
	said("Yes, I am a program, not a person. Type \"person\" and a colleague takes over.")
	files["words.en.yaml"] = []byte("version: 1\nlanguage: en\nlines:\n  side.bot: \"Yes, software.\"\n")
	said("Yes, software.")
	files["lines.en.yaml"] = append(files["lines.en.yaml"], "  side.bot: \"A machine, yes.\"\n"...)
	said("A machine, yes.")
	delete(files, "words.en.yaml")
	said("A machine, yes.")
}

// TestBuiltInWordsAreInEveryLanguage: what one language can say, all can.
func TestBuiltInWordsAreInEveryLanguage(t *testing.T) {
	keys := map[string][]string{}
	for name, content := range flow.Words() {
		for _, line := range strings.Split(string(content), "\n") {
			key, _, found := strings.Cut(strings.TrimPrefix(line, "  "), ":")
			if found && strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") && !strings.HasPrefix(key, "#") {
				keys[name] = append(keys[name], key)
			}
		}
		slices.Sort(keys[name])
	}
	want := keys["words.en.yaml"]
	if len(want) < 150 || len(keys) != len(message.Langs()) {
		t.Fatalf("%d keys in %d languages", len(want), len(keys))
	}
	for name, got := range keys {
		if !slices.Equal(got, want) {
			t.Errorf("%s has other keys than words.en.yaml", name)
		}
	}
}
