package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/bot/store"
)

func userCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "user", Short: "Say who may sign in to the console",
		Long: `People sign in to the console with a one-time link; there are no passwords. An
admin may look after the installation, an agent may work on the desk.`,
		Example: "  accord user add anna --role agent\n  accord user link anna"}
	c.AddCommand(userAddCommand(s), userListCommand(s), userLinkCommand(s), userDisableCommand(s))
	return c
}

const aName = "the user's name"

func userAddCommand(s streams) *cobra.Command {
	var role string
	var asJSON bool
	c := &cobra.Command{Use: "add NAME", Short: "Let somebody in", Example: "  accord user add anna\n  accord user add ben --role admin", Args: oneArg(aName)}
	c.Flags().StringVar(&role, "role", string(store.RoleAgent), "admin or agent")
	c.Flags().BoolVar(&asJSON, "json", false, "say who was let in as a JSON object")
	return operatorCommand(c, s, true, func(ctx context.Context, op operator, args []string) error {
		a, err := op.AddUser(ctx, newcomer{Name: args[0], Role: store.Role(role)})
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, a)
		}
		fmt.Fprintf(s.out, "%s may sign in as %s, number %d; accord user link %s makes the link\n", a.Name, a.Role, a.ID, quoted(a.Name))
		return nil
	})
}

func userListCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "List who may sign in", Example: "  accord user list\n  accord user list --json"}
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON array")
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, _ []string) error {
		users, err := op.Users(ctx)
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, append([]account{}, users...))
		}
		if len(users) == 0 {
			fmt.Fprintln(s.out, "nobody may sign in yet; accord user add NAME --role admin")
			return nil
		}
		rows := [][]string{{"NUMBER", "NAME", "CUSTOMERS READ", "ROLE", "SINCE", ""}}
		for _, u := range users {
			note := ""
			if u.Disabled {
				note = "disabled"
			}
			rows = append(rows, []string{fmt.Sprintf("#%d", u.ID), u.Name, cmp.Or(u.Display, u.Name), string(u.Role), moment(u.Created), note})
		}
		return printTable(s.out, rows)
	})
}

func userLinkCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "link NAME", Short: "Make a one-time link that signs somebody in",
		Long:    "Prints an address that signs this user in once, within 15 minutes. Give it to\nnobody else. A user can also be named by number: \"#3\".",
		Example: "  accord user link anna", Args: oneArg(aName)}
	c.Flags().BoolVar(&asJSON, "json", false, "as a JSON object")
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, args []string) error {
		l, err := op.Link(ctx, args[0])
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, l)
		}
		fmt.Fprintf(s.out, "%s\nsigns in %s once, until %s\n", l.URL, l.Name, moment(l.Expires))
		if !l.Served {
			fmt.Fprintln(s.out, "no server runs: start accord serve first, or the link leads nowhere")
		}
		return nil
	}, "http-addr", "public-url")
}

func userDisableCommand(s streams) *cobra.Command {
	var force, asJSON bool
	c := &cobra.Command{Use: "disable NAME", Short: "Keep somebody out",
		Long:    "Ends all sessions and links of a user, for good. Their name can be given to a\nnew user; what they did stays in the audit under their number. The last\nadmin is kept unless --force is given.",
		Example: "  accord user disable anna", Args: oneArg(aName)}
	c.Flags().BoolVar(&force, "force", false, "also the last admin")
	c.Flags().BoolVar(&asJSON, "json", false, "say who was kept out as a JSON object")
	return operatorCommand(c, s, false, func(ctx context.Context, op operator, args []string) error {
		a, err := op.Disable(ctx, leaver{Name: args[0], Force: force})
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, a)
		}
		fmt.Fprintf(s.out, "%s has no session left and cannot sign in any more\n", a.Name)
		return nil
	})
}
