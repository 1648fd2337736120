package storetest

import (
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func reachRules() []rule {
	return []rule{
		{"an unreachable result ends all that waits for the chat", unreachableEnds},
		{"while a customer is away their rows stay, and agents' rows flow", awayHolds},
		{"being away survives reopening", awayDurable},
		{"a row under way when the customer goes is settled as usual", awayUnderWay},
		{"what waits for one who blocked us can end with a word about it", awayEnds},
		{"what is to be tried again ends so, too, when they left meanwhile", awayEndsRetry},
		{"what waits behind a row that is put back gets a word, written before or after", lateTold},
		{"what has not ended of a chat can be read", unsentRead},
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

// toldOf ends what says so, and writes a word about it to the agents.
func toldOf(ends ...string) store.Ending {
	return func(o store.OutRow) ([]store.Out, bool) {
		for _, text := range ends {
			if text == string(o.Payload) {
				return []store.Out{say("queue", "lost "+text)}, true
			}
		}
		return nil, false
	}
}

func awayEnds(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3"))
	turn := away(true, say("queue", "customer left"))
	turn.Ending = toldOf("a1", "a3")
	e.once("a", "2", turn)
	list(e, "dead", e.dead(), "outbox:blocked", "outbox:blocked")
	var got []string
	for range 3 {
		rows := e.take(now(), 10)
		got = append(got, texts(rows)...)
		e.settle(delivered(), rows...)
	}
	list(e, "agents read", got, "lost a1", "lost a3", "customer left")
	e.once("a", "3", away(false, say("a", "a4")))
	rows := e.take(now(), 10)
	list(e, "when back", texts(rows), "a2")
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000, Ending: toldOf()}, rows...)
	same(e, "unsent", e.stats().Unsent, 0)
	e.reopen()
	list(e, "nothing is left", texts(e.take(now(), 10)))
}

func awayEndsRetry(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	rows := e.take(1000, 10)
	turn := away(true)
	turn.Ending = toldOf("a1", "a2")
	e.once("a", "2", turn)
	list(e, "a2 did not wait for a1", texts(e.take(1000, 10)), "lost a2")
	r := store.Result{Outcome: "not_sent", NextAt: 2000, At: 1000, Ending: toldOf("a1")}
	e.settle(r, rows...)
	e.settle(r, rows...)
	list(e, "dead", e.dead(), "outbox:blocked", "outbox:blocked")
	same(e, "unsent", e.stats().Unsent, 2)
}

func unsentRead(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3", "a4"))
	e.once("b", "1", says("b", "b1"))
	rows := e.take(1000, 1)
	e.settle(delivered(), rows...)
	e.take(1000, 1)
	read := func(after int64, limit int) []string {
		list, err := e.st.Unsent(e.ctx, sender, "a", after, limit)
		e.ok(err)
		return texts(list)
	}
	list(e, "all", read(0, 10), "a2", "a3", "a4")
	list(e, "behind", read(rows[0].ID+1, 1), "a3")
}

func lateTold(e *env) {
	late := func(text string) store.Turn {
		o := say(message.Chat(text[:1]), text)
		o.Late = []store.Out{say("queue", text+" waits")}
		return store.Turn{Outbox: []store.Out{o}}
	}
	e.once("a", "1", late("a1"))
	rows := e.take(1000, 10)
	e.once("a", "2", late("a2")) // a1 is under way: it may arrive any moment
	list(e, "nothing waits yet", texts(e.take(1000, 10)))
	e.settle(store.Result{Outcome: "not_sent", NextAt: 2000, At: 1000, Behind: func(o store.OutRow) []store.Out {
		return []store.Out{say("queue", string(o.Payload)+" is behind")}
	}}, rows...)
	e.once("a", "3", late("a3"))
	e.reopen()
	e.once("a", "4", late("a4"))
	e.once("b", "1", late("b1"))
	var got []string
	for range 4 {
		rows := e.take(1999, 10)
		for _, o := range rows {
			if o.Chat == "queue" {
				got = append(got, string(o.Payload))
			}
		}
		e.settle(delivered(), rows...)
	}
	list(e, "told", got, "a1 is behind", "a2 is behind", "a3 waits", "a4 waits")
	rows = e.take(2000, 10)
	list(e, "again", texts(rows), "a1")
	e.settle(store.Result{Outcome: "refused", Dead: true, At: 2000, Behind: func(store.OutRow) []store.Out { return []store.Out{say("queue", "no")} }}, rows...)
	e.once("a", "5", late("a5"))
	list(e, "nothing waits any more", texts(e.take(2000, 10)), "a2")
}
