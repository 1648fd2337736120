package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	membersPage  = 200
	membersPages = 100
)

// Authorize implements adapters.Directory. An agent is a full, active member of
// our own team who is in the queue's channel and, where Config.Agents is set,
// named there. Whoever is not gives an error that wraps adapters.ErrDenied;
// trouble in asking wraps neither that nor a person, so that the caller asks
// again instead of dropping what an agent said. A yes is remembered for five
// minutes, a no for 30 seconds.
func (a *Adapter) Authorize(ctx context.Context, ref message.UserRef) (message.Person, error) {
	if known, ok := a.agents.get(ref); ok {
		return known.person, known.err
	}
	p, err := a.authorize(ctx, ref)
	if err == nil || errors.Is(err, adapters.ErrDenied) {
		a.agents.put(ref, p, err)
	}
	return p, err
}

func (a *Adapter) authorize(ctx context.Context, ref message.UserRef) (message.Person, error) {
	team, id, ok := splitRef(ref)
	if !ok {
		return message.Person{}, denied("not a Slack user")
	}
	own, err := a.team(ctx)
	if err != nil {
		return message.Person{}, err
	}
	if team != own {
		return message.Person{}, denied("belongs to another team")
	}
	u, err := a.user(ctx, id)
	if err != nil {
		return message.Person{}, err
	}
	if why := unfit(u, own); why != "" {
		return message.Person{}, denied(why)
	}
	if err := a.onList(ctx, id); err != nil {
		return message.Person{}, err
	}
	if err := a.inChannel(ctx, id); err != nil {
		return message.Person{}, err
	}
	return message.Person{Ref: ref, Name: nameOf(u)}, nil
}

// nameOf gives the first of somebody's names in which there is something to
// read.
func nameOf(u *slackapi.User) string {
	for _, name := range []string{u.Profile.DisplayName, u.RealName, u.Profile.RealName, u.Name} {
		if name = message.CleanName(name); name != "" {
			return name
		}
	}
	return ""
}

func denied(why string) error { return fmt.Errorf("%w: %s", adapters.ErrDenied, why) }

// asking wraps what went wrong in a look-up, without the library's words.
func asking(what string, err error) error {
	switch {
	case isFatal(err):
		return fmt.Errorf("slack %s: %s: %w", what, reason(err), adapters.ErrRefused)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("slack %s: %w", what, context.Canceled)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("slack %s: %w", what, context.DeadlineExceeded)
	}
	return fmt.Errorf("slack %s: %s", what, reason(err))
}

// team gives the id of our own team.
func (a *Adapter) team(ctx context.Context) (string, error) {
	team, _, err := a.identity(ctx)
	return team, err
}

// identity gives our own team and our bot's user, asked for once.
func (a *Adapter) identity(ctx context.Context) (team, bot string, err error) {
	if team, bot = a.agents.identity(); team != "" {
		return team, bot, nil
	}
	r, err := a.read.AuthTestContext(ctx)
	if err != nil {
		return "", "", asking("auth.test", err)
	}
	if r.TeamID == "" { // nobody may pass for a member of a nameless team
		return "", "", errors.New("slack auth.test: the answer names no team")
	}
	a.agents.setIdentity(r.TeamID, r.UserID)
	return r.TeamID, r.UserID, nil
}

func (a *Adapter) user(ctx context.Context, id string) (*slackapi.User, error) {
	u, err := a.read.GetUserInfoContext(ctx, id)
	switch c := code(err); {
	case err == nil:
		return u, nil
	case c == "user_not_found" || c == "user_not_visible" || c == "users_not_found":
		return nil, denied("not known to this workspace")
	}
	return nil, asking("users.info", err)
}

// unfit says why u may never act for the team, or "".
func unfit(u *slackapi.User, team string) string {
	switch {
	case u.ID == "" || u.TeamID != team:
		return "belongs to another team"
	case u.IsStranger:
		return "a stranger from a shared channel"
	case u.Deleted:
		return "deactivated"
	case u.IsBot, u.IsWorkflowBot, u.IsConnectorBot, u.ID == "USLACKBOT":
		return "a bot"
	case u.IsRestricted, u.IsUltraRestricted:
		return "a guest"
	case u.IsInvitedUser:
		return "invited, not yet a member"
	}
	return ""
}

// onList checks the operator's list, where there is one.
func (a *Adapter) onList(ctx context.Context, id string) error {
	if len(a.cfg.Agents) == 0 || slices.Contains(a.cfg.Agents, id) {
		return nil
	}
	for _, g := range a.cfg.Agents {
		if !strings.HasPrefix(g, "S") {
			continue
		}
		members, err := a.read.GetUserGroupMembersContext(ctx, g)
		if err != nil {
			return asking("usergroups.users.list", err)
		}
		if slices.Contains(members, id) {
			return nil
		}
	}
	return denied("not on the list of agents")
}

// inChannel looks for id among the members of the queue's channel.
func (a *Adapter) inChannel(ctx context.Context, id string) error {
	cursor := ""
	for range membersPages {
		members, next, err := a.read.GetUsersInConversationContext(ctx, &slackapi.GetUsersInConversationParameters{
			ChannelID: a.cfg.Channel, Cursor: cursor, Limit: membersPage,
		})
		if err != nil {
			return asking("conversations.members", err)
		}
		if slices.Contains(members, id) {
			return nil
		}
		if next == "" {
			break
		}
		cursor = next
	}
	return denied("not in the queue's channel")
}
