package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// These tests reach what the contract's suite cannot: somebody else's changes
// under a turn, a full disk, settings, and what is written about failures.

func openInside(t *testing.T, cfg Config) *Store {
	t.Helper()
	cfg.Dir = t.TempDir()
	s, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *Store) must(t *testing.T, q string, args ...any) {
	t.Helper()
	if err := s.writer.do(func(tx *tx) error { _, err := tx.exec(q, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

func (s *Store) number(t *testing.T, q string) (n int64) {
	t.Helper()
	if err := s.readers.row(t.Context(), q, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func ingest(t *testing.T, s *Store, chat, text string) {
	t.Helper()
	if err := s.Ingest(t.Context(), []store.New{{Channel: "c", Chat: message.Chat(chat), Dedup: chat + text,
		Kind: "raw", Payload: []byte(text), At: 1}}, nil); err != nil {
		t.Fatal(err)
	}
}

func plainTurn(context.Context, store.Item) (store.Turn, error) {
	return store.Turn{State: []byte("s"), Outbox: []store.Out{{Sender: "x", Chat: "y", Payload: []byte("z")}}}, nil
}

// The version check: a conversation that moved on under a turn makes it
// conflict, and the input is handled again on what is there now.
func TestVersionConflict(t *testing.T) {
	s := openInside(t, Config{})
	ingest(t, s, "a", "one")
	var versions []int64
	n, err := s.Work(t.Context(), 1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if versions = append(versions, it.Version); len(versions) == 1 {
			s.must(t, "UPDATE conversation SET version = 7")
		}
		return plainTurn(ctx, it)
	})
	if err != nil || n != 1 || fmt.Sprint(versions) != "[0 7]" {
		t.Fatalf("%d turns on versions %v, err %v", n, versions, err)
	}
	if got := s.number(t, "SELECT count(*) FROM outbox"); got != 1 {
		t.Fatalf("%d rows: the conflicting turn left some", got)
	}
	if got := s.number(t, "SELECT attempts FROM inbox"); got != 0 {
		t.Fatalf("a conflict counted as %d attempts", got)
	}
}

// The done check: an input that somebody else finished is not handled twice.
func TestDoneConflict(t *testing.T) {
	s := openInside(t, Config{})
	ingest(t, s, "a", "one")
	ingest(t, s, "a", "two")
	calls := 0
	n, err := s.Work(t.Context(), 1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		calls++
		s.must(t, "UPDATE inbox SET done_at = 1 WHERE id = ?", it.Inbox)
		return plainTurn(ctx, it)
	})
	if err != nil || n != 0 || calls != 1 {
		t.Fatalf("%d turns in %d calls, err %v", n, calls, err)
	}
	if got := s.number(t, "SELECT version FROM conversation"); got != 0 {
		t.Fatalf("version %d", got)
	}
	n, err = s.Work(t.Context(), 1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if string(it.Payload) != "two" {
			t.Errorf("got %q", it.Payload)
		}
		return plainTurn(ctx, it)
	})
	if err != nil || n != 1 {
		t.Fatalf("next input: %d turns, err %v", n, err)
	}
}

// One request of many fails: the others commit, its own writes and what it
// wanted to do in memory do not happen.
func TestGroupLeavesNeighboursAlone(t *testing.T) {
	s := openInside(t, Config{})
	const n = 3*maxGroup + 5
	bad := errors.New("bad request")
	var hooks []int
	requests := make([]*request, n)
	for i := range requests {
		requests[i] = &request{run: func(tx *tx) error {
			tx.then(func() { hooks = append(hooks, i) })
			if _, err := tx.exec(sqlSetMeta, fmt.Sprint(i), ""); err != nil {
				return err
			}
			if i%10 == 3 {
				return bad
			}
			return nil
		}}
	}
	s.writer.submit(requests)
	failed := 0
	for i, r := range requests {
		if want := i%10 == 3; errors.Is(r.err, bad) != want || (!want && r.err != nil) {
			t.Errorf("request %d: %v", i, r.err)
		}
		if r.err != nil {
			failed++
		}
	}
	if got := s.number(t, "SELECT count(*) FROM meta"); got != int64(n-failed) || len(hooks) != n-failed {
		t.Fatalf("%d rows and %d hooks of %d good requests", got, len(hooks), n-failed)
	}
	for i := 1; i < len(hooks); i++ {
		if hooks[i] <= hooks[i-1] {
			t.Fatalf("hook %d ran after %d", hooks[i], hooks[i-1])
		}
	}
}

// A batch that no longer fits is not split: it opens the next group.
func TestGatherKeepsToTheLimit(t *testing.T) {
	w := &writer{queue: make(chan *batch, 4)}
	of := func(n int) *batch { return &batch{requests: make([]*request, n)} }
	last := of(10)
	w.queue <- of(20)
	w.queue <- last
	group, next := w.gather(of(40))
	if len(group) != 2 || next != last {
		t.Fatalf("%d batches in the group, next %v", len(group), next)
	}
	if group, next = w.gather(next); len(group) != 1 || next != nil {
		t.Fatalf("then %d batches, next %v", len(group), next)
	}
}

// A disk that is full refuses, takes nothing by halves, is not held against
// the input, and works again once there is room.
func TestDiskFull(t *testing.T) {
	core, logs := observer.New(zapcore.InfoLevel)
	s := openInside(t, Config{Logger: zap.New(core)})
	ingest(t, s, "a", "one")
	pages := s.number(t, "SELECT page_count FROM pragma_page_count")
	s.must(t, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	if !storageFault(s.writer.do(func(tx *tx) error {
		_, err := tx.exec(sqlSetMeta, "big", strings.Repeat("x", 1<<20))
		return err
	})) {
		t.Error("a full disk does not count as a fault of the storage")
	}
	big := func(context.Context, store.Item) (store.Turn, error) {
		return store.Turn{State: make([]byte, 1<<20), Outbox: []store.Out{{Sender: "x", Chat: "y"}}}, nil
	}
	if n, err := s.Work(t.Context(), 1, big); err == nil || n != 0 {
		t.Fatalf("%d turns, err %v", n, err)
	}
	if err := s.Ingest(t.Context(), []store.New{{Channel: "c", Chat: "b", Dedup: "big", Payload: make([]byte, 1<<20)}}, nil); err == nil {
		t.Fatal("ingested on a full disk")
	}
	if n, err := s.Work(t.Context(), 1, big); n != 0 || err != nil {
		t.Fatalf("no pause after a refused commit: %d turns, err %v", n, err)
	}
	if logs.FilterMessage("commit failed").Len() == 0 {
		t.Error("nobody was told")
	}
	s.must(t, "PRAGMA max_page_count = 1000000")
	if err := s.WaitWork(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, err := s.Work(t.Context(), 2, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if it.Attempts != 0 || it.Version != 0 {
			t.Errorf("attempts %d, version %d", it.Attempts, it.Version)
		}
		return big(ctx, it)
	})
	if err != nil || n != 1 {
		t.Fatalf("%d turns, err %v", n, err)
	}
	if got := s.number(t, "SELECT count(*) FROM conversation"); got != 1 {
		t.Fatalf("%d conversations: the refused one left a trace", got)
	}
}

// What is kept and logged about a failure must not hold what somebody wrote.
func TestPanicKeepsQuiet(t *testing.T) {
	core, logs := observer.New(zapcore.DebugLevel)
	s := openInside(t, Config{Logger: zap.New(core)})
	ingest(t, s, "a", "my secret wish")
	if _, err := s.Work(t.Context(), 1, func(_ context.Context, it store.Item) (store.Turn, error) {
		panic(string(it.Payload))
	}); err != nil {
		t.Fatal(err)
	}
	var kept string
	if err := s.readers.row(t.Context(), "SELECT last_error FROM inbox WHERE attempts = 1", nil, &kept); err != nil {
		t.Fatal(err)
	}
	if kept != "panic of type string" {
		t.Errorf("kept %q", kept)
	}
	if logs.Len() == 0 {
		t.Error("nobody was told")
	}
	for _, l := range logs.All() {
		if strings.Contains(fmt.Sprint(l.Message, l.ContextMap()), "secret") {
			t.Errorf("logged: %s", l.Message)
		}
	}
}

func TestErrorTextIsShort(t *testing.T) {
	long := errorText(errors.New(strings.Repeat("é", maxErrorText)))
	if len(long) > maxErrorText || strings.Trim(long, "é") != "" {
		t.Errorf("%d bytes: %q", len(long), long)
	}
}

// The store pauses by the clock it was given.
func TestPausesByItsClock(t *testing.T) {
	at := time.UnixMilli(1_000_000)
	s := openInside(t, Config{Now: func() time.Time { return at }})
	ingest(t, s, "a", "one")
	fail := func(context.Context, store.Item) (store.Turn, error) { return store.Turn{}, errors.New("no") }
	for _, pause := range []time.Duration{50, 100, 200, 400, 800, 1600} {
		if _, err := s.Work(t.Context(), 1, fail); err != nil {
			t.Fatal(err)
		}
		at = at.Add(pause*time.Millisecond - time.Millisecond)
		if o := s.pending.outlook(s.now()); o.Ready {
			t.Fatalf("ready %v after a failure", pause*time.Millisecond)
		}
		at = at.Add(time.Millisecond)
		if o := s.pending.outlook(s.now()); !o.Ready {
			t.Fatalf("not ready after %v", pause*time.Millisecond)
		}
	}
	if got := pauseAfter(1000); got != time.Minute {
		t.Errorf("longest pause %v", got)
	}
}

func TestCheckSettings(t *testing.T) {
	for _, c := range []struct {
		version, mode, level string
		fine                 bool
	}{
		{"3.51.3", "wal", "2", true},
		{"3.52.0", "WAL", "2", true},
		{"4.0", "wal", "2", true},
		{"3.51.2", "wal", "2", false},
		{"3.6.30", "wal", "2", false},
		{"3.51", "wal", "2", false},
		{"3.51.3", "delete", "2", false},
		{"3.51.3", "wal", "1", false},
		{"3.51.x", "wal", "2", false},
	} {
		if err := checkSettings(c.version, c.mode, c.level); (err == nil) != c.fine {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
