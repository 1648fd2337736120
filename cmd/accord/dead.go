package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"
)

// mostShown is how many of a kind are listed unless asked otherwise.
const mostShown = 100

func deadCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "dead", Short: "List, try again and drop what did not go through",
		Long: `What could not be handled or delivered is kept aside and listed here, until it
is tried again or you drop it. Ids begin with in- (could not be handled) or out- (could not be
sent, or may have arrived twice because a platform never said).`,
		Example: "  accord dead list\n  accord dead show in-12\n  accord dead retry in-12 out-34"}
	c.AddCommand(deadListCommand(s), deadShowCommand(s), deadRetryCommand(s), deadDropCommand(s))
	return c
}

func deadListCommand(s streams) *cobra.Command {
	var asJSON bool
	var limit int
	c := &cobra.Command{Use: "list", Short: "List dead letters, dead sends and unknown sends, newest first",
		Example: "  accord dead list\n  accord dead list --json --max 1000"}
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON array")
	c.Flags().IntVar(&limit, "max", mostShown, "how many of each kind")
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, _ []string) error {
		if limit <= 0 {
			return &problem{what: "--max must be at least 1"}
		}
		list, err := op.Stuck(ctx, limit)
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, append([]stuck{}, list...))
		}
		if len(list) == 0 {
			fmt.Fprintln(s.out, "nothing is stuck")
			return nil
		}
		rows := [][]string{{"ID", "WHAT", "WHEN", "WHERE", "CONVERSATION", "WHY"}}
		for _, d := range list {
			rows = append(rows, []string{d.ID, d.Kind, moment(d.At), d.Where, conversation(d), d.Why})
		}
		return printTable(s.out, rows)
	})
}

func conversation(d stuck) string {
	if d.Conv == 0 {
		return "-"
	}
	return strconv.FormatInt(d.Conv, 10)
}

func deadShowCommand(s streams) *cobra.Command {
	var asJSON, payload bool
	c := &cobra.Command{Use: "show ID", Short: "Show one of them",
		Long:    "Shows what is known of one of them. What a platform delivered or was to get is\nonly shown with --payload: it holds what people wrote.",
		Example: "  accord dead show in-12\n  accord dead show out-34 --payload",
		Args:    oneArg("the id of what to show")}
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON object")
	c.Flags().BoolVar(&payload, "payload", false, "also what people wrote")
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, args []string) error {
		d, err := op.Show(ctx, showing{ID: args[0], Payload: payload})
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, d)
		}
		return showStuck(s.out, d)
	})
}

func showStuck(out io.Writer, d stuck) error {
	retry := "no"
	switch {
	case d.Retry:
		retry = "accord dead retry " + d.ID
	case d.late():
		retry = "no, it is too old to be sent; accord dead drop " + d.ID + " lets go of it"
	}
	rows := [][]string{{"id:", d.ID}, {"what:", d.Kind}, {"when:", moment(d.At)}, {"where:", d.Where}, {"conversation:", conversation(d)}, {"why:", d.Why}, {"try again:", retry}}
	if err := printTable(out, rows); err != nil {
		return err
	}
	if d.Payload != "" {
		fmt.Fprintf(out, "\n%s\n", d.Payload)
	}
	return nil
}

// oneArg takes exactly one argument, named in words.
func oneArg(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &problem{what: c.CommandPath() + " needs " + what, hint: "see " + c.CommandPath() + " --help"}
		}
		return nil
	}
}

func deadRetryCommand(s streams) *cobra.Command {
	var all, asJSON bool
	c := &cobra.Command{Use: "retry ID... | --all", Short: "Handle or send again what did not go through",
		Long: `Puts what did not go through back in its place, as if it had never been tried:
a dead letter is handled, a dead send is sent. A running server does it at once,
else it is done at the next start. What may have arrived twice is not tried
again, and neither is what is too old to be sent: accord dead drop lets go of
it.`,
		Example: "  accord dead retry in-12 out-34\n  accord dead retry --all"}
	c.Flags().BoolVar(&all, "all", false, "everything that can be tried again")
	c.Flags().BoolVar(&asJSON, "json", false, "say what became of each as a JSON array")
	c.Args = idsOr(&all)
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, ids []string) error {
		late := 0
		if all {
			list, err := op.Stuck(ctx, lookBack)
			if err != nil {
				return err
			}
			for _, d := range list {
				if d.Retry {
					ids = append(ids, d.ID)
				}
				if d.late() {
					late++
				}
			}
		}
		tried := each(ctx, s, "trying again", ids, op.Retry)
		if asJSON {
			if err := printJSON(s.out, tried); err != nil {
				return err
			}
		} else {
			tried.print(s, "put back", "that can be tried again")
		}
		if late > 0 {
			fmt.Fprintf(s.err, "%d passed over: too old to be sent; accord dead drop lets go of them\n", late)
		}
		return errors.Join(ctx.Err(), tried.verdict("put back"))
	})
}

// idsOr takes ids, or nothing with --all.
func idsOr(all *bool) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if (len(args) > 0) == *all {
			return &problem{what: c.CommandPath() + " needs ids, or --all", hint: "accord dead list shows the ids"}
		}
		return nil
	}
}

// late says that it was given up and is too old to be sent by now.
func (d stuck) late() bool { return d.Kind == kindSend && !d.Retry }

// retried is what became of one that was tried again.
type retried struct {
	ID    string `json:"id"`
	Again bool   `json:"again"` // it is back in its place
	Why   string `json:"why,omitempty"`
	Hint  string `json:"hint,omitempty"`
	code  int
}

type retries []retried

// each goes on after a failure: one that cannot be mended must not keep
// the others waiting.
func each(ctx context.Context, s streams, doing string, ids []string, do func(ctx context.Context, id string) error) retries {
	bar := startProgress(s.err, doing, len(ids))
	defer bar.end()
	list := make(retries, 0, len(ids))
	for i, id := range ids {
		r := retried{ID: id, Again: true}
		if err := do(ctx, id); err != nil {
			p := asProblem(err)
			r = retried{ID: id, Why: p.what, Hint: p.hint, code: p.code}
		}
		list = append(list, r)
		bar.at(i + 1)
		if ctx.Err() != nil {
			break
		}
	}
	return list
}

func (list retries) failed() (failed retries) {
	for _, r := range list {
		if !r.Again {
			failed = append(failed, r)
		}
	}
	return failed
}

func (list retries) print(s streams, done, which string) {
	failed := list.failed()
	switch {
	case len(list) == 0:
		fmt.Fprintln(s.out, "nothing is stuck "+which)
		return
	case len(list) == 1 && len(failed) == 1:
		return // the verdict says it
	}
	fmt.Fprintf(s.out, "%d of %d %s\n", len(list)-len(failed), len(list), done)
	for _, r := range failed {
		printProblem(s.err, &problem{what: r.Why, hint: r.Hint})
	}
}

// verdict is how it ends: that something could not be done at all counts more
// than that it was not there.
func (list retries) verdict(done string) error {
	failed := list.failed()
	switch {
	case len(failed) == 0:
		return nil
	case len(list) == 1:
		return &problem{what: failed[0].Why, hint: failed[0].Hint, code: failed[0].code}
	}
	p := &problem{what: fmt.Sprintf("%d of %d could not be %s", len(failed), len(list), done), hint: "what is said of each tells why", code: exitWanting}
	for _, r := range failed {
		if r.code != exitWanting {
			p.code = exitFailed
		}
	}
	return p
}
