package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/store/sqlite"
)

// latest is the schema of this program.
const latest = 3

// formerly makes a database that the program of schema 1 wrote, and gives its
// folder.
func formerly(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	onFile(t, dir, func(db *sql.DB) error {
		_, err := db.ExecContext(t.Context(), read(t, filepath.Join("testdata", "schema-1.sql")))
		return err
	})
	return dir
}

func onFile(t *testing.T, dir string, do func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(do(db), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// tables lists every row of schema 1 by its columns of that time.
func tables(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	onFile(t, dir, func(db *sql.DB) error {
		for _, q := range []string{
			"conversation", "inbox", "event", "timer", "ask", "anchor", "promise", "handoff", "case_number", "meta",
			"(SELECT id, source, dedup, reason, at, payload FROM dead)",
			"(SELECT id, conv_id, sender, chat, class, dedup, written_at, next_at, attempts, sending_at, sent_at, unknown, outcome, reason, platform_id, payload FROM outbox)",
		} {
			if err := dump(t, db, &b, q); err != nil {
				return err
			}
		}
		return nil
	})
	return b.String()
}

func dump(t *testing.T, db *sql.DB, b *strings.Builder, table string) error {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" ORDER BY 1, 2")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		fmt.Fprintln(b, table, values)
	}
	return rows.Err()
}

// TestUpgrade opens a database of the former schema: every row is there
// afterwards, the copy beside it is the old database, and what was dead can be
// retried.
func TestUpgrade(t *testing.T) {
	dir := formerly(t)
	before := tables(t, dir)
	if strings.Count(before, "\n") < 100 {
		t.Fatalf("the fixture holds little:\n%s", before)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if after := tables(t, dir); after != before {
		t.Errorf("rows were lost or changed:\n%s\nbefore\n%s", after, before)
	}
	if c, err := sqlite.Inspect(t.Context(), filepath.Join(dir, sqlite.FileName), false); err != nil || c.Schema != latest {
		t.Errorf("after the upgrade %+v, err %v", c, err)
	}
	kept(t, dir, before)
	troubledAfter(t, dir)
}

// kept checks the copy that was made before, and that opening again makes none.
func kept(t *testing.T, dir, before string) {
	t.Helper()
	path := filepath.Join(dir, sqlite.Before(latest))
	c, err := sqlite.Inspect(t.Context(), path, false)
	if err != nil || c.Schema != 1 || c.Stats.Conversations != 3 || c.Stats.Promises != 2 {
		t.Errorf("the copy kept has %+v, err %v", c, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Fatalf("the copy kept: %v, err %v", info, err)
	}
	old := t.TempDir()
	if err := os.Rename(path, filepath.Join(old, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	if got := tables(t, old); got != before {
		t.Errorf("the copy kept is another one:\n%s", got)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opening it again copied it again: %v", err)
	}
}

// troubledAfter checks what the old program knew only by dead letters.
func troubledAfter(t *testing.T, dir string) {
	t.Helper()
	st := open(t, dir)
	rows, err := st.TroubledOuts(t.Context(), 10)
	if err != nil || len(rows) != 2 || !rows[0].Unknown || rows[0].Dead || !rows[1].Dead || rows[1].Reason != "no such chat" {
		t.Fatalf("troubled rows %+v, err %v", rows, err)
	}
	if err := st.RetryOut(t.Context(), rows[1].ID, 1); err != nil {
		t.Error(err)
	}
	letters, err := st.DeadLetters(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Conv != 0 || letters[0].Reason != "cannot be read" {
		t.Errorf("letters %+v, err %v", letters, err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

// A copy that a crash cut short does not stand in the way, and one that cannot
// be made keeps the database as it is.
func TestUpgradeAfterACrash(t *testing.T) {
	dir := formerly(t)
	part := filepath.Join(dir, sqlite.Before(latest)+".part")
	if err := os.MkdirAll(filepath.Join(part, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	before := tables(t, dir)
	if _, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir}); err == nil || !strings.Contains(err.Error(), "copy before migrating") {
		t.Errorf("without room for a copy: %v", err)
	}
	if tables(t, dir) != before {
		t.Error("it was migrated without a copy")
	}
	if err := os.RemoveAll(part); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(part, []byte("half a copy"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(part); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a copy is left: %v", err)
	}
	kept(t, dir, before)
}
