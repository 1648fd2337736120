package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
)

// showProof writes a proof for people: the verdict first, then how long a
// conversation can be, or what shows that something is wrong.
func showProof(w io.Writer, name string, f *flow.Flow, p *flow.Proof, took time.Duration, chats map[string]string, round flow.Findings) {
	switch {
	case p.Ends && len(round) > 0:
		fmt.Fprintf(w, "%s: found wanting\n", name)
		for _, x := range round {
			fmt.Fprintf(w, "%s: %s\n", place(x), x.Message)
		}
	case p.Stopped:
		fmt.Fprintf(w, "%s: too large to prove\n", name)
		showCosts(w, p.Costs)
	case p.Fault != nil && p.Fault.Kind == flow.FaultLong:
		fmt.Fprintf(w, "%s: found wanting\n%s\n", name, sentence(p.Fault.What))
		showLong(w, f, p, chats)
	case p.Fault != nil:
		fmt.Fprintf(w, "%s: found wanting\n%s\n", name, sentence(p.Fault.What))
		showFault(w, p.Fault, chats)
		for _, also := range p.Also {
			fmt.Fprintf(w, "\nAlso: %s.\n", also.What)
		}
	default:
		fmt.Fprintf(w, "%s: proved\nEvery conversation ends: in an agreement, a promise, with a person or in fair silence.\n"+
			"A person is one turn away from everywhere, and nothing waits without an end.\n", name)
		fmt.Fprintf(w, "\nThe longest ways, in turns of the customer:\n")
		showWay(w, "always understood", p.Understood, p.UnderstoodWay)
		showWay(w, "with every mishap", p.Worst, p.WorstWay)
		fmt.Fprintf(w, "  %-19s%4d  (turns in limits) is never what ends one\n", "the cap", f.Limits.Turns)
	}
	fmt.Fprintf(w, "\n%s states and %s steps in %.2f s\n", thousands(p.States), thousands(p.Steps), took.Seconds())
}

