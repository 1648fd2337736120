package main

import (
	"fmt"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// edition is what the build knows of itself.
type edition struct {
	Version string `json:"version"` // as people are shown it
	Module  string `json:"module,omitempty"`
	Commit  string `json:"commit,omitempty"`
	Time    string `json:"time,omitempty"` // of the commit
	Changed bool   `json:"changed"`        // it holds more than the commit
	Go      string `json:"go,omitempty"`
}

func versionCommand(s streams) *cobra.Command {
	var asJSON, verbose bool
	c := &cobra.Command{
		Use: "version", Short: "Say which version this is", Example: "  accord version\n  accord version --verbose",
		RunE: func(*cobra.Command, []string) error {
			e := thisEdition()
			switch {
			case asJSON:
				return printJSON(s.out, e)
			case verbose:
				return printTable(s.out, e.rows())
			}
			fmt.Fprintln(s.out, "accord "+e.Version)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "everything that is known of it, as a JSON object")
	c.Flags().BoolVar(&verbose, "verbose", false, "everything that is known of it")
	return c
}

// rows are what is known of it, a line each.
func (e edition) rows() [][]string {
	rows := [][]string{{"version:", e.Version}, {"module:", e.Module}}
	if e.Commit != "" {
		rows = append(rows, []string{"commit:", e.Commit}, []string{"of:", e.Time}, []string{"changed since:", strconv.FormatBool(e.Changed)})
	}
	return append(rows, []string{"built with:", e.Go})
}

// version is the version as people are shown it.
func version() string { return thisEdition().Version }

func thisEdition() edition {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return edition{Version: "unknown"}
	}
	return editionOf(info)
}

// between is what the go command calls a build between two releases: it ends in
// the time and the commit.
var between = regexp.MustCompile(`-(?:.*\.)?(\d{4})(\d\d)(\d\d)\d{6}-([0-9a-f]{12})(?:\+.*)?$`)

func editionOf(info *debug.BuildInfo) edition {
	e := edition{Module: info.Main.Version, Go: info.GoVersion, Changed: strings.HasSuffix(info.Main.Version, "+dirty")}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			e.Commit = s.Value
		case "vcs.time":
			e.Time = s.Value
		case "vcs.modified":
			e.Changed = e.Changed || s.Value == "true"
		}
	}
	if m := between.FindStringSubmatch(e.Module); m != nil && e.Commit == "" {
		e.Commit, e.Time = m[4], m[1]+"-"+m[2]+"-"+m[3]
	}
	e.Version = e.inWords()
	return e
}

// inWords is a release by its number, and any other build by its commit.
func (e edition) inWords() string {
	if strings.HasPrefix(e.Module, "v") && !between.MatchString(e.Module) {
		return e.Module
	}
	v := "unreleased"
	if e.Commit != "" {
		v += " " + e.Commit[:min(12, len(e.Commit))]
	}
	if day, _, _ := strings.Cut(e.Time, "T"); day != "" {
		v += " of " + day
	}
	if e.Changed {
		v += ", changed"
	}
	return v
}
