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
		{"a timer set again for a time that has fired is another one", timerAgain},
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
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "quiet", Due: 1000}}})
	e.fire(999, 10, 0, 1000)
	e.work(0, echo)
	e.fire(1000, 10, 1, 0)
	e.fire(1000, 10, 0, 0)
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "kind", it.Kind, "timer")
		same(e, "payload", string(it.Payload), "quiet")
		same(e, "chat", it.Chat, "a")
		same(e, "at", it.At, 1000)
		return echo(ctx, it)
	})
	e.work(0, echo)
}

// timerAgain is a burst of two messages that arrived together, with the first
// one's timer gone off before the second is handled: both get their input.
func timerAgain(e *env) {
	set := store.Turn{Set: []store.Timer{{Name: "quiet", Due: 1000}, {Name: "other", Due: 1000}}}
	e.once("a", "one", set)
	e.fire(1000, 10, 2, 0)
	e.ingest("a", "two")
	e.work(1, echo) // "quiet" of "one"
	e.work(1, echo)
	e.work(1, gives(set)) // "two", only now
	e.fire(1000, 10, 2, 0)
	same(e, "inputs", e.stats().Pending, 2)
	e.reopen()
	e.fire(1000, 10, 0, 0)
	e.drain(echo)
	same(e, "turns", e.conv("a").Version, 6)
}

func timerMoves(e *env) {
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 1000}, {Name: "u", Due: 5000}}})
	e.once("a", "two", store.Turn{Set: []store.Timer{{Name: "t", Due: 2000}}})
	e.fire(1500, 10, 0, 2000)
	e.once("a", "three", store.Turn{Clear: []string{"u", "never set"}})
	e.fire(9000, 10, 1, 0)
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "payload", string(it.Payload), "t")
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
	list(e, "journal", e.journal("a"), "2.0 in soon", "3.0 in mid", "4.0 in late")
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
		same(e, "state", string(e.conv(message.Chat(fmt.Sprint(i))).State), "onet u ")
	}
}

func timerWakes(e *env) {
	e.once("a", "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 1}}})
	e.ok(e.waits(func() error { return e.st.WaitWork(e.ctx) }, func() { e.fire(1, 1, 1, 0) }))
}
