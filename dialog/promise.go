package dialog

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// Promises are a machine of their own beside the control:
//
//	open → (owner reminded) → due → told → escalated
//	open or told → kept; open or told → moved once, open again
//
// They speak without asking, so they never meet the open question. While a
// person owns the conversation their words wait until the bot speaks again.

// Timers of a conversation. A promise's timers carry its number.
const (
	timerQuiet  = "quiet"
	timerWait   = "wait"
	timerRemind = "remind"
	timerClose  = "close"
	promisePre  = "promise:"
	soonEvent   = "soon"
	dueEvent    = "due"
	lateEvent   = "late"
)

func promiseTimer(n int, event string) string { return fmt.Sprintf("%s%d:%s", promisePre, n, event) }

// caseNumber is the number the customer knows the matter by; the first
// promise of a matter takes the fresh one that came with the input.
func (t *turn) caseNumber() string {
	m := &t.s.Matter
	if m.Case == "" {
		m.Case = t.in.Case
		t.emit(UseCase{Number: m.Case})
	}
	return m.Case
}

// promiseTerms opens a promise for each term of an option, because each has
// an owner and a deadline of its own.
func (t *turn) promiseTerms(service string, o expect.Option) {
	for _, term := range o.Terms {
		by := term.By
		if by.IsZero() {
			by = t.answerBy()
		}
		n := t.promise(expect.ToDo, service, t.termText(t.s.Lang, term), term.Owner, by).N
		t.findPromise(n).Do = term.Do
	}
}

// promise opens one promise: recorded, timed and shown to whoever must act on
// it, all in the same turn.
func (t *turn) promise(kind expect.PromiseKind, service, text, owner string, due time.Time) expect.Promise {
	t.s.PromiseNo++
	p := expect.Promise{N: t.s.PromiseNo, Case: t.caseNumber(), Kind: kind, Service: service, Text: text, Owner: owner,
		Opened: t.in.At, Due: due, State: expect.PromiseOpen}
	if kind == expect.ToDo {
		t.made++ // an answer was only asked about, and is still to be summed up
	}
	t.s.Promises = append(t.forgetOld(), p)
	t.s.Matter.Made = append(t.s.Matter.Made, p.N)
	t.timePromise(p)
	t.changed(p, PromiseMade)
	return p
}

// maxClosed is how many promises that need nobody any more are kept in the
// state, for "status"; older ones are in the store only.
const maxClosed = 20

func (t *turn) forgetOld() []expect.Promise {
	closed := 0
	for _, p := range t.s.Promises {
		if !p.Standing() {
			closed++
		}
	}
	out := t.s.Promises[:0:0]
	for _, p := range t.s.Promises {
		if !p.Standing() && closed > maxClosed {
			closed--
			continue
		}
		out = append(out, p)
	}
	return out
}

// timePromise sets a promise's timers. One that is due sooner than the
// reminder would come is not reminded of: making it was the reminder.
func (t *turn) timePromise(p expect.Promise) {
	if soon := p.Due.Add(-time.Duration(t.f.Promises.Remind)); soon.After(t.in.At) {
		t.emit(SetTimer{Name: promiseTimer(p.N, soonEvent), Due: soon})
	}
	t.emit(SetTimer{Name: promiseTimer(p.N, dueEvent), Due: p.Due})
}

func (t *turn) clearPromise(p expect.Promise) {
	for _, e := range []string{soonEvent, dueEvent, lateEvent} {
		t.emit(ClearTimer{Name: promiseTimer(p.N, e)})
	}
}

// changed tells the books and the owner; the department is named in the
// agents' language.
func (t *turn) changed(p expect.Promise, event PromiseEvent) {
	by := ""
	if t.in.Agent != nil {
		by = t.in.Agent.Name
	}
	t.emit(PromiseChanged{Promise: p, Event: event, By: by, Customer: t.s.From.Name, OwnerName: t.ownerName(t.set.AgentLang, p.Owner)})
}

func (t *turn) findPromise(n int) *expect.Promise {
	for i := range t.s.Promises {
		if t.s.Promises[i].N == n {
			return &t.s.Promises[i]
		}
	}
	return nil
}

