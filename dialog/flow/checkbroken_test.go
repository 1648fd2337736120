package flow_test

import (
	"bytes"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"pgregory.net/rapid"
)

// keyed is a line of a YAML file that begins with a key.
var keyed = regexp.MustCompile(`^(\s*(?:- )?)([a-z][A-Za-z0-9_.-]*):`)

// misspelt gives a file with the key that a line begins with misspelt; false where
// the line has none.
func misspelt(content []byte, line int) ([]byte, bool) {
	lines := bytes.Split(bytes.Clone(content), []byte("\n"))
	if !keyed.Match(lines[line]) || named(lines, line) {
		return nil, false
	}
	lines[line] = keyed.ReplaceAll(lines[line], []byte("${1}${2}qx:"))
	return bytes.Join(lines, []byte("\n")), true
}

// named says whether a line begins with the name of a survey, which is anybody's
// to choose.
func named(lines [][]byte, line int) bool {
	if !bytes.HasPrefix(lines[line], []byte("  ")) || bytes.HasPrefix(lines[line], []byte("   ")) {
		return false
	}
	for line--; line >= 0; line-- {
		if keyed.Match(lines[line]) && lines[line][0] != ' ' {
			return bytes.HasPrefix(lines[line], []byte("surveys:"))
		}
	}
	return false
}

// Whatever key of a flow is misspelt, it is found: in the small flow each of
// them, one after the other.
func TestEveryMisspeltKeyIsFound(t *testing.T) {
	tried := 0
	for _, name := range []string{"flow.yaml", "catalog.yaml", "lines.en.yaml"} {
		content := flowtest.Minimal()[name]
		for line := range bytes.Count(content, []byte("\n")) {
			broken, ok := misspelt(content, line)
			if !ok {
				continue
			}
			files := flowtest.Minimal()
			files[name] = broken
			tried++
			if _, found := flow.Check(files); len(found) == 0 {
				t.Errorf("%s:%d: nothing is found in %q", name, line+1, strings.Split(string(broken), "\n")[line])
			}
		}
	}
	if tried < 200 {
		t.Errorf("only %d keys were tried", tried)
	}
}

// In the flows that ship, a line broken at random is found, in the file that
// was broken or in one that speaks of it.
func TestABrokenLineIsFound(t *testing.T) {
	dirs := shipped(t)
	folders := map[string]flow.Files{}
	for _, dir := range dirs {
		files, err := flow.ReadFS(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		folders[dir] = files
	}
	tries := 0
	rapid.Check(t, func(t *rapid.T) {
		if tries++; tries > 25 { // each reads a flow of thousands of lines
			return
		}
		files := maps.Clone(folders[rapid.SampledFrom(dirs).Draw(t, "flow")])
		var yamls []string
		for name := range files {
			if strings.HasSuffix(name, ".yaml") {
				yamls = append(yamls, name)
			}
		}
		slices.Sort(yamls)
		name := rapid.SampledFrom(yamls).Draw(t, "file")
		line := rapid.IntRange(0, bytes.Count(files[name], []byte("\n"))-1).Draw(t, "line")
		broken, ok := misspelt(files[name], line)
		if !ok {
			return
		}
		files[name] = broken
		if _, found := flow.Check(files); len(found) == 0 {
			t.Fatalf("%s:%d: nothing is found", name, line+1)
		}
	})
}

// A slip of the tone is found in whatever line it stands.
func TestASlipIsFoundInEveryLine(t *testing.T) {
	content := string(flowtest.Minimal()["lines.en.yaml"])
	said := regexp.MustCompile(`(?m)^ +[a-z_.]+: "[^"{}]{8,}"`)
	places := said.FindAllStringIndex(content, -1)
	if len(places) < 20 {
		t.Fatalf("only %d places", len(places))
	}
	for _, p := range places {
		p[0] += strings.IndexByte(content[p[0]:], '"')
		files := flowtest.Minimal()
		files["lines.en.yaml"] = []byte(content[:p[0]+1] + "we can't. " + content[p[0]+1:])
		line := strings.Count(content[:p[0]], "\n") + 1
		_, found := flow.Check(files)
		if !slices.ContainsFunc(found, func(f flow.Finding) bool { return f.Rule == "tone" && f.Line == line }) {
			t.Errorf("line %d: %s", line, written(found))
		}
	}
}