// showWay writes a way as the states in which the customer said something.
func showWay(w io.Writer, what string, turns int, way []flow.ProofStep) {
	indent := fmt.Sprintf("  %-19s%4d  ", what, turns)
	line := indent
	for _, part := range stations(way) {
		if len(line)+len(part) > 78 {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = strings.Repeat(" ", len(indent))
		}
		line += part + " "
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}

// stations are the states of a way in which the customer took a turn, each with
// how many in a row.
func stations(way []flow.ProofStep) []string {
	var out []string
	last, n := "", 0
	put := func() {
		switch {
		case n > 1:
			out = append(out, fmt.Sprintf("%s×%d", last, n))
		case n == 1:
			out = append(out, last)
		}
	}
	for _, s := range way {
		if !s.Turn {
			continue
		}
		if s.State != last {
			put()
			last, n = s.State, 0
		}
		n++
	}
	put()
	return out
}

// showFault writes the shortest way to what is wrong, by its steps and as a
// conversation in each language.
func showFault(w io.Writer, fault *flow.Fault, chats map[string]string) {
	fmt.Fprintf(w, "\nThe shortest way there:\n")
	showSteps(w, fault.Way)
	if len(fault.Loop) > 0 {
		fmt.Fprintf(w, "  and from here round and round:\n")
		showSteps(w, fault.Loop)
	}
	for _, lang := range slices.Sorted(maps.Keys(chats)) {
		fmt.Fprintf(w, "\nAs a conversation (%s):\n", lang)
		for _, line := range strings.Split(strings.TrimRight(chats[lang], "\n"), "\n") {
			fmt.Fprintln(w, "  "+line)
		}
	}
}

func showSteps(w io.Writer, way []flow.ProofStep) {
	for _, s := range way {
		fmt.Fprintf(w, "  %-12s %-12s → %s\n", s.State, className(s.Class), s.To)
	}
}

// className is a class with its count, where it has one.
func className(c flow.Class) string {
	if c.N > 0 {
		return fmt.Sprintf("%s (%d)", c.Name, c.N)
	}
	return string(c.Name)
}

func showCosts(w io.Writer, costs []flow.Cost) {
	fmt.Fprintf(w, "What makes it so large, the dearest first:\n")
	for _, c := range costs {
		if c.Values < 2 {
			continue
		}
		limit := "fixed"
		if c.Limit != "" {
			limit = c.Limit + " in limits"
		}
		fmt.Fprintf(w, "  %-24s %3d values; without it about %s states  (%s)\n", c.Counter, c.Values, thousands(c.Without), limit)
	}
}

// proofReport is a proof as scripts read it.
func proofReport(p *flow.Proof, took time.Duration, chats map[string]string, round flow.Findings) any {
	out := proofJSON{Ends: p.Ends && len(round) == 0, Check: mistakes(round), TurnsUnderstood: known(p.Understood), TurnsWorst: known(p.Worst), States: p.States, Steps: p.Steps,
		MS: took.Milliseconds(), Stopped: p.Stopped}
	if p.Ends {
		out.WayUnderstood, out.WayWorst = stations(p.UnderstoodWay), stations(p.WorstWay)
	}
	for _, c := range p.Costs {
		out.Costs = append(out.Costs, costJSON{c.Counter, c.Limit, c.Values, c.Without})
	}
	if p.Fault != nil {
		out.Counterexample = &counterexampleJSON{Fault: string(p.Fault.Kind), State: p.Fault.State, What: p.Fault.What,
			Path: stepsJSON(p.Fault.Way), Loop: stepsJSON(p.Fault.Loop), Chats: chats}
	}
	for _, also := range p.Also {
		out.Also = append(out.Also, alsoJSON{string(also.Kind), also.State, also.What})
	}
	return out
}

// proofJSON has null for turns that have no bound or are not known.
type proofJSON struct {
	Ends            bool                `json:"ends"`
	TurnsUnderstood *int                `json:"turns_understood"`
	TurnsWorst      *int                `json:"turns_worst"`
	States          int                 `json:"states"`
	Counterexample  *counterexampleJSON `json:"counterexample"`
	Also            []alsoJSON          `json:"also,omitempty"`
	Steps           int                 `json:"steps"`
	MS              int64               `json:"ms"`
	Stopped         bool                `json:"stopped,omitempty"`
	WayUnderstood   []string            `json:"way_understood,omitempty"`
	WayWorst        []string            `json:"way_worst,omitempty"`
	Costs           []costJSON          `json:"costs,omitempty"`
	Check           []mistake           `json:"check,omitempty"` // what check refuses and the proof alone would not
}

type counterexampleJSON struct {
	Fault string            `json:"fault"`
	State string            `json:"state"`
	What  string            `json:"what"`
	Path  []stepJSON        `json:"path"`
	Loop  []stepJSON        `json:"loop,omitempty"`
	Chats map[string]string `json:"chats"`
}

// alsoJSON is a fault beside the counter-example, of another kind.
type alsoJSON struct {
	Fault string `json:"fault"`
	State string `json:"state"`
	What  string `json:"what"`
}

type stepJSON struct {
	State string `json:"state"`
	Class string `json:"class"`
	N     uint8  `json:"n,omitempty"`
	Edge  string `json:"edge"`
	To    string `json:"to"`
}

type costJSON struct {
	Counter string `json:"counter"`
	Limit   string `json:"limit,omitempty"`
	Values  int    `json:"values"`
	Without int    `json:"without"`
}

func stepsJSON(way []flow.ProofStep) []stepJSON {
	out := make([]stepJSON, 0, len(way))
	for _, s := range way {
		out = append(out, stepJSON{s.State, string(s.Class.Name), s.Class.N, s.Edge, s.To})
	}
	return out
}

// known is a number that a proof may not have: nil then.
func known(turns int) *int {
	if turns < 0 {
		return nil
	}
	return &turns
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// thousands writes a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
