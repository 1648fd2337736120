package main_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store/sqlite"
)

// former is a database that an earlier program wrote, and its customers'
// cookies. In its first conversation a question was just asked, in the second
// all was said back, in the third two promises are open.
type former struct {
	sql     string
	cookies []string
}

// formerly reads the database of the first schema, as if its last word had been
// said at now.
func formerly(t *testing.T, now time.Time) former {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "bot", "store", "sqlite", "testdata", "schema-1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	f := former{cookies: regexp.MustCompile(`accord_chat=[A-Z2-7]{26}`).FindAllString(string(raw), 3)}
	if len(f.cookies) != 3 {
		t.Fatalf("the fixture names %d cookies", len(f.cookies))
	}
	for i, c := range f.cookies {
		f.cookies[i] = sealed(c)
	}
	const lastWord = 1795362991512 // when the program was killed
	f.sql = shifted(string(raw), now.Sub(time.UnixMilli(lastWord)))
	return f
}

// shifted moves every time in a text: milliseconds of 2026, and what is written
// as a time.
func shifted(text string, by time.Duration) string {
	text = regexp.MustCompile(`\b179[56]\d{9}\b`).ReplaceAllStringFunc(text, func(was string) string {
		ms, err := strconv.ParseInt(was, 10, 64)
		if err != nil {
			return was
		}
		return strconv.FormatInt(ms+by.Milliseconds(), 10)
	})
	return regexp.MustCompile(`\b2026-11-\d\dT[0-9:.]+Z`).ReplaceAllStringFunc(text, func(was string) string {
		at, err := time.Parse(time.RFC3339Nano, was)
		if err != nil {
			return was
		}
		return at.Add(by).Format(time.RFC3339Nano)
	})
}

// writtenTo makes the database in a folder.
func (f former) writtenTo(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	onDatabase(t, dir, "PRAGMA journal_mode = WAL") // as the program has it
	onDatabase(t, dir, f.sql)
	onDatabase(t, dir, "INSERT INTO meta (name, value) VALUES ('web session key', '"+sessionKey+"')")
}

// sessionKey seals sessions. The earlier program had none and its cookies are not
// taken any more; what is tried here is what became of the conversations.
const sessionKey = "the key of sessions in these tests only"

func sealed(cookie string) string {
	_, session, _ := strings.Cut(cookie, "=")
	mac := hmac.New(sha256.New, []byte(sessionKey))
	mac.Write([]byte("accord web session\x00" + session))
	return cookie + "." + hex.EncodeToString(mac.Sum(nil))[:32]
}

func onDatabase(t *testing.T, dir, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(deadline(t), statements)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestUpgrade starts this program on what an earlier one left: every customer
// goes on where they stood, and what was promised falls due once.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	r := blank(t, asked)
	r.env = r.env[:6] // no platform is configured
	// The answer was promised within 20 s: it falls due while we look on.
	f := formerly(t, time.Now().Add(-17*time.Second))
	f.writtenTo(t, r.data)
	r.start()
	wanted := page(t, r.proc.base, f.cookies[0])
	s := wanted.events(deadline(t))
	wanted.reads(s, "@ask.order")
	wanted.post("text", "48213")
	wanted.reads(s, "@ask.need_by")

	back := page(t, r.proc.base, f.cookies[1])
	s = back.events(deadline(t))
	back.reads(s, "48213")
	back.press(label("button.yes")) // a button the earlier program sent
	back.reads(s, "a new white lamp is with you by")

	waits := page(t, r.proc.base, f.cookies[2])
	s = waits.events(deadline(t))
	waits.reads(s, "@reask.close")
	waits.reads(s, "@promise.due")
	r.restart()
	fellDueOnce(t, r, waits)

	now, err := sqlite.Inspect(deadline(t), filepath.Join(r.data, sqlite.FileName), true)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sqlite.Inspect(deadline(t), filepath.Join(r.data, sqlite.Before(now.Schema)), false)
	if err != nil || c.Schema != 1 || c.Stats.Conversations != 3 || c.Stats.Promises != 2 {
		t.Errorf("what is kept of the earlier database has %+v, err %v", c, err)
	}
}

// TestANewerDatabaseIsRefused in words, and left alone.
func TestANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	r := blank(t, asked)
	formerly(t, time.Now()).writtenTo(t, r.data)
	onDatabase(t, r.data, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	path := filepath.Join(r.data, sqlite.FileName)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(deadline(t), r.program, "serve")
	cmd.Env = r.env[:6]
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 {
		t.Errorf("it ended with code %d: %v", cmd.ProcessState.ExitCode(), err)
	}
	for _, want := range []string{"error: ", "written by a newer version of accord", "version 9999", "hint: use that version"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the database was changed: err %v", err)
	}
}
