package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func deadDropCommand(s streams) *cobra.Command {
	var all, old bool
	c := &cobra.Command{Use: "drop ID... | --all", Short: "Let go of what did not go through",
		Long: `Takes what did not go through off the list without trying it again, so that
doctor and the metrics speak of what is new. A message that was not sent stays
in the database with the reason. A dead letter is deleted, with what people
wrote in it. The audit notes what was dropped and why it was stuck.`,
		Example: "  accord dead drop in-12 out-34\n  accord dead drop --too-old\n  accord dead drop --all"}
	c.Flags().BoolVar(&all, "all", false, "everything that was given up")
	c.Flags().BoolVar(&old, "too-old", false, "messages that are too old to be sent")
	c.Args = func(c *cobra.Command, args []string) error {
		many := all || old
		return idsOr(&many)(c, args)
	}
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, ids []string) error {
		if all || old {
			list, err := op.Stuck(ctx, lookBack)
			if err != nil {
				return err
			}
			for _, d := range list {
				if all && d.Kind != kindUnknown || d.late() {
					ids = append(ids, d.ID)
				}
			}
		}
		dropped := each(ctx, s, "dropping", ids, op.Drop)
		dropped.print(s, "dropped", "that can be dropped")
		return errors.Join(ctx.Err(), dropped.verdict("dropped"))
	})
}
