package main_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
)

// stuckFolder is the script command "stuck": a database with one dead letter,
// in-1, one dead send, out-1, and one that may have arrived twice, out-2.
// Payloads hold the word "canary". With "old" there is also out-3, a message to
// a customer that was given up two days ago.
func stuckFolder(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 1 || len(args) > 2 || len(args) == 2 && args[1] != "old" {
		ts.Fatalf("usage: stuck DIR [old]")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: ts.MkAbs(args[0])})
	ts.Check(err)
	err = errors.Join(unhandled(ctx, db), unsent(ctx, db))
	if len(args) == 2 {
		err = errors.Join(err, outdated(ctx, db))
	}
	ts.Check(errors.Join(err, db.Close()))
}

func unhandled(ctx context.Context, db store.Store) error {
	in := store.New{Channel: "web", Chat: "one", Dedup: "web:1", Kind: "raw", Payload: []byte(`{"says":"canary"}`), At: time.Now().UnixMilli()}
	if err := db.Ingest(ctx, []store.New{in}, nil); err != nil {
		return err
	}
	_, err := db.Work(ctx, 1, func(_ context.Context, it store.Item) (store.Turn, error) {
		return store.Turn{State: []byte("{}"), Dead: &store.Dead{Source: "turn", Dedup: "turn:1", Payload: it.Payload, Reason: "cannot be read", At: it.At}}, nil
	})
	return err
}

func unsent(ctx context.Context, db store.Store) error {
	now := time.Now().UnixMilli()
	in := store.New{Channel: "web", Chat: "two", Dedup: "web:2", Kind: "raw", Payload: []byte("{}"), At: now}
	if err := db.Ingest(ctx, []store.New{in}, nil); err != nil {
		return err
	}
	_, err := db.Work(ctx, 1, func(context.Context, store.Item) (store.Turn, error) {
		return store.Turn{State: []byte("{}"), Outbox: []store.Out{
			{Sender: "far/1", Chat: "a", Class: store.Reply, Payload: []byte(`{"text":"canary"}`)},
			{Sender: "far/1", Chat: "b", Class: store.Reply, Payload: []byte(`{"text":"canary"}`)},
		}}, nil
	})
	if err != nil {
		return err
	}
	rows, _, err := db.TakeOut(ctx, "far/1", now, 10)
	if err != nil || len(rows) != 2 {
		return errors.Join(err, errors.New("want two rows to send"))
	}
	return db.SettleOut(ctx, []store.Result{
		{ID: rows[0].ID, Outcome: string(adapters.Refused), Done: true, Dead: true, Reason: "the chat is closed", At: now},
		{ID: rows[1].ID, Outcome: string(adapters.Unknown), Done: true, Reason: "the connection broke", At: now},
	})
}

func outdated(ctx context.Context, db store.Store) error {
	then := time.Now().Add(-48 * time.Hour).UnixMilli()
	in := store.New{Channel: "web", Chat: "three", Dedup: "web:3", Kind: "raw", Payload: []byte("{}"), At: then}
	if err := db.Ingest(ctx, []store.New{in}, nil); err != nil {
		return err
	}
	_, err := db.Work(ctx, 1, func(context.Context, store.Item) (store.Turn, error) {
		return store.Turn{State: []byte("{}"), Outbox: []store.Out{
			{Sender: "far/2", Chat: "c", Class: store.Reply, Payload: []byte(`{"v":1,"say":{"text":"canary"}}`)},
		}}, nil
	})
	if err != nil {
		return err
	}
	rows, _, err := db.TakeOut(ctx, "far/2", then, 10)
	if err != nil || len(rows) != 1 {
		return errors.Join(err, errors.New("want one row to send"))
	}
	return db.SettleOut(ctx, []store.Result{{ID: rows[0].ID, Outcome: string(adapters.Refused), Done: true, Dead: true, Reason: "the bot was blocked", At: then}})
}

// audited is the script command "audited": the audit of a data folder that
// nobody has open holds an act about something.
func audited(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: audited DIR ACT ABOUT")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: ts.MkAbs(args[0])})
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	rows, err := db.Audits(ctx, 100)
	ts.Check(err)
	for _, a := range rows {
		if a.Act == args[1] && a.About == args[2] && a.Who == "command line" {
			return
		}
	}
	ts.Fatalf("the audit holds %+v", rows)
}

// stale is the script command "stale": what a server that was killed leaves.
func stale(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: stale DIR")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, "accord.sock"), Net: "unix"})
	ts.Check(err)
	l.SetUnlinkOnClose(false)
	ts.Check(l.Close())
}
