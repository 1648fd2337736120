package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
	"github.com/accord-chat/accord/dialog/message"
)

// TestOutages restarts and crashes the server under two processes at work, which
// notice nothing but a delay: no call fails, nothing is lost or doubled, and what
// is told afterwards is heard.
func TestOutages(t *testing.T) {
	server := pgtest.Start(t)
	url, err := server.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cfg := postgres.Config{URL: url, Patience: time.Minute, Poll: 200 * time.Millisecond}
	holds := []*postgres.Store{openWith(t, cfg), openWith(t, cfg)}
	defer closed(t, holds[0])
	defer closed(t, holds[1])

	ctx, stop := context.WithCancel(t.Context())
	acked := make([]atomic.Uint64, len(holds)) // highest number of each that was said to be kept
	given := func() uint64 { return acked[0].Load() + acked[1].Load() }
	var writers, workers sync.WaitGroup
	for i, st := range holds {
		name := nameOf(i)
		writers.Go(func() {
			for n := uint64(1); ctx.Err() == nil; n++ {
				if err := st.Ingest(t.Context(), []store.New{numbered(name, n)}, nil); err != nil {
					t.Errorf("ingest: %v", err)
					return
				}
				acked[i].Store(n)
			}
		})
	}
	working, rest := context.WithCancel(t.Context())
	defer rest()
	for _, st := range holds {
		workers.Go(func() { workUntil(t, working, st) })
	}
	before := uint64(0)
	for _, end := range []func() error{server.Down, server.Crash} {
		waitFor(t, "work goes on", func() bool { return given() > before+20 })
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if err := server.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
		before = given()
	}
	waitFor(t, "work goes on", func() bool { return given() > before+20 })
	stop()
	writers.Wait()
	waitFor(t, "all is handled", func() bool {
		stats, err := holds[0].Stats(t.Context())
		return err == nil && stats.Pending == 0
	})
	rest()
	workers.Wait()
	for i := range holds {
		seen := map[uint64]int{}
		for c := range victimChats {
			checkChat(t, holds[0], message.Chat(fmt.Sprint(nameOf(i), c)), seen)
		}
		for n := uint64(1); n <= acked[i].Load(); n++ {
			if seen[n] != 1 {
				t.Errorf("number %d of %s was handled %d times", n, nameOf(i), seen[n])
			}
		}
		t.Logf("%s: %d acknowledged through two outages", nameOf(i), acked[i].Load())
	}
}

func workUntil(t *testing.T, ctx context.Context, st *postgres.Store) { //nolint:revive // t first, as everywhere in tests
	for {
		if err := st.WaitWork(ctx); err != nil {
			if ctx.Err() == nil {
				t.Errorf("wait: %v", err)
			}
			return
		}
		if _, err := st.Work(ctx, 4, remember); err != nil && ctx.Err() == nil {
			t.Errorf("work: %v", err)
			return
		}
	}
}

// waitFor looks until is says yes.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatalf("never: %s", what)
		}
	}
}
