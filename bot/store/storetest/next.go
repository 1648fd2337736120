package storetest

import (
	"fmt"
	"strings"
	"sync"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func nextRules() []rule {
	return []rule{
		{"rows that follow join the one being sent, in order, as far as asked", nextJoins},
		{"joining stops at the first no, and that one leaves later", nextStops},
		{"a row that is not due is not joined, nor what is behind it", nextNotDue},
		{"nothing joins a row that is not the last one being sent", nextAfter},
		{"nothing joins past an older row that was retried", nextGap},
		{"a chat goes on only when all that left together are settled", nextTogether},
		{"joined rows that a dead process left are recovered by their class", nextRecovered},
		{"a joined row that is not delivered comes again before those behind it", nextAgain},
		{"a blocked customer ends joined rows too", nextBlocked},
		{"what is for a customer who is away is not joined", nextAway},
		{"rows join once, whoever asks at the same time", nextOnce},
		{"what is shown for company goes last between chats", mirrorLast},
	}
}

func yes(store.OutRow) bool { return true }

// next calls TakeNext for chat.
func (e *env) next(chat message.Chat, after store.OutRow, at int64, limit int, join func(store.OutRow) bool) []store.OutRow {
	e.Helper()
	rows, err := e.st.TakeNext(e.ctx, sender, chat, after.ID, at, limit, join)
	e.ok(err)
	return rows
}

func nextJoins(e *env) {
	e.once("b", "1", says("b", "b1"))
	e.once("a", "1", says("a", "a1", "a2", "a3", "a4"))
	e.once("b", "2", says("b", "b2"))
	first := e.take(now(), 10)
	list(e, "first", texts(first), "b1", "a1")
	var asked []string
	rows := e.next("a", first[1], now(), 2, func(o store.OutRow) bool {
		asked = append(asked, string(o.Payload))
		same(e, "conversation", o.Conv, e.conv("a").Conv) // join may read
		same(e, "attempts", o.Attempts, 0)
		return true
	})
	list(e, "asked", asked, "a2", "a3")
	list(e, "joined", texts(rows), "a2", "a3")
	same(e, "attempts before this one", rows[0].Attempts, 0)
	same(e, "chat", rows[1].Chat, "a")
	list(e, "and further", texts(e.next("a", rows[1], now(), 10, yes)), "a4")
	list(e, "nothing is left", texts(e.take(now(), 10)))
	same(e, "none are asked for", len(e.next("b", first[0], now(), 0, yes)), 0)
}

func nextStops(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "stop", "a4"))
	first := e.take(now(), 10)
	rows := e.next("a", first[0], now(), 10, func(o store.OutRow) bool { return string(o.Payload) != "stop" })
	list(e, "joined", texts(rows), "a2")
	none := e.next("a", rows[0], now(), 10, func(store.OutRow) bool { return false })
	same(e, "all refused", len(none), 0)
	e.settle(delivered(), append(first, rows...)...)
	list(e, "then", texts(e.take(now(), 10)), "stop")
}

func nextNotDue(e *env) {
	late := say("a", "late")
	late.NotPast = 5000
	e.once("a", "1", store.Turn{Outbox: []store.Out{say("a", "a1"), late, say("a", "a3")}})
	first := e.take(4999, 10)
	same(e, "too early", len(e.next("a", first[0], 4999, 10, yes)), 0)
	list(e, "in time", texts(e.next("a", first[0], 5000, 10, yes)), "late", "a3")
}

func nextAfter(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	e.once("b", "1", says("b", "b1", "b2"))
	rows := e.take(now(), 1)
	list(e, "under way", texts(rows), "a1")
	waits := rows[0]
	waits.ID++ // a2, which waits
	same(e, "a row that waits", len(e.next("a", waits, now(), 10, yes)), 0)
	same(e, "another chat", len(e.next("b", rows[0], now(), 10, yes)), 0)
	none, err := e.st.TakeNext(e.ctx, "test/2", "a", rows[0].ID, now(), 10, yes)
	e.ok(err)
	same(e, "another sender", len(none), 0)
	joined := e.next("a", rows[0], now(), 1, yes)
	same(e, "the first of two", len(e.next("a", rows[0], now(), 10, yes)), 0)
	e.settle(delivered(), append(rows, joined...)...)
	same(e, "one that ended", len(e.next("a", joined[0], now(), 10, yes)), 0)
	list(e, "left", texts(e.take(now(), 10)), "b1", "a3")
}

