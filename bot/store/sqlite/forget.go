package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Forget makes a copy of a database fit to be kept: it takes out what must not
// come back with it. Sessions and one-time links would sign in people who were
// kept out since, and a value of Meta under one of names would make the copy
// pass for the database it was taken from. What is deleted is overwritten. The
// copy is of any schema, and no store may have it open.
func Forget(ctx context.Context, path string, names ...string) (err error) {
	db, err := sql.Open("sqlite", dsn(path, "busy_timeout(5000)", "synchronous(FULL)", "secure_delete(1)"))
	if err != nil {
		return fmt.Errorf("forget sessions: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, table := range []string{"session", "link"} {
		var there bool
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", table).Scan(&there); err != nil {
			return fmt.Errorf("forget sessions: %w", damage(err))
		}
		if !there { // a copy of an older schema
			continue
		}
		if _, err := db.ExecContext(ctx, "DELETE FROM "+table); err != nil { //nolint:gosec // one of two words
			return fmt.Errorf("forget sessions: %w", damage(err))
		}
	}
	for _, name := range names {
		if _, err := db.ExecContext(ctx, "DELETE FROM meta WHERE name = ?", name); err != nil {
			return fmt.Errorf("forget %s: %w", name, damage(err))
		}
	}
	return nil
}
