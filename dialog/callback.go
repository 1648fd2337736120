package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// A call that was promised while nobody came is kept by calling, not by taking
// the hand-off over. So it is a task of its own:
//
//	promised → the department's
//	taken → whose the hand-off is, in their own name
//	put back → the department's again
//	returned or closed → stays with whoever had it last
//	called off by the customer → withdrawn
//
// Only Done keeps it; if nobody presses that, it falls due like any other.

// promiseCall promises a call by a time. A number that is known is used at
// once; else they are asked to write it, and what they write is read for one.
func (t *turn) promiseCall(by time.Time) {
	phone := t.s.Matter.Slots[slotPhone].Text
	t.emit(ClearTimer{Name: timerAsk})
	p := t.promise(expect.Promise{Kind: expect.ToDo, Do: expect.DoCall, Text: t.line("promised.call", "by", by, "phone", phone), Due: by})
	t.s.Handoff.Call = p.N
	key := "wait.call"
	if phone != "" {
		key = "wait.call.known"
	}
	t.add(t.line(key, "by", by, "case", p.Case, "phone", phone))
}

// call is the promised call that still stands; nil where there is none.
func (t *turn) call() *expect.Promise {
	if t.s.Handoff == nil {
		return nil
	}
	if p := t.findPromise(t.s.Handoff.Call); p != nil && p.Standing() {
		return p
	}
	return nil
}

// giveCall makes the promised call the task of a person, or with no name the
// department's.
func (t *turn) giveCall(owner string) {
	p := t.call()
	if p == nil || p.Owner == owner {
		return
	}
	p.Owner, p.Personal = owner, owner != ""
	t.changed(*p, PromiseAssigned)
}

// takeBack closes a promise the customer no longer wants. It was not kept, and
// the books do not say that it was.
func (t *turn) takeBack(n int) {
	p := t.findPromise(n)
	if p == nil || !p.Standing() {
		return
	}
	p.Close(expect.PromiseWithdrawn, t.in.At)
	t.endRenewal(p.N, "")
	t.clearPromise(*p)
	t.changed(*p, PromiseWithdrawn)
}

// phoneHeard takes a number for the promised call out of a waiting customer's
// words and says it back. It says whether there was one.
func (t *turn) phoneHeard() bool {
	phone, ok := t.notePhone()
	p := t.call()
	if !ok || p == nil {
		return false
	}
	p.Text = t.line("promised.call", "by", p.Due, "phone", phone)
	t.changed(*p, PromiseReworded)
	t.s.Handoff.Told = t.in.At
	t.add(t.line("wait.phone", "phone", phone, "by", p.Due))
	return true
}

// notePhone keeps a number that a message holds.
func (t *turn) notePhone() (string, bool) {
	phone, ok := t.in.Reading.Slot(message.SlotPhone)
	if !ok || phone.Text == "" {
		return "", false
	}
	t.slots()[slotPhone] = phone
	return phone.Text, true
}
