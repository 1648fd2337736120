package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// silentBot is a bot over a store that notes what is read of it.
func silentBot(t *testing.T) (*bot.Bot, *metered) {
	t.Helper()
	db, err := sqlite.Open(deadline(t), sqlite.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	m := &metered{Store: db}
	b, err := bot.New(bot.Config{Store: m, Adapters: []adapters.Adapter{silentChannel{}}, Flow: blank(t).flow, Understand: noReading})
	if err != nil {
		t.Fatal(err)
	}
	return b, m
}

// turn stores one message of a customer and what followed in the outbox.
func turn(ctx context.Context, t *testing.T, db store.Store, name, text string, out ...map[string]any) {
	t.Helper()
	encode := func(v any) []byte {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	at := time.Now()
	if err := db.Ingest(ctx, []store.New{{Channel: "silent", Chat: "7", Dedup: name, Kind: "raw", At: at.UnixMilli()}}, nil); err != nil {
		t.Fatal(err)
	}
	n, err := db.Work(ctx, 1, func(context.Context, store.Item) (store.Turn, error) {
		done := store.Turn{State: []byte("{}"), Events: []store.Event{
			{Kind: "input", Payload: encode(dialog.Input{At: at, Kind: dialog.InMessage, Text: text})},
			{Kind: "origin", Payload: []byte("{}")},
		}}
		for _, o := range out {
			o["v"] = 1
			done.Outbox = append(done.Outbox, store.Out{Sender: "silent", Chat: "7", Class: store.Reply, Payload: encode(o)})
		}
		return done, nil
	})
	if err != nil || n != 1 {
		t.Fatalf("%d turns: %v", n, err)
	}
}

// TestAHistoryHasABoundInBytes: long texts end it soon, the newest are there, and
// it says that there was more.
func TestAHistoryHasABoundInBytes(t *testing.T) {
	const turns, long = 150, 16 << 10
	ctx := deadline(t)
	b, m := silentBot(t)
	for i := range turns {
		turn(ctx, t, m, fmt.Sprint(i), fmt.Sprint(i, " ", strings.Repeat("x", long)), map[string]any{"say": message.Outbound{Text: "answer"}})
	}
	list, err := b.History(ctx, "silent", "7", 0)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for i, e := range list {
		if e.Wrote != nil {
			sum += len(e.Wrote.Text)
		}
		if e.Cut != (i == 0) {
			t.Errorf("line %d of %d: cut %v", i, len(list), e.Cut)
		}
	}
	if sum > 1<<20 || sum < 1<<19 {
		t.Errorf("%d bytes of text in %d lines", sum, len(list))
	}
	newest := false
	for _, e := range list {
		newest = newest || e.Wrote != nil && strings.HasPrefix(e.Wrote.Text, fmt.Sprint(turns-1, " "))
	}
	if !newest {
		t.Error("the newest is not there")
	}
	if m.events > 2*(64+128) {
		t.Errorf("read %d events of %d", m.events, 2*turns)
	}
}

// A page that was away for a moment costs what it missed.
func TestAShortHistoryIsNotCut(t *testing.T) {
	ctx := deadline(t)
	b, m := silentBot(t)
	for i := range 90 {
		turn(ctx, t, m, fmt.Sprint(i), "hello", map[string]any{"say": message.Outbound{Text: "answer"}})
	}
	all, err := b.History(ctx, "silent", "7", 0)
	if err != nil || len(all) != 180 || all[0].Cut {
		t.Fatalf("%d lines, cut %v, %v", len(all), len(all) > 0 && all[0].Cut, err)
	}
	var said []int64 // in the same millisecond what was written comes first
	for _, e := range all {
		if e.Said != nil {
			said = append(said, e.Said.ID)
		}
	}
	m.events, m.rows = 0, 0
	few, err := b.History(ctx, "silent", "7", said[len(said)-2])
	if err != nil || len(few) == 0 || len(few) > 8 || few[0].Cut {
		t.Errorf("%d lines, %v", len(few), err)
	}
	if m.events > 2*64 || m.rows > 3 {
		t.Errorf("read %d events and %d rows", m.events, m.rows)
	}
}

// TestAttachedLooksAtItsRowFirst: who asks for what is not there costs one row.
func TestAttachedLooksAtItsRowFirst(t *testing.T) {
	ctx := deadline(t)
	b, m := silentBot(t)
	file := message.Attachment{Kind: message.Document, Held: "desk", File: "f", Name: "receipt.txt"}
	say := func() map[string]any {
		return map[string]any{"say": message.Outbound{Text: "x", Attachments: []message.Attachment{file}}}
	}
	turn(ctx, t, m, "a", "hello", map[string]any{"say": message.Outbound{Text: "no file"}}, say(), say())
	list, err := b.History(ctx, "silent", "7", 0)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d lines, %v", len(list), err)
	}
	plain, first := list[1].Said.ID, list[2].Said.ID
	for name, c := range map[string]struct {
		chat message.Chat
		row  int64
		n    int
		want bool
		rows int
	}{
		"no file":      {"7", plain, 0, false, 0},
		"no row":       {"7", 4711, 0, false, 0},
		"another chat": {"8", first, 0, false, 0},
		"below":        {"7", first, -1, false, 0},
		"above":        {"7", first, 1, false, 0},
		"the file":     {"7", first, 0, true, 1},
	} {
		m.rows, m.events = 0, 0
		got, ok, err := b.Attached(ctx, "silent", c.chat, c.row, c.n)
		if err != nil || ok != c.want || ok && got.Name != file.Name {
			t.Errorf("%s: %+v, %v, %v", name, got, ok, err)
		}
		if m.rows != c.rows || m.events != 0 {
			t.Errorf("%s: read %d rows and %d events", name, m.rows, m.events)
		}
	}
	if _, ok, err := b.Attached(ctx, "nobody", "7", first, 0); ok || err != nil {
		t.Errorf("a channel that is not there: %v, %v", ok, err)
	}
}

// TestAttachedIsGoneWithItsMessage: what an agent took back cannot be opened.
func TestAttachedIsGoneWithItsMessage(t *testing.T) {
	ctx := deadline(t)
	b, m := silentBot(t)
	file := message.Attachment{Kind: message.Document, Held: "desk", File: "f"}
	say := func(of string) map[string]any {
		return map[string]any{"say": message.Outbound{Text: "x", Attachments: []message.Attachment{file}}, "of": of}
	}
	turn(ctx, t, m, "a", "hello", say("one"), say("two"))
	rows, err := m.Store.Sent(ctx, "silent", "7", 0, 10)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, of := range []string{"one", "two"} {
		if _, _, err := m.TakeOut(ctx, "silent", time.Now().UnixMilli(), 1); err != nil {
			t.Fatal(err)
		}
		id := message.PlatformID(fmt.Sprint(rows[i].ID))
		err := m.SettleOut(ctx, []store.Result{{ID: rows[i].ID, Outcome: "sent", Done: true, Platform: id, At: time.Now().UnixMilli(),
			Anchor: &store.Anchor{Sender: "silent", Name: "said:" + of, ID: message.PlatformID(fmt.Sprint(rows[i].Conv, "/", id))}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	turn(ctx, t, m, "b", "and?", map[string]any{"amend": adapters.Amend{Of: "one", Delete: true}}, map[string]any{"amend": adapters.Amend{Of: "two", Text: "changed"}})
	for i, want := range []bool{false, true} {
		if _, ok, err := b.Attached(ctx, "silent", "7", rows[i].ID, 0); ok != want || err != nil {
			t.Errorf("file %d can be opened: %v, %v", i, ok, err)
		}
	}
}
