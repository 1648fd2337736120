package main

import (
	"github.com/spf13/cobra"
)

func flowCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "flow", Short: "Make and check dialog flows", Example: "  accord flow init my-flow\n  accord flow check my-flow\n  accord flow test my-flow"}
	c.AddCommand(flowInitCommand(s), flowCheckCommand(s), flowProveCommand(s), flowTestCommand(s), flowDrawCommand(s))
	return c
}

// folderArg takes the one folder a flow command works on.
func folderArg(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &problem{what: c.CommandPath() + " needs the flow's folder", hint: "see " + c.CommandPath() + " --help"}
	}
	return nil
}
