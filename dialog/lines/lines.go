// Package lines holds the flows that ship inside the program, so that a fresh
// start has something to say in every language without a file on disk.
//
// Use [AfterSales] for the files of the default flow; [Names] lists all that
// ship and [Files] gives any of them. Hand the files to flow.Parse or write
// them out for somebody to change. Each is an ordinary flow folder: an admin's
// own flow is made of the same files. [Guide] is the manual for admins, which
// goes into a folder beside them.
//
// It will not check or compile what it gives, read a disk, or know the time.
package lines

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/accord-chat/accord/dialog/flow"
)

// The folders of the flows that ship.
//
//go:embed all:after-sales all:broadband all:hotel
var folders embed.FS

//go:embed GUIDE.md
var guide string

// Default is the name of the flow that runs where nobody names one.
const Default = "after-sales"

// Names lists the flows that ship, the default first, the others by the
// alphabet.
func Names() []string {
	names := []string{Default}
	found, _ := fs.Glob(folders, "*/flow.yaml") // the pattern is well formed
	for _, path := range found {
		if name := path[:len(path)-len("/flow.yaml")]; name != Default {
			names = append(names, name)
		}
	}
	return names
}

// Files gives the files of a flow that ships, by its name. Every call gives
// files of its own, which may be changed. A name that is not among [Names] is
// an error; with one of them, an error means that the program was built wrong.
func Files(name string) (flow.Files, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no flow %q ships with the program", name)
	}
	sub, err := fs.Sub(folders, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	files, err := flow.ReadFS(sub)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return files, nil
}

// AfterSales gives the files of the default flow: after-sales of an online
// shop in English, Simplified and Traditional Chinese. It is Files(Default).
func AfterSales() (flow.Files, error) { return Files(Default) }

// Guide is the manual for those who write flows, in Markdown. Every snippet in
// it is tried by a test.
func Guide() string { return guide }
