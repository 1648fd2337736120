package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"

	"github.com/accord-chat/accord/adapters/console"
	"github.com/accord-chat/accord/adapters/slack"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// connectDesk makes the agents' side: Slack, or the console's desk without it.
func (s *service) connectDesk() error {
	if s.cfg.SlackBotToken == "" {
		return s.connectPage()
	}
	cfg := s.cfg
	d, err := slack.New(slack.Config{
		BotToken: slack.Token(cfg.SlackBotToken), AppToken: slack.Token(cfg.SlackAppToken), APIURL: cfg.SlackAPIURL,
		Mode: cfg.SlackMode, SigningSecret: slack.Token(cfg.SlackSigning), Forms: desk.Forms(message.Lang(cfg.AgentLang)),
		Channel: cfg.SlackChannel, Agents: cfg.SlackAgents, Supervisors: cfg.SlackSupervisors,
		Lang: message.Lang(cfg.AgentLang), Logger: s.log,
	})
	if err != nil {
		return err
	}
	s.desk = d
	return nil
}

// deskCards is how many hand-offs, and how many promises, the console's board
// shows at once.
const deskCards = 200

// connectPage makes the console's desk. It reads through the runtime and signs
// in through the console's frame, and both know the desk: the functions find
// them once all are made, which is before any request.
func (s *service) connectPage() (err error) {
	s.page, err = console.New(console.Config{
		Who:      func(r *http.Request) (message.Person, bool) { return s.console.Who(r) },
		SignedIn: func(r *http.Request) (bool, error) { return s.console.SignedIn(r) },
		Agent: func(ctx context.Context, ref message.UserRef) (message.Person, error) {
			return s.console.Agent(ctx, ref)
		},
		Board: s.deskBoard,
		History: func(ctx context.Context, anchor string) ([]console.Entry, error) {
			return deskEntries(s.bot.DeskHistory(ctx, anchor))
		},
		Whispers: func(ctx context.Context, who message.UserRef, anchor string) ([]console.Entry, error) {
			return deskEntries(s.bot.DeskWhispers(ctx, who, anchor))
		},
		Notice:  func(ctx context.Context, row int64) error { return s.bot.DeskNotice(ctx, row) },
		Notices: func(ctx context.Context) ([]console.Entry, error) { return deskEntries(s.bot.DeskNotices(ctx)) },
		Frame: func(w http.ResponseWriter, r *http.Request, status int, title string, head, body template.HTML) {
			s.console.Frame(w, r, status, title, head, body)
		},
		Forms: desk.Forms(message.Lang(s.cfg.AgentLang)), Open: s.open,
		Held: func(text string) bool { return dialog.HeldBack(text, 0) != "" },
		Lang: message.Lang(s.cfg.AgentLang), Zone: s.cfg.Zone, PublicURL: s.cfg.PublicURL, Logger: s.log,
	})
	if err != nil {
		return err
	}
	s.desk = s.page
	return nil
}

func (s *service) deskBoard(ctx context.Context) ([]console.Card, error) {
	list, err := s.bot.DeskBoard(ctx, deskCards)
	if err != nil {
		return nil, err
	}
	cards := make([]console.Card, 0, len(list))
	for _, c := range list {
		cards = append(cards, console.Card(c))
	}
	return cards, nil
}

func deskEntries(list []bot.DeskEntry, err error) ([]console.Entry, error) {
	if err != nil {
		return nil, err
	}
	entries := make([]console.Entry, 0, len(list))
	for _, e := range list {
		entries = append(entries, console.Entry(e))
	}
	return entries, nil
}

// connectConsole makes the console around the agents' desk.
func (s *service) connectConsole() (err error) {
	cfg := s.cfg
	ac := admin.Config{
		Store: s.store, Business: cfg.Name, Lang: message.Lang(cfg.AgentLang), Zone: cfg.Zone, PublicURL: cfg.PublicURL,
		Ready: s.readiness, Stats: s.store.Stats, Logger: s.log,
	}
	if s.page != nil {
		ac.Desk = s.page.Handler()
	} else {
		ac.Where = fmt.Sprintf("Slack channel %s", cfg.SlackChannel)
	}
	s.console, err = admin.New(ac)
	return err
}

// readiness is what the console says of the state; like /readyz it holds no
// secrets.
func (s *service) readiness(ctx context.Context) error {
	if err := s.bot.Ready(ctx); err != nil {
		return errors.New(redact(err.Error()))
	}
	return nil
}
