package main_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters/web"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// TestABackupIsRestored makes a backup of a running installation in the middle
// of a conversation with an open promise, loses the original, and goes on with
// the copy: the conversation knows what was said, and the promise falls due
// once.
func TestABackupIsRestored(t *testing.T) {
	t.Parallel()
	r := blank(t, asked, hasty("6s", "3s", "1h")...)
	r.env = r.env[:6] // no platform is configured
	r.start()
	b := open(t, r.proc.base)
	s := b.events(deadline(t))
	agreesOnAnAnswer(b, s)
	sent := filepath.Join(r.data, "files", "0123456789abcdef0123456789abcdef") // as an upload stands there
	if err := errors.Join(os.MkdirAll(filepath.Dir(sent), 0o700), os.WriteFile(sent, []byte("a photo"), 0o600),
		os.WriteFile(sent+".part", []byte("half a"), 0o600)); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "monday")
	report := r.backsUp(dest)
	if report.Conversations != 1 || report.Promises < 1 || report.Timers < 2 || report.Schema < 2 || report.Files != 1 || report.Dest != dest {
		t.Errorf("the report says %+v", report)
	}
	r.proc.kill()
	if err := os.RemoveAll(r.data); err != nil { // the disk is gone
		t.Fatal(err)
	}
	wholeBackup(t, dest)
	restored := filepath.Join(t.TempDir(), "restored")
	if err := os.CopyFS(restored, os.DirFS(dest)); err != nil {
		t.Fatal(err)
	}
	hasNoName(t, restored)
	r.env = append(r.env, "ACCORD_DATA="+restored) // the last one counts
	r.data = restored
	r.start()
	goesOn(t, r, b)
	r.restart()
	fellDueOnce(t, r, b)
	if code, _ := r.proc.stop(); code != 0 {
		t.Errorf("it ended with code %d", code)
	}
	if got := r.deadLetters(); len(got) > 0 {
		t.Errorf("dead letters: %v", got)
	}
}

// hasNoName checks that pages will take a restored database for another one:
// what it numbers next, they have seen already.
func hasNoName(t *testing.T, dir string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if name, err := db.Meta(t.Context(), "instance"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the copy goes by the name %q of the original (%v)", name, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// agreesOnAnAnswer takes a web chat to a promise of an answer.
func agreesOnAnAnswer(b *browser, s *bufio.Scanner) {
	b.t.Helper()
	b.post("text", "My lamp arrived broken, order 48213. I want an explanation of how this could happen")
	for range 8 {
		switch last := b.answered(s); {
		case holds(last.Text, "@ask.need_by"):
			b.post("text", "no hurry")
		case holds(last.Text, "@ask.wish"), holds(last.Text, "@ask.wish.again"):
			b.post("text", "just an explanation")
		case holds(last.Text, "@reask.close"):
			return
		case len(last.Choices) > 0: // it is said back; an answer by a time is offered
			b.press(last.Choices[0].Label)
		}
	}
	b.t.Fatalf("no agreement:\n%s", b.shows())
}

// answered waits for the next thing the bot says.
func (b *browser) answered(s *bufio.Scanner) web.Entry {
	b.t.Helper()
	for {
		if name, e := b.event(s); name == "entry" && e.From == "bot" {
			return e
		}
	}
}

// written is what `accord backup --json` says.
type written struct {
	Dest                                           string
	Schema, Conversations, Promises, Timers, Files int64
}

// backsUp runs the command beside the running server.
func (r *rig) backsUp(dest string) (w written) {
	r.t.Helper()
	cmd := exec.CommandContext(deadline(r.t), r.program, "backup", "--json", dest)
	cmd.Env = r.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("accord backup: %v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(out, &w); err != nil {
		r.t.Fatalf("%v\n%s", err, out)
	}
	return w
}

// wholeBackup checks what stands in a backup, and that others cannot read it.
func wholeBackup(t *testing.T, dest string) {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dest, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", d.Name(), info.Mode())
		}
		if !d.IsDir() {
			names = append(names, d.Name())
		}
		return nil
	})
	if err != nil || strings.Join(names, " ") != "README.txt accord.db 0123456789abcdef0123456789abcdef" {
		t.Errorf("the backup holds %v, err %v", names, err)
	}
	if _, err := sqlite.Inspect(deadline(t), filepath.Join(dest, sqlite.FileName), false); err != nil {
		t.Error(err)
	}
	readme, err := os.ReadFile(filepath.Join(dest, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"by:             accord ", "schema:         ", "conversations:  1\n", "files:          1, 7 bytes\n", "To restore"} {
		if !strings.Contains(string(readme), want) {
			t.Errorf("the manifest lacks %q:\n%s", want, readme)
		}
	}
	others, err := os.ReadDir(filepath.Dir(dest))
	if err != nil || len(others) != 1 {
		t.Errorf("beside the backup there is %v, err %v", others, err)
	}
}

// goesOn reloads the page on another server and talks on.
func goesOn(t *testing.T, r *rig, b *browser) {
	t.Helper()
	b.base, b.log = r.proc.base, nil
	s := b.events(deadline(t))
	b.reads(s, "@reask.close") // what was said before the backup
	b.reads(s, "@promise.due")
	b.post("text", "/status")
	if e := b.answered(s); !strings.Contains(e.Text, "A-") {
		t.Errorf("asked for the status, the bot says %q", e.Text)
	}
}

// fellDueOnce reads the whole page once more.
func fellDueOnce(t *testing.T, r *rig, b *browser) {
	t.Helper()
	b.base, b.log = r.proc.base, nil
	s := b.events(deadline(t))
	for name := ""; name != "ready"; {
		name, _ = b.event(s)
	}
	n := 0
	for _, e := range b.log {
		if e.From == "bot" && holds(e.Text, "@promise.due") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the customer was told %d times that the promise is late:\n%s", n, b.shows())
	}
}

// page is a browser that kept its cookie from another time, and has written
// before.
func page(t *testing.T, base, cookie string) *browser {
	t.Helper()
	b := open(t, base)
	b.serial.Store(1000)
	name, value, _ := strings.Cut(cookie, "=")
	req, err := http.NewRequestWithContext(deadline(t), http.MethodGet, base+"/chat", nil)
	if err != nil {
		t.Fatal(err)
	}
	b.client.Jar.SetCookies(req.URL, []*http.Cookie{{Name: name, Value: value, Path: "/chat"}})
	return b
}
