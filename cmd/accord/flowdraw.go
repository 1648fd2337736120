package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func flowDrawCommand(s streams) *cobra.Command {
	var format, file string
	c := &cobra.Command{
		Use: "draw [DIR]", Short: "Draw a flow as a picture, or as Mermaid text",
		Long: `Draws the machine of the flow in DIR, or of the built-in one: its states, what
leads from one to the next, and how often at most. Mermaid is text that many
pages and editors show as a picture; SVG is a picture that any browser opens.`,
		Example: "  accord flow draw my-flow -o my-flow.svg\n  accord flow draw my-flow >> README.md\n  accord flow draw --format svg > after-sales.svg",
		Args:    oneFolderAtMost,
	}
	c.Flags().StringVar(&format, "format", "", "mermaid or svg (default: by the ending of FILE, else mermaid)")
	c.Flags().StringVarP(&file, "output", "o", "", "write to this file instead of the terminal, over what is there")
	c.RunE = func(_ *cobra.Command, args []string) error {
		text, err := drawing(firstOf(args), format, file)
		if err != nil {
			return err
		}
		if file == "" {
			_, err = fmt.Fprint(s.out, text)
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return &problem{what: err.Error()}
		}
		fmt.Fprintf(s.out, "drawn in %s\n", file)
		return nil
	}
	return c
}

// drawing draws the flow in dir in the form that was asked for.
func drawing(dir, format, file string) (string, error) {
	if format == "" {
		switch ending := strings.ToLower(filepath.Ext(file)); ending {
		case ".svg":
			format = "svg"
		case "", ".mmd", ".mermaid", ".md", ".txt":
			format = "mermaid"
		default: // text in a file that says it is a picture opens nowhere
			return "", &problem{what: fmt.Sprintf("a flow cannot be drawn as %q", strings.TrimPrefix(ending, ".")),
				hint: "name the file FLOW.svg, a picture that any browser opens and prints, or FLOW.mmd"}
		}
	}
	if format != "svg" && format != "mermaid" {
		return "", &problem{what: fmt.Sprintf("a flow cannot be drawn as %q", format), hint: "--format is mermaid or svg"}
	}
	f, err := loadFlow(dir)
	if err != nil {
		return "", err
	}
	if format == "svg" {
		return f.SVG(), nil
	}
	return f.Mermaid(), nil
}

// oneFolderAtMost takes the folder a flow command works on; without one it is
// about the built-in flow.
func oneFolderAtMost(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &problem{what: c.CommandPath() + " takes one folder", hint: "see " + c.CommandPath() + " --help"}
	}
	return nil
}

func firstOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
