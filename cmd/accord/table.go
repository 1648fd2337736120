package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"
)

// printTable writes rows under a head, in columns that line up.
func printTable(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				fmt.Fprint(t, "\t")
			}
			fmt.Fprint(t, inline(cell))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// inline keeps a cell in its place: whatever was written by others must not
// begin a line of its own or move the cursor.
func inline(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			out[i] = ' '
		}
	}
	return string(out)
}

// plain are the characters a shell takes as they stand.
var plain = regexp.MustCompile(`^[\pL\pN_.@%+=:,/-]+$`)

// quoted is a word as it is typed into a shell.
func quoted(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// counted puts a number and what is counted together.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// moment is how times are shown to operators.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }
