package postgres_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
	"github.com/accord-chat/accord/dialog/message"
)

// Compare with the embedded store in one run, on the same disk:
//
//	go test -run '^$' -bench Turn -count 3 ./bot/store/postgres ./bot/store/sqlite

const (
	benchConvs   = 2000
	benchClients = 64
	benchWorkers = 4 // of each hold
	benchClaim   = 16
)

func BenchmarkTurnOneHold(b *testing.B)  { benchTurns(b, 1) }
func BenchmarkTurnTwoHolds(b *testing.B) { benchTurns(b, 2) }

// benchTurns takes inputs in, each acknowledged by itself, and makes a whole
// turn of each: 4 KB of state, 3 events, 2 outbox rows, 1 timer. The server and
// all holds share the machine.
func benchTurns(b *testing.B, count int) {
	url := pgtest.Database(b)
	holds := make([]*postgres.Store, count)
	for i := range holds {
		holds[i] = benchOpen(b, url)
		b.Cleanup(func() { closed(b, holds[i]) })
	}
	var next, turned atomic.Int64
	goal := int64(b.N)
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	b.ReportAllocs()
	b.ResetTimer()
	var group sync.WaitGroup
	for i := range benchClients {
		st := holds[i%count]
		group.Go(func() {
			for n := next.Add(1); n <= goal; n = next.Add(1) {
				if err := st.Ingest(ctx, []store.New{benchInput(n)}, nil); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	for i := range benchWorkers * count {
		st := holds[i%count]
		group.Go(func() {
			for st.WaitWork(ctx) == nil {
				n, err := st.Work(ctx, benchClaim, benchTurn)
				if err != nil && ctx.Err() == nil {
					b.Error(err)
				}
				if turned.Add(int64(n)) >= goal {
					stop()
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(goal)/b.Elapsed().Seconds(), "turns/s")
}

func benchOpen(b *testing.B, url string) *postgres.Store {
	b.Helper()
	st, err := postgres.Open(b.Context(), postgres.Config{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	return st
}

// BenchmarkClaims hands out work that is in the inbox already: claims, turns and
// commits, and nothing beside them.
func BenchmarkClaims(b *testing.B) {
	st := benchOpen(b, pgtest.Database(b))
	defer closed(b, st)
	batch := make([]store.New, 0, 1000)
	for n := int64(1); n <= int64(b.N); n++ {
		if batch = append(batch, benchInput(n)); len(batch) == cap(batch) || n == int64(b.N) {
			if err := st.Ingest(b.Context(), batch, nil); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	b.ResetTimer()
	var turned atomic.Int64
	var group sync.WaitGroup
	for range benchWorkers {
		group.Go(func() {
			for turned.Load() < int64(b.N) {
				n, err := st.Work(b.Context(), benchClaim, benchTurn)
				if err != nil {
					b.Error(err)
					return
				}
				turned.Add(int64(n))
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

func benchInput(n int64) store.New {
	return store.New{Channel: "bench", Chat: message.Chat(fmt.Sprint(n % benchConvs)),
		Dedup: fmt.Sprintf("bench:%d", n), Kind: "raw", Payload: bytes.Repeat([]byte("i"), 300), At: 1}
}

func benchTurn(_ context.Context, it store.Item) (store.Turn, error) {
	out := store.Out{Sender: "bench", Chat: it.Chat, Class: store.Reply, Payload: bytes.Repeat([]byte("o"), 200)}
	event := store.Event{Kind: "event", Payload: bytes.Repeat([]byte("e"), 200)}
	return store.Turn{
		State:  bytes.Repeat([]byte("s"), 4096),
		Events: []store.Event{event, event, event},
		Outbox: []store.Out{out, out},
		Set:    []store.Timer{{Name: "silence", Due: 1<<40 + it.Inbox}},
	}, nil
}
