//go:build linux

package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog/message"
)

// Compare the two in one run, on the same disk; the first should be at least
// 0.7 of the second:
//
//	go test -run '^$' -bench 'Turn|Fdatasync' -count 3 ./bot/store/sqlite

const (
	benchConvs   = 2000
	benchClients = 64
	benchWorkers = 4
	benchClaim   = 16
)

// BenchmarkTurn takes inputs in, each acknowledged by itself, and makes a whole
// turn of each: 4 KB of state, 3 events, 2 outbox rows, 1 timer.
func BenchmarkTurn(b *testing.B) {
	st, err := sqlite.Open(b.Context(), sqlite.Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := st.Close(); err != nil {
			b.Error(err)
		}
	}()
	var next, turned atomic.Int64
	goal := int64(b.N)
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	b.ReportAllocs()
	b.ResetTimer()
	cpu := cpuTime(b)
	var group sync.WaitGroup
	for range benchClients {
		group.Go(func() {
			for n := next.Add(1); n <= goal; n = next.Add(1) {
				if err := st.Ingest(ctx, []store.New{benchInput(n)}, nil); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	for range benchWorkers {
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
	b.ReportMetric((cpuTime(b)-cpu).Seconds()*1e6/float64(goal), "cpu-µs/turn")
}

// cpuTime is what this process has used so far; unlike turns/s it says the same
// on a busy machine.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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

// BenchmarkFdatasync is what the disk can do: 4 KB written and flushed, one
// after another.
func BenchmarkFdatasync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "file"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			b.Error(err)
		}
	}()
	page := make([]byte, 4096)
	for i := 0; b.Loop(); i++ {
		if _, err := f.WriteAt(page, int64(i%1024)*4096); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "flushes/s")
}
