package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

func flowCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "flow", Short: "Make and check dialog flows", Example: "  accord flow init my-flow\n  accord flow check my-flow\n  accord flow test my-flow"}
	c.AddCommand(flowInitCommand(s), flowCheckCommand(s), flowTestCommand(s))
	return c
}

// folderArg takes the one folder a flow command works on.
func folderArg(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &problem{what: c.CommandPath() + " needs the flow's folder", hint: "see " + c.CommandPath() + " --help"}
	}
	return nil
}

func flowInitCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use: "init DIR", Short: "Write the built-in flow to a folder, to start from",
		Long:    "Writes the built-in flow, its catalog, wordings, intents, demo orders and tests\nto DIR, which must be empty or not exist yet.",
		Example: "  accord flow init my-flow",
		Args:    folderArg,
		RunE: func(_ *cobra.Command, args []string) error {
			n, err := writeFlow(args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%d files written to %s; try: accord chat --flow %s\n", n, args[0], args[0])
			return nil
		},
	}
}

// writeFlow writes the built-in flow and never overwrites anything.
func writeFlow(dir string) (int, error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return 0, &problem{what: dir + " is not empty", hint: "name a new folder; nothing is ever overwritten"}
	}
	files, err := lines.AfterSales()
	if err != nil {
		return 0, err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return 0, &problem{what: err.Error()}
		}
		if err := os.WriteFile(path, files[name], 0o600); err != nil {
			return 0, &problem{what: err.Error()}
		}
	}
	return len(files), nil
}

func flowCheckCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "check DIR", Short: "Check a flow and say what is wrong with it",
		Long:    "Reads the flow in DIR as strictly as serve does and lists everything that is\nwrong, each with file, line and column. Its tests are not played: see flow test.",
		Example: "  accord flow check my-flow",
		Args:    folderArg,
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := flowFiles(args[0])
			if err != nil {
				return &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "DIR is a folder made by: accord flow init DIR"}
			}
			f, err := flow.Parse(files)
			if err != nil {
				return flowIsWrong(s, args[0], err, asJSON)
			}
			if asJSON {
				return printJSON(s.out, []mistake{})
			}
			fmt.Fprintf(s.out, "%s: %s, %d states, %d services, languages %v, version %s: fine\n", args[0], f.Name, len(f.Table.Names()), len(f.Catalog.Services), f.Langs(), f.ID)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "the mistakes as a JSON array")
	return c
}

// mistake is one thing that is wrong with a flow. Line 0: it is of the whole
// file.
type mistake struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	What   string `json:"what"`
	Hint   string `json:"hint,omitempty"`
}

func flowIsWrong(s streams, dir string, err error, asJSON bool) error {
	var found flow.Findings
	if asJSON && errors.As(err, &found) {
		list := make([]mistake, 0, len(found))
		for _, f := range found {
			list = append(list, mistake{File: f.File, Line: f.Line, Column: f.Column, What: f.Message, Hint: f.Hint})
		}
		if err := printJSON(s.out, list); err != nil {
			return err
		}
	} else {
		report(s.err, flowProblems(err))
	}
	return &problem{what: dir + " has mistakes", code: exitWanting}
}