func nextGap(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	dead := e.take(1000, 1)
	e.settle(store.Result{Outcome: "refused", Dead: true}, dead...)
	rows := e.take(1000, 1)
	list(e, "under way", texts(rows), "a2")
	e.ok(e.st.RetryOut(e.ctx, dead[0].ID, 1000))
	same(e, "joined past the older one", len(e.next("a", rows[0], 1000, 10, yes)), 0)
	e.settle(delivered(), rows...)
	rows = e.take(1000, 10)
	list(e, "then", texts(rows), "a1")
	list(e, "the gap of one that ended is none", texts(e.next("a", rows[0], 1000, 10, yes)), "a3")
}

func nextTogether(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	first := e.take(now(), 10)
	rows := e.next("a", first[0], now(), 1, yes)
	e.settle(delivered(), first...)
	list(e, "one is still under way", texts(e.take(now(), 10)))
	e.ok(e.waits(func() error { return e.st.WaitOut(e.ctx, sender) }, func() { e.settle(delivered(), rows...) }))
	list(e, "then", texts(e.take(now(), 10)), "a3")
}

func nextRecovered(e *env) {
	once := say("a", "once")
	once.Class = store.Once
	company := say("a", "company")
	company.Class = store.Mirror
	e.once("a", "1", store.Turn{Outbox: []store.Out{say("a", "a1"), once, company, say("a", "a4")}})
	first := e.take(1000, 10)
	list(e, "joined", texts(e.next("a", first[0], 1000, 2, yes)), "once", "company")
	e.reopen()
	list(e, "before recovery", texts(e.take(1000, 10)))
	n, err := e.st.RecoverOut(e.ctx, sender, 2000, 500)
	e.ok(err)
	same(e, "recovered", n, 3)
	list(e, "dead", e.dead(), "outbox:outcome unknown")
	list(e, "not before its time, nor what is behind it", texts(e.take(2499, 10)))
	rows := e.take(2500, 10)
	list(e, "resent", texts(rows), "a1")
	same(e, "flagged", rows[0].Resend, true)
	rows = e.next("a", rows[0], 2500, 10, yes)
	list(e, "joined again", texts(rows), "company", "a4")
	same(e, "flagged", rows[0].Resend && !rows[1].Resend, true)
	same(e, "attempts", rows[0].Attempts, 1)
}

func nextAgain(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	first := e.take(1000, 10)
	rows := e.next("a", first[0], 1000, 1, yes)
	e.settle(store.Result{Outcome: "throttled", NextAt: 2000, At: 1000}, append(first, rows...)...)
	list(e, "not yet", texts(e.take(1999, 10)))
	e.reopen()
	first = e.take(2000, 10)
	list(e, "again", texts(first), "a1")
	list(e, "and its company", texts(e.next("a", first[0], 2000, 10, yes)), "a2", "a3")
}

func nextBlocked(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	first := e.take(1000, 10)
	rows := e.next("a", first[0], 1000, 1, yes)
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000}, append(first, rows...)...)
	list(e, "dead", e.dead(), "outbox:blocked", "outbox:blocked", "outbox:blocked")
	same(e, "unsent", e.stats().Unsent, 0)
	e.once("a", "2", says("a", "a4"))
	list(e, "the chat goes on", texts(e.take(now(), 10)), "a4")
	e.reopen()
	n, err := e.st.RecoverOut(e.ctx, sender, 2000, 0)
	e.ok(err)
	same(e, "under way after reopening", n, 1)
}

func nextAway(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	first := e.take(now(), 10)
	e.once("a", "2", away(true))
	same(e, "while away", len(e.next("a", first[0], now(), 10, yes)), 0)
	e.once("a", "3", away(false))
	list(e, "when back", texts(e.next("a", first[0], now(), 10, yes)), "a2")
}

// nextOnce has several takers ask for what follows the same row.
func nextOnce(e *env) {
	const rows, takers = 40, 5
	var turn store.Turn
	for i := range rows {
		turn.Outbox = append(turn.Outbox, say("a", fmt.Sprint(i)))
	}
	e.once("a", "1", turn)
	first := e.take(now(), 1)
	var mu sync.Mutex
	var got []store.OutRow
	var group sync.WaitGroup
	for range takers {
		group.Go(func() {
			list, err := e.st.TakeNext(e.ctx, sender, "a", first[0].ID, now(), 7, yes)
			if err != nil {
				e.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			got = append(got, list...)
		})
	}
	group.Wait()
	list(e, "joined", []string{strings.Join(texts(got), " ")}, "1 2 3 4 5 6 7")
}

func mirrorLast(e *env) {
	for i, c := range []store.Class{store.Mirror, "unheard of", store.Once, store.Promise, store.Reply} {
		chat := message.Chat(fmt.Sprint(i))
		out := say(chat, string(c))
		out.Class = c
		e.once(chat, "1", store.Turn{Outbox: []store.Out{out}})
	}
	list(e, "order", texts(e.take(now(), 10)), "reply", "promise", "once", "unheard of", "mirror")
}
