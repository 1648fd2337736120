package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/intents"
)

// loadFlow reads, checks and compiles the flow in dir, or the built-in one
// where dir is empty.
func loadFlow(dir string) (*flow.Flow, error) {
	files, err := flowFiles(dir)
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "ACCORD_FLOWS names a folder made by: accord flow init DIR"}
	}
	f, err := flow.Parse(files)
	if err != nil {
		return nil, flowProblems(err)
	}
	return f, nil
}

func flowFiles(dir string) (flow.Files, error) {
	if dir == "" {
		return lines.AfterSales()
	}
	root, err := os.OpenRoot(dir) // a link cannot lead out of the folder
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	return flow.ReadFS(root.FS())
}

// flowProblems turns findings into error and hint lines.
func flowProblems(err error) error {
	var found flow.Findings
	if !errors.As(err, &found) {
		return err
	}
	ps := make(problems, 0, len(found))
	for _, f := range found {
		ps = append(ps, &problem{what: fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message), hint: f.Hint})
	}
	return ps
}

// newUnderstander compiles what customers' words mean in this flow.
func newUnderstander(f *flow.Flow) (*intents.Understander, error) {
	u, err := intents.New(intents.Words(f.Words), intents.Options{})
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("the flow's intents: %v", err), hint: "see intents/*.txt in the flow's folder"}
	}
	return u, nil
}
