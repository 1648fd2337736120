package flow_test

import (
	"errors"
	"flag"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected findings in testdata")

// TestFindings runs testdata/*.txtar. A case changes the minimal flow: a file
// "NAME.edit" holds lines "old => new", each replaced where it stands (it must
// stand there exactly once); "NAME" replaces or adds a file whole; "remove"
// lists files to leave out and "copy" names a file and the name of its copy. "want" holds the findings, empty for a good flow.
func TestFindings(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a := readArchive(t, name)
			files, want := build(t, a)
			got := findings(t, files)
			if *update {
				rewrite(t, name, a, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func findings(t *testing.T, files flow.Files) string {
	t.Helper()
	f, err := flow.Parse(files)
	var found flow.Findings
	switch {
	case err == nil && f != nil:
		return ""
	case err == nil || f != nil:
		t.Fatalf("Parse gave %v and %v; exactly one is set", f, err)
	case !errors.As(err, &found) || len(found) == 0:
		t.Fatalf("the error is %T, not Findings", err)
	}
	return found.Error() + "\n"
}

func build(t *testing.T, a *archive) (files flow.Files, want string) {
	t.Helper()
	files = flowtest.Minimal()
	for _, f := range a.files {
		switch {
		case f.name == "want":
			want = f.data
		case f.name == "copy":
			from, to, _ := strings.Cut(strings.TrimSpace(f.data), " ")
			files[to] = files[from]
		case f.name == "remove":
			for _, name := range strings.Fields(f.data) {
				delete(files, name)
			}
		case strings.HasSuffix(f.name, ".edit"):
			name := strings.TrimSuffix(f.name, ".edit")
			files[name] = edit(t, string(files[name]), f.data)
		default:
			files[f.name] = []byte(f.data)
		}
	}
	return files, want
}

// edit replaces the left side of each line "old => new" by the right one, in
// which \n stands for a line break.
func edit(t *testing.T, text, edits string) []byte {
	t.Helper()
	for _, e := range strings.Split(strings.TrimSuffix(edits, "\n"), "\n") {
		before, after, ok := strings.Cut(e, " => ")
		if !ok || strings.Count(text, before) != 1 {
			t.Fatalf("edit %q: found %d times", e, strings.Count(text, before))
		}
		text = strings.Replace(text, before, strings.ReplaceAll(after, `\n`, "\n"), 1)
	}
	return []byte(text)
}

func rewrite(t *testing.T, name string, a *archive, got string) {
	t.Helper()
	for i := range a.files {
		if a.files[i].name == "want" {
			a.files[i].data = got
		}
	}
	a.write(t, name)
}

func TestMinimalIsGood(t *testing.T) {
	if got := findings(t, flowtest.Minimal()); got != "" {
		t.Error(got)
	}
}

func TestFilesWithoutContent(t *testing.T) {
	files := flowtest.Minimal()
	for name := range files {
		files[name] = nil
	}
	if findings(t, files) == "" || findings(t, nil) == "" {
		t.Error("empty files make no flow")
	}
}

// Two runs over the same files agree, and any changed byte is another flow.
func TestIdentity(t *testing.T) {
	files := flowtest.Minimal()
	first, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.ID) != 12 {
		t.Errorf("ID %q has not 12 digits", first.ID)
	}
	again, err := flow.Parse(maps.Clone(files))
	if err != nil || again.ID != first.ID {
		t.Errorf("the same files gave %q and %q: %v", first.ID, again.ID, err)
	}
	seen := map[string]string{first.ID: "unchanged"}
	for name, content := range files {
		changed := maps.Clone(files)
		changed[name] = append([]byte("# a note\n"), content...)
		if name == "facts.csv" {
			changed[name] = append([]byte(nil), content...)
			changed[name] = []byte(strings.Replace(string(content), "kettle", "Kettle", 1))
		}
		f, err := flow.Parse(changed)
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[f.ID]; twice {
			t.Errorf("changing %s gives the id of %s", name, other)
		}
		seen[f.ID] = name
	}
}

// A byte that moves from the end of one file to the beginning of the next is
// a change too.
func TestIdentityKeepsFilesApart(t *testing.T) {
	a, b := flowtest.Minimal(), flowtest.Minimal()
	a["tests/a.chat"], a["tests/b.chat"] = []byte("xy"), []byte("z")
	b["tests/a.chat"], b["tests/b.chat"] = []byte("x"), []byte("yz")
	fa, erra := flow.Parse(a)
	fb, errb := flow.Parse(b)
	if erra != nil || errb != nil || fa.ID == fb.ID {
		t.Errorf("ids %v, %v; errors %v, %v", fa, fb, erra, errb)
	}
}
