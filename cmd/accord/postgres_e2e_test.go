package main_test

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
)

// TestOnPostgreSQL runs an installation that is told where its database is, and
// nothing else. A customer is served by one process, which is killed in the
// middle of the conversation; a second one beside it takes over, in order and
// without a word twice.
func TestOnPostgreSQL(t *testing.T) {
	server := pgtest.Start(t)
	url, err := server.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := blank(t, asked)
	r.env = append(r.env, "ACCORD_DATABASE_URL="+url)
	r.start()
	second := spawn(t, launch{program: r.program, log: r.log,
		env: append(r.env[:len(r.env):len(r.env)], "ACCORD_DATA="+filepath.Join(t.TempDir(), "second"))})
	defer second.kill()
	if !second.up(deadline(t)) {
		t.Fatalf("the second process ended: %v", second.err)
	}
	ann := r.telegram.Customer(1001, "Ann", "en")
	ann.Says("/start")
	r.next(ann, "@greet.full", "Ann", "Fernhill")
	ann.Says("My lamp arrived broken! I need a new one by tomorrow, it is a birthday present, or my money back")
	r.next(ann, "@ask.order")
	settled(t, url) // a reply cut off on its way would rightly come once more
	begin := time.Now()
	r.proc.kill()
	ann.Says("48213")
	r.next(ann, "48213", "white lamp", "1. ", "2. ")
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("the second process took over after %v", took)
	}
}

// settled waits until nothing is to be handled or sent.
func settled(t *testing.T, url string) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for ctx := deadline(t); ; {
		c, err := postgres.Inspect(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		if c.Stats.Pending == 0 && c.Stats.Unsent == 0 {
			return
		}
		<-look.C
	}
}

// TestCommandsOnPostgreSQL holds what the commands for operators say of such a
// database.
func TestCommandsOnPostgreSQL(t *testing.T) {
	server := pgtest.Start(t)
	url, err := server.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"HOME=" + t.TempDir(), built.cache, "ACCORD_DATA=" + filepath.Join(t.TempDir(), "data"), "ACCORD_DATABASE_URL=" + url}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"migrate", 0, "made with schema"},
		{"migrate", 0, "nothing to do"},
		{"doctor", 0, "PostgreSQL 1"},
		{"user add Ann --role admin", 0, ""},
		{"user", 0, ""},
		{"backup " + filepath.Join(t.TempDir(), "copy"), 2, "pg_dump"},
	} {
		out, code := runs(t, env, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("accord %s ended with %d and said:\n%s\nwant %d and %q", c.args, code, out, c.code, c.says)
		}
	}
	if err := server.Down(); err != nil {
		t.Fatal(err)
	}
	if out, code := runs(t, env, "doctor"); code != 1 || !strings.Contains(out, "is the server up") {
		t.Errorf("doctor without a server ended with %d and said:\n%s", code, out)
	}
}

// runs gives what a command says, and how it ends.
func runs(t *testing.T, env []string, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, built.accord, args...)
	var out bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = env, &out, &out
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}
