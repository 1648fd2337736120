package flow_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

func folder(names ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for _, n := range names {
		m[n] = &fstest.MapFile{Data: []byte("content of " + n)}
	}
	return m
}

func TestReadFS(t *testing.T) {
	files, err := flow.ReadFS(folder("flow.yaml", "lines.en.yaml", "line.en.yaml", "intents/a.en.txt", "tests/a.chat",
		"README.md", ".git/flow.yaml", ".hidden.yaml", "tests/deep/b.chat", "notes/todo.yaml.bak", "facts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"facts.csv", "flow.yaml", "intents/a.en.txt", "line.en.yaml", "lines.en.yaml", "tests/a.chat"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("read %v", got)
	}
	if string(files["flow.yaml"]) != "content of flow.yaml" || files["line.en.yaml"] != nil {
		t.Error("known files are read, mistyped ones only named")
	}
}

func TestReadFSRefuses(t *testing.T) {
	link := folder("lines.en.yaml")
	link["flow.yaml"] = &fstest.MapFile{Data: []byte("lines.en.yaml"), Mode: fs.ModeSymlink}
	large := folder("lines.en.yaml")
	large["flow.yaml"] = &fstest.MapFile{Data: make([]byte, 1<<20+1)}
	many := fstest.MapFS{}
	for i := range 201 {
		many[fmt.Sprintf("tests/%d.chat", i)] = &fstest.MapFile{}
	}
	for name, fsys := range map[string]fs.FS{"a link": link, "a large file": large, "many files": many} {
		if files, err := flow.ReadFS(fsys); err == nil || files != nil {
			t.Errorf("%s was read", name)
		}
	}
	large["flow.yaml"].Data = large["flow.yaml"].Data[1:]
	delete(many, "tests/0.chat")
	for name, fsys := range map[string]fs.FS{"exactly 1 MiB": large, "exactly 200": many} {
		if _, err := flow.ReadFS(fsys); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Two calls give files of their own.
func TestMinimalIsTheCallersOwn(t *testing.T) {
	a, b := flowtest.Minimal(), flowtest.Minimal()
	a["flow.yaml"][0] = 'X'
	if b["flow.yaml"][0] == 'X' {
		t.Error("the files are shared")
	}
}
