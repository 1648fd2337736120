package sqlite_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog/message"
)

// A backup that is made while turns go on is of one moment: opened by itself,
// every conversation in it is whole.
func TestBackupWhileWorkGoesOn(t *testing.T) {
	st := open(t, filepath.Join(t.TempDir(), "data"))
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for n := uint64(1); st.Ingest(ctx, []store.New{numbered(n)}, nil) == nil; n++ {
		}
	})
	group.Go(func() {
		for st.WaitWork(ctx) == nil {
			if _, err := st.Work(ctx, 4, remember); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	last := int64(-1)
	for round := range 3 {
		// Each copy has a moment of its own: something must have come between.
		for grown(t, st) <= last {
			if err := st.WaitWork(ctx); err != nil {
				t.Fatal(err)
			}
		}
		dir := filepath.Join(t.TempDir(), "copy")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := st.Backup(ctx, filepath.Join(dir, sqlite.FileName)); err != nil {
			t.Fatal(err)
		}
		n := wholeCopy(t, dir)
		if n <= last {
			t.Errorf("copy %d has %d inputs, the one before %d", round, n, last)
		}
		last = n
	}
	stop()
	group.Wait()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

// grown is how many inputs were ever made turns of.
func grown(t *testing.T, st *sqlite.Store) (n int64) {
	t.Helper()
	ids, err := st.Conversations(t.Context(), 0, victimChats)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		it, err := st.Conversation(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		n += it.Version
	}
	return n
}

// wholeCopy opens the copy in dir, finishes what is pending in it and checks
// every conversation. It gives the number of turns.
func wholeCopy(t *testing.T, dir string) int64 {
	t.Helper()
	found, err := sqlite.Inspect(t.Context(), filepath.Join(dir, sqlite.FileName), false)
	if err != nil || found.Schema != latest || found.Bytes == 0 {
		t.Fatalf("the copy has %+v, err %v", found, err)
	}
	st := open(t, dir)
	n := grown(t, st)
	finish(t, st)
	for i := range found.Stats.Conversations {
		it, err := st.Conversation(t.Context(), message.ConversationID(i+1))
		if err != nil {
			t.Fatal(err)
		}
		checkChat(t, st, it.Chat, map[uint64]int{})
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return n
}

// Copy works on a database that no store has open, and does not change it.
func TestCopyOfAClosedDatabase(t *testing.T) {
	dir := t.TempDir()
	st := open(t, dir)
	if err := st.SetMeta(t.Context(), "name", "kept"); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	from := filepath.Join(dir, sqlite.FileName)
	before := read(t, from)
	restored := t.TempDir()
	if err := sqlite.Copy(t.Context(), from, filepath.Join(restored, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	if read(t, from) != before {
		t.Error("the database was changed by being copied")
	}
	st = open(t, restored)
	if v, err := st.Meta(t.Context(), "name"); err != nil || v != "kept" {
		t.Errorf("the copy has %q, err %v", v, err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	never := filepath.Join(restored, "never")
	for what, from := range map[string]string{"nothing": filepath.Join(dir, "none"), "no database": garbage(t)} {
		if err := sqlite.Copy(t.Context(), from, never); err == nil {
			t.Errorf("%s was copied", what)
		}
		if _, err := os.Stat(never); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("copying %s left a file: %v", what, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a database was made by being copied")
	}
}

func TestInspect(t *testing.T) {
	dir := t.TempDir()
	st := open(t, dir)
	path := filepath.Join(dir, sqlite.FileName)
	for n := range uint64(200) {
		if err := st.Ingest(t.Context(), []store.New{numbered(n + 1)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, quick := range []bool{true, false} { // while a store works with it
		c, err := sqlite.Inspect(t.Context(), path, quick)
		if err != nil || c.Schema != latest || c.Stats.Pending != 200 || c.Stats.Conversations != victimChats {
			t.Errorf("quick %t: %+v, err %v", quick, c, err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Inspect(t.Context(), filepath.Join(dir, "none"), true); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
	bytes := []byte(read(t, path))
	clear(bytes[len(bytes)/2 : len(bytes)*3/4])
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, path := range map[string]string{"half empty": path, "garbage": garbage(t)} {
		if _, err := sqlite.Inspect(t.Context(), path, false); !errors.Is(err, sqlite.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func garbage(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	if err := os.WriteFile(path, []byte("this is no database, and long enough to tell"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
