package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

func flowInitCommand(s streams) *cobra.Command {
	var from string
	c := &cobra.Command{
		Use: "init DIR", Short: "Write a flow to a folder, to start from",
		Long: `Writes a flow with its catalog, wordings, intents, demo orders and tests to DIR,
which must be empty or not exist yet. Beside them it writes GUIDE.md, which says
how all of it works, schemas, with which editors complete and check, and the
built-in words (.words), to look up what can be said otherwise.`,
		Example: "  accord flow init my-flow\n  accord flow init my-flow --from hotel",
		Args:    folderArg,
	}
	c.Flags().StringVar(&from, "from", lines.Default, "the flow to start from: "+strings.Join(lines.Names(), ", "))
	c.RunE = func(_ *cobra.Command, args []string) error {
		n, err := writeFlow(args[0], from)
		if err != nil {
			return err
		}
		dir := args[0]
		fmt.Fprintf(s.out, "%d files written to %s; try: accord chat --flow %s\nHow it works stands in %s\n", n, dir, dir, filepath.Join(dir, guideName))
		return nil
	}
	return c
}

// guideName is the manual's file in a flow folder.
const guideName = "GUIDE.md"

// writeFlow writes a flow that ships and never overwrites anything.
func writeFlow(dir, from string) (int, error) {
	if !slices.Contains(lines.Names(), from) {
		return 0, &problem{what: fmt.Sprintf("there is no flow %q to start from", from), hint: "--from is one of: " + strings.Join(lines.Names(), ", ")}
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return 0, &problem{what: dir + " is not empty", hint: "name a new folder; nothing is ever overwritten"}
	}
	files, err := lines.Files(from)
	if err != nil {
		return 0, err
	}
	for name := range files {
		files[name] = flow.WithSchema(name, files[name])
	}
	maps.Copy(files, flow.Schemas())
	for name, content := range flow.Words() { // to look a key up in: what is to be said otherwise goes beside the lines
		files[".words/"+name] = content
	}
	files[guideName] = []byte(lines.Guide())
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
