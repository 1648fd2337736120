package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/spf13/cobra"
)

// grade is how a finding of a check-up is to be taken.
type grade string

const (
	gradeOK    grade = "ok"
	gradeWarn  grade = "warn"  // it works, and somebody should look
	gradeWrong grade = "wrong" // it does not work, or will not
)

// finding is one line of a check-up.
type finding struct {
	What  string `json:"what"`
	Grade grade  `json:"grade"`
	Says  string `json:"says,omitempty"`
	Hint  string `json:"hint,omitempty"`
}

func doctorCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "doctor", Short: "Look whether everything is as it should be",
		Long: `Looks at the settings, the data folder, the database, the flow, the platforms'
tokens and permissions, the clock and the addresses, and says of each whether
it is as it should be, and if not, what to do. It changes nothing. With a
running server it asks that server, else it looks by itself. Exits with 1 where
something is wrong.`,
		Example: "  accord doctor\n  accord doctor --json",
	}
	addFewConfigFlags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON array")
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, mistakes := readConfig(c, s)
		bar := startProgress(s.err, "looking", 0)
		list := examine(c.Context(), cfg, mistakes)
		bar.end()
		if asJSON {
			if err := printJSON(s.out, list); err != nil {
				return err
			}
		} else {
			printFindings(s, list)
			fmt.Fprint(s.out, allWell(list))
		}
		return verdict(list)
	}
	return c
}

// printFindings shows a check-up to a person: one line each, and below it what
// to do.
func printFindings(s streams, list []finding) {
	wide := 0
	for _, f := range list {
		wide = max(wide, len([]rune(f.What)))
	}
	for _, f := range list {
		fmt.Fprintf(s.out, "%-5s  %-*s  %s\n", f.Grade, wide, f.What, inline(f.Says))
		if f.Hint != "" && f.Grade != gradeOK {
			fmt.Fprintf(s.out, "%s  %-*s  hint: %s\n", strings.Repeat(" ", 5), wide, "", inline(f.Hint))
		}
	}
}

// allWell ends a check-up in words; what is wrong ends it as an error.
func allWell(list []finding) string {
	n := map[grade]int64{}
	for _, f := range list {
		n[f.Grade]++
	}
	switch {
	case n[gradeWrong] > 0:
		return ""
	case n[gradeWarn] > 0:
		return "nothing is wrong; " + counted(n[gradeWarn], "line is", "lines are") + " worth a look\n"
	}
	return "all is well\n"
}

// verdict is how the whole check-up ends.
func verdict(list []finding) error {
	wrong := 0
	for _, f := range list {
		if f.Grade == gradeWrong {
			wrong++
		}
	}
	if wrong == 0 {
		return nil
	}
	return &problem{what: fmt.Sprintf("%d of %d wrong", wrong, len(list)), hint: "the lines marked wrong say what to do", code: exitWanting}
}

// checkup collects findings.
type checkup struct {
	cfg  *config
	list []finding
}

func (d *checkup) add(what string, g grade, says, hint string) {
	d.list = append(d.list, finding{What: what, Grade: g, Says: redact(says), Hint: redact(hint)})
}

// problem adds an error as something that is wrong.
func (d *checkup) problem(what string, err error) {
	p := asProblem(err)
	d.add(what, gradeWrong, p.what, p.hint)
}

// examine looks at everything that can be looked at. What is wrong in one place
// keeps it from looking at another only where that place is needed.
func examine(ctx context.Context, cfg *config, mistakes problems) []finding {
	d := &checkup{cfg: cfg}
	server, err := reach(ctx, cfg.Data)
	d.settings(mistakes, server != nil)
	usable := d.folder()
	switch {
	case err != nil:
		d.problem("server", err)
	case server != nil:
		d.server(ctx, server)
	default:
		d.add("server", gradeOK, "none runs on this folder; looked at without one", "")
		d.flow(ctx, cfg.Flows, "")
		d.alone(ctx, usable, len(mistakes) == 0)
	}
	return d.list
}

// settings judges those this shell sees. A running server has its own, which
// were right when it started.
func (d *checkup) settings(mistakes problems, running bool) {
	for _, p := range mistakes {
		if running {
			d.add("settings", gradeWarn, "as seen from here, not by the running server: "+p.what, p.hint)
			continue
		}
		d.add("settings", gradeWrong, p.what, p.hint)
	}
	for _, p := range d.cfg.Warnings {
		d.add("settings", gradeWarn, p.what, p.hint)
	}
	if len(d.list) == 0 {
		d.add("settings", gradeOK, "can be read and fit together", "")
	}
}

// flow judges the flow in a folder ("" = the built-in one), and says whether it
// is the one that is served.
func (d *checkup) flow(ctx context.Context, dir, served string) {
	f, err := publishableFlow(dir)
	if err == nil {
		_, err = compileCues(f)
	}
	if err != nil {
		d.flowMistakes(dir, err)
		return
	}
	name := dir
	if name == "" {
		name = "built in"
	}
	says := fmt.Sprintf("%s (%s), version %s, %d states", f.Name, name, f.ID, len(f.Table.Names()))
	if served != "" && served != f.ID {
		d.add("flow", gradeWarn, says+"; the server still runs version "+served, "a restart takes it up; open conversations go on in it")
	} else {
		d.add("flow", gradeOK, says, "")
	}
	d.lookup(ctx, f, served != "")
}

// lookup looks whether the service behind a flow's look-up answers. A secret
// that is missing here may well be set for a server that runs.
func (d *checkup) lookup(ctx context.Context, f *flow.Flow, running bool) {
	const what = "look-up"
	for _, p := range d.cfg.unusedSecrets(f) {
		d.add(what, gradeWarn, p.what, p.hint)
	}
	if f.Catalog.Lookup.HTTP == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	where, err := facts.Reach(ctx, f, d.cfg.factsConfig())
	switch {
	case err == nil:
		d.add(what, gradeOK, where+" answers", "")
	case running:
		d.add(what, gradeWarn, "as seen from here, "+where+": "+cause(err), "the running server may have other settings; its log says whether look-ups come to nothing")
	default:
		d.add(what, gradeWrong, where+": "+cause(err), "customers are told that the records cannot be reached, and a person checks")
	}
}

// flowMistakes names the first and counts the others: flow check lists all.
func (d *checkup) flowMistakes(dir string, err error) {
	ps, many := err.(problems) //nolint:errorlint // made one line above by publishableFlow, and wrapped by nobody
	if !many {
		d.problem("flow", err)
		return
	}
	says := ps[0].what
	if more := len(ps) - 1; more > 0 {
		says += fmt.Sprintf(" (and %d more)", more)
	}
	d.add("flow", gradeWrong, says, "accord flow check "+dir+" lists all mistakes")
}
