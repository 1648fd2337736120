package flow

import (
	"bytes"
	"embed"
	"io/fs"
	"slices"
)

// schemas say to editors what a flow's YAML files may hold. They are made from
// the Go types of those files by a test, which fails when they are out of
// date; go test ./dialog/flow -run Schema -update writes them anew.
//
//go:embed schema/*.json
var schemas embed.FS

// schemaFolder is where a flow folder keeps the schemas. What begins with a
// dot is none of a flow's files.
const schemaFolder = ".schema"

// Schemas gives the JSON Schemas (draft 2020-12) of flow.yaml, catalog.yaml
// and the files of wordings, by their names in a flow folder. With them an
// editor completes and checks. They see less than [Parse]: not whether a name
// that is spoken of exists elsewhere. The files are the caller's own.
func Schemas() Files {
	files := Files{}
	entries, _ := fs.ReadDir(schemas, "schema") // embedded: it is there
	for _, e := range entries {
		if b, err := schemas.ReadFile("schema/" + e.Name()); err == nil {
			files[schemaFolder+"/"+e.Name()] = b
		}
	}
	return files
}

// SchemaOf gives the name of the schema in [Schemas] that a file of a flow
// folder is held to; "" where there is none.
func SchemaOf(file string) string {
	of, _, _ := roleOf(file)
	kind := map[role]string{aFlow: "flow", aCatalog: "catalog", someLines: "lines", someWords: "lines"}[of]
	if kind == "" {
		return ""
	}
	return schemaFolder + "/" + kind + ".schema.json"
}

// schemaMark is how a YAML file names its schema to editors.
const schemaMark = "# yaml-language-server: $schema="

// WithSchema gives a file's content with a first line that tells editors of
// its schema. Content that has one, or is of no such file, stays as it is.
func WithSchema(file string, content []byte) []byte {
	schema := SchemaOf(file)
	if schema == "" || bytes.HasPrefix(content, []byte(schemaMark)) {
		return content
	}
	return slices.Concat([]byte(schemaMark+schema+"\n"), content)
}
