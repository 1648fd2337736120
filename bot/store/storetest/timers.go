package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func timerRules() []rule {
	return []rule{
		{"a due timer becomes an input, once", timerFires},
		{"setting a timer again moves it, clearing ends it", timerMoves},
		{"timers fire in the order of their times, at most max", timerOrder},
		{"timers fire once across reopening and by several", timerOnce},
		{"a timer wakes WaitWork when it is fired", timerWakes},
	}
}

func (e *env) fire(at int64, limit, fired int, next int64) {
	e.Helper()
	n, due, err := e.st.FireTimers(e.ctx, at, limit)
	e.ok(err)
	same(e, "fired", n, fired)
	same(e, "next", due, next)
}

func timerFires(e *env) {
	e.fire(1000, 10, 0, 0)
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "quiet", Due: 1000, Payload: []byte("p\x00q")}}})
	e.fire(999, 10, 0, 1000)
	e.work(0, echo)
	e.fire(1000, 10, 1, 0)
	e.fire(1000, 10, 0, 0)
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "kind", it.Kind, "timer")
		same(e, "payload", string(it.Payload), "quiet\x00p\x00q")
		same(e, "chat", it.Chat, "a")
		same(e, "at", it.At, 1000)
		return echo(ctx, it)
	})
	e.work(0, echo)
	copied := store.New{Conv: e.conv("a").Conv, Kind: "timer", Dedup: fmt.Sprintf("timer:%d:quiet:1000", e.conv("a").Conv)}
	e.ok(e.st.Ingest(e.ctx, []store.New{copied}, nil))
	e.work(0, echo)
}

func timerMoves(e *env) {
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 1000}, {Name: "u", Due: 5000}}})
	e.once("a", "two", store.Turn{Set: []store.Timer{{Name: "t", Due: 2000, Payload: []byte("new")}}})
	e.fire(1500, 10, 0, 2000)
	e.once("a", "three", store.Turn{Clear: []string{"u", "never set"}})
	e.fire(9000, 10, 1, 0)
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "payload", string(it.Payload), "t\x00new")
		return echo(ctx, it)
	})
	e.once("a", "four", store.Turn{Clear: []string{"v"}, Set: []store.Timer{{Name: "v", Due: 7}}})
	e.fire(6, 10, 0, 7)
	e.once("a", "five", store.Turn{Set: []store.Timer{{Name: "at once", Due: 0}}})
	e.fire(6, 10, 1, 7)
}

func timerOrder(e *env) {
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "late", Due: 30}, {Name: "soon", Due: 10}, {Name: "mid", Due: 20}}})
	e.fire(100, 2, 2, 30)
	e.fire(100, 2, 1, 0)
	e.drain(echo)
	list(e, "journal", e.journal("a"), "2.0 in soon\x00", "3.0 in mid\x00", "4.0 in late\x00")
}

func timerOnce(e *env) {
	const chats = 25
	for i := range chats {
		e.once(message.Chat(fmt.Sprint(i)), "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 10}, {Name: "u", Due: 20}}})
	}
	e.fire(10, 5, 5, 10)
	e.reopen()
	var fired atomic.Int64
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			for n := 1; n > 0; {
				var err error
				if n, _, err = e.st.FireTimers(e.ctx, 20, 3); err != nil {
					e.Error(err)
				}
				fired.Add(int64(n))
			}
		})
	}
	group.Wait()
	same(e, "fired", fired.Load(), 2*chats-5)
	e.reopen()
	e.fire(20, 10, 0, 0)
	same(e, "inputs", e.stats().Pending, 2*chats)
	e.drain(echo)
	for i := range chats {
		same(e, "state", string(e.conv(message.Chat(fmt.Sprint(i))).State), "onet\x00 u\x00 ")
	}
}

func timerWakes(e *env) {
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 1}}})
	e.ok(e.waits(func() error { return e.st.WaitWork(e.ctx) }, func() { e.fire(1, 1, 1, 0) }))
}
