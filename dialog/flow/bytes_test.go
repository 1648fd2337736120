package flow_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

// Files as other editors write them are the same flow.
func TestLineEndsAndMarks(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"line ends of Windows": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) },
		"a byte order mark":    func(b []byte) []byte { return append([]byte("\ufeff"), b...) },
	} {
		files := flowtest.Minimal()
		for n := range files {
			files[n] = change(files[n])
		}
		if got := findings(t, files); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestUnreadableFiles(t *testing.T) {
	for _, name := range []string{"flow.yaml", "catalog.yaml", "lines.en.yaml", "facts.csv", "intents/all.en.txt"} {
		for what, content := range map[string][]byte{
			"is not UTF-8":    []byte("version: 1 # \xff"),
			"at most 1048576": bytes.Repeat([]byte("# x\n"), 1<<18+1),
		} {
			files := flowtest.Minimal()
			files[name] = content
			got := findings(t, files)
			if first, _, _ := strings.Cut(got, name+":1:1: "); first == got || !strings.Contains(got, what) {
				t.Errorf("%s that %s: %s", name, what, got)
			}
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	files := flowtest.Minimal()
	files["lines.en.yaml"] = []byte("version: 1\nlanguage: en\nlines: " + strings.Repeat("{a: ", 40) + "x" + strings.Repeat("}", 40) + "\n")
	if got := findings(t, files); !strings.Contains(got, "nested deeper than 32 levels") {
		t.Error(got)
	}
}

// However much is wrong, the answer stays readable.
func TestFindingsAreBounded(t *testing.T) {
	files := flowtest.Minimal()
	files["lines.en.yaml"] = []byte("version: 1\nlanguage: en\nlines:\n  greet: \"" + strings.Repeat("{x}", 1200) + "\"\n")
	if n := strings.Count(findings(t, files), "\n"); n != 1000 {
		t.Errorf("%d findings", n)
	}
}
