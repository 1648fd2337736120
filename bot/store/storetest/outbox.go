package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func outboxRules() []rule {
	return []rule{
		{"a chat's rows leave in order, one at a time", outOrder},
		{"a row says what it is", outRow},
		{"between chats the class goes first, then who waits longest", outClasses},
		{"a flooding chat does not hold up another of its class", outFlood},
		{"a chat that has always one more does not hold up one with many", outAlways},
		{"an attempt that failed costs a chat its turn, and no other's", outTurnFailed},
		{"a row does not leave before its time, nor what is behind it", outNotPast},
		{"a second row with the same key is passed over", outDedup},
		{"senders do not see each other's rows", outSenders},
		{"several takers never get the same row", outTakers},
		{"Sent lists a chat's newest rows, sent or not", outSent},
		{"unsent rows survive reopening, in order", outDurable},
		{"WaitOut wakes for a row, for its time and for a settled one", waitOutWakes},
		{"WaitOut ends with its context and with the store", waitOutEnds},
	}
}

// says is a turn that says texts in chat.
func says(chat message.Chat, texts ...string) store.Turn {
	var t store.Turn
	for _, text := range texts {
		t.Outbox = append(t.Outbox, say(chat, text))
	}
	return t
}

func outOrder(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	e.once("b", "1", says("b", "b1"))
	e.once("a", "2", says("a", "a3"))
	first := e.take(now(), 10)
	list(e, "first", texts(first), "a1", "b1")
	list(e, "while they are under way", texts(e.take(now(), 10)))
	e.settle(delivered(), first[1])
	list(e, "nothing more in b", texts(e.take(now(), 10)))
	e.settle(delivered(), first[0])
	for _, want := range []string{"a2", "a3"} {
		rows := e.take(now(), 10)
		list(e, "next", texts(rows), want)
		e.settle(delivered(), rows...)
	}
	list(e, "end", texts(e.take(now(), 10)))
	same(e, "unsent", e.stats().Unsent, 0)
}

func outRow(e *env) {
	before := now()
	e.once("a", "1", store.Turn{Outbox: []store.Out{{Sender: sender, Chat: "elsewhere", Class: store.Promise, Payload: []byte("p")}}})
	row := e.take(now(), 1)[0]
	same(e, "conversation", row.Conv, e.conv("a").Conv)
	same(e, "sender", row.Sender, sender)
	same(e, "chat", row.Chat, "elsewhere")
	same(e, "class", row.Class, store.Promise)
	same(e, "attempts", row.Attempts, 0)
	same(e, "resend", row.Resend, false)
	same(e, "payload", string(row.Payload), "p")
	same(e, "written", row.At >= before && row.At <= now(), true)
	same(e, "id", row.ID > 0, true)
}

func outClasses(e *env) {
	for _, c := range []store.Class{store.Once, store.Reply, store.Promise, store.Reply} {
		chat := message.Chat(fmt.Sprintf("%s %d", c, e.stats().Unsent))
		out := say(chat, string(chat))
		out.Class = c
		e.once(chat, "1", store.Turn{Outbox: []store.Out{out}})
	}
	var got []string
	for range 4 {
		got = append(got, texts(e.take(now(), 1))...)
	}
	list(e, "order", got, "reply 1", "reply 3", "promise 2", "once 0")
}

// flood is a turn that says n texts of a class in chat.
func flood(chat message.Chat, class store.Class, n int) (t store.Turn) {
	for i := range n {
		out := say(chat, fmt.Sprint(chat, i))
		out.Class = class
		t.Outbox = append(t.Outbox, out)
	}
	return t
}

// turns takes row by row, n times, each settled before the next.
func (e *env) turns(n int, after func()) (got []string) {
	e.Helper()
	for range n {
		rows := e.take(now(), 1)
		got = append(got, texts(rows)...)
		e.settle(delivered(), rows...)
		after()
	}
	return got
}

func outFlood(e *env) {
	for i, class := range []store.Class{store.Mirror, store.Reply, store.Promise, store.Once} {
		many, few, one := fmt.Sprint("many", i, "."), fmt.Sprint("few", i, "."), fmt.Sprint("one", i, ".")
		e.once(message.Chat(many), "1", flood(message.Chat(many), class, 5))
		e.once(message.Chat(few), "1", flood(message.Chat(few), class, 2))
		list(e, string(class), e.turns(3, func() {}), many+"0", few+"0", many+"1")
		e.once(message.Chat(one), "1", flood(message.Chat(one), class, 1)) // waits for nobody's backlog
		list(e, string(class), e.turns(5, func() {}), few+"1", many+"2", one+"0", many+"3", many+"4")
	}
}

func outAlways(e *env) {
	e.once("many", "1", flood("many", store.Mirror, 3))
	next := 0
	again := func() {
		next++
		chat := message.Chat(fmt.Sprint("quick", next))
		if next%2 == 0 {
			chat = "quick"
		}
		e.once(chat, fmt.Sprint(next), flood(chat, store.Mirror, 1))
	}
	again()
	got := e.turns(6, again)
	for i, want := range []string{"many0", "many1", "many2"} {
		same(e, "place", slices.Index(got, want) >= 0 && slices.Index(got, want) <= 3*i, true)
	}
}

func outTurnFailed(e *env) {
	e.once("a", "1", flood("a", store.Mirror, 2))
	e.once("b", "1", flood("b", store.Mirror, 2))
	rows := e.take(1000, 1)
	list(e, "first", texts(rows), "a0")
	e.settle(store.Result{Outcome: "throttled", NextAt: 1000, At: 1000}, rows...)
	list(e, "then", texts(e.take(1000, 2)), "b0", "a0")
}

