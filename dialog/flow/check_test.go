package flow_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/google/go-cmp/cmp"
)

// TestCheck runs testdata/check/*.txtar: files that change the minimal flow as
// in TestFindings, and what Check finds there.
func TestCheck(t *testing.T) {
	names, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a := readArchive(t, name)
			files, want := build(t, a)
			_, found := flow.Check(files)
			got := written(found)
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

// written lists findings with all there is to them.
func written(found flow.Findings) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "%s [%s] %s\n", f.Severity, f.Rule, f)
		for _, more := range []struct{ name, text string }{{"state", f.State}, {"language", string(f.Lang)}, {"better", f.Better}} {
			if more.text != "" {
				fmt.Fprintf(&b, "    %s: %s\n", more.name, more.text)
			}
		}
	}
	return b.String()
}

func TestMinimalIsClean(t *testing.T) {
	if _, found := flow.Check(flowtest.Minimal()); len(found) > 0 {
		t.Error("\n" + written(found))
	}
}

// shipped lists the folders of the flows that ship.
func shipped(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("../lines/*/flow.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no flows: %v", err)
	}
	for i := range names {
		names[i] = filepath.Dir(names[i])
	}
	return names
}

// Nothing is found in a flow that ships, or newcomers would learn to skip
// what is said.
func TestShippedFlowsAreClean(t *testing.T) {
	for _, dir := range shipped(t) {
		files, err := flow.ReadFS(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := flow.Check(files); len(found) > 0 {
			t.Errorf("%s:\n%s", dir, written(found))
		}
	}
}

// The built-in words are held to the same rules. They are read as the words
// of a folder; that its lines say some of them otherwise is no matter here.
func TestBuiltInWordsAreClean(t *testing.T) {
	files, err := flow.ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(files, flow.Words())
	f, found := flow.Check(files)
	if f == nil {
		t.Fatal(written(found))
	}
	found = slices.DeleteFunc(found, func(f flow.Finding) bool { return f.Rule == "unsaid" })
	if len(found) > 0 {
		t.Error("\n" + written(found))
	}
}

// The worst comes first, and only what is refused makes a flow unsound.
func TestOrderAndSoundness(t *testing.T) {
	files := flowtest.Minimal()
	files["lines.en.yaml"] = bytes.Replace(files["lines.en.yaml"], []byte(`"I hear you."`), []byte(`["We can't.", "We hear.", "We hear."]`), 1)
	f, found := flow.Check(files)
	if f == nil || len(found) != 2 || found[0].Rule != "tone" || found[1].Rule != "unsaid" {
		t.Fatalf("found %s", written(found))
	}
	if found.Sound() || !found[1:].Sound() || !(flow.Findings)(nil).Sound() {
		t.Error("a warning keeps a flow from being published, or an error does not")
	}
	again, same := flow.Check(files)
	if again.ID != f.ID || !slices.Equal(found, same) {
		t.Error("two looks at the same files differ")
	}
}

func BenchmarkCheck(b *testing.B) {
	files, err := flow.ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, found := flow.Check(files); !found.Sound() {
			b.Fatal(found)
		}
	}
}
