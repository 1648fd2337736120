package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog/flow"
)

// remake writes the guide's conversations anew instead of telling that they
// go otherwise.
var remake = flag.Bool("guide", false, "write the conversations of dialog/lines/GUIDE.md anew")

// snippet is a fenced block of the guide. Its kind and what it is about stand
// behind the fence.
//
//	sh [fails]        commands; the last one ends with exit code 1 where it fails
//	output            what the last command wrote; … stands for anything
//	yaml FILE         is merged into a file of my-flow, which must stay right
//	yaml FILE wrong   would be merged, but flow check refuses it; output follows
//	text FILE         is written at the end of a file
//	csv FILE          columns and rows of a table, by its first column
//	chat FILE         is written as a conversation, and goes as it stands there
type snippet struct {
	kind, about string
	more        string
	body        string
	line        int
	start, end  int // of body, in the guide
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)(?: ([^\\s`]+))?(?: (\\w+))?\n(.*?)^```$")

// snippets lists the blocks of the guide in their order.
func snippets(t *testing.T, guide string) []snippet {
	t.Helper()
	var out []snippet
	for _, m := range fence.FindAllStringSubmatchIndex(guide, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return guide[m[2*i]:m[2*i+1]]
		}
		out = append(out, snippet{kind: part(1), about: part(2), more: part(3), body: part(4),
			line: 1 + strings.Count(guide[:m[0]], "\n"), start: m[8], end: m[9]})
	}
	if n := strings.Count(guide, "```"); n != 2*len(out) {
		t.Fatalf("%d fences make %d blocks: one has no kind, or no end", n, len(out))
	}
	return out
}

// reader follows the guide as somebody would who does all that stands there.
type reader struct {
	t     *testing.T
	wrote string // by the last command
	guide string
	moved int // how much longer the guide is by what was written anew
}

// TestGuide does everything the guide says, in a folder of its own.
func TestGuide(t *testing.T) {
	path, err := filepath.Abs(filepath.Join(root, "dialog", "lines", "GUIDE.md"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	r := &reader{t: t, guide: string(b)}
	for _, s := range snippets(t, string(b)) {
		r.do(s)
		if t.Failed() {
			t.Fatalf("GUIDE.md:%d is where it went wrong", s.line)
		}
	}
	if r.guide == string(b) {
		return
	}
	if err := os.WriteFile(path, []byte(r.guide), 0o600); err != nil {
		t.Fatal(err)
	}
}

// do follows one snippet.
func (r *reader) do(s snippet) {
	file := filepath.Join("my-flow", filepath.FromSlash(s.about))
	switch s.kind {
	case "sh":
		r.commands(s)
	case "output":
		r.output(s)
	case "text":
		r.write(file, append(r.read(file), "\n"+s.body...))
	case "csv":
		r.write(file, r.table(r.read(file), s.body))
	case "chat":
		r.chat(s, file)
	case "yaml":
		r.merge(s, file)
	default:
		r.t.Errorf("nothing tries snippets of kind %q", s.kind)
	}
}

// commands runs what somebody would type. Each must go well, or the last fail
// where the snippet says so.
func (r *reader) commands(s snippet) {
	rows := strings.Split(strings.TrimSpace(s.body), "\n")
	for i, row := range rows {
		args := strings.Fields(strings.SplitN(row, "  #", 2)[0])
		if len(args) < 2 || args[0] != "accord" {
			r.t.Errorf("%q is no accord command", row)
			return
		}
		want := exitFine
		if s.about == "fails" && i == len(rows)-1 {
			want = exitWanting
		}
		if code := r.accord(args[1:]...); code != want {
			r.t.Errorf("%s: exit code %d, want %d\n%s", row, code, want, r.wrote)
		}
	}
}

// accord runs one command with nothing to read.
func (r *reader) accord(args ...string) int {
	var out bytes.Buffer
	none := func(string) (string, bool) { return "", false }
	code := run(r.t.Context(), args, streams{in: strings.NewReader(""), out: &out, err: &out, env: none})
	r.wrote = out.String()
	return code
}

// output holds what the last command wrote to what the guide shows of it.
func (r *reader) output(s snippet) {
	var pattern []string
	for _, row := range strings.Split(strings.TrimSpace(s.body), "\n") {
		parts := strings.Split(strings.TrimSpace(row), "…")
		for i, p := range parts {
			parts[i] = strings.Join(strings.Fields(regexp.QuoteMeta(p)), `\s+`)
			if strings.HasPrefix(p, " ") {
				parts[i] = `\s*` + parts[i]
			}
			if strings.HasSuffix(p, " ") && i < len(parts)-1 {
				parts[i] += `\s*`
			}
		}
		pattern = append(pattern, strings.Join(parts, `[\s\S]*?`))
	}
	if !regexp.MustCompile(strings.Join(pattern, `\s+`)).MatchString(r.wrote) {
		r.t.Errorf("the guide shows\n%s\nand what is written is\n%s", s.body, r.wrote)
	}
}

// merge puts the keys of a snippet into a YAML file, and checks what comes of
// it. What a key held before is replaced, except that mappings are merged.
func (r *reader) merge(s snippet, file string) {
	before := r.read(file)
	var whole, part yaml.Node
	if err := yaml.Unmarshal(before, &whole); err != nil {
		r.t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(s.body), &part); err != nil {
		r.t.Errorf("%s: %v", s.about, err)
		return
	}
	mergeNodes(whole.Content[0], part.Content[0])
	after, err := yaml.Marshal(&whole)
	if err != nil {
		r.t.Fatal(err)
	}
	r.write(file, after)
	switch {
	case s.more == "wrong":
		if code := r.accord("flow", "check", "my-flow"); code != exitWanting {
			r.t.Errorf("flow check takes what the guide calls wrong:\n%s", r.wrote)
		}
		r.write(file, before)
	case s.more != "first": // more has to follow before it is right
		if code := r.accord("flow", "check", "my-flow"); code != exitFine {
			r.t.Errorf("flow check refuses it:\n%s", r.wrote)
		}
	}
}

// mergeNodes puts the keys of one mapping into another.
func mergeNodes(into, from *yaml.Node) {
	for i := 0; i+1 < len(from.Content); i += 2 {
		key, value := from.Content[i], from.Content[i+1]
		at := -1
		for j := 0; j+1 < len(into.Content); j += 2 {
			if into.Content[j].Value == key.Value {
				at = j
			}
		}
		switch {
		case at < 0:
			into.Content = append(into.Content, key, value)
		case into.Content[at+1].Kind == yaml.MappingNode && value.Kind == yaml.MappingNode:
			mergeNodes(into.Content[at+1], value)
		default:
			into.Content[at+1] = value
		}
	}
}

// table puts the columns and rows of one table into another, by the first
// column of both.
func (r *reader) table(whole []byte, part string) []byte {
	rows, err := csv.NewReader(bytes.NewReader(whole)).ReadAll()
	if err != nil {
		r.t.Fatal(err)
	}
	more, err := csv.NewReader(strings.NewReader(part)).ReadAll()
	if err != nil {
		r.t.Fatal(err)
	}
	for c, column := range more[0] {
		at := slices.Index(rows[0], column)
		if at < 0 {
			at = len(rows[0])
			for i := range rows {
				rows[i] = append(rows[i], "")
			}
			rows[0][at] = column
		}
		for _, m := range more[1:] {
			i := slices.IndexFunc(rows, func(row []string) bool { return row[0] == m[0] })
			if i < 0 {
				r.t.Errorf("there is no row %q to add to", m[0])
				return whole
			}
			rows[i][at] = m[c]
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		r.t.Fatal(err)
	}
	return out.Bytes()
}

// chat writes a conversation and plays it.
func (r *reader) chat(s snippet, file string) {
	script := unwrapped(s.body)
	r.write(file, []byte(script))
	if *remake {
		r.accord("flow", "test", "my-flow", "--update", "--run", regexp.QuoteMeta(filepath.Base(file)))
		again := wrapped(string(r.read(file)))
		r.guide = r.guide[:s.start+r.moved] + again + r.guide[s.end+r.moved:]
		r.moved += len(again) - len(s.body)
		return
	}
	if code := r.accord("flow", "test", "my-flow", "--run", regexp.QuoteMeta(filepath.Base(file))); code != exitFine {
		r.t.Errorf("%s\ngo test ./cmd/accord -run Guide -guide writes it anew", r.wrote)
	}
}

func (r *reader) read(file string) []byte {
	b, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

func (r *reader) write(file string, content []byte) {
	if err := os.WriteFile(file, content, 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// TestGuideIsForAdmins holds the guide to whom it is for, and to its length.
func TestGuideIsForAdmins(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "dialog", "lines", "GUIDE.md"))
	if err != nil {
		t.Fatal(err)
	}
	guide := string(b)
	for _, word := range []string{"golang", "go run", "go test", "struct", "compile"} {
		if strings.Contains(strings.ToLower(guide), word) {
			t.Errorf("the guide says %q, which is nothing to who writes flows", word)
		}
	}
	if regexp.MustCompile(`\bGo\b`).MatchString(guide) {
		t.Error("the guide names a programming language")
	}
	if n := strings.Count(guide, "\n"); n < 300 || n > 720 {
		t.Errorf("the guide has %d lines", n)
	}
	if n := len(snippets(t, guide)); n < 30 {
		t.Errorf("only %d snippets are tried", n)
	}
	if first := snippets(t, guide)[0]; !strings.HasPrefix(first.body, "accord flow init my-flow\n") {
		t.Errorf("the guide begins with %q", first.body)
	}
}

// TestGuideNamesEverything makes sure that no key of a flow's files is left
// out of the guide: what stands nowhere is found by nobody.
func TestGuideNamesEverything(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "dialog", "lines", "GUIDE.md"))
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`"([a-z_]+)": \{`)
	seen := 0
	for name, schema := range flow.Schemas() {
		for _, m := range key.FindAllStringSubmatch(string(schema), -1) {
			seen++
			if !regexp.MustCompile(`\b`+m[1]+`\b`).Match(b) && !slices.Contains(ofSchemas, m[1]) {
				t.Errorf("the guide does not name %q (%s)", m[1], name)
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d keys were looked for", seen)
	}
}

// ofSchemas are keys of the schemas themselves, and names in them.
var ofSchemas = []string{"properties", "items", "propertyNames", "additionalProperties", "then", "if", "condition", "edge", "hours"}
