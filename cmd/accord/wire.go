package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack"
	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/adapters/web"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// service is everything that runs, connected.
type service struct {
	cfg   *config
	log   *zap.Logger
	store store.Store
	bot   *bot.Bot
	web   *web.Adapter

	flowID string // flow.Flow.ID
}

// build makes the parts and connects them; nothing runs and nothing is dialled
// yet. The store is opened last, so that a mistake elsewhere leaves no lock.
func build(ctx context.Context, cfg *config, log *zap.Logger) (*service, error) {
	f, err := loadFlow(cfg.Flows)
	if err != nil {
		return nil, err
	}
	understander, err := newUnderstander(f)
	if err != nil {
		return nil, err
	}
	s := &service{cfg: cfg, log: log, flowID: f.ID}
	customers, desk, err := s.adapters()
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	s.store = db
	s.bot, err = bot.New(bot.Config{
		Store: db, Adapters: customers, Desk: desk, Flow: f, Understand: understander.Understand, Logger: log, Fault: faultHook(),
		Settings: dialog.Settings{Business: cfg.Name, Zone: cfg.Zone, AgentLang: message.Lang(cfg.AgentLang)},
	})
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	log.Info("flow loaded", zap.String("flow", f.Name), zap.String("version", f.ID))
	return s, nil
}

// adapters makes one adapter for each platform that is configured. The web
// chat is always there.
func (s *service) adapters() (customers []adapters.Adapter, desk adapters.Adapter, err error) {
	cfg := s.cfg
	s.web, err = web.New(web.Config{Business: cfg.Name, History: s.history, PublicURL: cfg.PublicURL, Logger: s.log})
	if err != nil {
		return nil, nil, err
	}
	customers = append(customers, s.web)
	if cfg.TelegramToken != "" {
		t, err := telegram.New(telegram.Config{Token: telegram.Secret(cfg.TelegramToken), APIURL: cfg.TelegramAPIURL, Logger: s.log})
		if err != nil {
			return nil, nil, err
		}
		customers = append(customers, t)
	}
	if cfg.SlackBotToken != "" {
		d, err := slack.New(slack.Config{BotToken: slack.Token(cfg.SlackBotToken), AppToken: slack.Token(cfg.SlackAppToken), APIURL: cfg.SlackAPIURL,
			Channel: cfg.SlackChannel, Agents: cfg.SlackAgents, Lang: message.Lang(cfg.AgentLang), Logger: s.log})
		if err != nil {
			return nil, nil, err
		}
		desk = d
	}
	return customers, desk, nil
}

func openStore(ctx context.Context, cfg *config, log *zap.Logger) (store.Store, error) {
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: cfg.Data, Logger: log})
	switch {
	case errors.Is(err, store.ErrLocked):
		return nil, &problem{what: fmt.Sprintf("the database in %s is in use by another process", cfg.Data),
			hint: "stop the other accord, or give this one a folder of its own with ACCORD_DATA"}
	case err != nil:
		hint := "the folder must be writable and have space left"
		if damaged(err) {
			hint = "the file is damaged: put a backup of the whole folder in its place; keep the damaged one, it may still be read"
		}
		return nil, &problem{what: fmt.Sprintf("the database in %s: %v", cfg.Data, err), hint: hint}
	}
	return db, nil
}

// damaged says whether SQLite found something else in the file than it wrote.
func damaged(err error) bool {
	for _, sign := range []string{"not a database", "malformed", "already exists"} {
		if strings.Contains(err.Error(), sign) {
			return true
		}
	}
	return false
}

// history reads a web conversation for the page.
func (s *service) history(ctx context.Context, chat message.Chat, after int64) ([]web.Entry, error) {
	list, err := s.bot.History(ctx, web.Channel, chat, after)
	if err != nil {
		return nil, err
	}
	out := make([]web.Entry, 0, len(list))
	for _, e := range list {
		var entry web.Entry
		var ok bool
		if e.Said != nil {
			entry, ok = web.Said(*e.Said, e.At)
		} else if e.Wrote != nil {
			entry, ok = web.Wrote(*e.Wrote)
		}
		if ok {
			out = append(out, entry)
		}
	}
	return out, nil
}

// checkTimeout bounds how long the start waits for platforms to say whether
// they know us; one that does not answer is tried again while running.
const checkTimeout = 10 * time.Second

// check asks the platforms. Only a refusal stops the start: a network that is
// down comes back, a wrong token does not.
func (s *service) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	err := s.bot.Check(ctx)
	if errors.Is(err, adapters.ErrRefused) {
		return &problem{what: redact(err.Error()), hint: "correct the token and start again; nothing was sent or taken"}
	}
	if err != nil {
		s.log.Warn("a platform could not be reached yet; trying goes on", zap.Error(err))
	}
	return nil
}
