package flow

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// TestSchemas makes the schemas anew from the types and comments of this
// package and compares them with those that ship.
func TestSchemas(t *testing.T) {
	g := newGenerator(t)
	for name, s := range map[string]schema{
		"flow": g.file("flow", flowFile{}), "catalog": g.file("catalog", catalogFile{}), "lines": g.file("lines", linesFile{}),
	} {
		if name == "flow" {
			describe(t, g, s)
		}
		var got bytes.Buffer
		e := json.NewEncoder(&got)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("schema", name+".schema.json")
		if flag.Lookup("update").Value.String() == "true" {
			if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got.Bytes()) {
			t.Errorf("%s is out of date: go test ./dialog/flow -run Schemas -update", path)
		}
	}
	g.checkUsed()
}

// describe says of each kind of state what it does, and fails where a kind has
// no comment to take it from.
func describe(t *testing.T, g *generator, s schema) {
	t.Helper()
	states, _ := s["$defs"].(map[string]any)["state"].(schema)
	kind, _ := states["properties"].(map[string]any)["kind"].(schema)
	kind["description"] = g.listOf("Kind", kindNames())
	for _, k := range kindNames() {
		if g.docs["Kind="+k] == "" {
			t.Errorf("the kind %q has no comment", k)
		}
	}
}
