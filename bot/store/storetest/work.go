package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func workRules() []rule {
	return []rule{
		{"Work takes at most max conversations", workLimit},
		{"a failed input is tried again after a pause, with Attempts", failedInput},
		{"a panic is a failure like any other", panickedInput},
		{"poison blocks its own conversation only", poisonAlone},
		{"the pause doubles", pauseDoubles},
		{"failures are counted across reopening", attemptsDurable},
		{"an ended context is not held against the input", endedHandle},
		{"a handle may read the store", readingHandle},
		{"closing is not held against the input", closingHandle},
		{"Close lets a turn under way commit", closingTurn},
		{"DelayTill passes the conversation over until then", delayed},
		{"a dead input is put aside and the next one follows", passedOver},
		{"a dead input can be a turn too", passedOverWithTurn},
		{"a turn can bring inputs for others", turnInputs},
		{"a turn that cannot be written is a failure, and leaves nothing", badTurn},
	}
}

var errHandle = errors.New("cannot handle this")

func workLimit(e *env) {
	for i := range 5 {
		e.ingest(message.Chat(fmt.Sprint(i)), "one", "two")
	}
	for _, limit := range []int{2, 2, 1} {
		n, err := e.st.Work(e.ctx, limit, echo)
		e.ok(err)
		same(e, "turns", n, limit)
	}
	n, err := e.st.Work(e.ctx, 0, echo)
	e.ok(err)
	same(e, "turns of none", n, 0)
	same(e, "pending", e.stats().Pending, 5)
}

func failedInput(e *env) {
	e.ingest("a", "one", "two")
	begin := time.Now()
	e.work(0, func(context.Context, store.Item) (store.Turn, error) {
		return store.Turn{State: []byte("no")}, errHandle
	})
	e.work(0, echo) // paused, and "two" may not pass "one"
	same(e, "version", e.conv("a").Version, 0)
	e.ok(e.st.WaitWork(e.ctx))
	if pause := time.Since(begin); pause < 49*time.Millisecond {
		e.Fatalf("tried again after %v", pause)
	}
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "payload", string(it.Payload), "one")
		same(e, "attempts", it.Attempts, 1)
		return echo(ctx, it)
	})
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "payload", string(it.Payload), "two")
		same(e, "attempts", it.Attempts, 0)
		return echo(ctx, it)
	})
}

func panickedInput(e *env) {
	e.ingest("a", "one")
	e.ingest("b", "one")
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if it.Chat == "a" {
			panic("on purpose")
		}
		return echo(ctx, it)
	})
	same(e, "neighbour", e.conv("b").Version, 1)
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "attempts", it.Attempts, 1)
		return echo(ctx, it)
	})
}

func poisonAlone(e *env) {
	e.ingest("poison", "1", "2")
	h := func(ctx context.Context, it store.Item) (store.Turn, error) {
		if it.Chat == "poison" && string(it.Payload) != "1" {
			e.Errorf("%q overtook the input before it", it.Payload)
		}
		if it.Chat == "poison" {
			return store.Turn{}, errHandle
		}
		return echo(ctx, it)
	}
	var want strings.Builder
	for i := range 20 {
		e.ingest("a", fmt.Sprint(i))
		fmt.Fprintf(&want, "%d ", i)
		e.ok(e.st.WaitWork(e.ctx))
		for e.conv("a").Version != int64(i+1) {
			_, err := e.st.Work(e.ctx, 16, h)
			e.ok(err)
		}
	}
	same(e, "others", string(e.conv("a").State), want.String())
	same(e, "poison", e.conv("poison").Version, 0)
	same(e, "pending", e.stats().Pending, 2)
}

func pauseDoubles(e *env) {
	e.ingest("a", "one")
	var at []time.Time
	for len(at) < 4 {
		e.ok(e.st.WaitWork(e.ctx))
		_, err := e.st.Work(e.ctx, 1, func(_ context.Context, it store.Item) (store.Turn, error) {
			same(e, "attempts", it.Attempts, len(at))
			at = append(at, time.Now())
			return store.Turn{}, errHandle
		})
		e.ok(err)
	}
	for i, least := range []time.Duration{49, 99, 199} {
		if pause := at[i+1].Sub(at[i]); pause < least*time.Millisecond {
			e.Errorf("pause %d was %v", i+1, pause)
		}
	}
}

func attemptsDurable(e *env) {
	e.ingest("a", "one")
	e.work(0, func(context.Context, store.Item) (store.Turn, error) { return store.Turn{}, errHandle })
	e.reopen()
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "attempts", it.Attempts, 1)
		return echo(ctx, it)
	})
}

func endedHandle(e *env) {
	e.ingest("a", "one")
	e.ingest("b", "one")
	ctx, cancel := context.WithCancel(e.ctx)
	n, err := e.st.Work(ctx, 16, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if it.Chat == "a" {
			return echo(ctx, it) // done before the end: kept
		}
		cancel()
		return store.Turn{}, ctx.Err()
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		e.Fatal(err)
	}
	same(e, "turns", n, 1)
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "chat", it.Chat, "b")
		same(e, "attempts", it.Attempts, 0)
		return echo(ctx, it)
	})
}

