package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
)

func flowCheckCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "check DIR", Short: "Check a flow and say what is wrong with it",
		Long: `Reads the flow in DIR as strictly as serve does and lists everything that is
wrong, worst first, each with file, line, column and what to do: mistakes in the
files, ways that lead nowhere or round for ever, words that are not said to
customers (with better ones), lines too long for a platform or never said,
amounts and times that make no sense. An error keeps a flow from being
published; a warning does not. Its tests are read and not played: see flow test.`,
		Example: "  accord flow check my-flow",
		Args:    folderArg,
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := flowFiles(args[0])
			if err != nil {
				return &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "DIR is a folder made by: accord flow init DIR"}
			}
			return checkFlow(s, args[0], files, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "what was found as a JSON array")
	return c
}

// checkFlow looks through a flow's files and says what was found.
func checkFlow(s streams, dir string, files flow.Files, asJSON bool) error {
	f, found := flow.Check(files)
	found = append(chatMistakes(files), found...)
	if asJSON {
		if err := printJSON(s.out, mistakes(found)); err != nil {
			return err
		}
	} else {
		tellFindings(s.err, files, found)
	}
	if !found.Sound() {
		return &problem{what: dir + " has mistakes", code: exitWanting}
	}
	if !asJSON {
		fmt.Fprintf(s.out, "%s: %s\n", dir, readFor(f, files, len(found)))
	}
	return nil
}

// chatMistakes finds lines of the tests that cannot be read.
func chatMistakes(files flow.Files) flow.Findings {
	var out flow.Findings
	for _, name := range chatNames(files) {
		for _, m := range dialogtest.Mistakes(string(files[name])) {
			out = append(out, flow.Finding{Severity: flow.Refused, Rule: "test", File: name, Line: m.Line, Column: 1, Message: m.What, Better: m.Hint})
		}
	}
	return out
}

func chatNames(files flow.Files) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return !strings.HasSuffix(name, ".chat") })
}

// readFor says in one line what a good flow was looked through for.
func readFor(f *flow.Flow, files flow.Files, doubts int) string {
	var langs []string
	lines, cues := 0, 0
	for _, l := range f.Langs() {
		langs = append(langs, string(l))
		lines += len(f.Keys(l))
		for _, section := range f.Words {
			cues += len(section[l])
		}
	}
	verdict := "fine"
	switch {
	case doubts == 1:
		verdict = "fine but for one warning"
	case doubts > 1:
		verdict = fmt.Sprintf("fine but for %d warnings", doubts)
	}
	return fmt.Sprintf("%s, %d states, %d services, %d lines in %s, %d cues, %d sentences, %d tests, version %s: %s",
		f.Name, len(f.Table.Names()), len(f.Catalog.Services), lines, strings.Join(langs, ", "), cues, len(f.Sentences), len(chatNames(files)), f.ID, verdict)
}

// mistake is one thing that was found in a flow, for scripts. Line 0: it is of
// the whole file.
type mistake struct {
	Severity flow.Severity `json:"severity"`
	File     string        `json:"file"`
	Line     int           `json:"line,omitempty"`
	Column   int           `json:"column,omitempty"`
	What     string        `json:"what"`
	Hint     string        `json:"hint,omitempty"`
	Rule     string        `json:"rule,omitempty"`
	Language string        `json:"language,omitempty"`
	State    string        `json:"state,omitempty"`
	Better   string        `json:"better,omitempty"`
}

func mistakes(found flow.Findings) []mistake {
	list := make([]mistake, 0, len(found))
	for _, f := range found {
		list = append(list, mistake{Severity: f.Severity, File: f.File, Line: f.Line, Column: f.Column, What: f.Message,
			Hint: f.Hint, Rule: f.Rule, Language: string(f.Lang), State: f.State, Better: f.Better})
	}
	return list
}

// tellFindings writes findings as error, warning and hint lines, and the line
// of the file with a mark below the place that is meant.
func tellFindings(w io.Writer, files flow.Files, found flow.Findings) {
	for _, f := range found {
		fmt.Fprintf(w, "%s: %s: %s\n", f.Severity, place(f), f.Message)
		if hint := advice(f); hint != "" {
			fmt.Fprintf(w, "hint: %s\n", hint)
		}
		fmt.Fprint(w, excerpt(files[f.File], f.Line, f.Column))
	}
}

// advice is what to do about a finding.
func advice(f flow.Finding) string {
	parts := []string{meant(f.Hint), f.Better}
	if f.Rule == "tone" && f.Better != "" {
		parts[1] = fmt.Sprintf("say perhaps %q", f.Better)
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "; ")
}
