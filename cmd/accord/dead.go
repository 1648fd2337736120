package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"
)

// mostShown is how many of a kind are listed unless asked otherwise.
const mostShown = 100

func deadCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "dead", Short: "List and try again what did not go through",
		Long: `What could not be handled or delivered is never dropped: it is kept aside and
listed here. Ids begin with in- (could not be handled) or out- (could not be
sent, or may have arrived twice because a platform never said).`,
		Example: "  accord dead list\n  accord dead show in-12\n  accord dead retry in-12 out-34"}
	c.AddCommand(deadListCommand(s), deadShowCommand(s), deadRetryCommand(s))
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
	if d.Retry {
		retry = "accord dead retry " + d.ID
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
	var all bool
	c := &cobra.Command{Use: "retry ID... | --all", Short: "Handle or send again what did not go through",
		Long: `Puts what did not go through back in its place, as if it had never been tried:
a dead letter is handled, a dead send is sent. A running server does it at once,
else it is done at the next start. What may have arrived twice is not tried
again.`,
		Example: "  accord dead retry in-12 out-34\n  accord dead retry --all"}
	c.Flags().BoolVar(&all, "all", false, "everything that can be tried again")
	c.Args = func(_ *cobra.Command, args []string) error {
		if (len(args) > 0) == all {
			return &problem{what: "accord dead retry needs ids, or --all", hint: "accord dead list shows the ids"}
		}
		return nil
	}
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, ids []string) error {
		if all {
			list, err := op.Stuck(ctx, lookBack)
			if err != nil {
				return err
			}
			for _, d := range list {
				if d.Retry {
					ids = append(ids, d.ID)
				}
			}
		}
		return retryEach(ctx, s, op, ids)
	})
}

// retryEach goes on after a failure: one that cannot be mended must not keep
// the others waiting.
func retryEach(ctx context.Context, s streams, op operator, ids []string) error {
	bar := startProgress(s.err, "trying again", len(ids))
	again := 0
	var failed problems
	for i, id := range ids {
		if err := op.Retry(ctx, id); err != nil {
			failed = append(failed, asProblem(err))
		} else {
			again++
		}
		bar.at(i + 1)
		if ctx.Err() != nil {
			break
		}
	}
	bar.end()
	if len(ids) == 1 && len(failed) == 1 {
		return failed[0]
	}
	fmt.Fprintf(s.out, "%d of %d put back\n", again, len(ids))
	if len(failed) == 0 {
		return ctx.Err()
	}
	for _, p := range failed {
		printProblem(s.err, p)
	}
	return &problem{what: fmt.Sprintf("%d of %d could not be put back", len(failed), len(ids)), hint: "the lines above say why", code: worst(failed)}
}

// worst is the exit code of several failures: that something could not be done
// at all counts more than that it was not there.
func worst(ps problems) int {
	for _, p := range ps {
		if p.code != exitWanting {
			return exitFailed
		}
	}
	return exitWanting
}
