package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/accord-chat/accord/bot/admin"
)

// announce prints what a newcomer needs: where to chat, how to sign in to the
// console, and where hand-offs go. base is the address people use. It comes
// after everything that can refuse the start, because the first link is made
// only once.
func (s *service) announce(ctx context.Context, out io.Writer, addr net.Addr, base string) error {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(out, "%-10s %s\n", name+":", fmt.Sprintf(format, args...))
	}
	line("web chat", "%s/chat", localBase(addr.String()))
	if s.cfg.PublicURL != "" {
		line("public", "%s", s.cfg.below("/chat"))
	}
	line("console", "%s/admin", base)
	token, made, err := admin.FirstLink(ctx, s.store, time.Now())
	switch {
	case err != nil:
		return err
	case made:
		line("sign in", "%s (once, within 15 minutes)", admin.Link(base, token))
	default:
		line("sign in", "accord user link NAME prints a one-time link; accord user list shows the names")
	}
	line("data", "%s", s.cfg.Data)
	line("telegram", "%s", s.cfg.telegramSays())
	line("hand-offs", "%s", s.cfg.handoffsSay(base))
	return nil
}

func (c *config) telegramSays() string {
	switch {
	case c.TelegramToken == "":
		return "off (set ACCORD_TELEGRAM_TOKEN)"
	case c.TelegramMode == modeWebhook:
		return "on (webhook at " + c.webhookURL() + ")"
	}
	return "on (long polling)"
}

func (c *config) handoffsSay(base string) string {
	switch {
	case c.SlackBotToken == "":
		return "the console's desk, " + base + "/admin (or Slack: set ACCORD_SLACK_BOT_TOKEN, ACCORD_SLACK_APP_TOKEN, ACCORD_SLACK_CHANNEL)"
	case c.SlackMode == modeHTTP:
		return "Slack channel " + c.SlackChannel + " (Slack calls " + base + "/slack/events, /slack/interactions, /slack/commands)"
	}
	return "Slack channel " + c.SlackChannel
}
