package storetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func inboxRules() []rule {
	return []rule{
		{"first turn makes version 1", firstTurn},
		{"inputs of a conversation are handled in order, one at a time", orderUnderLoad},
		{"a second copy changes nothing, also at the same time", dedupTogether},
		{"a copy of a handled input changes nothing, also after reopening", dedupDone},
		{"a bad input leaves nothing of its batch", ingestAllOrNothing},
		{"an input can name its conversation", ingestByID},
		{"dead letters are kept once, newest first", ingestDead},
		{"what was ingested survives reopening, in order", ingestDurable},
		{"an ended context ingests nothing", ingestEnded},
		{"WaitWork wakes for an input", waitWorkWakes},
		{"WaitWork ends with its context and with the store", waitWorkEnds},
		{"Close is idempotent and final", closeTwice},
	}
}

func firstTurn(e *env) {
	in := input("a", "one")
	e.ok(e.st.Ingest(e.ctx, []store.New{in}, nil))
	e.work(1, func(_ context.Context, it store.Item) (store.Turn, error) {
		same(e, "version", it.Version, 0)
		same(e, "no state", it.State == nil, true)
		same(e, "channel", it.Channel, channel)
		same(e, "chat", it.Chat, "a")
		same(e, "kind", it.Kind, "raw")
		same(e, "payload", string(it.Payload), "one")
		same(e, "at", it.At, in.At)
		same(e, "attempts", it.Attempts, 0)
		return store.Turn{State: []byte("s1"), Events: []store.Event{
			{Kind: "in", Payload: []byte("x")}, {Kind: "out"}}}, nil
	})
	it := e.conv("a")
	same(e, "version", it.Version, 1)
	same(e, "state", string(it.State), "s1")
	list(e, "journal", e.journal("a"), "1.0 in x", "1.1 out ")
	e.once("a", "two", store.Turn{Events: []store.Event{{Kind: "in"}}})
	same(e, "version", e.conv("a").Version, 2)
	rows, err := e.st.Journal(e.ctx, it.Conv, 2)
	e.ok(err)
	same(e, "journal from 2", len(rows), 1)
	e.work(0, echo)
}

// orderUnderLoad has several workers and several writers at it, and holds that
// no conversation is handled by two at once.
func orderUnderLoad(e *env) {
	const chats, each, workers = 7, 30, 4
	var mu sync.Mutex
	busy := map[message.ConversationID]bool{}
	var overlaps int
	h := func(ctx context.Context, it store.Item) (store.Turn, error) {
		mu.Lock()
		if busy[it.Conv] {
			overlaps++
		}
		busy[it.Conv] = true
		mu.Unlock()
		defer func() { mu.Lock(); busy[it.Conv] = false; mu.Unlock() }()
		return echo(ctx, it)
	}
	var ingest, work sync.WaitGroup
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	var turns atomic.Int64
	for range workers {
		work.Go(func() {
			for e.st.WaitWork(ctx) == nil {
				n, err := e.st.Work(ctx, 3, h)
				if err != nil && ctx.Err() == nil {
					e.Error(err)
				}
				if turns.Add(int64(n)) == chats*each {
					stop()
				}
			}
		})
	}
	for c := range chats {
		ingest.Go(func() {
			for i := range each {
				in := input(message.Chat(fmt.Sprint(c)), fmt.Sprint(i))
				if err := e.st.Ingest(e.ctx, []store.New{in}, nil); err != nil {
					e.Error(err)
				}
			}
		})
	}
	ingest.Wait()
	work.Wait()
	same(e, "overlaps", overlaps, 0)
	var want strings.Builder
	for i := range each {
		fmt.Fprintf(&want, "%d ", i)
	}
	for c := range chats {
		it := e.conv(message.Chat(fmt.Sprint(c)))
		same(e, "order", string(it.State), want.String())
		same(e, "version", it.Version, each)
	}
}

func dedupTogether(e *env) {
	const n, writers = 40, 8
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for i := range n {
				if err := e.st.Ingest(e.ctx, []store.New{input("a", fmt.Sprint(i))}, nil); err != nil {
					e.Error(err)
				}
			}
		})
	}
	group.Wait()
	same(e, "pending", e.stats().Pending, n)
	seen := map[string]int{}
	e.drain(func(ctx context.Context, it store.Item) (store.Turn, error) {
		seen[string(it.Payload)]++
		return echo(ctx, it)
	})
	same(e, "handled", len(seen), n)
	same(e, "version", e.conv("a").Version, n)
}

func dedupDone(e *env) {
	e.once("a", "one", store.Turn{})
	e.ingest("a", "one")
	e.work(0, echo)
	e.reopen()
	e.ingest("a", "one")
	e.work(0, echo)
	same(e, "version", e.conv("a").Version, 1)
}

