package postgres_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
	"github.com/accord-chat/accord/dialog/message"
)

// Many processes start on an empty database at the same moment: one makes the
// schema, the others find it.
func TestManyOpenAtOnce(t *testing.T) {
	url := pgtest.Database(t)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			st, err := postgres.Open(t.Context(), postgres.Config{URL: url, Conns: 1, Workers: 1})
			if err != nil {
				t.Error(err)
				return
			}
			if err := st.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			closed(t, st)
		})
	}
	group.Wait()
}

func TestNewerSchemaIsRefused(t *testing.T) {
	url := pgtest.Database(t)
	closed(t, open(t, url))
	sql(t, url, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
	st, err := postgres.Open(t.Context(), postgres.Config{URL: url})
	if err == nil {
		closed(t, st)
	}
	if !errors.Is(err, postgres.ErrNewer) || !strings.Contains(err.Error(), "9999") {
		t.Fatalf("got %v", err)
	}
}

// No error may carry the password, whatever is wrong with the address.
func TestErrorsKeepThePassword(t *testing.T) {
	const secret = "hunter2-and-more"
	for _, url := range []string{
		"postgres://accord:" + secret + "@127.0.0.1:1/accord?connect_timeout=1",
		"postgres://accord:" + secret + "@127.0.0.1:notaport/accord",
		"postgres://accord:" + secret + "@127.0.0.1:1/accord?sslmode=" + secret,
		"nonsense " + secret,
	} {
		st, err := postgres.Open(t.Context(), postgres.Config{URL: url})
		if err == nil {
			closed(t, st)
			t.Error("opened")
			continue
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error holds the password: %v", err)
		}
	}
}

// What PostgreSQL cannot keep in a word must not stop the conversation in which
// it was written; in payloads it can be kept.
func TestWordsThatPostgresRefuses(t *testing.T) {
	st := open(t, pgtest.Database(t))
	defer closed(t, st)
	ctx := t.Context()
	const bad = "a\x00b\xffc"
	in := store.New{Channel: "c", Chat: bad, Dedup: bad, Kind: "raw", Payload: []byte(bad), At: 1}
	if err := st.Ingest(ctx, []store.New{in, in}, nil); err != nil {
		t.Fatal(err)
	}
	n, err := st.Work(ctx, 1, gives(store.Turn{
		State: []byte(bad), Events: []store.Event{{Kind: bad, Payload: []byte(bad)}},
		Outbox: []store.Out{{Sender: bad, Chat: bad, Dedup: bad, Payload: []byte(bad)}},
		Set:    []store.Timer{{Name: bad, Due: 1}}, Clear: []string{bad},
		Asks: []store.Ask{{Token: bad, Choice: bad}}, Cases: []string{bad},
		Promises: []store.PromiseRow{{N: 1, Text: bad, State: "open"}}, Handoffs: []store.HandoffRow{{N: 1, Name: bad, Cause: bad}},
		Anchor: &store.Anchor{Sender: bad, Name: bad, ID: bad}, Audit: []store.AuditRow{{Who: bad, Act: bad}},
	}))
	if err != nil || n != 1 {
		t.Fatalf("%d turns, err %v", n, err)
	}
	conv, err := st.FindConversation(ctx, "c", bad)
	if err != nil {
		t.Fatal(err)
	}
	it, err := st.Conversation(ctx, conv)
	if err != nil || string(it.State) != bad || it.Chat != message.Chat("a\uFFFDb\uFFFDc") {
		t.Fatalf("kept %q in chat %q, err %v", it.State, it.Chat, err)
	}
	rows, _, err := st.TakeOut(ctx, bad, 1000, 10)
	if err != nil || len(rows) != 1 || string(rows[0].Payload) != bad {
		t.Fatalf("rows %v, err %v", rows, err)
	}
	_, ask := st.FindAsk(ctx, bad)
	_, anchor := st.FindAnchor(ctx, bad, bad)
	if err := errors.Join(ask, anchor); err != nil {
		t.Fatal(err)
	}
}

// A backup restored with psql into an empty database is what the first one was,
// and hands out no id a second time.
func TestBackupRestores(t *testing.T) {
	bin, err := pgtest.Bin()
	if err != nil {
		t.Skip(err)
	}
	from, to := pgtest.Database(t), pgtest.Database(t)
	st := open(t, from)
	defer closed(t, st)
	ctx := t.Context()
	for n := range uint64(20) {
		if err := st.Ingest(ctx, []store.New{numbered("a", n+1)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	finish(t, st)
	if err := st.SetMeta(ctx, "name", "tab\tline\nback\\slash"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.sql")
	if err := st.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	closed(t, open(t, to))
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "psql"), "--no-psqlrc", "--quiet", "--file", path, to)
	cmd.Env = os.Environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	copied := open(t, to)
	defer closed(t, copied)
	want, err := st.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := copied.Stats(ctx); err != nil || got != want {
		t.Fatalf("restored %+v, want %+v, err %v", got, want, err)
	}
	seen := map[uint64]int{}
	for c := range victimChats {
		checkChat(t, copied, message.Chat("a"+string(rune('0'+c))), seen)
	}
	if text, err := copied.Meta(ctx, "name"); err != nil || text != "tab\tline\nback\\slash" || len(seen) != 20 {
		t.Fatalf("setting %q, %d numbers, err %v", text, len(seen), err)
	}
	if err := copied.Ingest(ctx, []store.New{numbered("a", 21)}, nil); err != nil {
		t.Fatal(err)
	}
	finish(t, copied)
}
