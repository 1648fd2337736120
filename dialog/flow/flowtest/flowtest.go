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
