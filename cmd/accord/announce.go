package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/accord-chat/accord/bot/admin"
)

// announce prints what a newcomer needs: where to chat, how to sign in to the
// console, and where hand-offs go. base is an address under which people can sign in. It comes
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
	how, err := s.signIn(ctx, base)
	if err != nil {
		return err
	}
	line("sign in", "%s", how)
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		line("open to", "whoever reaches port %d of this machine, from others as well", tcp.Port)
	}
	line("data", "%s", s.cfg.Data)
	line("telegram", "%s", s.cfg.telegramSays())
	line("hand-offs", "%s", s.cfg.handoffsSay(base))
	return nil
}

// signIn says how to get into the console.
func (s *service) signIn(ctx context.Context, base string) (string, error) {
	token, made, err := admin.FirstLink(ctx, s.store, time.Now())
	if err != nil {
		return "", err
	}
	if made {
		return admin.Link(base, token) + " (once, within 15 minutes)", nil
	}
	users, err := s.store.Users(ctx)
	if err != nil {
		return "", err
	}
	if admins(users) == 0 {
		return "nobody can as an admin: accord user add NAME --role admin, then accord user link NAME", nil
	}
	return "accord user link NAME prints a one-time link; accord user list shows the names", nil
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
		return "Slack channel " + c.SlackChannel + " (Slack calls " + cmp.Or(c.PublicURL, base) + "/slack/events, /slack/interactions, /slack/commands)"
	}
	return "Slack channel " + c.SlackChannel
}
