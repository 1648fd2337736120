// Package lines holds the flows that ship inside the program, so that a fresh
// start has something to say in every language without a file on disk.
//
// Use [AfterSales] for the files of the default flow; hand them to flow.Parse
// or write them out for somebody to change. The folder is an ordinary flow
// folder: an admin's own flow is made of the same files.
//
// It will not check or compile what it gives, read a disk, or know the time.
package lines

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/accord-chat/accord/dialog/flow"
)

//go:embed all:after-sales
var afterSales embed.FS

// AfterSales gives the files of the default flow: after-sales of an online
// shop in English, Simplified and Traditional Chinese. Every call gives files
// of its own, which may be changed. An error means that the program was built
// wrong.
func AfterSales() (flow.Files, error) {
	sub, err := fs.Sub(afterSales, "after-sales")
	if err != nil {
		return nil, fmt.Errorf("after-sales: %w", err)
	}
	files, err := flow.ReadFS(sub)
	if err != nil {
		return nil, fmt.Errorf("after-sales: %w", err)
	}
	return files, nil
}
