package flow_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

// TestSlips writes into a good file what everybody writes once, and wants it
// told in plain words, at its own line, with a way on: one finding in that file
// and nothing of the YAML reader's.
func TestSlips(t *testing.T) {
	for _, c := range []struct{ file, before, after, at, what, better string }{
		{"flow.yaml", "  refusals: 3 ", "\trefusals: 3 ", "10:1", "a tab", "spaces"},
		{"flow.yaml", "  refusals: 3 ", "   refusals: 3 ", "10:4", "indented by 3 spaces", "by 2 spaces"},
		{"flow.yaml", "  tries: 2 ", "   tries: 2 ", "11:4", "indented deeper than line 10", "below that line"},
		{"flow.yaml", "\n  listen:\n", "\n   listen:\n", "46:4", "indented by 3 spaces", "by 2 spaces"},
		{"flow.yaml", "name: after-sales", "name:after-sales", "6:5", "a space is missing", "name: …"},
		{"flow.yaml", "start: greet", "start: greet: listen", "7:8", "a colon in it", `start: "greet: listen"`},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: "It is a fair wish.`, "", "no closing \"", "end it"},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: 'It's fair'`, "", "closes this text stands in the middle", "double quotes"},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: "It is "fair", this wish."`, "", "closes this text stands in the middle", `\"`},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: Fair: this wish.`, "", "a colon in it", `"Fair: this wish."`},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair：It is a fair wish.`, "", "full-width", "plain colon"},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: {wish} is fair.`, "", "begins with {", "quotes"},
		{"lines.en.yaml", `fair: "It is a fair wish."`, `fair: *yes* it is`, "", `begins with "*"`, "quotes"},
	} {
		files := flowtest.Minimal()
		text := string(files[c.file])
		i := strings.Index(text, c.before)
		if i < 0 {
			t.Fatalf("%q is not in %s", c.before, c.file)
		}
		if c.at == "" {
			c.at = fmt.Sprint(strings.Count(text[:i], "\n")+1) + ":"
		}
		files[c.file] = []byte(text[:i] + c.after + text[i+len(c.before):])
		_, found := flow.Check(files)
		var of flow.Findings
		for _, f := range found {
			if f.File == c.file {
				of = append(of, f)
			}
		}
		if len(of) != 1 || !strings.HasPrefix(of[0].String(), c.file+":"+c.at) || !strings.Contains(of[0].Message, c.what) || !strings.Contains(of[0].Better, c.better) {
			t.Errorf("%q: %swant one at %s with %q and %q", c.after, written(of), c.at, c.what, c.better)
		}
	}
}

// Good files have no slips: what is looked for there is there only to explain a
// file that could not be read.
func TestGoodFilesHaveNoSlips(t *testing.T) {
	folders := []flow.Files{flowtest.Minimal(), flow.Words()}
	for _, dir := range shipped(t) {
		files, err := flow.ReadFS(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		folders = append(folders, files)
	}
	for _, files := range folders {
		for name, content := range files {
			if !strings.HasSuffix(name, ".yaml") {
				continue
			}
			// A slip at the very end is the only one, or what stands before is
			// taken for one.
			broken := maps.Clone(files)
			broken[name] = append(bytes.TrimRight(bytes.Clone(content), "\n"), "\n\tlast: 1\n"...)
			_, found := flow.Check(broken)
			for _, f := range found {
				if f.File == name && (!strings.Contains(f.Message, "a tab") || f.Line != bytes.Count(broken[name], []byte("\n"))) {
					t.Errorf("%s: %s", name, f)
				}
			}
		}
	}
}
