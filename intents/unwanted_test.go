package intents_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents"
)

// TestUnwanted: what a customer says they do not want is not what they want. Each
// line names what is denied and what the text is about instead ("-": nothing).
func TestUnwanted(t *testing.T) {
	u, err := shopReader()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("testdata/denials.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")[1:]
	texts := map[string]int{}
	for _, line := range lines {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("%q is not four columns", line)
		}
		texts[f[0]]++
		r := u.Understand(f[3], intents.Context{Now: now})
		if want := strings.Fields(f[2]); !slices.Contains(want, r.Intent) && !(f[2] == "-" && r.Intent == "") {
			t.Errorf("%q is about %q (%v), not %s: %v", f[3], r.Intent, r.Ranked, f[2], r.Why)
		}
		for _, name := range strings.Fields(f[1]) {
			if m, ok := r.Mentioned(name); ok && !m.Dropped {
				t.Errorf("%q wants %s: %v", f[3], name, r.Why)
			}
		}
	}
	for lang, n := range texts {
		if n < 20 {
			t.Errorf("%s has %d lines", lang, n)
		}
	}
}
