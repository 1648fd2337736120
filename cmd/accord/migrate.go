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

func migrateCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use: "migrate", Short: "Bring the database to this version's schema",
		Long: `Makes the database, or brings the one there is to the schema of this program,
and says what was done. accord serve does the same at its start; this is for
those who want to see it happen first. A copy of the database as it was stays
beside it. There is no way back but that copy or a backup.`,
		Example: "  accord backup before-the-upgrade\n  accord migrate",
	}
	addConfigFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := configFor(c, s)
		if err != nil {
			return err
		}
		return migrate(c.Context(), cfg, s)
	}
	return c
}

func migrate(ctx context.Context, cfg *config, s streams) error {
	path := filepath.Join(cfg.Data, sqlite.FileName)
	before, err := sqlite.Inspect(ctx, path, true)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storeProblem(cfg, err)
	}
	bar := startProgress(s.err, "migrating", 0)
	db, err := openStore(ctx, cfg, newLogger(quiet(cfg), s.err))
	if err == nil {
		err = db.Close()
	}
	bar.end()
	if errors.Is(err, store.ErrLocked) {
		return migrated(ctx, cfg, s, before.Schema)
	}
	if err != nil {
		return err
	}
	after, err := sqlite.Inspect(ctx, path, true)
	if err != nil {
		return storeProblem(cfg, err)
	}
	switch {
	case before.Schema == 0:
		fmt.Fprintf(s.out, "%s: made with schema %d\n", path, after.Schema)
	case before.Schema == after.Schema:
		fmt.Fprintf(s.out, "%s: has schema %d already; nothing to do\n", path, after.Schema)
	default:
		fmt.Fprintf(s.out, "%s: from schema %d to %d; as it was it is kept in %s\n", path, before.Schema, after.Schema, sqlite.Before(after.Schema))
	}
	return nil
}

// migrated answers for a database that a server has open: it migrated at its
// start, unless it is of an older version than this command.
func migrated(ctx context.Context, cfg *config, s streams, have int64) error {
	server, err := reach(ctx, cfg.Data)
	if err != nil {
		return err
	}
	latest, err := latestSchema()
	switch {
	case err != nil:
		return err
	case server == nil:
		return lockedProblem(cfg)
	case have < latest:
		return &problem{what: fmt.Sprintf("the running server is of an older version (schema %d, this program has %d)", have, latest),
			hint: "stop it, and run this again or start the new version"}
	}
	fmt.Fprintf(s.out, "%s: has schema %d already; nothing to do\n", filepath.Join(cfg.Data, sqlite.FileName), have)
	return nil
}
