package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// addConfigFlags gives a command --config and a flag for every setting that is
// no secret: secrets on a command line show up in process lists.
func addConfigFlags(c *cobra.Command) {
	c.Flags().SortFlags = false // settings stand in the order of the README
	c.Flags().String("config", "", "configuration file (default accord.yaml, if it is there)")
	for _, s := range settings() {
		if !s.secret {
			c.Flags().String(s.flag(), "", fmt.Sprintf("%s (%s)", s.help, s.name))
		}
	}
}

// addFewConfigFlags is addConfigFlags for commands that hardly need them: all
// are taken, and --help lists --config, --data and those that are named.
func addFewConfigFlags(c *cobra.Command, named ...string) {
	addConfigFlags(c)
	for _, s := range settings() {
		if f := c.Flags().Lookup(s.flag()); f != nil {
			f.Hidden = s.flag() != "data" && !slices.Contains(named, s.flag())
		}
	}
	c.Long = cmp.Or(c.Long, c.Short+".") + "\n\nEvery setting can be given as a flag as well: accord help settings lists them."
}

// typed says whether a flag was given.
func typed(c *cobra.Command, flag string) bool {
	f := c.Flags().Lookup(flag)
	return f != nil && f.Changed
}

// settingsTopic is what `accord help settings` shows.
func settingsTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString(`Settings come from accord.yaml (or what --config names), the environment and
flags, each above the one before. A secret has no flag; it can be read from a
file named by the variable with _FILE behind it.
`)
	for _, s := range settings() {
		names := s.name + ", --" + s.flag()
		if s.secret {
			names = s.name + ", " + s.name + "_FILE"
		}
		fmt.Fprintf(&b, "\n  %s\n      %s", names, s.help)
		if s.def != "" {
			fmt.Fprintf(&b, " (default %s)", s.def)
		}
	}
	return &cobra.Command{Use: "settings", Short: "All settings, as variables and as flags", Long: b.String()}
}

// nearestSetting suggests what was probably meant; shown is how a setting is
// called where the mistake was made.
func nearestSetting(key string, shown func(setting) string) string {
	best, least := "", len(key)/2+1
	for _, s := range settings() {
		if d := distance(key, s.key()); d < least {
			best, least = shown(s), d
		}
	}
	if best == "" {
		return "accord help settings lists all there are"
	}
	return "did you mean " + best + "?"
}

// distance is the number of single-letter edits between a and b
// (Levenshtein 1966).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
