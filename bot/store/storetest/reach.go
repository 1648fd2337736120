package storetest

import (
	"github.com/accord-chat/accord/bot/store"
)

func reachRules() []rule {
	return []rule{
		{"an unreachable result ends all that waits for the chat", unreachableEnds},
		{"while a customer is away their rows stay, and agents' rows flow", awayHolds},
		{"being away survives reopening", awayDurable},
		{"a row under way when the customer goes is settled as usual", awayUnderWay},
		{"going and coming back lets nothing pass a row under way", awayAndBack},
	}
}

// away is a turn that notes that the customer blocked us, or is back.
func away(is bool, outs ...store.Out) store.Turn {
	return store.Turn{Unreach: &is, Outbox: outs}
}

func unreachableEnds(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	e.once("b", "1", says("b", "b1"))
	rows := e.take(1000, 1)
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000,
		Inputs: []store.New{input("a", "blocked")}}, rows...)
	list(e, "dead", e.dead(), "outbox:blocked", "outbox:blocked", "outbox:blocked")
	list(e, "others", texts(e.take(1000, 10)), "b1")
	same(e, "unsent", e.stats().Unsent, 1)
	e.work(1, gives(away(true)))
	e.once("a", "back", away(false, say("a", "welcome back")))
	list(e, "back", texts(e.take(now(), 10)), "welcome back")
	e.reopen()
	same(e, "unsent", e.stats().Unsent, 2)
}

func awayHolds(e *env) {
	e.once("a", "1", says("a", "a1"))
	card := say("queue", "customer left")
	e.once("a", "2", away(true, card))
	e.once("a", "3", says("a", "a2"))
	e.once("b", "1", says("b", "b1"))
	rows, next, err := e.st.TakeOut(e.ctx, sender, now(), 10)
	e.ok(err)
	list(e, "while away", texts(rows), "customer left", "b1")
	same(e, "next", next, 0)
	same(e, "unsent", e.stats().Unsent, 4)
	e.ok(e.waits(func() error { return e.st.WaitOut(e.ctx, sender) },
		func() { e.once("a", "4", away(false, say("a", "a3"))) }))
	var got []string
	for range 3 {
		rows := e.take(now(), 10)
		got = append(got, texts(rows)...)
		e.settle(delivered(), rows...)
	}
	list(e, "when back, in order", got, "a1", "a2", "a3")
}

func awayDurable(e *env) {
	e.once("a", "1", away(true, say("a", "a1")))
	e.reopen()
	list(e, "while away", texts(e.take(now(), 10)))
	e.once("a", "2", away(false))
	e.reopen()
	list(e, "when back", texts(e.take(now(), 10)), "a1")
}

func awayUnderWay(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	rows := e.take(1000, 10)
	e.once("a", "2", away(true))
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000}, rows...)
	list(e, "dead", e.dead(), "outbox:blocked", "outbox:blocked")
	e.once("a", "3", away(false, say("a", "a3")))
	list(e, "when back", texts(e.take(now(), 10)), "a3")
}

func awayAndBack(e *env) {
	e.once("a", "1", says("a", "a1"))
	rows := e.take(now(), 10)
	e.once("a", "2", says("a", "a2"))
	e.once("a", "3", away(true))
	e.once("a", "4", away(false))
	list(e, "while a1 is under way", texts(e.take(now(), 10)))
	e.settle(delivered(), rows...)
	list(e, "then", texts(e.take(now(), 10)), "a2")
}
