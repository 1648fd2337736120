package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/migrations"
	"github.com/accord-chat/accord/bot/store/postgres"
)

// onServer says whether the database is a PostgreSQL server's, and not a file of
// ours.
func (c *config) onServer() bool { return c.DatabaseURL != "" }

// place names the database in messages; no secret is in it.
func (c *config) place() string {
	if c.onServer() {
		return "the database at " + postgres.Place(c.DatabaseURL)
	}
	return "the database in " + c.Data
}

func (c *config) checkDatabase(add adder) {
	if !c.onServer() {
		return
	}
	if err := postgres.Check(c.DatabaseURL); err != nil {
		add("ACCORD_DATABASE_URL: "+err.Error(), "leave it empty for the embedded database; characters such as @ and / in a password are written %40 and %2F")
	}
}

// openServer opens the database of a PostgreSQL server. Files still stand in the
// data folder, which is made as the embedded database would make it.
func openServer(ctx context.Context, cfg *config, log *zap.Logger) (store.Store, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, &problem{what: "the data folder: " + cause(err), hint: "the folder must belong to the user who runs accord, and be writable"}
	}
	db, err := postgres.Open(ctx, postgres.Config{URL: cfg.DatabaseURL, Logger: log})
	if err != nil {
		return nil, serverProblem(cfg, err)
	}
	return db, nil
}

// serverProblem puts into words what keeps a server's database from being used.
func serverProblem(cfg *config, err error) *problem {
	hint := "is the server up, may it be reached from here, and may this user use the database? psql with the same address says more"
	if errors.Is(err, postgres.ErrNewer) {
		hint = "use that version; this one would not know what it reads"
	}
	return &problem{what: fmt.Sprintf("%s: %v", cfg.place(), err), hint: hint}
}

// migrateServer is migrate for a PostgreSQL server. It needs nobody to stop:
// processes of the version before go on with what they know.
func migrateServer(ctx context.Context, cfg *config, s streams) (migration, error) {
	m := migration{Database: cfg.place()}
	before, err := postgres.Inspect(ctx, cfg.DatabaseURL)
	if err != nil {
		return m, serverProblem(cfg, err)
	}
	m.From = before.Schema
	bar := startProgress(s.err, "migrating", 0)
	db, err := openServer(ctx, cfg, newLogger(quiet(cfg), s.err))
	if err == nil {
		err = db.Close()
	}
	bar.end()
	if err != nil {
		return m, err
	}
	after, err := postgres.Inspect(ctx, cfg.DatabaseURL)
	if err != nil {
		return m, serverProblem(cfg, err)
	}
	m.To = after.Schema
	return m, nil
}

// errDump is what backup says of a database on a server: what is made for that
// is better at it than a copy through us.
func errDump() *problem {
	return &problem{what: "the database is a PostgreSQL server's, and the server's own tool copies it",
		hint: "pg_dump --format=custom --exclude-table-data=session --exclude-table-data=link --file accord.dump DATABASE; and copy the data folder, where files of customers stand"}
}

// serverDatabase looks at a PostgreSQL server, and says whether it can be worked with
// as it is.
func (d *checkup) serverDatabase(ctx context.Context) bool {
	const what = "database"
	c, err := postgres.Inspect(ctx, d.cfg.DatabaseURL)
	latest, merr := latestOf(migrations.PostgreSQL())
	switch {
	case err != nil:
		d.problem(what, serverProblem(d.cfg, err))
	case merr != nil:
		d.problem(what, merr)
	case c.Schema == 0:
		d.add(what, gradeOK, fmt.Sprintf("PostgreSQL %s, empty; the first start makes the tables", c.Server), "")
	case c.Schema > latest:
		d.add(what, gradeWrong, fmt.Sprintf("written by a newer accord (schema %d, this one knows %d)", c.Schema, latest), "use the newer program")
	case c.Schema < latest:
		d.add(what, gradeWarn, fmt.Sprintf("PostgreSQL %s, of an older accord (schema %d of %d), %s", c.Server, c.Schema, latest, size(c.Bytes)), "the next start brings it up to date, or: accord migrate")
	default:
		d.add(what, gradeOK, fmt.Sprintf("PostgreSQL %s, schema %d, %s, %s", c.Server, c.Schema, size(c.Bytes), counted(c.Stats.Conversations, "conversation", "conversations")), "")
		return true
	}
	return false
}
