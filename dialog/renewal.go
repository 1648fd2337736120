package dialog

import (
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// A promise takes longer only with the customer's consent, which is asked for
// by buttons:
//
//	asked → yes: closed, and a new one opened in its place, linked both ways
//	asked → no: the deadline stands, and nobody asks again
//	asked → no answer: it falls due as usual
//
// Who asks again after a renewal or a no hears that it needs the supervisor.

// askMoreTime asks the customer whether a promise may take longer. While the
// bot may not speak the question waits.
func (t *turn) askMoreTime(p *expect.Promise) {
	if a := t.renewal(p.N); a != nil { // asked already: that question stands
		t.changedTo(*p, PromiseAsking, a.Until)
		return
	}
	if p.Renewed >= t.f.Limits.Renewals || p.Declined || p.State == expect.PromiseBroken || len(t.s.Asides) >= maxAsides {
		t.changed(*p, PromiseNoMove)
		return
	}
	until := t.in.Agent.Until
	if !until.After(t.in.At) || !until.After(p.Due) {
		until = t.answerAfter(later(t.in.At, p.Due))
	}
	until = t.legible(until)
	a := Aside{Kind: AsideRenew, Promise: p.N, Case: p.Case, Until: until}
	if t.free() {
		t.putRenewal(a, *p)
	} else {
		t.s.Asides = append(t.s.Asides, a)
	}
	if p.State == expect.PromiseTold { // no deadline comes that would end the question
		t.emit(SetTimer{Name: promiseTimer(p.N, askEvent), Due: until})
	}
	t.changedTo(*p, PromiseAsking, until)
}

// renewalEnds is when the question for more time is over: at the deadline, or,
// where that is behind us, at the time that was asked for.
func (t *turn) renewalEnds(p expect.Promise, until time.Time) time.Time {
	if p.State == expect.PromiseOpen {
		return p.Due
	}
	return until
}

func (t *turn) putRenewal(a Aside, p expect.Promise) {
	a.Choices = []message.Choice{t.choice(choiceYes, "button.fine", "by", a.Until), t.choice(choiceNo, "button.rather_not")}
	t.putAside(a, t.line("promise.ask", append(t.promiseVars(p), "by", a.Until)...), message.Bot)
}

// renewal is the question for more time about a promise; nil where none is.
func (t *turn) renewal(n int) *Aside {
	return t.findAside(func(a Aside) bool { return a.Kind == AsideRenew && a.Promise == n })
}

// endRenewal takes the question away, because it was overtaken.
func (t *turn) endRenewal(n int, chosen string) {
	t.dropAsides(chosen, func(a Aside) bool { return a.Kind == AsideRenew && a.Promise == n })
}

// renewalAnswered does what the customer said to more time.
func (t *turn) renewalAnswered(a Aside, yes bool) {
	p := t.findPromise(a.Promise)
	if p == nil || !p.Standing() {
		return
	}
	t.emit(ClearTimer{Name: promiseTimer(p.N, askEvent)})
	if !yes {
		p.Declined = true
		t.changedTo(*p, PromiseDeclined, a.Until)
		late := ""
		if p.Late() {
			late = "yes"
		}
		t.tell("promise.stays", "text", t.promiseText(*p), "case", p.Case, "by", t.unsaid(*p), "late", late)
		return
	}
	t.renew(p, a.Until)
}

// renew closes a promise and opens the one that stands in its place.
func (t *turn) renew(p *expect.Promise, until time.Time) {
	next := *p
	next.From, next.Renewed, next.Closed, next.Due = p.N, p.Renewed+1, time.Time{}, until
	next.Text = t.redate(p.Text, p.Due, until)
	p.Next = t.s.PromiseNo + 1
	p.Close(expect.PromiseRenewed, t.in.At)
	old := *p
	t.clearPromise(old)
	t.changedTo(old, PromiseRenewed, until)
	next = t.record(next)
	if i := slices.Index(t.s.Matter.Made, old.N); i >= 0 {
		t.s.Matter.Made[i] = next.N
	}
	t.followed(old.N, next.N)
	t.tell("promise.renewed", "text", t.promiseText(next), "case", next.Case, "by", t.unsaid(next))
}

// followed keeps the hand-off's numbers at the promise that stands.
func (t *turn) followed(old, next int) {
	h := t.s.Handoff
	if h == nil {
		return
	}
	switch old {
	case h.Promise:
		h.Promise = next
	case h.Call:
		h.Call = next
	}
}

// renewalOver ends the question about a promise that was late already when it
// was asked: no answer is no consent, and the customer is not left without a
// word.
func (t *turn) renewalOver(p *expect.Promise) {
	a := t.renewal(p.N)
	if a == nil || t.in.At.Add(timerSlack).Before(a.Until) {
		return
	}
	until := a.Until
	t.endRenewal(p.N, "")
	p.Declined = true
	t.changedTo(*p, PromiseDeclined, until)
	t.tellOf("promise.due", *p, "by", p.Due)
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
