package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// A second opinion is asked for between two looks at an input: the first finds that
// it is wanted, starts it beside all lanes and puts the input back; a later one
// takes what it came to, or goes on without it. No transaction is open meanwhile
// and no other conversation waits, and this one waits in order, because its next
// input cannot be looked at before this. What it came to is stored nowhere but in
// the journal's input, with the turn that acts on it: a crash before asks once more,
// a replay after never.

const (
	// secondWait is how long a customer waits for second opinions, counted from the
	// moment their message was received: what has waited already waits no more.
	secondWait = 3 * time.Second
	// secondLeast is the least time worth asking for.
	secondLeast = 250 * time.Millisecond
	// secondLook is how often it is looked whether an opinion is there.
	secondLook = 60 * time.Millisecond
	// secondKept is how long an opinion is kept beyond its time, for a turn that
	// could not be committed and is made again.
	secondKept = time.Minute
)

// about says what an opinion is about: an input as it meets a conversation, and for
// a wording the line.
type about struct {
	inbox, version int64
	line           string
}

// opinions are those that were asked for and are not forgotten yet.
type opinions[T any] struct {
	mu   sync.Mutex
	list map[about]*opinion[T]
}

type opinion[T any] struct {
	till int64
	over bool // came, or was not waited for: from now on got and ok stand
	ok   bool
	got  T
}

// look gives what came of an opinion. again, where it is not 0, is when to look once
// more; begin is called with the time left where nobody was asked yet.
func (o *opinions[T]) look(key about, now, till int64, begin func(left time.Duration, came func(T, bool))) (got T, ok bool, again int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	e := o.list[key]
	switch {
	case e == nil && till-now < secondLeast.Milliseconds():
		return got, false, 0
	case e == nil:
		e = o.add(key, now, till)
		begin(time.Duration(till-now)*time.Millisecond, func(got T, ok bool) { o.came(e, got, ok) })
	case !e.over && now >= e.till:
		e.over = true // one that comes now is too late: two looks must not differ
	}
	if e.over {
		return e.got, e.ok, 0
	}
	return got, false, min(now+secondLook.Milliseconds(), e.till)
}

func (o *opinions[T]) add(key about, now, till int64) *opinion[T] {
	if o.list == nil {
		o.list = map[about]*opinion[T]{}
	}
	for k, e := range o.list {
		if now > e.till+secondKept.Milliseconds() {
			delete(o.list, k)
		}
	}
	e := &opinion[T]{till: till}
	o.list[key] = e
	return e
}

func (o *opinions[T]) came(e *opinion[T], got T, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !e.over {
		e.over, e.got, e.ok = true, got, ok
	}
}

// readTwice gives the reading of a text with a second opinion on it where one is
// wanted. With again not 0 it is not there yet.
func (b *Bot) readTwice(it store.Item, state dialog.State, text string, c intents.Context) (r message.Reading, again int64) {
	r = b.cfg.Understand(text, c)
	if b.cfg.Second == nil || state.Owned() {
		return r, 0
	}
	c.Expect.Choices = dialog.Telling(c.Expect.Choices)
	if !b.cfg.Second.Unsure(r, c) {
		return r, 0
	}
	key := about{inbox: it.Inbox, version: it.Version}
	better, ok, again := b.readings.look(key, b.nowMilli(), it.At+secondWait.Milliseconds(), func(left time.Duration, came func(message.Reading, bool)) {
		b.consult("read", left, func(ctx context.Context) error {
			got, err := b.cfg.Second.Advise(ctx, text, r, c)
			came(got, err == nil)
			return err
		})
	})
	if ok {
		return better, 0
	}
	return r, again
}

// consult asks in the background, for a limited time, and measures it.
func (b *Bot) consult(task string, left time.Duration, ask func(context.Context) error) {
	b.spawn(func(hard context.Context) {
		ctx, cancel := context.WithTimeout(hard, left)
		defer cancel()
		began := time.Now()
		err := ask(ctx)
		result := "answered"
		if trouble := intents.Trouble(""); errors.As(err, &trouble) {
			result = string(trouble)
		} else if err != nil {
			result = string(intents.TroubleFailed)
		}
		b.meters.consulted(task, result, time.Since(began))
	})
}

// thinking shows the customer, while an opinion is waited for, that somebody is at
// it.
func (b *Bot) thinking(a adapters.Adapter, it store.Item) *courtesy {
	s, ok := a.(adapters.Typer)
	if !ok || b.nowMilli() > it.At+secondLook.Milliseconds() { // once is enough
		return nil
	}
	return b.typing(s, it.Chat, it.At+secondWait.Milliseconds())
}
