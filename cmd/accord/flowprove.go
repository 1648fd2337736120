package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
)

func flowProveCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "prove [DIR]", Short: "Prove that every conversation ends well",
		Long: `Walks every conversation that the flow in DIR, or the built-in one, makes
possible: whatever customers say, whatever time brings, whatever the data turns
out to be. It shows that each of them ends, in an agreement, a promise, with a
person or in fair silence, that a person is one turn away from everywhere, that
nothing waits without an end, and how many turns it takes at most. A flow that
is found wanting gets the shortest conversation that shows it, in each language.`,
		Example: "  accord flow prove my-flow\n  accord flow prove my-flow --json",
		Args:    oneFolderAtMost,
	}
	c.Flags().BoolVar(&asJSON, "json", false, "ends, turns_understood, turns_worst, states and counterexample as a JSON object")
	c.RunE = func(_ *cobra.Command, args []string) error { return flowProve(s, firstOf(args), asJSON) }
	return c
}

func flowProve(s streams, dir string, asJSON bool) error {
	f, found, err := checkedFlow(dir)
	if err != nil {
		return err
	}
	name := f.Name
	if dir != "" {
		name = dir
	}
	bar := startProgress(s.err, "proving "+name, flow.MaxStates)
	begun := time.Now()
	p := f.Prove(flow.ProveOptions{Progress: func(_, walked int) { bar.at(walked) }})
	took := time.Since(begun)
	bar.end()
	chats := map[string]string{}
	if p.Fault != nil {
		for _, lang := range f.Langs() {
			chats[string(lang)] = dialogtest.Enact(f, dialog.Settings{Business: demoBusiness, Zone: time.UTC}, lang, p.Fault)
		}
	}
	round := goingRound(found)
	if asJSON {
		if err := printJSON(s.out, proofReport(p, took, chats, round)); err != nil {
			return err
		}
	} else {
		showProof(s.out, name, f, p, took, chats, round)
		remind(s.out, name, found, round)
	}
	switch {
	case p.Ends && len(round) > 0:
		return &problem{what: fmt.Sprintf("%s: %s", name, round[0].Message), hint: advice(round[0]), code: exitWanting}
	case p.Stopped:
		return &problem{what: fmt.Sprintf("%s has more than %s states", name, thousands(flow.MaxStates)), hint: costHint(p.Costs), code: exitWanting}
	case p.Fault != nil && p.Fault.Kind == flow.FaultLong:
		return &problem{what: name + ": " + p.Fault.What, hint: longHint(f, p.Fault.Way), code: exitWanting}
	case p.Fault != nil:
		return &problem{what: name + ": " + p.Fault.What, hint: faultHints[p.Fault.Kind], code: exitWanting}
	}
	return nil
}

// checkedFlow reads the flow in dir, or the built-in one, with what check finds
// in it.
func checkedFlow(dir string) (*flow.Flow, flow.Findings, error) {
	files, err := flowFiles(dir)
	if err != nil {
		return nil, nil, &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "DIR is a folder made by: accord flow init DIR"}
	}
	f, found := flow.Check(files)
	if f == nil {
		return nil, nil, flowProblems(found)
	}
	return f, slices.DeleteFunc(found, func(x flow.Finding) bool { return x.Severity != flow.Refused }), nil
}

// goingRound are the errors of check that a proof speaks of too. Where the two
// differ the stricter one counts: nothing is proved that is not published for
// that very reason.
func goingRound(found flow.Findings) flow.Findings {
	return slices.DeleteFunc(slices.Clone(found), func(x flow.Finding) bool { return x.Rule != "loop" && x.Rule != "way out" && x.Rule != "person" })
}

// remind says that a flow has other errors, which no proof looks at.
func remind(w io.Writer, name string, found, round flow.Findings) {
	if n := len(found) - len(round); n > 0 {
		fmt.Fprintf(w, "Beside that, flow check finds %s in it: accord flow check %s\n", counted(int64(n), "error", "errors"), name)
	}
}

// demoBusiness is the business in conversations that show what a flow does.
const demoBusiness = "Fernhill"

// faultHints say what helps against what a proof found.
var faultHints = map[flow.FaultKind]string{
	flow.FaultLoop:      "give an edge on the way round a budget (spend) and a way out (else)",
	flow.FaultPerson:    "let person lead to a state of kind person",
	flow.FaultSilent:    "give the state an edge for silence, or lead it to one that has one",
	flow.FaultStuck:     "give the state an edge for it, or lead elsewhere before",
	flow.FaultUnsettled: "lead to a state of kind assess, shelve or person, which see to what is open",
}

// costHint names the limit that helps most against too many states.
func costHint(costs []flow.Cost) string {
	for _, c := range costs {
		if c.Limit != "" && c.Values > 1 {
			return fmt.Sprintf("lower %s in limits first: its %d values multiply most", c.Limit, c.Values)
		}
	}
	return "fewer states in flow.yaml make fewer ways"
}
