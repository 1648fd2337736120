package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Severity says what a finding means for a flow.
type Severity string

// Severities, worst first.
const (
	Refused Severity = "error"   // the flow is not published
	Doubted Severity = "warning" // it is, and somebody should look
)

// Finding is one thing that is wrong with a flow's files. Line and Column
// count from 1, in characters, as an editor shows them; both are 0 where a
// file is missing. Hint is the nearest name that would have been right, or "".
type Finding struct {
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`

	// What follows is set by [Check] where it applies: the family the finding
	// belongs to ("tone", "loop", "length", …), the language and the state it
	// is about, and what to write or do instead.
	Rule   string       `json:"rule,omitempty"`
	Lang   message.Lang `json:"lang,omitempty"`
	State  string       `json:"state,omitempty"`
	Better string       `json:"better,omitempty"`
}

// String gives the finding as one line: file:line:column: message.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": ")
	b.WriteString(f.Message)
	if f.Hint != "" {
		fmt.Fprintf(&b, " (did you mean %q?)", f.Hint)
	}
	return b.String()
}

// Findings are all mistakes of a flow's files, in the order of file, line and
// column. It is the error of [Parse].
type Findings []Finding

// Error lists the findings, one a line.
func (fs Findings) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// mark is a place in a file.
type mark struct {
	file      string
	line, col int
}

// maxFindings bounds what a broken or hostile file can make us say.
const maxFindings = 1000

// report collects findings. A finding is kept once, however many ways lead to
// it.
type report struct {
	found Findings
	seen  map[Finding]bool
}

func newReport() *report { return &report{seen: map[Finding]bool{}} }

func (r *report) add(at mark, format string, args ...any) {
	r.addNear(at, "", format, args...)
}

// full says that no more findings are taken, so that nobody need work out
// what else is wrong.
func (r *report) full() bool { return len(r.found) >= maxFindings }

// addNear adds a finding with the name that was probably meant.
func (r *report) addNear(at mark, hint, format string, args ...any) {
	r.keep(Finding{Severity: Refused, File: at.file, Line: at.line, Column: at.col, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// addBetter adds a finding with what to do about it.
func (r *report) addBetter(at mark, better, format string, args ...any) {
	r.keep(Finding{Severity: Refused, File: at.file, Line: at.line, Column: at.col, Message: fmt.Sprintf(format, args...), Better: better})
}

// keep takes a finding, unless it is there already.
func (r *report) keep(f Finding) {
	if r.seen[f] || r.full() {
		return
	}
	r.seen[f] = true
	r.found = append(r.found, f)
}

// sorted gives the findings in reading order.
func (r *report) sorted() Findings {
	slices.SortStableFunc(r.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return r.found
}
