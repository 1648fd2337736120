package storetest

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/accord-chat/accord/bot/store"
)

func backupRules() []rule {
	return []rule{
		{"a backup is a new file of our own, and replaces nothing", backupFile},
		{"a backup signs nobody in, and nobody out", backupForgets},
	}
}

func backupFile(e *env) {
	e.once("a", "1", says("a", "a1"))
	path := filepath.Join(e.TempDir(), "copy")
	e.ok(e.st.Backup(e.ctx, path))
	info, err := os.Stat(path)
	e.ok(err)
	same(e, "mode", info.Mode(), fs.FileMode(0o600))
	same(e, "there is something in it", info.Size() > 0, true)
	err = e.st.Backup(e.ctx, path)
	same(e, "a second time", errors.Is(err, fs.ErrExist), true)
	after, err := os.Stat(path)
	e.ok(err)
	same(e, "left alone", after.ModTime().Equal(info.ModTime()) && after.Size() == info.Size(), true)
	ctx, cancel := context.WithCancel(e.ctx)
	cancel()
	never := filepath.Join(e.TempDir(), "never")
	if e.st.Backup(ctx, never) == nil {
		e.Error("made under an ended context")
	}
	_, err = os.Stat(never)
	same(e, "what failed leaves nothing", errors.Is(err, fs.ErrNotExist), true)
}

// backupForgets looks into the file for what only a session's and a link's row
// hold: how to open a copy is the implementation's own.
func backupForgets(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	for _, link := range []string{"hash-of-a-used-link", "hash-of-an-open-link"} {
		e.ok(e.st.AddLink(e.ctx, link, ann.ID, 9000))
	}
	_, err := e.st.UseLink(e.ctx, "hash-of-a-used-link", "hash-of-a-session", 500, 9000)
	e.ok(err)
	e.ok(e.st.SetMeta(e.ctx, "name", "value-that-is-kept"))
	path := filepath.Join(e.TempDir(), "copy")
	e.ok(e.st.Backup(e.ctx, path))
	copied, err := os.ReadFile(path)
	e.ok(err)
	for text, there := range map[string]bool{"hash-of-a-session": false, "hash-of-an-open-link": false, "value-that-is-kept": true} {
		same(e, text, bytes.Contains(copied, []byte(text)), there)
	}
	e.session("hash-of-a-session", 600, ann)
	_, err = e.st.UseLink(e.ctx, "hash-of-an-open-link", "another", 600, 9000)
	e.ok(err)
}
