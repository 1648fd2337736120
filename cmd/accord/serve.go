package main

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
)

// stopGrace is how long open requests may go on once the process was asked to
// stop.
const stopGrace = 5 * time.Second

func serveCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run Accord: web chat, console, Telegram, Slack",
		Long: `Runs everything in one process. Without any setting it keeps its data in
./accord-data, offers a web chat on http://127.0.0.1:8080/chat and a console on
http://127.0.0.1:8080/admin, and prints a one-time link to sign in there when it
starts for the first time.

Settings come from accord.yaml, the environment (ACCORD_…) and flags, each
above the one before. Secrets are taken from the environment, or from a file
named by the variable with _FILE behind it.`,
		Example: "  accord serve\n  ACCORD_TELEGRAM_TOKEN_FILE=token.txt accord serve --http-addr 127.0.0.1:9000",
	}
	addConfigFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := loadConfig(c, s)
		if err != nil {
			return err
		}
		log := newLogger(cfg, s.err)
		defer func() { _ = log.Sync() }()
		return serve(c.Context(), cfg, log, s.out)
	}
	return c
}

// serve runs until ctx ends. Order matters on the way down: the bot stops
// taking things in and finishes what it holds, then the web server, then the
// database closes.
func serve(ctx context.Context, cfg *config, log *zap.Logger, out io.Writer) error {
	l, err := listen(ctx, cfg.HTTPAddr)
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }()
	svc, err := build(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() {
		if err := svc.store.Close(); err != nil {
			log.Error("closing the database", zap.Error(err))
		}
	}()
	base := cfg.signInBase(l.Addr())
	// Commands can ask from here on: platforms may take a while to answer.
	ctl, err := listenControl(ctx, cfg.Data, svc.operator(l.Addr()), log)
	if err != nil {
		return err
	}
	go ctl.serve(log)
	defer ctl.end(ctx, log)
	if err := svc.check(ctx); err != nil {
		return err
	}
	if err := svc.notice(ctx); err != nil {
		return err
	}
	if err := svc.announce(ctx, out, l.Addr(), base); err != nil {
		return err
	}
	return svc.run(ctx, l)
}

// run serves until ctx ends or a part gives up.
func (s *service) run(ctx context.Context, l net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := s.server()
	talked, served := make(chan error, 1), make(chan error, 1)
	go func() { talked <- s.bot.Run(ctx) }()
	go func() { served <- server.Serve(l) }()
	done, err := wait(ctx, talked, served)
	s.log.Info("stopping")
	stop()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	stopping := make(chan error, 1)
	go func() { stopping <- server.Shutdown(grace) }()
	if !done { // the bot finishes what it holds; the database closes only then
		err = errors.Join(err, <-talked)
	}
	if serr := <-stopping; serr != nil {
		_ = server.Close() // a page that keeps its stream open does not keep us
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		// It could run, and did: a supervisor may start it again. What can not
		// run at all has ended with exitFailed before anything was served.
		return &problem{what: redact(err.Error()), hint: "the log above says more", code: exitWanting}
	}
	s.log.Info("stopped")
	return nil
}

// wait blocks until ctx ends, with nil, or the first part does. done says that
// it was the bot that ended.
func wait(ctx context.Context, talked, served <-chan error) (done bool, err error) {
	select {
	case <-ctx.Done():
		return false, nil
	case err = <-talked:
		done = true
	case err = <-served:
	}
	if err == nil && ctx.Err() == nil {
		err = errors.New("a part of the service ended by itself")
	}
	return done, err
}