// promiseTimerDue acts on a promise's timer.
func (t *turn) promiseTimerDue(name string) {
	num, event, _ := strings.Cut(strings.TrimPrefix(name, promisePre), ":")
	n, err := strconv.Atoi(num)
	p := t.findPromise(n)
	if err != nil || p == nil || !p.Standing() {
		return
	}
	// A timer that was on its way when the promise was moved is none any more.
	times := t.f.Promises
	switch at := t.in.At.Add(timerSlack); {
	case event == soonEvent && at.Before(p.Due.Add(-time.Duration(times.Remind))),
		event == dueEvent && at.Before(p.Due), event == lateEvent && at.Before(p.Due.Add(time.Duration(times.Escalate))):
		return
	}
	switch event {
	case soonEvent:
		t.changed(*p, PromiseSoon)
	case dueEvent:
		p.State = expect.PromiseTold
		t.emit(SetTimer{Name: promiseTimer(n, lateEvent), Due: t.in.At.Add(time.Duration(t.f.Promises.Escalate))})
		t.changed(*p, PromiseDue)
		t.tell("promise.due", "kind", string(p.Kind), "text", p.Text, "case", p.Case, "by", p.Due)
	case lateEvent:
		t.changed(*p, PromiseEscalated)
	}
}

// promiseAct is what an agent did to a promise.
func (t *turn) promiseAct() {
	if t.in.Agent == nil {
		return
	}
	p := t.findPromise(t.in.Agent.Promise)
	if p == nil { // kept so long ago that the state has forgotten it
		p = &expect.Promise{N: t.in.Agent.Promise, State: expect.PromiseKept}
	}
	if !p.Standing() {
		t.changed(*p, PromiseClosed)
		return
	}
	switch t.in.Kind {
	case InNoted:
		p.Result = clip(strings.TrimSpace(p.Result+"\n"+strings.TrimSpace(t.in.Text)), maxQuote*4)
		t.changed(*p, PromiseNoted)
	case InDone:
		p.State, p.Closed = expect.PromiseKept, t.in.At
		t.clearPromise(*p)
		t.changed(*p, PromiseDone)
		t.tell("promise.kept", "kind", string(p.Kind), "text", p.Text, "result", p.Result, "case", p.Case, "by", p.Due)
	case InMoreTime:
		t.moveDue(p)
	}
}

// moveDue gives a promise more time, as often as the flow allows; the
// customer hears the new time at once.
func (t *turn) moveDue(p *expect.Promise) {
	if p.Renewed >= t.f.Limits.Renewals {
		t.changed(*p, PromiseNoMove)
		return
	}
	until := t.in.Agent.Until
	if !until.After(t.in.At) || !until.After(p.Due) {
		until = t.answerAfter(later(t.in.At, p.Due))
	}
	p.Renewed++
	p.Text = t.redate(p.Text, p.Due, until)
	p.Due, p.State = until, expect.PromiseOpen
	t.clearPromise(*p)
	t.timePromise(*p)
	t.changed(*p, PromiseMoved)
	t.tell("promise.moved", "text", p.Text, "case", p.Case, "by", p.Due)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// redate puts the new time in place of the old one in a promise's text,
// wherever the old one stands there as lines write it. The text itself is
// kept: the facts it was worded from may belong to a matter long gone.
func (t *turn) redate(text string, old, until time.Time) string {
	for _, lang := range t.f.Langs() {
		was, is := t.f.When(lang, old, t.set.Zone, t.in.At), t.f.When(lang, until, t.set.Zone, t.in.At)
		if strings.Contains(text, was) {
			return strings.ReplaceAll(text, was, is)
		}
	}
	return text
}

// tell says something about a promise, as a message of its own; the open
// question and its buttons stay as they are.
func (t *turn) tell(key string, more ...any) {
	text := t.line(key, more...)
	if text != "" {
		t.emitPromised(text)
	}
}

// madeTexts words what this matter has led to, one item a promise.
func (t *turn) madeTexts() []string {
	var out []string
	for _, n := range t.s.Matter.Made {
		if p := t.findPromise(n); p != nil {
			out = append(out, p.Text)
		}
	}
	return out
}

// standing words what is promised and not yet done.
func (t *turn) standing() []string {
	var out []string
	for _, p := range t.s.Promises {
		if p.Standing() {
			key := "promise.item"
			if p.State == expect.PromiseTold {
				key = "promise.late"
			}
			out = append(out, t.line(key, "text", p.Text, "case", p.Case))
		}
	}
	return out
}
