package main_test

import (
	"context"
	"testing"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"os"
	"time"
)

// books opens the database of an installation whose process has ended.
func (r *rig) books() *sqlite.Store {
	r.t.Helper()
	s, err := sqlite.Open(deadline(r.t), sqlite.Config{Dir: r.data})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = s.Close() })
	return s
}

// deadLetters lists why things were kept aside.
func (r *rig) deadLetters() []string {
	r.t.Helper()
	s := r.books()
	list, err := s.DeadLetters(deadline(r.t), 1000)
	if err != nil {
		r.t.Fatal(err)
	}
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = d.Source + ": " + d.Reason
	}
	if err := s.Close(); err != nil {
		r.t.Error(err)
	}
	return out
}

// settings are those the program under test was started with.
func settings() dialog.Settings {
	return dialog.Settings{Business: "Fernhill", Zone: time.UTC, AgentLang: message.English}
}

// readFlow reads a flow folder as the program does.
func readFlow(t testing.TB, dir string) *flow.Flow {
	t.Helper()
	files, err := flow.ReadFS(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// replayAll runs every conversation again from its journal: the states must be
// equal to the letter. It gives the conversations.
func replayAll(ctx context.Context, t testing.TB, s store.Store, f *flow.Flow) []message.ConversationID {
	t.Helper()
	ids := conversations(ctx, t, s)
	for _, id := range ids {
		it, err := s.Conversation(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if it.Channel == "slack" {
			continue // the agents' side has no state of its own
		}
		if err := bot.Replay(ctx, s, f, settings(), id); err != nil {
			t.Error(err)
		}
	}
	return ids
}

// conversations lists all of them.
func conversations(ctx context.Context, t testing.TB, s store.Store) (all []message.ConversationID) {
	t.Helper()
	for last := message.ConversationID(0); ; {
		ids, err := s.Conversations(ctx, last, 500)
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) == 0 {
			return all
		}
		all, last = append(all, ids...), ids[len(ids)-1]
	}
}
