package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

func TestFilesAreOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "with a ?query & #mark", "data")
	st := open(t, dir)
	if err := st.Ping(t.Context()); err != nil { // brings the WAL into being
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", d.Name(), got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestLocked(t *testing.T) {
	dir := t.TempDir()
	st := open(t, dir)
	if _, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir}); !errors.Is(err, store.ErrLocked) {
		t.Fatalf("second open: %v", err)
	}
	if err := st.Ping(t.Context()); err != nil {
		t.Fatalf("the first one suffered: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	noDatabase := filepath.Dir(garbage(t))
	for what, dir := range map[string]string{"no folder": "", "a file": file, "garbage": noDatabase} {
		_, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir})
		if err == nil || errors.Is(err, sqlite.ErrDamaged) != (dir == noDatabase) {
			t.Errorf("%s: %v", what, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sqlite.Open(ctx, sqlite.Config{Dir: t.TempDir()}); err == nil {
		t.Error("opened under an ended context")
	}
}

// A program that is older than the schema must not touch it.
func TestNewerSchema(t *testing.T) {
	dir := t.TempDir()
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before := read(t, filepath.Join(dir, sqlite.FileName))
	if _, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir}); !errors.Is(err, sqlite.ErrNewer) || !strings.Contains(err.Error(), "9999") {
		t.Fatalf("a newer schema: %v", err)
	}
	if read(t, filepath.Join(dir, sqlite.FileName)) != before {
		t.Error("a newer database was changed")
	}
}
