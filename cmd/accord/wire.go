package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/console"
	"github.com/accord-chat/accord/adapters/web"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// service is everything that runs, connected.
type service struct {
	cfg *config
	log *zap.Logger

	flow       *flow.Flow
	facts      facts.Provider
	understand bot.Understand
	second     intents.Second // nil without a language model

	web       *web.Adapter
	customers []adapters.Adapter
	desk      adapters.Adapter // agents' side: Slack, or page
	page      *console.Adapter // nil with Slack

	naming  sync.Mutex // one of each name is made for the database
	store   store.Store
	bot     *bot.Bot
	console *admin.Admin
}

// build makes the parts and connects them; nothing runs and nothing is dialled
// yet. The store is opened last, so that a mistake elsewhere leaves no lock.
func build(ctx context.Context, cfg *config, log *zap.Logger) (*service, error) {
	s, err := prepare(cfg, log)
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, cfg, log)
	if errors.Is(err, store.ErrLocked) {
		return nil, &problem{what: fmt.Sprintf("the database in %s is in use by another process", cfg.Data),
			hint: "stop the other accord, or give this one a folder of its own with ACCORD_DATA"}
	}
	if err != nil {
		return nil, err
	}
	if err := s.attach(db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	log.Info("flow loaded", zap.String("flow", s.flow.Name), zap.String("version", s.flow.ID))
	return s, nil
}

// prepare makes everything that needs no database.
func prepare(cfg *config, log *zap.Logger) (*service, error) {
	f, err := publishableFlow(cfg.Flows)
	if err != nil {
		return nil, err
	}
	u, err := newFlowReader(f, newSchool())
	if err != nil {
		return nil, err
	}
	lookups, err := cfg.facts(f)
	if err != nil {
		return nil, err
	}
	second, err := cfg.second(f)
	if err != nil {
		return nil, err
	}
	if second != nil {
		log.Info("texts that are read with doubt are shown to a language model", zap.String("host", cfg.llmHost()), zap.String("model", cfg.LLMModel))
	}
	go u.report(log)
	s := &service{cfg: cfg, log: log, flow: f, facts: lookups, understand: u.Understand, second: second}
	if err := s.connectCustomers(); err != nil {
		return nil, err
	}
	return s, s.connectDesk()
}

// attach connects what was prepared with the database.
func (s *service) attach(db store.Store) (err error) {
	s.store = db
	s.bot, err = bot.New(bot.Config{
		Store: db, Adapters: s.customers, Desk: s.desk, Flow: s.flow, Facts: s.facts, Understand: s.understand, Second: s.second, Logger: s.log, Fault: faultHook(),
		Settings: dialog.Settings{Business: s.cfg.Name, Zone: s.cfg.Zone, AgentLang: message.Lang(s.cfg.AgentLang)},
	})
	if err != nil {
		return err
	}
	return s.connectConsole()
}

// openStore opens the database. Whoever cannot do with another process having
// it open asks the error for store.ErrLocked; the other errors are problems.
func openStore(ctx context.Context, cfg *config, log *zap.Logger) (store.Store, error) {
	if cfg.onServer() {
		return openServer(ctx, cfg, log)
	}
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: cfg.Data, Logger: log})
	switch {
	case errors.Is(err, store.ErrLocked):
		return nil, err
	case err != nil:
		return nil, storeProblem(cfg, err)
	}
	return db, nil
}

// storeProblem puts into words what keeps a database from being opened.
func storeProblem(cfg *config, err error) *problem {
	hint := "the folder must belong to the user who runs accord, be writable and have space left"
	switch {
	case errors.Is(err, sqlite.ErrNewer):
		hint = "use that version; this one would not know what it reads"
	case errors.Is(err, sqlite.ErrDamaged) || damaged(err):
		hint = "the file is damaged: put a backup of the whole folder in its place; keep the damaged one, it may still be read"
	}
	return &problem{what: fmt.Sprintf("the database in %s: %v", cfg.Data, err), hint: hint}
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
