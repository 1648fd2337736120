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
//	open → (owner reminded) → due → told → broken, and told again; escalated
//	open or told → kept; open or told → renewed with consent (renewal.go)
//	open or told → withdrawn, where the customer calls off what they waited for
//	broken → done late, and told: in the books it stays broken
//
// They ask through buttons only, so they never meet the open question. While a
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
	askEvent    = "ask" // the question for more time is over
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
// an owner and a deadline of its own; bent where a rule is bent for it.
func (t *turn) promiseTerms(service string, o expect.Option, bent bool) {
	for _, term := range o.Terms {
		by := term.By
		if by.IsZero() {
			by = t.answerBy()
		}
		cur := ""
		if term.Pay > 0 || term.Worth > 0 {
			cur = t.env().Currency
		}
		t.promise(expect.Promise{Kind: expect.ToDo, Service: service, Do: term.Do, Text: t.termText(t.s.Lang, term), Owner: term.Owner, Due: by,
			Order: t.orderKey(), Pay: term.Pay, Worth: term.Worth, Currency: cur, Bent: bent})
	}
}

// promise opens one promise of this matter.
func (t *turn) promise(p expect.Promise) expect.Promise {
	if p.Kind == expect.ToDo {
		t.made++ // an answer was only asked about, and is still to be summed up
	}
	p.Case = t.caseNumber()
	p = t.record(p)
	t.s.Matter.Made = append(t.s.Matter.Made, p.N)
	return p
}

// record opens a promise: numbered, timed and shown to whoever must act on it,
// all in the same turn.
func (t *turn) record(p expect.Promise) expect.Promise {
	t.s.PromiseNo++
	p.N, p.Opened, p.State = t.s.PromiseNo, t.in.At, expect.PromiseOpen
	t.s.Promises = append(t.forgetOld(), p)
	t.timePromise(p)
	t.changed(p, PromiseMade)
	return p
}

// maxClosed is how many promises that need nobody any more are kept in the
// state, for "status" and because they count for their order; older ones are in
// the store only.
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
	for _, e := range []string{soonEvent, dueEvent, lateEvent, askEvent} {
		t.emit(ClearTimer{Name: promiseTimer(p.N, e)})
	}
}

// changed tells the books and the owner; the department is named in the
// agents' language.
func (t *turn) changed(p expect.Promise, event PromiseEvent) {
	t.changedTo(p, event, time.Time{})
}

// changedTo is changed with the time that was asked for.
func (t *turn) changedTo(p expect.Promise, event PromiseEvent, until time.Time) {
	by := ""
	if t.in.Agent != nil {
		by = t.in.Agent.Name
	}
	t.emit(PromiseChanged{Promise: p, Event: event, By: by, Customer: t.s.From.Name, OwnerName: t.promiseOwner(p), Until: until, Next: p.Next, Waits: t.waits(p, event)})
}

// waits names who has the customer while an event is news for them: agents
// must not read that the customer knows what the bot has not said yet.
func (t *turn) waits(p expect.Promise, event PromiseEvent) string {
	if !t.s.Owned() {
		return ""
	}
	switch event {
	case PromiseDone:
		if p.N == t.s.Handoff.Promise { // kept by taking over: they see it
			return ""
		}
	case PromiseAsking:
		if a := t.renewal(p.N); a != nil && a.N > 0 { // asked before somebody took over
			return ""
		}
	case PromiseDue, PromiseRenewed, PromiseDeclined:
	default:
		return ""
	}
	return t.s.Handoff.Name
}

// promiseOwner names whose a promise is, in the agents' language.
func (t *turn) promiseOwner(p expect.Promise) string {
	if p.Personal {
		return p.Owner
	}
	return t.ownerName(t.set.AgentLang, p.Owner)
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
		event == dueEvent && at.Before(p.Due), event == lateEvent && at.Before(p.Due.Add(time.Duration(times.Escalate))),
		(event == soonEvent || event == dueEvent) && p.State != expect.PromiseOpen, event == lateEvent && p.State == expect.PromiseBroken:
		return
	}
	switch event {
	case soonEvent:
		t.changed(*p, PromiseSoon)
	case askEvent:
		t.renewalOver(p)
	case dueEvent:
		t.endRenewal(n, "")
		p.State = expect.PromiseTold
		t.emit(SetTimer{Name: promiseTimer(n, lateEvent), Due: t.in.At.Add(time.Duration(t.f.Promises.Escalate))})
		t.changed(*p, PromiseDue)
		t.tellOf("promise.due", *p, "by", p.Due)
	case lateEvent:
		t.broken(p)
	}
}

// broken gives up on a promise: the supervisor acts on it from here on, and
// the customer hears that it was not kept. To wait in silence for what was
// promised is worse than to hear it.
func (t *turn) broken(p *expect.Promise) {
	t.endRenewal(p.N, "")
	t.emit(ClearTimer{Name: promiseTimer(p.N, askEvent)})
	p.State = expect.PromiseBroken
	t.changed(*p, PromiseEscalated)
	t.tellOf("promise.broken", *p, "by", p.Due)
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
		t.noted(p)
	case InDone:
		p.Close(expect.PromiseKept, t.in.At)
		t.endRenewal(p.N, "")
		t.clearPromise(*p)
		t.changed(*p, PromiseDone)
		t.tellOf("promise.kept", *p, "result", p.Result, "by", p.Due)
		t.planFollowUps(*p)
	case InMoreTime:
		t.askMoreTime(p)
	}
}

// tell says something about a promise, as a message of its own; the open
// question and its buttons stay as they are.
func (t *turn) tell(key string, more ...any) {
	text := t.line(key, more...)
	if text != "" {
		t.emitPromised(text)
	}
}

// tellOf says something about one promise: as the bot speaks of it (text), or,
// where a person gave their own word, with their name and words.
func (t *turn) tellOf(key string, p expect.Promise, more ...any) {
	t.tell(key, append(t.promiseVars(p), more...)...)
}

func (t *turn) promiseVars(p expect.Promise) []any {
	vars := []any{"kind", string(p.Kind), "text", t.promiseText(p), "case", p.Case}
	if p.Personal && p.Do == "" {
		vars = append(vars, "agent", p.Owner, "words", p.Text)
	}
	return vars
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

// promiseText is a promise as the bot speaks of it. What a person gave their
// own word on is in their words, so the bot says whose they are: its own "I"
// would be the wrong one.
func (t *turn) promiseText(p expect.Promise) string {
	if p.Personal && p.Do == "" {
		return t.line("promise.word", "agent", p.Owner, "text", p.Text)
	}
	return p.Text
}

// unsaid is a promise's time where its text does not name it: what an agent
// wrote is kept as written.
func (t *turn) unsaid(p expect.Promise) any {
	for _, lang := range t.f.Langs() {
		if strings.Contains(p.Text, t.f.When(lang, p.Due, t.set.Zone, t.in.At)) {
			return ""
		}
	}
	return p.Due
}

// standing words what is promised and not yet done.
func (t *turn) standing() []string {
	var out []string
	for _, p := range t.s.Promises {
		if p.Standing() {
			out = append(out, t.itemText(p))
		}
	}
	return out
}
