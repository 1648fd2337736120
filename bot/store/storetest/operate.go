package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func operateRules() []rule {
	return []rule{
		{"dead and unknown rows are listed, newest first", troubled},
		{"a dead row is retried at the place it had", retryOut},
		{"a retried row keeps its place across reopening", retryOutDurable},
		{"only a dead row can be retried, and once", retryOutOnce},
		{"a row retried for a customer who is away waits for them", retryOutAway},
		{"a retried row that dies again is listed again", retryOutAgain},
		{"a dropped row stays, and is dead no more", dropOut},
		{"a dropped letter is gone", dropDead},
		{"one row is read as it stands", outRead},
		{"a dead letter keeps how its input stood, and can be an input again", retryDead},
		{"a dead letter is not given up for an input that cannot be kept", retryDeadRefused},
		{"a dead letter is retried once, whoever asks at the same time", retryDeadOnce},
		{"open hand-offs and promises are listed in their order", openLists},
		{"what operators ask for and is not there is not found", operateNotFound},
	}
}

// die ends rows without delivery.
func (e *env) die(rows ...store.OutRow) {
	e.Helper()
	e.settle(store.Result{Outcome: "refused", Dead: true, Reason: "no such chat", At: 1000}, rows...)
}

// troubledTexts lists rows as their class, outcome, reason and flags.
func (e *env) troubled(limit int) []string {
	e.Helper()
	rows, err := e.st.TroubledOuts(e.ctx, limit)
	e.ok(err)
	var list []string
	for _, r := range rows {
		list = append(list, fmt.Sprintf("%s:%s:%s dead=%t unknown=%t", r.Chat, r.Outcome, r.Reason, r.Dead, r.Unknown))
	}
	return list
}

func troubled(e *env) {
	for _, chat := range []message.Chat{"fine", "dead", "unknown", "later", "away"} {
		e.once(chat, "1", says(chat, string(chat)))
	}
	rows := e.take(1000, 10)
	e.once("away", "2", says("away", "behind")) // what waits ends with it
	e.settle(delivered(), rows[0])
	e.die(rows[1])
	e.settle(store.Result{Outcome: "unknown", Reason: "timeout", NextAt: 2000, At: 1000}, rows[2])
	e.settle(store.Result{Outcome: "throttled", NextAt: 2000, At: 1000}, rows[3])
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000}, rows[4])
	e.once("away", "3", says("away", "later")) // it waits
	want := []string{"away::blocked dead=true unknown=false", "away:refused:blocked dead=true unknown=false",
		"unknown:unknown:timeout dead=false unknown=true", "dead:refused:no such chat dead=true unknown=false"}
	list(e, "troubled", e.troubled(10), want...)
	list(e, "at most", e.troubled(1), want[0])
	same(e, "none", len(e.troubled(0)), 0)
	e.settle(delivered(), e.take(2000, 10)...)
	got, err := e.st.TroubledOuts(e.ctx, 10)
	e.ok(err)
	same(e, "delivered after all, and still listed", len(got), 4)
	same(e, "ended", got[2].Ended > 0 && got[2].Outcome == "delivered", true)
	same(e, "row", got[3].ID, rows[1].ID)
	same(e, "conversation", got[3].Conv, e.conv("dead").Conv)
	same(e, "class and sender", fmt.Sprint(got[3].Class, got[3].Sender), "reply"+sender)
	same(e, "times", got[3].Written > 0 && got[3].Ended == 1000, true)
}

func retryOut(e *env) {
	e.once("a", "1", says("a", "a1", "a2", "a3", "a4"))
	first := e.take(1000, 1)
	e.die(first...)
	second := e.take(1000, 1)
	e.die(second...)
	third := e.take(1000, 1)
	list(e, "under way", texts(third), "a3")
	e.ok(e.st.RetryOut(e.ctx, second[0].ID, 1000))
	e.ok(e.st.RetryOut(e.ctx, first[0].ID, 1000))
	same(e, "letters", len(e.dead()), 0)
	same(e, "unsent", e.stats().Unsent, 4)
	list(e, "nothing passes what is under way", texts(e.take(1000, 10)))
	e.settle(delivered(), third...)
	var got []string
	for range 3 {
		rows := e.take(1000, 10)
		same(e, "attempts", rows[0].Attempts, 0)
		got = append(got, texts(rows)...)
		e.settle(delivered(), rows...)
	}
	list(e, "order", got, "a1", "a2", "a4")
	same(e, "troubled", len(e.troubled(10)), 0)
}

func retryOutDurable(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	first := e.take(1000, 1)
	e.die(first...)
	e.ok(e.st.RetryOut(e.ctx, first[0].ID, 1500))
	e.reopen()
	list(e, "too early", texts(e.take(1499, 10)))
	rows := e.take(1500, 10)
	list(e, "first", texts(rows), "a1")
	list(e, "and what follows", texts(e.next("a", rows[0], 1500, 10, yes)), "a2")
}