func outNotPast(e *env) {
	late := say("a", "late")
	late.NotPast = 5000
	e.once("a", "1", store.Turn{Outbox: []store.Out{late, say("a", "behind")}})
	rows, next, err := e.st.TakeOut(e.ctx, sender, 4999, 10)
	e.ok(err)
	same(e, "rows", len(rows), 0)
	same(e, "next", next, 5000)
	rows = e.take(5000, 10)
	list(e, "rows", texts(rows), "late")
	e.settle(delivered(), rows...)
	list(e, "rows", texts(e.take(5000, 10)), "behind")
	_, next, err = e.st.TakeOut(e.ctx, sender, 5000, 10)
	e.ok(err)
	same(e, "next", next, 0)
}

func outDedup(e *env) {
	out := say("a", "first")
	out.Dedup = "k"
	again := say("a", "second")
	again.Dedup = "k"
	e.once("a", "1", store.Turn{Outbox: []store.Out{out, again, say("a", "plain"), say("a", "plain")}})
	e.once("b", "1", store.Turn{Outbox: []store.Out{again}})
	same(e, "unsent", e.stats().Unsent, 3)
	rows := e.take(now(), 10)
	list(e, "rows", texts(rows), "first")
	e.settle(delivered(), rows...)
	e.once("c", "1", store.Turn{Outbox: []store.Out{again}})
	list(e, "rows", texts(e.take(now(), 10)), "plain")
}

func outSenders(e *env) {
	other := say("a", "other")
	other.Sender = "test/2"
	e.once("a", "1", store.Turn{Outbox: []store.Out{say("a", "mine"), other}})
	list(e, "mine", texts(e.take(now(), 10)), "mine")
	rows, _, err := e.st.TakeOut(e.ctx, "test/2", now(), 10)
	e.ok(err)
	list(e, "other", texts(rows), "other")
}

func outTakers(e *env) {
	const chats, each = 10, 6
	for c := range chats {
		chat := message.Chat(fmt.Sprint(c))
		var t store.Turn
		for i := range each {
			t.Outbox = append(t.Outbox, say(chat, fmt.Sprint(i)))
		}
		e.once(chat, "1", t)
	}
	var mu sync.Mutex
	got := map[message.Chat]string{}
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			for {
				rows, _, err := e.st.TakeOut(e.ctx, sender, now(), 3)
				if err != nil || len(rows) == 0 {
					return // another taker has the rest under way, and goes on
				}
				for _, r := range rows {
					mu.Lock()
					got[r.Chat] += string(r.Payload)
					mu.Unlock()
					res := delivered()
					res.ID = r.ID
					if err := e.st.SettleOut(e.ctx, []store.Result{res}); err != nil {
						e.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	for c := range chats {
		same(e, "chat", got[message.Chat(fmt.Sprint(c))], "012345")
	}
	same(e, "unsent", e.stats().Unsent, 0)
}

func outSent(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	e.once("b", "1", says("b", "b1"))
	e.settle(delivered(), e.take(now(), 1)...)
	all, err := e.st.Sent(e.ctx, sender, "a", 0, 10)
	e.ok(err)
	list(e, "all", texts(all), "a1", "a2", "a3")
	rest, err := e.st.Sent(e.ctx, sender, "a", all[0].ID, 1)
	e.ok(err)
	list(e, "after the first, the newest", texts(rest), "a3")
	tail, err := e.st.Sent(e.ctx, sender, "a", 0, 2)
	e.ok(err)
	list(e, "the newest two, in order", texts(tail), "a2", "a3")
	none, err := e.st.Sent(e.ctx, "test/2", "a", 0, 10)
	e.ok(err)
	same(e, "another sender", len(none), 0)
}

func outDurable(e *env) {
	late := say("b", "b1")
	late.NotPast = 9000
	e.once("a", "1", says("a", "a1", "a2"))
	e.once("b", "1", store.Turn{Outbox: []store.Out{late}})
	e.settle(delivered(), e.take(5000, 1)...)
	e.reopen()
	list(e, "rows", texts(e.take(5000, 10)), "a2")
	list(e, "later", texts(e.take(9000, 10)), "b1")
}

func waitOutWakes(e *env) {
	wait := func() error { return e.st.WaitOut(e.ctx, sender) }
	e.ok(e.waits(wait, func() { e.once("a", "1", says("a", "a1", "a2")) }))
	rows := e.take(now(), 10)
	e.ok(e.waits(wait, func() { e.settle(delivered(), rows...) }))
	rows = e.take(now(), 10)
	till := now() + 60
	e.settle(store.Result{Outcome: "throttled", NextAt: till}, rows...)
	e.ok(wait())
	if now() < till {
		e.Fatal("woken before the row's time")
	}
	list(e, "again", texts(e.take(now(), 10)), "a2")
}

func waitOutEnds(e *env) {
	ctx, cancel := context.WithTimeout(e.ctx, 10*time.Millisecond)
	defer cancel()
	if err := e.st.WaitOut(ctx, sender); !errors.Is(err, context.DeadlineExceeded) {
		e.Fatalf("got %v", err)
	}
	err := e.waits(func() error { return e.st.WaitOut(e.ctx, sender) }, func() { e.ok(e.st.Close()) })
	same(e, "closed store", err != nil, true)
}
