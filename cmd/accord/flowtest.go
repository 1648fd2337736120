package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
)

// testOptions are the flags of `accord flow test`.
type testOptions struct {
	update, cover, json bool
	run                 string
}

func flowTestCommand(s streams) *cobra.Command {
	var o testOptions
	c := &cobra.Command{
		Use: "test [DIR]", Short: "Play the flow's conversations and compare",
		Long: `Plays tests/*.chat of the flow in DIR, or of the built-in one, and compares what
is answered with what stands there: "-" is written and not answered, "+" is
answered and not written. --update writes what is answered now; read what it
changed. At the end it says how much of the flow the conversations came through;
--cover lists what none of them did.`,
		Example: "  accord flow test my-flow\n  accord flow test my-flow --run 'refund' --update\n  accord flow test my-flow --cover",
		Args:    oneFolderAtMost,
	}
	c.Flags().BoolVar(&o.update, "update", false, "write what is answered now into the tests")
	c.Flags().StringVar(&o.run, "run", "", "only the conversations whose file's name this regular expression matches")
	c.Flags().BoolVar(&o.cover, "cover", false, "list what no conversation came through")
	c.Flags().BoolVar(&o.json, "json", false, "the result as a JSON object")
	c.RunE = func(_ *cobra.Command, args []string) error { return flowTest(s, firstOf(args), o) }
	return c
}

// flowTest plays the conversations of the flow in dir and says how they went.
func flowTest(s streams, dir string, o testOptions) error {
	if o.update && dir == "" {
		return &problem{what: "the built-in flow cannot be updated", hint: "write it to a folder first: accord flow init DIR"}
	}
	t, err := newTester(dir, o)
	if err != nil {
		return err
	}
	bar := startProgress(s.err, "playing", len(t.names))
	played, err := t.playAll(bar.at)
	bar.end()
	if err != nil {
		return err
	}
	if o.update {
		if err := t.write(s, dir, played); err != nil {
			return err
		}
	}
	return t.report(s, played)
}

// tester plays the conversations of one flow.
type tester struct {
	o     testOptions
	flow  *flow.Flow
	read  *flowReader
	files flow.Files
	names []string
	cover *dialogtest.Coverage
}

func newTester(dir string, o testOptions) (*tester, error) {
	only, err := regexp.Compile(o.run)
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("--run: %v", err), hint: "it is a regular expression, such as 'refund|late'"}
	}
	t := &tester{o: o}
	if t.files, err = flowFiles(dir); err != nil {
		return nil, &problem{what: fmt.Sprintf("cannot read the flow: %v", err), hint: "DIR is a folder made by: accord flow init DIR"}
	}
	if t.flow, err = flow.Parse(t.files); err != nil {
		return nil, flowProblems(err)
	}
	t.cover = dialogtest.NewCoverage(t.flow)
	if t.read, err = newFlowReader(t.flow, newSchool()); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if strings.HasSuffix(name, ".chat") && only.MatchString(strings.TrimPrefix(name, "tests/")) {
			t.names = append(t.names, name)
		}
	}
	return t, nil
}

// outcome is how one conversation went. Line is where it first differs or
// cannot be read, 0 where all is as written or the whole of it is meant.
type outcome struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	What string `json:"what,omitempty"` // "" = as written
	Diff string `json:"diff,omitempty"`
	Hint string `json:"hint,omitempty"`

	answered string // the script with what is answered now; "" where it could not be played
}

// playAll plays all conversations, as many at once as there are processors.
func (t *tester) playAll(done func(int)) ([]outcome, error) {
	played := make([][]outcome, len(t.names))
	var count atomic.Int64
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range t.names {
		g.Go(func() (err error) {
			played[i], err = t.play(name)
			done(int(count.Add(1)))
			return err
		})
	}
	err := g.Wait()
	return slices.Concat(played...), err
}

// play plays one conversation. What cannot be read is all said at once; else
// there is one outcome.
func (t *tester) play(name string) ([]outcome, error) {
	script := dialogtest.Plain(string(t.files[name]))
	var unread []outcome
	for _, m := range dialogtest.Mistakes(script) {
		unread = append(unread, outcome{File: name, Line: m.Line, What: m.What, Hint: m.Hint})
	}
	if unread != nil {
		return unread, nil
	}
	set := dialog.Settings{Business: "Fernhill", Zone: time.UTC}
	got, session, err := dialogtest.Run(t.flow, set, t.read.Understand, script)
	if err == nil {
		err = session.Replay()
	}
	if err != nil {
		return []outcome{broke(name, err)}, nil
	}
	if err := t.cover.Add(session); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := outcome{File: name, answered: got}
	if got != script {
		out.What = "is answered differently now"
		out.Line, out.Diff = dialogtest.Diff(script, got)
	}
	if got != script && out.Line == 0 { // the last line had no end, or many
		out.Line, out.What = strings.Count(got, "\n"), "ends without a line break, or with several"
	}
	return []outcome{out}, nil
}

// broke is the outcome of a conversation that could not be played to its end.
func broke(name string, err error) outcome {
	out := outcome{File: name, What: err.Error()}
	var at *dialogtest.LineError
	if errors.As(err, &at) {
		out.Line, out.What = at.Line, at.Err.Error()
	}
	var none *dialogtest.NoButton
	if errors.As(err, &none) {
		out.Hint = fmt.Sprintf("write the label as it stands there; \"customer: (old) [%s]\" is a button of another conversation", none.Label)
	}
	return out
}

// write writes what is answered now over the conversations that differ.
func (t *tester) write(s streams, dir string, played []outcome) error {
	for i, p := range played {
		if p.What == "" || p.answered == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(p.File)), []byte(ended(p.answered, t.files[p.File])), 0o600); err != nil {
			return &problem{what: err.Error()}
		}
		if !t.o.json {
			fmt.Fprintf(s.out, "%s: written anew\n%s", p.File, p.Diff)
		}
		played[i] = outcome{File: p.File, answered: p.answered}
	}
	return nil
}

// ended gives a conversation the line ends that its file had.
func ended(script string, like []byte) string {
	if bytes.Contains(like, []byte("\r\n")) {
		return strings.ReplaceAll(script, "\n", "\r\n")
	}
	return script
}
