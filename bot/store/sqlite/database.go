package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// Older versions can corrupt a WAL database when a checkpoint meets a writer.
const oldestSQLite = "3.51.3"

// openWriterDB opens the pool of one connection that writes. The WAL may grow
// to 4096 pages (16 MiB) between checkpoints: pages of busy tables are then
// copied once instead of several times.
func openWriterDB(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path,
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
		"temp_store(MEMORY)", "cache_size(-32768)",
		"wal_autocheckpoint(4096)", "journal_size_limit(67108864)",
	))
	if err != nil {
		return nil, fmt.Errorf("open for writing: %w", err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// openReaderDB opens the pool of connections that only read.
func openReaderDB(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path,
		"busy_timeout(5000)", "synchronous(FULL)", "temp_store(MEMORY)",
		"cache_size(-8192)", "query_only(1)",
	))
	if err != nil {
		return nil, fmt.Errorf("open for reading: %w", err)
	}
	db.SetMaxOpenConns(maxReaders)
	db.SetMaxIdleConns(maxReaders)
	return db, nil
}

// dsn writes path as a file: address, so that no character of a folder's name
// can be read as an option.
func dsn(path string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	u.RawQuery = url.Values{"_pragma": pragmas}.Encode()
	return u.String()
}

// verify makes sure of what durability rests on; a pragma that SQLite did not
// take is not an error to it.
func (w *writer) verify(ctx context.Context) error {
	var version, mode, level string
	err := errors.Join(
		w.conn.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version),
		w.conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode),
		w.conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&level),
	)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return checkSettings(version, mode, level)
}

func checkSettings(version, mode, level string) error {
	switch {
	case !atLeast(version, oldestSQLite):
		return fmt.Errorf("SQLite %s is older than %s", version, oldestSQLite)
	case !strings.EqualFold(mode, "wal"):
		return fmt.Errorf("journal mode is %s, not WAL", mode)
	case level != "2":
		return fmt.Errorf("synchronous is %s, not FULL (2)", level)
	}
	return nil
}

// atLeast compares dotted versions number by number; a part that is no number
// counts as too old.
func atLeast(have, want string) bool {
	h, w := strings.Split(have, "."), strings.Split(want, ".")
	for i := range w {
		if i >= len(h) {
			return false
		}
		a, errA := strconv.Atoi(h[i])
		b, errB := strconv.Atoi(w[i])
		switch {
		case errA != nil || errB != nil || a < b:
			return false
		case a > b:
			return true
		}
	}
	return true
}
