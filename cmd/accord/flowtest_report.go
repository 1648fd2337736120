package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/accord-chat/accord/dialog/dialogtest"
)

// testResult is what --json gives of a test.
type testResult struct {
	Conversations int               `json:"conversations"`
	AsWritten     int               `json:"as_written"`
	Failed        []outcome         `json:"failed"`
	Coverage      dialogtest.Report `json:"coverage"`
}

// report says how the conversations went and what they came through.
func (t *tester) report(s streams, played []outcome) error {
	failed := []outcome{}
	files := map[string]bool{}
	for _, p := range played {
		if p.What != "" {
			failed = append(failed, p)
			files[p.File] = true
		}
	}
	result := testResult{Conversations: len(t.names), AsWritten: len(t.names) - len(files), Failed: failed, Coverage: t.cover.Report()}
	if t.o.json {
		if err := printJSON(s.out, result); err != nil {
			return err
		}
	} else {
		shown := map[string]string{}
		for _, f := range failed {
			f.print(s.err, shown)
		}
		fmt.Fprintf(s.out, "%d conversations, %d as written\n", result.Conversations, result.AsWritten)
		t.printCoverage(s.out, result.Coverage)
	}
	switch {
	case len(failed) > 0:
		return &problem{what: fmt.Sprintf("%d of %d conversations are not as written", len(files), len(t.names)),
			hint: "change the flow, or write what is answered now with --update", code: exitWanting}
	case len(t.names) == 0 && t.o.run != "":
		return &problem{what: fmt.Sprintf("no conversation's name matches %q", t.o.run), hint: "names are those of the files in tests", code: exitWanting}
	}
	return nil
}

// print shows a conversation that went otherwise. A change that many
// conversations share is shown once: shown holds where.
func (p outcome) print(w io.Writer, shown map[string]string) {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	change := changed(p.Diff)
	if first, again := shown[change]; again && change != "" {
		fmt.Fprintf(w, "error: %s: %s, as in %s\n", where, p.What, first)
		return
	}
	shown[change] = where
	fmt.Fprintf(w, "error: %s: %s\n%s", where, p.What, p.Diff)
	if p.Hint != "" {
		fmt.Fprintf(w, "hint: %s\n", p.Hint)
	}
}

// changed is what a difference takes away and adds, wherever that stands.
func changed(diff string) string {
	var b strings.Builder
	for line := range strings.Lines(diff) {
		if r := []rune(line); len(r) > 7 && (r[0] == '-' || r[0] == '+') {
			b.WriteString(string(r[0]) + string(r[7:])) // the number in between is another
		}
	}
	return b.String()
}

// printCoverage shows what was come through as a table, and with --cover what
// was not.
func (t *tester) printCoverage(w io.Writer, r dialogtest.Report) {
	if len(t.names) == 0 {
		return
	}
	rows := [][]string{{"", "CONVERSATIONS", "STATES", "EDGES", "LINES"},
		{"all", fmt.Sprint(len(t.names)), share(r.States), share(r.Edges), ""}}
	for _, l := range r.Languages {
		rows = append(rows, []string{string(l.Language), fmt.Sprint(l.Conversations), share(l.States), share(l.Edges), share(l.Lines)})
	}
	_ = printTable(w, rows) // a terminal that is gone is no mistake of the flow
	if !t.o.cover {
		return
	}
	missed(w, "states that no conversation comes to", r.States)
	missed(w, "edges that no conversation takes", r.Edges)
	for _, l := range r.Languages {
		missed(w, fmt.Sprintf("lines that are never said in %s", l.Language), l.Lines)
	}
}

func share(p dialogtest.Part) string {
	return fmt.Sprintf("%d of %d, %d %%", p.Seen, p.Of, p.Percent())
}

// missed lists what was not seen, some to a line.
func missed(w io.Writer, what string, p dialogtest.Part) {
	if len(p.Missed) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", what)
	const wide = 96
	row := " "
	for _, name := range p.Missed {
		if len(row)+1+len(name) > wide {
			fmt.Fprintln(w, row)
			row = " "
		}
		row += " " + name
	}
	fmt.Fprintln(w, strings.TrimRight(row, " "))
}