func ingestAllOrNothing(e *env) {
	noKey := input("a", "two")
	noKey.Dedup = ""
	stranger := input("a", "three")
	stranger.Conv = 4711
	if err := e.st.Ingest(e.ctx, []store.New{input("a", "one"), noKey}, nil); err == nil {
		e.Fatal("an input without a dedup key was taken")
	}
	err := e.st.Ingest(e.ctx, []store.New{input("a", "one"), stranger}, nil)
	same(e, "unknown conversation", errors.Is(err, store.ErrNotFound), true)
	same(e, "stats", e.stats(), store.Stats{})
	e.ingest("a", "one")
	e.work(1, echo)
}

func ingestByID(e *env) {
	e.once("a", "one", store.Turn{})
	it := e.conv("a")
	e.ok(e.st.Ingest(e.ctx, []store.New{{Conv: it.Conv, Dedup: "x", Kind: "fact", Payload: []byte("f")}}, nil))
	e.work(1, func(ctx context.Context, got store.Item) (store.Turn, error) {
		same(e, "conversation", got.Conv, it.Conv)
		same(e, "chat", got.Chat, "a")
		same(e, "version", got.Version, 1)
		return echo(ctx, got)
	})
}

func ingestDead(e *env) {
	d := store.Dead{Source: "test", Dedup: "d1", Payload: []byte("raw"), Reason: "bad", At: 5}
	e.ok(e.st.Ingest(e.ctx, nil, []store.Dead{d, d}))
	e.ok(e.st.Ingest(e.ctx, nil, []store.Dead{d}))
	e.ok(e.st.Ingest(e.ctx, nil, []store.Dead{{Source: "test", Reason: "no key"}, {Source: "test", Reason: "no key"}}))
	list(e, "dead", e.dead(), "test:no key", "test:no key", "test:bad")
	same(e, "count", e.stats().Dead, 3)
	rows, err := e.st.DeadLetters(e.ctx, 3)
	e.ok(err)
	got := rows[2]
	same(e, "payload", string(got.Payload), "raw")
	same(e, "dedup", got.Dedup, "d1")
	same(e, "at", got.At, 5)
	one, err := e.st.DeadLetters(e.ctx, 1)
	e.ok(err)
	same(e, "at most", len(one), 1)
}

func ingestDurable(e *env) {
	e.ingest("a", "1", "2")
	e.ingest("b", "1")
	e.work(2, echo)
	e.ingest("a", "3")
	e.reopen()
	same(e, "pending", e.stats().Pending, 2)
	e.drain(echo)
	same(e, "a", string(e.conv("a").State), "1 2 3 ")
	same(e, "b", string(e.conv("b").State), "1 ")
	list(e, "journal", e.journal("a"), "1.0 in 1", "2.0 in 2", "3.0 in 3")
}

func ingestEnded(e *env) {
	ctx, cancel := context.WithCancel(e.ctx)
	cancel()
	if err := e.st.Ingest(ctx, []store.New{input("a", "one")}, nil); !errors.Is(err, context.Canceled) {
		e.Fatalf("got %v", err)
	}
	same(e, "pending", e.stats().Pending, 0)
}

func waitWorkWakes(e *env) {
	e.ok(e.waits(func() error { return e.st.WaitWork(e.ctx) }, func() { e.ingest("a", "one") }))
	e.ok(e.st.WaitWork(e.ctx)) // still there
	e.work(1, echo)
}

func waitWorkEnds(e *env) {
	ctx, cancel := context.WithCancel(e.ctx)
	err := e.waits(func() error { return e.st.WaitWork(ctx) }, cancel)
	same(e, "ended context", errors.Is(err, context.Canceled), true)
	err = e.waits(func() error { return e.st.WaitWork(e.ctx) }, func() { e.ok(e.st.Close()) })
	same(e, "closed store", err != nil, true)
}

func closeTwice(e *env) {
	e.ingest("a", "one")
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			if err := e.st.Close(); err != nil {
				e.Error(err)
			}
		})
	}
	group.Wait()
	_, workErr := e.st.Work(e.ctx, 1, echo)
	_, _, takeErr := e.st.TakeOut(e.ctx, sender, now(), 1)
	_, statErr := e.st.Stats(e.ctx)
	_, nextErr := e.st.TakeNext(e.ctx, sender, "a", 1, now(), 1, yes)
	_, listErr := e.st.TroubledOuts(e.ctx, 1)
	_, linkErr := e.st.UseLink(e.ctx, "link", "session", 1, 2)
	for what, err := range map[string]error{
		"Ingest": e.st.Ingest(e.ctx, []store.New{input("a", "two")}, nil), "Work": workErr,
		"TakeNext": nextErr, "TroubledOuts": listErr, "UseLink": linkErr,
		"Audit": e.st.Audit(e.ctx, []store.AuditRow{act("take", "allowed")}), "RetryOut": e.st.RetryOut(e.ctx, 1, 1),
		"Backup":  e.st.Backup(e.ctx, filepath.Join(e.TempDir(), "copy")),
		"TakeOut": takeErr, "Stats": statErr, "Ping": e.st.Ping(e.ctx), "WaitOut": e.st.WaitOut(e.ctx, sender),
	} {
		if err == nil {
			e.Errorf("%s works after Close", what)
		}
	}
	e.st = e.open(e.T)
	e.work(1, echo)
}
