package storetest

import (
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func findRules() []rule {
	return []rule{
		{"a button's token is found, and stays", findAsk},
		{"a token of another conversation cannot be taken over", askTaken},
		{"anchors are found by name and by id; the latest wins", findAnchor},
		{"conversations are found and listed in order", findConversation},
		{"promises and hand-offs are projected and counted", projections},
		{"settings are kept", settings},
		{"counts add up", counts},
		{"what is not there is not found", notFound},
	}
}

func findAsk(e *env) {
	ask := store.Ask{Token: "tok", Question: 3, Choice: "yes", Expires: 99}
	e.once("a", "1", store.Turn{Asks: []store.Ask{ask, {Token: "tok2", Choice: "no"}}})
	e.reopen()
	for range 2 {
		got, err := e.st.FindAsk(e.ctx, "tok")
		e.ok(err)
		same(e, "ask", got, store.Asked{Ask: ask, Conv: e.conv("a").Conv, Channel: channel, Chat: "a"})
	}
}

func askTaken(e *env) {
	e.once("a", "1", store.Turn{Asks: []store.Ask{{Token: "tok", Choice: "yes"}}})
	e.once("a", "2", store.Turn{Asks: []store.Ask{{Token: "tok", Choice: "no"}}})
	e.ingest("b", "1")
	e.work(0, gives(store.Turn{State: []byte("s"), Asks: []store.Ask{{Token: "tok", Choice: "mine"}}}))
	got, err := e.st.FindAsk(e.ctx, "tok")
	e.ok(err)
	same(e, "choice", got.Choice, "no")
	same(e, "chat", got.Chat, "a")
}

func findAnchor(e *env) {
	e.once("a", "1", store.Turn{Anchor: &store.Anchor{Sender: sender, Name: "card:1", ID: "10"}})
	want := store.Anchor{Sender: sender, Name: "card:1", ID: "10", Conv: e.conv("a").Conv}
	byName, err := e.st.FindAnchor(e.ctx, sender, "card:1")
	e.ok(err)
	same(e, "by name", byName, want)
	byID, err := e.st.FindAnchorByID(e.ctx, sender, "10")
	e.ok(err)
	same(e, "by id", byID, want)
	e.once("a", "2", store.Turn{Anchor: &store.Anchor{Sender: sender, Name: "card:1", ID: "11"}})
	byName, err = e.st.FindAnchor(e.ctx, sender, "card:1")
	e.ok(err)
	same(e, "posted anew", byName.ID, "11")
	_, err = e.st.FindAnchorByID(e.ctx, sender, "10")
	same(e, "the old one is gone", errors.Is(err, store.ErrNotFound), true)
	_, err = e.st.FindAnchor(e.ctx, "test/2", "card:1")
	same(e, "another sender", errors.Is(err, store.ErrNotFound), true)
}

func findConversation(e *env) {
	for i := range 5 {
		e.once(message.Chat(fmt.Sprint(i)), "1", store.Turn{})
	}
	page, err := e.st.Conversations(e.ctx, 0, 3)
	e.ok(err)
	same(e, "page", len(page), 3)
	rest, err := e.st.Conversations(e.ctx, page[2], 10)
	e.ok(err)
	same(e, "rest", len(rest), 2)
	for i, id := range append(page, rest...) {
		it, err := e.st.Conversation(e.ctx, id)
		e.ok(err)
		same(e, "chat", it.Chat, message.Chat(fmt.Sprint(i)))
		same(e, "id", it.Conv, id)
	}
}

func projections(e *env) {
	e.once("a", "1", store.Turn{
		Promises: []store.PromiseRow{{N: 1, State: "open", Text: "by noon", Due: 5}, {N: 2, State: "open"}},
		Handoffs: []store.HandoffRow{{N: 1, State: "queued", Cause: "asked"}},
	})
	same(e, "promises", e.stats().Promises, 2)
	same(e, "hand-offs", e.stats().Handoffs, 1)
	e.once("a", "2", store.Turn{
		Promises: []store.PromiseRow{{N: 1, State: "kept", Closed: 6}},
		Handoffs: []store.HandoffRow{{N: 1, State: "owned", Owner: "U1", Name: "Ann"}},
	})
	same(e, "promises", e.stats().Promises, 1)
	same(e, "hand-offs", e.stats().Handoffs, 1)
	e.once("a", "3", store.Turn{Handoffs: []store.HandoffRow{{N: 1, State: "returned"}}})
	same(e, "hand-offs", e.stats().Handoffs, 0)
}

func settings(e *env) {
	e.ok(e.st.SetMeta(e.ctx, "offset", "1"))
	e.ok(e.st.SetMeta(e.ctx, "offset", "2"))
	e.ok(e.st.Ping(e.ctx))
	e.reopen()
	v, err := e.st.Meta(e.ctx, "offset")
	e.ok(err)
	same(e, "value", v, "2")
}

func counts(e *env) {
	early, late := input("a", "1"), input("a", "2")
	early.At, late.At = 11, 22
	e.ok(e.st.Ingest(e.ctx, []store.New{early, late}, nil))
	same(e, "two pending", e.stats(), store.Stats{Conversations: 1, Pending: 2, OldestPending: 11})
	e.work(1, gives(store.Turn{State: []byte("s"), Set: []store.Timer{{Name: "t", Due: 1}}, Outbox: []store.Out{say("a", "x")}}))
	st := e.stats()
	same(e, "oldest unsent", st.OldestUnsent > 0 && st.OldestUnsent <= now(), true)
	st.OldestUnsent = 0
	same(e, "one handled", st, store.Stats{Conversations: 1, Pending: 1, OldestPending: 22, Unsent: 1, Timers: 1})
}

func notFound(e *env) {
	_, ask := e.st.FindAsk(e.ctx, "none")
	_, anchor := e.st.FindAnchor(e.ctx, sender, "none")
	_, byID := e.st.FindAnchorByID(e.ctx, sender, "none")
	_, conv := e.st.Conversation(e.ctx, 99)
	_, chat := e.st.FindConversation(e.ctx, channel, "none")
	_, meta := e.st.Meta(e.ctx, "none")
	for what, err := range map[string]error{"ask": ask, "anchor": anchor, "anchor by id": byID,
		"conversation": conv, "chat": chat, "setting": meta} {
		if !errors.Is(err, store.ErrNotFound) {
			e.Errorf("%s: got %v", what, err)
		}
	}
}
