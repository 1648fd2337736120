package flow

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// schema is a JSON Schema, or a part of one.
type schema map[string]any

// generator makes schemas from the types that flow files are read into, with
// what their comments say.
type generator struct {
	t      *testing.T
	docs   map[string]string // of types, fields ("stateFile.Kind") and constants
	consts map[string][]string
	defs   map[string]any
	used   map[string]bool // entries of rules
	rules  map[string]func(schema)
}

// newGenerator reads this package's sources.
func newGenerator(t *testing.T) *generator {
	t.Helper()
	g := &generator{t: t, docs: map[string]string{}, consts: map[string][]string{}, used: map[string]bool{}, rules: schemaRules()}
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := goparser.ParseFile(gotoken.NewFileSet(), name, src, goparser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, g.look)
	}
	return g
}

// look keeps the comments of types, fields and constants.
func (g *generator) look(n ast.Node) bool {
	switch d := n.(type) {
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if ts, ok := s.(*ast.TypeSpec); ok && d.Doc != nil {
				g.docs[ts.Name.Name] = d.Doc.Text()
			}
		}
	case *ast.TypeSpec:
		st, ok := d.Type.(*ast.StructType)
		if !ok {
			return true
		}
		for _, f := range st.Fields.List {
			for _, name := range f.Names {
				g.docs[d.Name.Name+"."+name.Name] = f.Doc.Text() + f.Comment.Text()
			}
		}
	case *ast.ValueSpec:
		if typ, ok := d.Type.(*ast.Ident); ok && len(d.Values) == 1 {
			if v, ok := d.Values[0].(*ast.BasicLit); ok {
				g.docs[typ.Name+"="+strings.Trim(v.Value, `"`)] = d.Comment.Text()
			}
		}
	}
	return true
}

// file makes the schema of one file from the type it is read into.
func (g *generator) file(name string, of any) schema {
	g.defs = map[string]any{}
	s := g.object(reflect.TypeOf(of))
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/accord-chat/accord/" + name + ".schema.json"
	s["type"] = "object" // the whole of a file is never nothing
	if len(g.defs) > 0 {
		s["$defs"] = g.defs
	}
	return s
}

// object makes the schema of a struct: its keys, and no others.
func (g *generator) object(t reflect.Type) schema {
	props := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("yaml")
		if key == "" {
			g.t.Errorf("%s.%s has no yaml key", t.Name(), f.Name)
			continue
		}
		p := g.of(f.Type)
		if doc := g.doc(t, g.docs[t.Name()+"."+f.Name]); doc != "" {
			p["description"] = doc
		}
		g.rule(t.Name()+"."+key, p)
		props[key] = p
	}
	s := schema{"type": []string{"object", "null"}, "properties": props, "additionalProperties": false}
	if doc := g.doc(t, g.docs[t.Name()]); doc != "" {
		s["description"] = doc
	}
	g.rule(t.Name(), s)
	return s
}

// rule adds what types do not tell.
func (g *generator) rule(name string, s schema) {
	if add, ok := g.rules[name]; ok {
		g.used[name] = true
		add(s)
	}
}

// of makes the schema of a value of type t.
func (g *generator) of(t reflect.Type) schema {
	switch t {
	case reflect.TypeFor[Duration]():
		return schema{"type": "string", "pattern": `^([0-9]+d)?([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))*$`, "minLength": 2}
	case reflect.TypeFor[Money]():
		return schema{"$ref": g.def("money", func() schema { return moneySchema() })}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Struct:
		ref := schema{"$ref": g.def(strings.TrimSuffix(t.Name(), "File"), func() schema { return g.object(t) })}
		return ref
	case reflect.Map:
		return schema{"type": []string{"object", "null"}, "additionalProperties": g.of(t.Elem())}
	case reflect.Slice:
		return schema{"type": []string{"array", "null"}, "items": g.of(t.Elem())}
	case reflect.Int:
		return schema{"type": "integer"}
	case reflect.Float64:
		return schema{"type": "number"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.String:
		return schema{"type": []string{"string", "number", "boolean"}} // what stands for text needs no quotes
	case reflect.Interface:
		return schema{"$ref": g.def("line", func() schema { return lineSchema() })}
	}
	g.t.Fatalf("no schema is known for %s", t)
	return nil
}

// def adds a definition once and gives the reference to it.
func (g *generator) def(name string, make func() schema) string {
	if _, there := g.defs[name]; !there {
		g.defs[name] = nil // it may speak of itself
		g.defs[name] = make()
	}
	return "#/$defs/" + name
}

var (
	opening = regexp.MustCompile(`^\w*(File|Times)? ?\b(is|are) `)
	linked  = regexp.MustCompile(`[^.;]*\[\w+\][^.;]*[.;]?`)
)

// doc makes a description of a comment: fields are called by their keys, as
// who reads it knows them, and what speaks of code is left out.
func (g *generator) doc(t reflect.Type, comment string) string {
	text := strings.Join(strings.Fields(comment), " ")
	text = strings.TrimPrefix(text, t.Name()+" ")
	text = opening.ReplaceAllString(text, "")
	text = strings.TrimSpace(linked.ReplaceAllString(text, ""))
	for i := range t.NumField() {
		f := t.Field(i)
		text = regexp.MustCompile(`\b`+f.Name+`\b`).ReplaceAllString(text, f.Tag.Get("yaml"))
	}
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// listOf describes the values of a type by the comments of its constants.
func (g *generator) listOf(typ string, values []string) string {
	var out []string
	for _, v := range slices.Sorted(slices.Values(values)) {
		if doc := strings.TrimSpace(g.docs[typ+"="+v]); doc != "" {
			out = append(out, v+": "+doc)
		}
	}
	return strings.Join(out, "\n")
}

// checkUsed finds rules that no type has any more.
func (g *generator) checkUsed() {
	for _, name := range slices.Sorted(maps.Keys(g.rules)) {
		if !g.used[name] {
			g.t.Errorf("the rule for %s belongs to no key of a flow's files", name)
		}
	}
}
