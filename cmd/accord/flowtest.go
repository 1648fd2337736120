package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
)

func flowTestCommand(s streams) *cobra.Command {
	var update bool
	c := &cobra.Command{
		Use: "test DIR", Short: "Play the flow's conversations and compare",
		Long: `Plays tests/*.chat of the flow in DIR and compares what is answered with what
stands there. --update writes what is answered now; read the difference.`,
		Example: "  accord flow test my-flow\n  accord flow test my-flow --update",
		Args:    folderArg,
	}
	c.Flags().BoolVar(&update, "update", false, "write what is answered now into the tests")
	c.RunE = func(_ *cobra.Command, args []string) error { return flowTest(s, args[0], update) }
	return c
}

func flowTest(s streams, dir string, update bool) error {
	files, err := flowFiles(dir)
	if err != nil {
		return &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "DIR is a folder made by: accord flow init DIR"}
	}
	f, err := loadFlow(dir)
	if err != nil {
		return err
	}
	u, err := newUnderstander(f)
	if err != nil {
		return err
	}
	ran, failed := 0, 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		ran++
		got, session, err := dialogtest.Run(f, dialog.Settings{Business: "Fernhill", Zone: time.UTC}, u.Understand, string(files[name]))
		if err == nil {
			err = session.Replay()
		}
		switch {
		case err != nil:
			failed++
			fmt.Fprintf(s.err, "error: %s: %v\n", name, err)
		case got == string(files[name]):
		case update:
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(got), 0o600); err != nil {
				return &problem{what: err.Error()}
			}
			fmt.Fprintf(s.out, "%s: written anew\n", name)
		default:
			failed++
			fmt.Fprintf(s.err, "error: %s: %s\n", name, dialogtest.FirstDifference(string(files[name]), got))
		}
	}
	fmt.Fprintf(s.out, "%d conversations, %d as written\n", ran, ran-failed)
	if failed > 0 {
		return &problem{what: fmt.Sprintf("%d of %d conversations differ", failed, ran), hint: "--update writes what is answered now", code: exitWanting}
	}
	return nil
}
