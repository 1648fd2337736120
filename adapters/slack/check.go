package slack

import (
	"context"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
)

// Check implements adapters.Checker. It tries the bot token, then the app
// token where ModeSocket uses it; a refusal wraps adapters.ErrRefused and says which of the two. That
// the bot is not in the queue's channel is an error that does not wrap it: an
// invitation mends that while we run.
func (a *Adapter) Check(ctx context.Context) error {
	if _, err := a.read.AuthTestContext(ctx); err != nil {
		return tokenError("bot", "auth.test", err)
	}
	if a.cfg.Mode == ModeSocket {
		if _, _, err := a.read.StartSocketModeContext(ctx); err != nil {
			return tokenError("app", "apps.connections.open", err)
		}
	}
	return a.checkChannel(ctx)
}

// tokenError names the token where it was refused.
func tokenError(which, method string, err error) error {
	switch {
	case !isFatal(err):
		return asking(method, err)
	case code(err) == "not_allowed_token_type":
		return fmt.Errorf("the Slack %s token is of another kind: are the bot and the app token swapped? (%s): %w", which, code(err), adapters.ErrRefused)
	}
	return fmt.Errorf("the Slack %s token was refused (%s): %w", which, code(err), adapters.ErrRefused)
}

func (a *Adapter) checkChannel(ctx context.Context) error {
	ch, err := a.read.GetConversationInfoContext(ctx, &slackapi.GetConversationInfoInput{ChannelID: a.cfg.Channel})
	switch {
	case code(err) == "channel_not_found":
		return fmt.Errorf("slack channel %s: not found, or private and the bot is not in it: invite the bot", a.cfg.Channel)
	case err != nil:
		return asking("conversations.info", err)
	case ch.IsArchived:
		return fmt.Errorf("slack channel %s is archived", a.cfg.Channel)
	case !ch.IsMember:
		return fmt.Errorf("the bot is not in the Slack channel %s: invite it there", a.cfg.Channel)
	}
	return nil
}
