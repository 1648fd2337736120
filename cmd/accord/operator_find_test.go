package main

import (
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store/sqlite"
)

// TestWhatTriesAgainIsMadeOnce: with hundreds of dead letters and no server the
// flow is read once, not for each.
func TestWhatTriesAgainIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	k := localKeeper(&config{Data: dir, Name: "Fernhill", AgentLang: "en", Zone: time.UTC, HTTPAddr: "127.0.0.1:0"}, zap.NewNop(), db)
	t.Cleanup(func() { _ = k.Close() })
	first, err := k.bot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := k.bot(t.Context()); err != nil || again != first {
		t.Errorf("it was made anew, %v", err)
	}
}
