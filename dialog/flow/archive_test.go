package flow_test

import (
	"os"
	"strings"
	"testing"
)

// archive is a txtar file: a comment, then files, each after a line
// "-- name --". It is read here in a few lines, because the library would
// bring a module along for them.
type archive struct {
	comment string
	files   []archived
}

type archived struct{ name, data string }

func readArchive(t *testing.T, name string) *archive {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{}
	for line := range strings.Lines(string(content)) {
		head, isHead := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- ")
		head, closed := strings.CutSuffix(head, " --")
		switch {
		case isHead && closed:
			a.files = append(a.files, archived{name: head})
		case len(a.files) == 0:
			a.comment += line
		default:
			a.files[len(a.files)-1].data += line
		}
	}
	return a
}

func (a *archive) write(t *testing.T, name string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(a.comment)
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n" + f.data)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
