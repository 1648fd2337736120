package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// migration is what was done to a database.
type migration struct {
	Database string `json:"database"`
	From     int64  `json:"from"` // its schema before; 0 = there was none
	To       int64  `json:"to"`
	Kept     string `json:"kept,omitempty"` // name of the copy as it was, beside it
}

func migrateCommand(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "migrate", Short: "Bring the database to this version's schema",
		Long: `Makes the database, or brings the one there is to the schema of this program,
and says what was done. accord serve does the same at its start; this is for
those who want to see it happen first. Of an embedded database a copy as it was
stays beside it; of a PostgreSQL server's make one with pg_dump. There is no way
back but that copy or a backup.`,
		Example: "  accord backup before-the-upgrade\n  accord migrate",
	}
	c.Flags().BoolVar(&asJSON, "json", false, "say what was done as a JSON object")
	addFewConfigFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := configFor(c, s)
		if err != nil {
			return err
		}
		m, err := migrate(c.Context(), cfg, s)
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.out, m)
		}
		fmt.Fprintln(s.out, m.inWords())
		return nil
	}
	return c
}

func (m migration) inWords() string {
	switch {
	case m.From == 0:
		return fmt.Sprintf("%s: made with schema %d", m.Database, m.To)
	case m.From == m.To:
		return fmt.Sprintf("%s: has schema %d already; nothing to do", m.Database, m.To)
	}
	if m.Kept == "" {
		return fmt.Sprintf("%s: from schema %d to %d", m.Database, m.From, m.To)
	}
	return fmt.Sprintf("%s: from schema %d to %d; as it was it is kept in %s", m.Database, m.From, m.To, m.Kept)
}

func migrate(ctx context.Context, cfg *config, s streams) (migration, error) {
	if cfg.onServer() {
		return migrateServer(ctx, cfg, s)
	}
	m := migration{Database: filepath.Join(cfg.Data, sqlite.FileName)}
	before, err := sqlite.Inspect(ctx, m.Database, true)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, storeProblem(cfg, err)
	}
	m.From = before.Schema
	bar := startProgress(s.err, "migrating", 0)
	db, err := openStore(ctx, cfg, newLogger(quiet(cfg), s.err))
	if err == nil {
		err = db.Close()
	}
	bar.end()
	if errors.Is(err, store.ErrLocked) {
		m.To = m.From
		return m, migrated(ctx, cfg, m.From)
	}
	if err != nil {
		return m, err
	}
	after, err := sqlite.Inspect(ctx, m.Database, true)
	if err != nil {
		return m, storeProblem(cfg, err)
	}
	if m.To = after.Schema; m.From != 0 && m.From != m.To {
		m.Kept = sqlite.Before(after.Schema)
	}
	return m, nil
}

// migrated answers for a database that a server has open: it migrated at its
// start, unless it is of an older version than this command.
func migrated(ctx context.Context, cfg *config, have int64) error {
	server, err := reach(ctx, cfg.Data)
	if err != nil {
		return err
	}
	if server == nil {
		return lockedProblem(cfg)
	}
	latest, err := latestSchema()
	if err := errors.Join(err, server.Close()); err != nil {
		return err
	}
	if have < latest {
		return &problem{what: fmt.Sprintf("the running server is of an older version (schema %d, this program has %d)", have, latest),
			hint: "stop it, and run this again or start the new version"}
	}
	return nil
}
