package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// metered is a store that notes how much of a conversation is read.
type metered struct {
	store.Store
	events, rows int
}

func (m *metered) Journal(ctx context.Context, id message.ConversationID, from int64) ([]store.JournalRow, error) {
	list, err := m.Store.Journal(ctx, id, from)
	m.events += len(list)
	return list, err
}

func (m *metered) Sent(ctx context.Context, sender string, chat message.Chat, after int64, limit int) ([]store.OutRow, error) {
	list, err := m.Store.Sent(ctx, sender, chat, after, limit)
	m.rows += len(list)
	return list, err
}

// TestAHistoryCostsWhatItShows: a conversation of years is read from its end.
func TestAHistoryCostsWhatItShows(t *testing.T) {
	const turns, most = 700, 500
	ctx := deadline(t)
	r := blank(t)
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for i := range turns {
		converse(ctx, t, db, i, time.Now())
	}
	m := &metered{Store: db}
	b, err := bot.New(bot.Config{Store: m, Adapters: []adapters.Adapter{silentChannel{}}, Flow: r.flow, Understand: noReading})
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.History(ctx, "silent", "7", 0)
	if err != nil {
		t.Fatal(err)
	}
	// It is read in steps that double, so that long texts end it soon.
	if m.events > 4*most || m.rows > 2*most {
		t.Errorf("read %d events and %d rows", m.events, m.rows)
	}
	last := slices.IndexFunc(list, func(e bot.Entry) bool { return e.Wrote != nil && e.Wrote.Text == fmt.Sprint("message ", turns-1) })
	if len(list) != most || last < 0 {
		t.Errorf("%d lines; the last message is line %d", len(list), last)
	}
}

// converse stores one message of a customer and its answer.
func converse(ctx context.Context, t *testing.T, db store.Store, i int, at time.Time) {
	t.Helper()
	encode := func(v any) []byte {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	text := fmt.Sprint("message ", i)
	in := store.New{Channel: "silent", Chat: "7", Dedup: text, Kind: "raw", At: at.UnixMilli()}
	if err := db.Ingest(ctx, []store.New{in}, nil); err != nil {
		t.Fatal(err)
	}
	n, err := db.Work(ctx, 1, func(context.Context, store.Item) (store.Turn, error) {
		return store.Turn{State: []byte("{}"), Events: []store.Event{
			{Kind: "input", Payload: encode(dialog.Input{At: at, Kind: dialog.InMessage, Text: text})},
			{Kind: "origin", Payload: []byte("{}")},
		}, Outbox: []store.Out{{Sender: "silent", Chat: "7", Class: store.Reply,
			Payload: encode(map[string]any{"v": 1, "say": message.Outbound{Text: "answer"}})}}}, nil
	})
	if err != nil || n != 1 {
		t.Fatalf("%d turns: %v", n, err)
	}
}
