package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/flow"
)

// A conversation that takes too many turns is too long to be shown whole. What
// helps is which limit makes it so.

// spent is how many turns of a way a limit accounts for, and by how much it lies
// above the usual.
type spent struct {
	limit       string
	turns, over int
}

// spends lists the limits that a way uses up: those that were raised first, for
// that is what made the way long, then the dearest.
func spends(f *flow.Flow, way []flow.ProofStep) []spent {
	by := map[string]int{}
	for _, s := range way {
		id, _ := f.Table.Find(s.State)
		edge := f.Table.Spec(id).On[s.Class.Name]
		switch {
		case s.Class.Name == flow.Ask && f.Table.Kind(id) == flow.Elicit:
			by["questions"]++
		case s.Turn && edge.Spend != "" && !strings.HasSuffix(s.Edge, "!"):
			by[string(edge.Spend)]++
		}
	}
	var out []spent
	for _, limit := range slices.Sorted(maps.Keys(by)) {
		out = append(out, spent{limit, by[limit], max(limitsOf(f.Limits)[limit]-limitsOf(flow.DefaultLimits())[limit], 0)})
	}
	slices.SortStableFunc(out, func(a, b spent) int { return cmp.Or(cmp.Compare(b.over, a.over), cmp.Compare(b.turns, a.turns)) })
	return out
}

// limitsOf are the limits that bound turns, by name.
func limitsOf(l flow.Limits) map[string]int {
	return map[string]int{"refusals": l.Refusals, "tries": l.Tries, "questions": l.Questions, "misunderstood": l.Misunderstood,
		"side_turns": l.SideTurns, "soothing": l.Soothing, "corrections": l.Corrections}
}

// longHint names the limit to lower first.
func longHint(f *flow.Flow, way []flow.ProofStep) string {
	all := spends(f, way)
	if len(all) == 0 {
		return "let fewer edges be free, or raise turns in limits"
	}
	return fmt.Sprintf("lower %s in limits first, which takes %d of these turns, or raise turns in limits", all[0].limit, all[0].turns)
}

// beginning is how much of a long conversation is shown.
const beginning = 12

// showLong says where the turns of the longest way go.
func showLong(w io.Writer, f *flow.Flow, p *flow.Proof, chats map[string]string) {
	fmt.Fprintf(w, "\nWhere they go:\n")
	showWay(w, "the longest way", p.Worst, p.WorstWay)
	for _, s := range spends(f, p.WorstWay) {
		fmt.Fprintf(w, "  %-19s%4d  of these turns\n", s.limit, s.turns)
	}
	langs := slices.Sorted(maps.Keys(chats))
	if len(langs) == 0 {
		return
	}
	lines := strings.Split(strings.TrimRight(chats[langs[0]], "\n"), "\n")
	fmt.Fprintf(w, "\nIt begins like this (%s):\n", langs[0])
	for _, line := range lines[:min(len(lines), beginning)] {
		fmt.Fprintln(w, "  "+line)
	}
	if more := len(lines) - beginning; more > 0 {
		fmt.Fprintf(w, "  … and %s; --json has it whole, in each language\n", counted(int64(more), "line more", "lines more"))
	}
}
