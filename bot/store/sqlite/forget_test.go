package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// A copy that was made fit to be kept signs nobody in, has the users, and shows
// no trace of what was taken out.
func TestForgottenSessionsDoNotComeBack(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	st := open(t, dir)
	ctx := t.Context()
	id, err := st.AddUser(ctx, store.User{Name: "anna", Role: store.RoleAdmin, Created: 1})
	must(t, err)
	must(t, st.AddLink(ctx, "hash-of-the-first-link", id, 1000))
	_, err = st.UseLink(ctx, "hash-of-the-first-link", "hash-of-the-session", 2, 1000)
	must(t, err)
	must(t, st.AddLink(ctx, "hash-of-the-second-link", id, 1000))
	must(t, st.SetMeta(ctx, "instance", "the one"))
	must(t, st.SetMeta(ctx, "other", "kept"))
	path := filepath.Join(copied, sqlite.FileName)
	must(t, st.Backup(ctx, path))
	must(t, sqlite.Forget(ctx, path, "instance"))
	raw, err := os.ReadFile(path)
	must(t, err)
	for _, gone := range []string{"hash-of-the-session", "hash-of-the-second-link", "the one"} {
		if bytes.Contains(raw, []byte(gone)) {
			t.Errorf("the copy still holds %q", gone)
		}
	}
	if _, err := st.Session(ctx, "hash-of-the-session", 3); err != nil {
		t.Errorf("the original forgot the session: %v", err)
	}
	must(t, st.Close())

	st = open(t, copied)
	defer func() { must(t, st.Close()) }()
	if _, err := st.Session(ctx, "hash-of-the-session", 3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the session in the copy: %v", err)
	}
	if _, err := st.UseLink(ctx, "hash-of-the-second-link", "another", 3, 1000); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the link in the copy: %v", err)
	}
	if _, err := st.Meta(ctx, "instance"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the name in the copy: %v", err)
	}
	users, err := st.Users(ctx)
	if v, merr := st.Meta(ctx, "other"); err != nil || merr != nil || len(users) != 1 || v != "kept" {
		t.Errorf("the copy has users %v (%v) and %q (%v)", users, err, v, merr)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