func retryOutOnce(e *env) {
	e.once("a", "1", says("a", "waits"))
	rows := e.take(1000, 1)
	refused := func(what string) {
		e.Helper()
		err := e.st.RetryOut(e.ctx, rows[0].ID, 1000)
		same(e, what, errors.Is(err, store.ErrNotFound), true)
	}
	refused("under way")
	e.settle(store.Result{Outcome: "throttled", NextAt: 1000, At: 1000}, rows...)
	refused("waiting")
	e.die(e.take(1000, 1)...)
	e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000))
	refused("a second time")
	e.settle(delivered(), e.take(1000, 1)...)
	refused("delivered")
	list(e, "left", texts(e.take(1000, 10)))
}

func retryOutAway(e *env) {
	e.once("a", "1", says("a", "a1"))
	rows := e.take(1000, 1)
	e.settle(store.Result{Outcome: "refused", Unreachable: true, At: 1000}, rows...)
	e.once("a", "2", away(true))
	e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000))
	list(e, "while away", texts(e.take(now(), 10)))
	e.once("a", "3", away(false))
	list(e, "when back", texts(e.take(now(), 10)), "a1")
}

func retryOutAgain(e *env) {
	e.once("a", "1", says("a", "a1"))
	rows := e.take(1000, 1)
	e.settle(store.Result{Outcome: "unknown", Dead: true, Reason: "may have arrived", At: 1000}, rows...)
	e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000))
	list(e, "what is known of it stays", e.troubled(10), "a:: dead=false unknown=true")
	rows = e.take(1000, 1)
	same(e, "flagged, for it may be there already", rows[0].Resend, true)
	e.die(rows...)
	list(e, "dead again", e.dead(), "outbox:no such chat")
	e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000))
}

func dropOut(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	first := e.take(1000, 1)
	err := e.st.DropOut(e.ctx, first[0].ID)
	same(e, "under way", errors.Is(err, store.ErrNotFound), true)
	e.settle(store.Result{Outcome: "unknown", Dead: true, Reason: "may have arrived", At: 1000}, first...)
	letter := e.letter()
	err = e.st.DropDead(e.ctx, letter.ID)
	same(e, "its letter alone", errors.Is(err, store.ErrNotFound), true)
	e.ok(e.st.DropOut(e.ctx, first[0].ID))
	same(e, "letters", e.stats().Dead, 0)
	list(e, "what is known of it stays", e.troubled(10), "a:unknown:may have arrived dead=false unknown=true")
	for what, err := range map[string]error{"retried": e.st.RetryOut(e.ctx, first[0].ID, 1000), "again": e.st.DropOut(e.ctx, first[0].ID)} {
		same(e, what, errors.Is(err, store.ErrNotFound), true)
	}
	e.reopen()
	list(e, "left to send", texts(e.take(1000, 10)), "a2")
	_, err = e.st.Out(e.ctx, first[0].ID)
	e.ok(err)
}

func dropDead(e *env) {
	e.ok(e.st.Ingest(e.ctx, nil, []store.Dead{{Source: "test", Reason: "one"}, {Source: "test", Reason: "two"}}))
	d := e.letter()
	e.ok(e.st.DropDead(e.ctx, d.ID))
	list(e, "left", e.dead(), "test:one")
	err := e.st.DropDead(e.ctx, d.ID)
	same(e, "again", errors.Is(err, store.ErrNotFound), true)
}

func outRead(e *env) {
	e.once("a", "1", says("a", "a1", "a2"))
	want := e.take(1000, 1)[0]
	got, err := e.st.Out(e.ctx, want.ID)
	e.ok(err)
	want.Attempts = 1
	same(e, "row", fmt.Sprint(got), fmt.Sprint(want))
	e.settle(delivered(), want)
	_, err = e.st.Out(e.ctx, want.ID)
	e.ok(err)
}

// letter is the newest dead letter.
func (e *env) letter() store.Dead {
	e.Helper()
	rows, err := e.st.DeadLetters(e.ctx, 1)
	e.ok(err)
	same(e, "letters", len(rows), 1)
	got, err := e.st.DeadLetter(e.ctx, rows[0].ID)
	e.ok(err)
	same(e, "read alone", fmt.Sprint(got), fmt.Sprint(rows[0]))
	return got
}

func retryDead(e *env) {
	e.ingest("a", "one", "two")
	e.work(1, gives(store.Turn{Dead: &store.Dead{Source: "turn", Dedup: "inbox:1", Reason: "five times", Conv: 4711, Kind: "wrong"}}))
	d := e.letter()
	same(e, "conversation", d.Conv, e.conv("a").Conv)
	same(e, "kind", d.Kind, "raw")
	same(e, "payload", string(d.Payload), "one")
	e.ok(e.st.Ingest(e.ctx, nil, []store.Dead{{Source: "test", Reason: "other"}}))
	e.ok(e.st.RetryDead(e.ctx, d.ID, store.New{Conv: d.Conv, Dedup: "retry:1", Kind: d.Kind, Payload: d.Payload, At: 7}))
	list(e, "left", e.dead(), "test:other")
	e.reopen()
	e.drain(echo)
	list(e, "journal", e.journal("a"), "1.0 in two", "2.0 in one")
	again := e.st.RetryDead(e.ctx, d.ID, store.New{Conv: d.Conv, Dedup: "retry:2"})
	same(e, "again", errors.Is(again, store.ErrNotFound), true)
	same(e, "pending", e.stats().Pending, 0)
}

