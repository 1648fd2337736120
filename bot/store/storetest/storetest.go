package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// Open opens the store of one test. The first call with a t gives an empty
// store; a further call with the same t, after Close, gives what was kept.
// Run closes every store it opened.
type Open func(t *testing.T) store.Store

// Run runs the whole suite, each rule in a sub-test with a store of its own.
func Run(t *testing.T, open Open) {
	for _, group := range [][]rule{
		inboxRules(), workRules(), conflictRules(), timerRules(),
		outboxRules(), nextRules(), settleRules(), reachRules(), findRules(),
		operateRules(), backupRules(), accountRules(), leaderRules(), modelRules(),
	} {
		for _, r := range group {
			t.Run(r.name, func(t *testing.T) { r.check(newEnv(t, open)) })
		}
	}
}

// rule is one sentence of the contract.
type rule struct {
	name  string
	check func(*env)
}

// deadline bounds each rule; only a failing one comes near it.
const deadline = time.Minute

// handler is what Work calls.
type handler = func(context.Context, store.Item) (store.Turn, error)

// env is a store under test.
type env struct {
	*testing.T
	ctx  context.Context
	st   store.Store
	open Open
}

func newEnv(t *testing.T, open Open) *env {
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	t.Cleanup(cancel)
	e := &env{T: t, ctx: ctx, open: open, st: open(t)}
	t.Cleanup(func() { e.ok(e.st.Close()) })
	return e
}

// reopen ends the store and opens it again.
func (e *env) reopen() {
	e.Helper()
	e.ok(e.st.Close())
	e.st = e.open(e.T)
}

func (e *env) ok(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// same fails the test unless got is want.
func same[T comparable](e *env, what string, got, want T) {
	e.Helper()
	if got != want {
		e.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// list fails the test unless got prints as want does.
func list[T any](e *env, what string, got []T, want ...T) {
	e.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		e.Fatalf("%s: got %s, want %s", what, g, w)
	}
}

func now() int64 { return time.Now().UnixMilli() }

const channel = message.Channel("test")

// input is a text in chat; its payload says the text.
func input(chat message.Chat, text string) store.New {
	return store.New{Channel: channel, Chat: chat, Dedup: fmt.Sprintf("%s/%s", chat, text),
		Kind: "raw", Payload: []byte(text), At: now()}
}

// ingest stores texts in chat, each in a call of its own.
func (e *env) ingest(chat message.Chat, texts ...string) {
	e.Helper()
	for _, text := range texts {
		e.ok(e.st.Ingest(e.ctx, []store.New{input(chat, text)}, nil))
	}
}

// work calls Work once and wants n turns.
func (e *env) work(n int, h handler) {
	e.Helper()
	got, err := e.st.Work(e.ctx, 16, h)
	e.ok(err)
	same(e, "turns", got, n)
}

// once ingests one text in chat and makes turn of it.
func (e *env) once(chat message.Chat, text string, turn store.Turn) {
	e.Helper()
	e.ingest(chat, text)
	if turn.State == nil {
		turn.State = []byte(text)
	}
	e.work(1, gives(turn))
}

// drain works until nothing is pending.
func (e *env) drain(h handler) {
	e.Helper()
	for e.stats().Pending > 0 {
		e.ok(e.st.WaitWork(e.ctx))
		_, err := e.st.Work(e.ctx, 16, h)
		e.ok(err)
	}
}

// gives is a handler that always returns turn.
func gives(turn store.Turn) handler {
	return func(context.Context, store.Item) (store.Turn, error) { return turn, nil }
}

// echo is a handler that appends the input to the state and journals it.
func echo(_ context.Context, it store.Item) (store.Turn, error) {
	return store.Turn{
		State:  append(append([]byte{}, it.State...), append(it.Payload, ' ')...),
		Events: []store.Event{{Kind: "in", Payload: it.Payload}},
	}, nil
}

func (e *env) stats() store.Stats {
	e.Helper()
	st, err := e.st.Stats(e.ctx)
	e.ok(err)
	return st
}

// conv finds the conversation of chat.
func (e *env) conv(chat message.Chat) store.Item {
	e.Helper()
	id, err := e.st.FindConversation(e.ctx, channel, chat)
	e.ok(err)
	it, err := e.st.Conversation(e.ctx, id)
	e.ok(err)
	return it
}

// journal gives a conversation's events as "version.n kind payload".
func (e *env) journal(chat message.Chat) []string {
	e.Helper()
	rows, err := e.st.Journal(e.ctx, e.conv(chat).Conv, 0)
	e.ok(err)
	var list []string
	for _, r := range rows {
		list = append(list, fmt.Sprintf("%d.%d %s %s", r.Version, r.N, r.Kind, r.Payload))
	}
	return list
}

// dead gives the reasons of dead letters, newest first.
func (e *env) dead() []string {
	e.Helper()
	rows, err := e.st.DeadLetters(e.ctx, 100)
	e.ok(err)
	var list []string
	for _, d := range rows {
		list = append(list, fmt.Sprintf("%s:%s", d.Source, d.Reason))
	}
	return list
}

const sender = "test/1"

// say is a row for chat.
func say(chat message.Chat, text string) store.Out {
	return store.Out{Sender: sender, Chat: chat, Class: store.Reply, Payload: []byte(text)}
}

// take calls TakeOut and gives the texts.
func (e *env) take(at int64, limit int) []store.OutRow {
	e.Helper()
	rows, _, err := e.st.TakeOut(e.ctx, sender, at, limit)
	e.ok(err)
	return rows
}

func texts(rows []store.OutRow) []string {
	var list []string
	for _, r := range rows {
		list = append(list, string(r.Payload))
	}
	return list
}

// settle records one result for each row.
func (e *env) settle(r store.Result, rows ...store.OutRow) {
	e.Helper()
	var results []store.Result
	for _, row := range rows {
		r.ID = row.ID
		results = append(results, r)
	}
	e.ok(e.st.SettleOut(e.ctx, results))
}

// delivered is the plain good result.
func delivered() store.Result {
	return store.Result{Outcome: "delivered", Done: true, At: now()}
}

// waits runs f, which must not return before release is called, and must
// return after. It gives f's error.
func (e *env) waits(f func() error, release func()) error {
	e.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		e.Fatalf("returned at once: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	release()
	select {
	case err := <-done:
		return err
	case <-e.ctx.Done():
		e.Fatal("never returned")
	}
	return nil
}
