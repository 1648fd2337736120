package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitFine    = 0
	exitWanting = 1 // it ran, and what it looked at is not in order
	exitFailed  = 2 // it could not run
)

// streams are where a command reads and writes, and the environment it sees;
// tests bring their own.
type streams struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
	environ  func() []string // "NAME=value"; nil = nothing to look through
}

func system() streams {
	return streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv, environ: os.Environ}
}

// problem is an error with something to try, and the code to exit with.
type problem struct {
	what string
	hint string
	code int
}

func (p *problem) Error() string { return p.what }

// problems are several at once: everything that is wrong is said in one go.
type problems []*problem

func (ps problems) Error() string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.what + "\n")
	}
	return strings.TrimSpace(b.String())
}

// run executes one command line and gives its exit code.
func run(ctx context.Context, args []string, s streams) int {
	root := rootCommand(s) //nolint:contextcheck // each command takes it from cobra
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	return report(s.err, root.ExecuteContext(ctx))
}

// report prints an error as error and hint lines.
func report(w io.Writer, err error) int {
	if err == nil {
		return exitFine
	}
	var many problems
	if errors.As(err, &many) {
		for _, p := range many {
			printProblem(w, p)
		}
		return exitFailed
	}
	var one *problem
	if errors.As(err, &one) {
		printProblem(w, one)
		if one.code != 0 {
			return one.code
		}
		return exitFailed
	}
	printProblem(w, &problem{what: err.Error()})
	return exitFailed
}

func printProblem(w io.Writer, p *problem) {
	fmt.Fprintf(w, "error: %s\n", p.what)
	if p.hint != "" {
		fmt.Fprintf(w, "hint: %s\n", p.hint)
	}
}

func rootCommand(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "accord",
		Short: "A chatbot backend that manages what customers expect",
		Long: `Accord talks with customers on Telegram and in a web chat. It asks what they
expect, ranks it, agrees on what can be done or promises an answer by a time,
sees that it is carried out, and hands over to people at its limit: in Slack,
or on a page of its own.`,
		Example:       "  accord serve\n  accord chat --trace\n  accord flow init my-flow\n  accord doctor",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &problem{what: err.Error(), hint: "see " + c.CommandPath() + " --help"}
	})
	root.AddCommand(serveCommand(s), chatCommand(s), flowCommand(s), intentsCommand(s), versionCommand(s), settingsTopic())
	root.AddCommand(doctorCommand(s), healthCommand(s), deadCommand(s), userCommand(s), backupCommand(s), migrateCommand(s))
	strict(root)
	return root
}

// strict refuses what a command has no use for, instead of ignoring it: a
// mistyped flag value or subcommand must not pass for nothing.
func strict(c *cobra.Command) {
	if c.HasSubCommands() && !c.Runnable() {
		c.Args = cobra.ArbitraryArgs
		c.RunE = func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(c, args[0])
			}
			return c.Help()
		}
	}
	if c.Args == nil && c.Runnable() {
		c.Args = func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &problem{what: fmt.Sprintf("%s takes no argument %q", c.CommandPath(), args[0]), hint: "see " + c.CommandPath() + " --help"}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		strict(sub)
	}
}

func unknownCommand(c *cobra.Command, name string) error {
	c.SuggestionsMinimumDistance = 2
	p := &problem{what: fmt.Sprintf("%s has no command %q", c.CommandPath(), name), hint: "see " + c.CommandPath() + " --help"}
	if near := c.SuggestionsFor(name); len(near) > 0 {
		p.hint = fmt.Sprintf("did you mean %q?", c.CommandPath()+" "+near[0])
	}
	return p
}
