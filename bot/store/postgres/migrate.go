package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/accord-chat/accord/bot/store/migrations"
)

// ErrNewer says that a newer program wrote the database. It was not touched.
var ErrNewer = errors.New("the database was written by a newer version of accord")

// migrate brings the schema up to date. An advisory lock lets one process at a
// time do so: of many that start together, the others find it done.
func migrate(ctx context.Context, c *pgx.ConnConfig) (err error) {
	own := c.Copy()
	own.RuntimeParams["statement_timeout"], own.RuntimeParams["lock_timeout"] = "0", "0" // a change of a large table takes its time
	db := stdlib.OpenDB(*own)
	defer func() { err = errors.Join(err, db.Close()) }()
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.For(migrations.PostgreSQL()),
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	want := int64(0)
	for _, source := range p.ListSources() {
		want = max(want, source.Version)
	}
	have, err := version(ctx, c)
	switch {
	case err != nil:
		return fmt.Errorf("schema version: %w", err)
	case have > want:
		return fmt.Errorf("%w (its schema is version %d, this program knows up to %d)", ErrNewer, have, want)
	case have == want:
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// version is that of the schema; 0 where there is none yet. It is read without
// the migrations' own tools, which would make their table to look into it, and
// get into each other's way.
func version(ctx context.Context, c *pgx.ConnConfig) (have int64, err error) {
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	var there bool
	if err := conn.QueryRow(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL`).Scan(&there); err != nil || !there {
		return 0, err
	}
	err = conn.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&have)
	return have, err
}
