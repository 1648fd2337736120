package flow_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/lines"
)

// validators compiles the schemas that ship, as an editor would.
func validators(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	out := map[string]*jsonschema.Schema{}
	for name, content := range flow.Schemas() {
		c := jsonschema.NewCompiler()
		c.DefaultDraft(jsonschema.Draft2020)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		if out[name], err = c.Compile(name); err != nil {
			t.Fatal(err)
		}
	}
	if len(out) != 3 {
		t.Fatalf("%d schemas ship, want 3", len(out))
	}
	return out
}

// errUnreadable stands for a file that is no YAML, or has a key twice: an editor
// says so itself.
var errUnreadable = errors.New("not YAML")

// refused says which YAML files of a flow the schemas refuse, and why.
func refused(t *testing.T, v map[string]*jsonschema.Schema, files flow.Files) map[string]error {
	t.Helper()
	out := map[string]error{}
	for name, content := range files {
		schema := flow.SchemaOf(name)
		if schema == "" {
			continue
		}
		var doc any
		if yaml.Unmarshal(content, &doc) != nil {
			out[name] = errUnreadable
			continue
		}
		raw, err := json.Marshal(textKeys(doc))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if err := v[schema].Validate(value); err != nil {
			out[name] = err
		}
	}
	return out
}

// textKeys makes text of the keys of mappings, as editors do: "1:" is a key.
func textKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = textKeys(e)
		}
	case []any:
		for i, e := range v {
			v[i] = textKeys(e)
		}
	case map[any]any:
		out := map[string]any{}
		for k, e := range v {
			out[fmt.Sprint(k)] = textKeys(e)
		}
		return out
	}
	return v
}

// What ships and what is right must look right in an editor, too.
func TestSchemasTakeGoodFlows(t *testing.T) {
	v := validators(t)
	good := map[string]flow.Files{"minimal": flowtest.Minimal(), "built-in words": flow.Words()}
	for _, name := range lines.Names() {
		files, err := lines.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		good[name] = files
	}
	for name, files := range good {
		for file, err := range refused(t, v, files) {
			t.Errorf("%s: %s: %v", name, file, err)
		}
	}
}

// visible are findings that need no knowledge of anything but the very place.
var visible = regexp.MustCompile(`^(unknown key|expects (a|an|the|text|true)\b[^{}]*$|expects an amount|unknown (kind|budget|technique|scale|verdict|operator|currency|method|objection)\b|.* (is|are) missing(;|:| in this variant|$)|a state of kind \S+ takes no)`)

// unseen are findings that sound as if a schema could see them and cannot:
// what they are about stands in another place, or is no matter of form.
var unseen = regexp.MustCompile(`^(the file is missing|the line )`)

// TestSchemasRefuseMistakes holds the schemas to every case of testdata: what
// the reader refuses for its form, they refuse, and what it takes, they take.
func TestSchemasRefuseMistakes(t *testing.T) {
	v := validators(t)
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	seen := 0
	for _, name := range names {
		files, _ := build(t, readArchive(t, name))
		wrong := map[string]bool{}
		for _, f := range strings.Split(findings(t, files), "\n") {
			file, what, _ := strings.Cut(f, ": ")
			file, _, _ = strings.Cut(file, ":")
			wrong[file] = true
			if flow.SchemaOf(file) == "" || !visible.MatchString(what) || unseen.MatchString(what) {
				continue
			}
			seen++
			if refused(t, v, files)[file] == nil {
				t.Errorf("%s: the schema takes %s", filepath.Base(name), f)
			}
		}
		for _, file := range slices.Sorted(maps.Keys(refused(t, v, files))) {
			if !wrong[file] {
				t.Errorf("%s: the schema refuses %s, which is right", filepath.Base(name), file)
			}
		}
	}
	if seen < 25 {
		t.Errorf("only %d mistakes were compared", seen)
	}
}

func TestWithSchema(t *testing.T) {
	for file, want := range map[string]string{
		"flow.yaml": "flow", "catalog.yaml": "catalog", "lines.en.yaml": "lines", "words.zh-Hant.yaml": "lines", "facts.csv": "", "tests/a.chat": "",
	} {
		got := string(flow.WithSchema(file, []byte("version: 1\n")))
		first := "# yaml-language-server: $schema=.schema/" + want + ".schema.json\n"
		if want == "" {
			first = ""
		}
		if got != first+"version: 1\n" {
			t.Errorf("%s begins %q", file, got)
		}
		if again := string(flow.WithSchema(file, []byte(got))); again != got {
			t.Errorf("%s is marked twice: %q", file, again)
		}
	}
	files := flowtest.Minimal()
	for name := range files {
		files[name] = flow.WithSchema(name, files[name])
	}
	parsed(t, files)
}
