package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/accord-chat/accord/bot/store"
)

// ErrDamaged says that SQLite found something else in the file than it wrote.
var ErrDamaged = errors.New("the database is damaged")

// Contents is what a database file holds.
type Contents struct {
	Schema int64 // version of its schema
	Bytes  int64 // size of the file; what stands in a WAL beside it is not in it
	Stats  store.Stats
}

// Inspect reads the database file at path, checks that it is whole and says
// what it holds. It changes nothing and takes no lock against a process that
// works with it, so it serves for a live database as well as for a copy. quick
// leaves out the comparison of tables with their indexes, which takes longest.
// Errors: [ErrDamaged]; fs.ErrNotExist where there is no file.
func Inspect(ctx context.Context, path string, quick bool) (c Contents, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	db, err := sql.Open("sqlite", readOnly(path))
	if err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	c.Bytes = info.Size()
	if err := inspect(ctx, db, quick, &c); err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	return c, nil
}

// readOnly is dsn for a file that must not change.
func readOnly(path string) string {
	return dsn(path, "busy_timeout(5000)", "query_only(1)") + "&" + url.Values{"mode": {"ro"}}.Encode()
}

func inspect(ctx context.Context, db *sql.DB, quick bool, c *Contents) error {
	check := "PRAGMA integrity_check(1)"
	if quick {
		check = "PRAGMA quick_check(1)"
	}
	var found string
	if err := db.QueryRowContext(ctx, check).Scan(&found); err != nil {
		return damage(err)
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, found)
	}
	// Versions are only ever added, so the highest is the one there is.
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&c.Schema); err != nil {
		return fmt.Errorf("schema version: %w", damage(err))
	}
	if err := db.QueryRowContext(ctx, sqlStats).Scan(statFields(&c.Stats)...); err != nil {
		return fmt.Errorf("counts: %w", damage(err))
	}
	return nil
}

// damage marks errors that speak of a file's contents.
func damage(err error) error {
	if unreadable(err) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