func readingHandle(e *env) {
	e.once("a", "one", store.Turn{Asks: []store.Ask{{Token: "tok", Choice: "yes"}}})
	for i := range 16 {
		e.ingest(message.Chat(fmt.Sprint(i)), "one")
	}
	e.work(16, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if _, err := e.st.FindAsk(ctx, "tok"); err != nil {
			return store.Turn{}, err
		}
		return echo(ctx, it)
	})
}

// closeWithin closes the store while a handle runs that ends as it is told,
// and wants Work to make n turns. The store is open again when it returns.
func (e *env) closeWithin(n int, end func(refused error, it store.Item) (store.Turn, error)) {
	e.Helper()
	closed := make(chan error, 1)
	got, err := e.st.Work(e.ctx, 1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		go func() { closed <- e.st.Close() }()
		for {
			_, refused := e.st.FindConversation(ctx, channel, it.Chat)
			if refused == nil {
				continue
			}
			select { // Close has begun, and must not end before us
			case err := <-closed:
				e.Errorf("Close did not wait: %v", err)
				closed <- err
			case <-time.After(30 * time.Millisecond):
			}
			return end(refused, it)
		}
	})
	e.ok(err)
	same(e, "turns", got, n)
	e.ok(<-closed)
	e.st = e.open(e.T)
}

func closingTurn(e *env) {
	e.ingest("a", "one")
	e.closeWithin(1, func(_ error, it store.Item) (store.Turn, error) { return echo(e.ctx, it) })
	same(e, "version", e.conv("a").Version, 1)
}

func closingHandle(e *env) {
	e.ingest("a", "one")
	e.closeWithin(0, func(refused error, _ store.Item) (store.Turn, error) { return store.Turn{}, refused })
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "attempts", it.Attempts, 0)
		return echo(ctx, it)
	})
}

func delayed(e *env) {
	e.ingest("a", "one")
	till := now() + 400 // long enough for a busy machine to get as far as WaitWork
	e.work(0, gives(store.Turn{DelayTill: till, State: []byte("not a turn"), Outbox: []store.Out{say("a", "no")}}))
	same(e, "version", e.conv("a").Version, 0)
	same(e, "unsent", e.stats().Unsent, 0)
	e.ingest("a", "two") // must not wake it
	e.ingest("b", "one")
	e.work(1, echo)
	same(e, "other chat", e.conv("b").Version, 1)
	e.ok(e.st.WaitWork(e.ctx))
	if now() < till {
		e.Fatalf("looked again %d ms early", till-now())
	}
	e.drain(func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "attempts", it.Attempts, 0)
		return echo(ctx, it)
	})
	same(e, "order", string(e.conv("a").State), "one two ")
}

func passedOver(e *env) {
	e.ingest("a", "one", "two")
	d := store.Dead{Source: "turn", Dedup: "turn/one", Payload: []byte("p"), Reason: "five times", At: 7}
	e.work(1, gives(store.Turn{Dead: &d}))
	list(e, "dead", e.dead(), "turn:five times")
	same(e, "version", e.conv("a").Version, 0)
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "payload", string(it.Payload), "two")
		same(e, "no state", it.State == nil, true)
		return echo(ctx, it)
	})
	list(e, "journal", e.journal("a"), "1.0 in two")
}

func passedOverWithTurn(e *env) {
	e.ingest("a", "one")
	e.work(1, gives(store.Turn{State: []byte("to a person"), Events: []store.Event{{Kind: "parked"}},
		Dead: &store.Dead{Reason: "five times"}, Outbox: []store.Out{say("a", "a person comes")}}))
	list(e, "dead", e.dead(), "turn:five times")
	rows, err := e.st.DeadLetters(e.ctx, 1)
	e.ok(err)
	same(e, "payload", string(rows[0].Payload), "one")
	same(e, "version", e.conv("a").Version, 1)
	list(e, "said", texts(e.take(now(), 9)), "a person comes")
}

func turnInputs(e *env) {
	in := input("b", "from a")
	e.once("a", "one", store.Turn{Inputs: []store.New{in, in}})
	same(e, "pending", e.stats().Pending, 1)
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, echo)
	same(e, "state", string(e.conv("b").State), "from a ")
}

func badTurn(e *env) {
	e.ingest("a", "one")
	e.ingest("b", "one")
	noKey := input("c", "x")
	noKey.Dedup = ""
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if it.Chat == "b" {
			return echo(ctx, it)
		}
		return store.Turn{State: []byte("no"), Outbox: []store.Out{say("a", "no")},
			Set: []store.Timer{{Name: "no", Due: 1}}, Inputs: []store.New{noKey}}, nil
	})
	st := e.stats()
	same(e, "unsent", st.Unsent, 0)
	same(e, "timers", st.Timers, 0)
	same(e, "neighbour", e.conv("b").Version, 1)
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "attempts", it.Attempts, 1)
		same(e, "version", it.Version, 0)
		return echo(ctx, it)
	})
}
