package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// operatorCommand makes a command that asks an installation. make says that a
// database may be made where there is none; a question about nothing must not.
// flags are those of the settings that --help lists beside the usual ones.
func operatorCommand(c *cobra.Command, s streams, makes bool, do func(ctx context.Context, op operator, args []string) error, flags ...string) *cobra.Command {
	addFewConfigFlags(c, flags...)
	c.RunE = func(c *cobra.Command, args []string) error {
		cfg, err := configFor(c, s)
		if err != nil {
			return err
		}
		op, err := connect(c.Context(), cfg, newLogger(quiet(cfg), s.err), makes)
		if err != nil {
			return err
		}
		return errors.Join(do(c.Context(), op, args), op.Close())
	}
	return c
}

// configFor reads the configuration of a command that a running server may
// answer. That server has settings of its own, perhaps with tokens that this
// shell has not; only where none runs must these be right.
func configFor(c *cobra.Command, s streams) (*config, error) {
	cfg, mistakes := readConfig(c, s)
	if len(mistakes) == 0 {
		return cfg, nil
	}
	if cfg.Data != "" {
		if server, err := reach(c.Context(), cfg.Data); err == nil && server != nil {
			return cfg, server.Close()
		}
	}
	return nil, mistakes
}

// quiet is the configuration of a command that is no server: its log holds what
// went wrong and not what goes on.
func quiet(cfg *config) *config {
	less := *cfg
	less.LogLevel = "error"
	return &less
}

// connect finds the installation in ACCORD_DATA: the running server, or the
// database itself where none runs.
func connect(ctx context.Context, cfg *config, log *zap.Logger, makes bool) (operator, error) {
	server, err := reach(ctx, cfg.Data)
	if err != nil || server != nil {
		return server, err
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, sqlite.FileName)); errors.Is(err, fs.ErrNotExist) && !makes && !cfg.onServer() {
		return nil, &problem{what: "there is no database in " + cfg.Data, hint: "--data names the folder that accord serve prints; it is made at the first start"}
	}
	db, err := openStore(ctx, cfg, log)
	if errors.Is(err, store.ErrLocked) {
		return nil, lockedProblem(cfg)
	}
	if err != nil {
		return nil, err
	}
	return localKeeper(cfg, log, db), nil
}

func lockedProblem(cfg *config) *problem {
	return &problem{what: fmt.Sprintf("the database in %s is in use by a process that does not answer", cfg.Data),
		hint: "an accord that is just starting or stopping: try again in a moment"}
}

// localKeeper works on a database that this process has opened, and closes it.
func localKeeper(cfg *config, log *zap.Logger, db store.Store) *keeper {
	// Once for all that is tried again: reading the flow takes its time.
	made := sync.OnceValues(func() (retrier, error) {
		s, err := prepare(cfg, log)
		if err != nil {
			return nil, err
		}
		if err := s.attach(db); err != nil {
			return nil, err
		}
		return s.bot, nil
	})
	return &keeper{
		store: db, data: cfg.Data, now: time.Now, close: db.Close,
		bot:  func(context.Context) (retrier, error) { return made() },
		link: linker(db, cfg.signInBase(nil), false),
		about: func(_ context.Context, s *state) (err error) {
			s.Data, err = filepath.Abs(cfg.Data)
			return err
		},
	}
}

// linker makes one-time links to the console under base; served says whether a
// server is there to take them.
func linker(db store.Store, base string, served bool) func(context.Context, store.User) (link, error) {
	return func(ctx context.Context, u store.User) (link, error) {
		if base == "" {
			return link{}, &problem{what: "the console's address is not known: the server picks a port when it starts", hint: "start accord serve first, or set ACCORD_PUBLIC_URL"}
		}
		now := time.Now()
		token, err := admin.NewLink(ctx, db, u.ID, now)
		if err != nil {
			return link{}, err
		}
		return link{Name: u.Name, URL: admin.Link(base, token), Expires: now.Add(admin.LinkLasts).UTC(), Served: served}, nil
	}
}

// signInBase is publicBase where people can sign in under it, else the address
// on this machine: without https a browser keeps no session.
func (c *config) signInBase(listening net.Addr) string {
	if c.plainPublic() {
		local := *c
		local.PublicURL = ""
		return local.publicBase(listening)
	}
	return c.publicBase(listening)
}

// plainPublic says that what people write can be read on the way, and nobody
// can sign in to the console from elsewhere.
func (c *config) plainPublic() bool {
	return strings.HasPrefix(c.PublicURL, "http://") && !local(c.PublicURL)
}

// publicBase is the address people reach us under: the public one, or that of
// the listener; without either the one it will have, "" where the system is to
// pick a port.
func (c *config) publicBase(listening net.Addr) string {
	switch {
	case c.PublicURL != "":
		return c.PublicURL
	case listening != nil:
		return localBase(listening.String())
	}
	if _, port, err := net.SplitHostPort(c.HTTPAddr); err != nil || port == "0" {
		return ""
	}
	return localBase(c.HTTPAddr)
}

// localBase is the address of a listener as a browser on this machine takes
// it: one that listens everywhere is reached here as well.
func localBase(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "http://" + addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// below is an address of ours as the outside reaches it.
func (c *config) below(path string) string { return strings.TrimRight(c.PublicURL, "/") + path }
