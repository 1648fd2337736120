package storetest

import (
	"errors"

	"github.com/accord-chat/accord/bot/store"
)

func settleRules() []rule {
	return []rule{
		{"a row that is not done comes again at its time, before those behind it", settleRetry},
		{"a dead row is listed and lets the next one pass", settleDead},
		{"an unknown outcome is flagged and counted", settleUnknown},
		{"what a result says is what becomes of a row, of any class", settleOnce},
		{"settling brings follow-up rows, inputs and an anchor, in one", settleBrings},
		{"settling twice changes nothing", settleTwice},
		{"settling a row that never was is an error, and writes nothing", settleStranger},
		{"rows a dead process was sending are recovered as unknown", recoverRows},
	}
}

func settleRetry(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	rows := e.take(1000, 10)
	e.settle(store.Result{Outcome: "throttled", NextAt: 3000, At: 1000}, rows...)
	rows, next, err := e.st.TakeOut(e.ctx, sender, 2999, 10)
	e.ok(err)
	same(e, "rows", len(rows), 0)
	same(e, "next", next, 3000)
	e.reopen()
	rows = e.take(3000, 10)
	list(e, "again", texts(rows), "a1")
	same(e, "attempts", rows[0].Attempts, 1)
	same(e, "resend", rows[0].Resend, false)
}

func settleDead(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	e.settle(store.Result{Outcome: "refused", Dead: true, Reason: "no such chat", At: 7}, e.take(1000, 10)...)
	list(e, "dead", e.dead(), "outbox:no such chat")
	rows, err := e.st.DeadLetters(e.ctx, 1)
	e.ok(err)
	same(e, "payload", string(rows[0].Payload), "a1")
	same(e, "at", rows[0].At, 7)
	list(e, "next", texts(e.take(1000, 10)), "a2")
}

func settleUnknown(e *env) {
	e.once("a", "1", says("a", "a1"))
	e.settle(store.Result{Outcome: "unknown", NextAt: 2000, At: 1000}, e.take(1000, 10)...)
	rows := e.take(2000, 10)
	same(e, "resend", rows[0].Resend, true)
	e.settle(store.Result{Outcome: "throttled", NextAt: 3000, At: 2000}, rows...)
	rows = e.take(3000, 10)
	same(e, "still flagged", rows[0].Resend, true)
	e.settle(delivered(), rows...)
	st := e.stats()
	same(e, "unknown", st.Unknown, 1)
	same(e, "unsent", st.Unsent, 0)
	same(e, "dead", st.Dead, 0)
}

func settleOnce(e *env) {
	once := say("a", "refund")
	once.Class = store.Once
	e.once("a", "1", store.Turn{Outbox: []store.Out{once, say("a", "next")}})
	e.settle(store.Result{Outcome: "throttled", NextAt: 1500, At: 1000}, e.take(1000, 10)...)
	rows := e.take(1500, 10)
	list(e, "a clear outcome may be retried", texts(rows), "refund")
	e.settle(store.Result{Outcome: "unknown", NextAt: 2000, At: 1500}, rows...)
	rows = e.take(2000, 10)
	list(e, "so may one that who sent it holds for safe", texts(rows), "refund")
	e.settle(store.Result{Outcome: "unknown", Dead: true, Reason: "may have arrived", At: 2000}, rows...)
	list(e, "dead", e.dead(), "outbox:may have arrived")
	same(e, "unknown", e.stats().Unknown, 1)
	list(e, "next", texts(e.take(5000, 10)), "next")
}

func settleBrings(e *env) {
	e.once("a", "1", says("a", "card"))
	conv := e.conv("a").Conv
	r := delivered()
	r.Platform = "77"
	r.Anchor = &store.Anchor{Sender: sender, Name: "card:1", ID: "77", Conv: conv}
	r.Follow = []store.Out{say("b", "mark")}
	r.Inputs = []store.New{input("a", "posted")}
	e.settle(r, e.take(now(), 10)...)
	a, err := e.st.FindAnchor(e.ctx, sender, "card:1")
	e.ok(err)
	same(e, "anchor", a, store.Anchor{Sender: sender, Name: "card:1", ID: "77", Conv: conv})
	rows := e.take(now(), 10)
	list(e, "follow", texts(rows), "mark")
	same(e, "conversation", rows[0].Conv, conv)
	e.work(1, echo)
	list(e, "journal", e.journal("a"), "2.0 in posted")
}

func settleTwice(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	rows := e.take(now(), 10)
	r := delivered()
	r.Follow = []store.Out{say("b", "mark")}
	e.settle(r, rows...)
	e.settle(r, rows...)
	e.settle(store.Result{Outcome: "refused", Dead: true}, rows...)
	same(e, "unsent", e.stats().Unsent, 2)
	same(e, "dead", e.stats().Dead, 0)
	list(e, "rows", texts(e.take(now(), 10)), "a2", "mark")
}

func settleStranger(e *env) {
	e.once("a", "1", says("a", "a1"))
	row := e.take(now(), 10)[0]
	good, bad := delivered(), delivered()
	good.ID, bad.ID = row.ID, row.ID+1000
	err := e.st.SettleOut(e.ctx, []store.Result{good, bad})
	same(e, "not found", errors.Is(err, store.ErrNotFound), true)
	same(e, "unsent", e.stats().Unsent, 1)
	e.settle(good, row)
	same(e, "unsent", e.stats().Unsent, 0)
}

func recoverRows(e *env) {
	once := say("b", "b1")
	once.Class = store.Once
	other := say("c", "c1")
	other.Sender = "test/2"
	e.once("a", "1", says("a", "a1", "a2"))
	e.once("b", "1", store.Turn{Outbox: []store.Out{once, say("b", "b2"), other}})
	e.once("d", "1", says("d", "d1"))
	list(e, "under way", texts(e.take(1000, 2)), "a1", "d1")
	list(e, "under way", texts(e.take(1000, 2)), "b1")
	e.reopen()
	list(e, "before recovery", texts(e.take(1000, 10)))
	n, err := e.st.RecoverOut(e.ctx, sender, 2000, 500)
	e.ok(err)
	same(e, "recovered", n, 3)
	list(e, "dead", e.dead(), "outbox:outcome unknown")
	list(e, "behind the dead one", texts(e.take(2499, 10)), "b2")
	rows := e.take(2500, 10)
	list(e, "resent", texts(rows), "a1", "d1")
	same(e, "flagged", rows[0].Resend && rows[1].Resend, true)
	same(e, "attempts", rows[0].Attempts, 1)
	same(e, "unknown", e.stats().Unknown, 3)
	rows, _, err = e.st.TakeOut(e.ctx, "test/2", 1000, 10)
	e.ok(err)
	list(e, "another sender", texts(rows), "c1")
	e.settle(delivered(), rows...)
	n, err = e.st.RecoverOut(e.ctx, "test/2", 2000, 500)
	e.ok(err)
	same(e, "nothing left", n, 0)
}