func retryDeadRefused(e *env) {
	e.ingest("a", "one")
	e.work(1, gives(store.Turn{Dead: &store.Dead{Reason: "five times"}}))
	d := e.letter()
	copied := e.st.RetryDead(e.ctx, d.ID, input("a", "one"))
	same(e, "an input that was handled", errors.Is(copied, store.ErrConflict), true)
	stranger := e.st.RetryDead(e.ctx, d.ID, store.New{Conv: 4711, Dedup: "x"})
	same(e, "an unknown conversation", errors.Is(stranger, store.ErrNotFound), true)
	if e.st.RetryDead(e.ctx, d.ID, store.New{Conv: d.Conv}) == nil {
		e.Error("an input without a key was taken")
	}
	list(e, "kept", e.dead(), "turn:five times")
	same(e, "pending", e.stats().Pending, 0)
}

func retryDeadOnce(e *env) {
	e.ingest("a", "one")
	e.work(1, gives(store.Turn{Dead: &store.Dead{Reason: "five times"}}))
	d := e.letter()
	var done atomic.Int32
	var group sync.WaitGroup
	for i := range 5 {
		group.Go(func() {
			err := e.st.RetryDead(e.ctx, d.ID, store.New{Conv: d.Conv, Dedup: fmt.Sprint(i), Kind: d.Kind})
			switch {
			case err == nil:
				done.Add(1)
			case !errors.Is(err, store.ErrNotFound):
				e.Error(err)
			}
		})
	}
	group.Wait()
	same(e, "retried", done.Load(), 1)
	same(e, "pending", e.stats().Pending, 1)
}

func openLists(e *env) {
	for i, at := range []int64{30, 10, 20} {
		chat := message.Chat(fmt.Sprint(i))
		e.once(chat, "1", store.Turn{
			Promises: []store.PromiseRow{{N: 1, Case: fmt.Sprint("C", i), Text: "by noon", Owner: "dept", State: "open", Due: at, Opened: 1},
				{N: 2, State: "kept", Due: 5, Closed: 6}},
			Handoffs: []store.HandoffRow{{N: 1, State: "queued", Cause: "asked", Opened: at}, {N: 2, State: "closed", Opened: 1, Closed: 2}},
		})
	}
	e.once("1", "2", store.Turn{Handoffs: []store.HandoffRow{{N: 1, State: "owned", Owner: "U1", Name: "Ann", Cause: "asked", Opened: 10}}})
	promises := func(before int64, limit int) (due []int64) {
		rows, err := e.st.OpenPromises(e.ctx, before, limit)
		e.ok(err)
		for _, p := range rows {
			due = append(due, p.Due)
		}
		return due
	}
	list(e, "all", promises(0, 10), 10, 20, 30)
	list(e, "due before", promises(20, 10), 10)
	list(e, "at most", promises(0, 2), 10, 20)
	list(e, "none", promises(0, 0))
	rows, err := e.st.OpenPromises(e.ctx, 0, 1)
	e.ok(err)
	same(e, "promise", rows[0], store.PromiseRow{Conv: e.conv("1").Conv, N: 1, Case: "C1", Text: "by noon", Owner: "dept", State: "open", Due: 10, Opened: 1})
	hands, err := e.st.OpenHandoffs(e.ctx, 2)
	e.ok(err)
	list(e, "hand-offs", hands,
		store.HandoffRow{Conv: e.conv("1").Conv, N: 1, State: "owned", Owner: "U1", Name: "Ann", Cause: "asked", Opened: 10},
		store.HandoffRow{Conv: e.conv("2").Conv, N: 1, State: "queued", Cause: "asked", Opened: 20})
}

func operateNotFound(e *env) {
	_, out := e.st.Out(e.ctx, 99)
	_, letter := e.st.DeadLetter(e.ctx, 99)
	_, session := e.st.Session(e.ctx, "none", 1)
	_, link := e.st.UseLink(e.ctx, "none", "session", 1, 2)
	for what, err := range map[string]error{"row": out, "letter": letter, "session": session, "link": link,
		"retried row": e.st.RetryOut(e.ctx, 99, 1), "retried letter": e.st.RetryDead(e.ctx, 99, input("a", "x")),
		"dropped row": e.st.DropOut(e.ctx, 99), "dropped letter": e.st.DropDead(e.ctx, 99),
		"disabled user": e.st.DisableUser(e.ctx, 99, 1), "link of nobody": e.st.AddLink(e.ctx, "h", 99, 1)} {
		if !errors.Is(err, store.ErrNotFound) {
			e.Errorf("%s: got %v", what, err)
		}
	}
	same(e, "inputs", e.stats().Pending, 0)
}
