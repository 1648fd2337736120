package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

// loadFlow reads, checks and compiles the flow in dir, or the built-in one
// where dir is empty.
func loadFlow(dir string) (*flow.Flow, error) {
	files, err := flowFiles(dir)
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "name a folder made by: accord flow init DIR"}
	}
	f, err := flow.Parse(files)
	if err != nil {
		return nil, flowProblems(err)
	}
	return f, nil
}

// publishableFlow is loadFlow for a flow that customers are to meet: it holds
// the flow to everything that flow check calls an error, its tone among it, and
// proves it. The built-in flow was proved before the program was built.
func publishableFlow(dir string) (*flow.Flow, error) {
	files, err := flowFiles(dir)
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "ACCORD_FLOWS names a folder made by: accord flow init DIR"}
	}
	f, found := flow.Check(files)
	if !found.Sound() {
		return nil, flowProblems(slices.DeleteFunc(found, func(x flow.Finding) bool { return x.Severity != flow.Refused }))
	}
	if dir == "" {
		return f, nil
	}
	return f, unproved(dir, f.Prove(flow.ProveOptions{}))
}

// unproved is why a flow is not fit for customers; nil where it is proved.
func unproved(dir string, p *flow.Proof) error {
	switch {
	case p.Stopped:
		return &problem{what: "the flow is too large to be proved", hint: "accord flow prove " + dir + " says what makes it so large"}
	case !p.Ends:
		return &problem{what: "not every conversation in this flow ends well", hint: "accord flow prove " + dir + " shows one that does not"}
	}
	return nil
}

// flowFile is in every folder that is a flow. Without it all else that lies
// there would be called wrong, one file after the other.
const flowFile = "flow.yaml"

func flowFiles(dir string) (flow.Files, error) {
	if dir == "" {
		return lines.AfterSales()
	}
	root, err := os.OpenRoot(dir) // a link cannot lead out of the folder
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	if _, err := root.Stat(flowFile); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no flow: there is no %s in it", dir, flowFile)
	}
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
		ps = append(ps, &problem{what: place(f) + ": " + f.Message, hint: advice(f)})
	}
	return ps
}

// place is where a mistake stands, as editors take it; some are of a whole file.
func place(f flow.Finding) string {
	if f.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
}

// meant makes a sentence of a hint that is nothing but the nearest word.
func meant(hint string) string {
	if hint == "" || strings.ContainsAny(hint, " ,") {
		return hint
	}
	return fmt.Sprintf("did you mean %q?", hint)
}
