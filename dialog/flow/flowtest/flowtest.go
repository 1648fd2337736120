// Package flowtest holds a small valid flow for tests of packages that need
// one: [Minimal]. It has a state of every kind, two services with a ladder
// each, one incident and a few orders, in English only.
//
// What it will not do: stand for good wording or a good catalog; it changes
// whenever a test needs it to.
package flowtest

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/accord-chat/accord/dialog/flow"
)

//go:embed minimal
var folder embed.FS

// Minimal gives the files of the small flow. They are the caller's own and
// may be changed. It panics if the flow cannot be read, which only a broken
// build can bring about.
func Minimal() flow.Files {
	sub, err := fs.Sub(folder, "minimal")
	if err != nil {
		panic(err)
	}
	files, err := flow.ReadFS(sub)
	if err != nil {
		panic(err)
	}
	return files
}

// WithLookup gives the small flow with another look-up: the YAML of the
// catalog's section, "lookup:" included.
func WithLookup(text string) flow.Files {
	files := Minimal()
	var out []string
	for line := range strings.Lines(string(files["catalog.yaml"])) {
		if strings.HasPrefix(line, "lookup:") {
			line = text
		}
		out = append(out, line)
	}
	files["catalog.yaml"] = []byte(strings.Join(out, ""))
	return files
}
