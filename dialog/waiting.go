package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Waiting for a person is a machine of its own. With W the wait of the state,
// counted from when the customer came into the queue:
//
//	W/2  those who follow the thread are nudged
//	W    the channel hears it, and the customer is asked, by buttons: keep
//	     waiting, be called back, or an answer by a time
//	2W   the supervisor is called; who chose nothing gets the promise
//
// Who keeps waiting is asked once more a wait later, and then gets the promise
// too. So after at most three waits everybody has a person or a promise, and a
// promise is never silent. A person who takes over ends it at any point, and
// keeps the promise of an answer by that; a promised call (callback.go) is
// theirs from then on.

// timerAsk ends the question what to do while nobody comes, or puts it again.
const timerAsk = "wait:ask"

// startWait begins the wait, anew where the hand-off was put back.
func (t *turn) startWait() {
	h := t.s.Handoff
	h.Since, h.Nudged, h.Late, h.Called = t.in.At, false, false, false
	h.Asked, h.Choice, h.AskAt, h.Promise = 0, "", time.Time{}, 0
	if w := t.queueWait(); w > 0 {
		t.emit(SetTimer{Name: timerWait, Due: h.Since.Add(w / 2)})
	}
}

// queueWait is the wait of the present state, 0 where it is no queue.
func (t *turn) queueWait() time.Duration {
	if t.kind() != flow.Queue {
		return 0
	}
	return t.f.Table.Spec(t.s.Control.At).Wait
}

// endWait stops the wait's timers and takes its question away.
func (t *turn) endWait() {
	t.emit(ClearTimer{Name: timerWait})
	t.emit(ClearTimer{Name: timerAsk})
	t.dropAsides("", func(a Aside) bool { return a.Kind == AsideWait })
}

// waitStep takes the step of the wait that is due and sets the timer for the
// next. After a long stop only the last of several is taken: a nudge beside
// the call for the supervisor would be noise.
func (t *turn) waitStep() error {
	h, w := t.s.Handoff, t.queueWait()
	if h == nil || w == 0 {
		return nil
	}
	if h.Since.IsZero() { // queued by an earlier version
		h.Since = h.Opened
	}
	now := t.in.At.Add(timerSlack)
	due := func(after time.Duration) bool { return !now.Before(h.Since.Add(after)) }
	if !h.Nudged && due(w/2) {
		h.Nudged = true
		if !due(w) {
			t.handoffChanged(HandoffNudged, "")
		}
	}
	if !h.Late && due(w) {
		if err := t.run(flow.Class{Name: flow.Late}); err != nil || t.queueWait() == 0 {
			return err // a flow may lead elsewhere from here
		}
	}
	if !h.Called && due(2*w) {
		h.Called = true
		t.handoffChanged(HandoffEscalated, "")
	}
	for _, s := range []struct {
		done  bool
		after time.Duration
	}{{h.Nudged, w / 2}, {h.Late, w}, {h.Called, 2 * w}} {
		if !s.done {
			t.emit(SetTimer{Name: timerWait, Due: h.Since.Add(s.after)})
			break
		}
	}
	return nil
}

// queueLate is for a customer nobody took over in time: the channel hears it,
// and the customer is asked what suits them, unless they have a promise
// already.
func (t *turn) queueLate() {
	h := t.s.Handoff
	if h == nil || h.Late {
		return
	}
	h.Late = true
	t.handoffChanged(HandoffLate, "")
	switch {
	case t.awaited() != nil:
	case t.s.Blocked: // nobody could press a button
		t.promiseAnswer("queue.late", t.answerBy())
	default:
		t.askWait()
	}
}

// awaited is the promise that stands because nobody has come, of an answer or
// of a call; nil where there is none.
func (t *turn) awaited() *expect.Promise {
	for _, n := range []int{t.s.Handoff.Promise, t.s.Handoff.Call} {
		if p := t.findPromise(n); p != nil && p.Standing() {
			return p
		}
	}
	return nil
}

// askWait asks what to do while nobody comes.
func (t *turn) askWait() {
	h := t.s.Handoff
	h.Asked++
	t.askAt(t.in.At.Add(t.queueWait()))
	by := t.answerBy()
	a := Aside{Kind: AsideWait, Handoff: h.N, Until: by, Choices: []message.Choice{
		t.choice(choiceWait, "button.wait"), t.choice(choiceCall, "button.call"), t.choice(choiceAnswer, "button.answer", "by", by)}}
	again := ""
	if h.Asked > 1 {
		again = "yes"
	}
	t.putAside(a, t.line("wait.ask", "by", by, "again", again), message.Bot)
}

func (t *turn) askAt(due time.Time) {
	t.s.Handoff.AskAt = due
	t.emit(SetTimer{Name: timerAsk, Due: due})
}

// askStep acts when the time for the question is over: who has not answered it
// gets the promise, who keeps waiting is asked once more.
func (t *turn) askStep() {
	h := t.s.Handoff
	if h == nil || t.kind() != flow.Queue || h.AskAt.IsZero() || t.in.At.Add(timerSlack).Before(h.AskAt) || t.awaited() != nil {
		return
	}
	open := t.findAside(func(a Aside) bool { return a.Kind == AsideWait })
	if open == nil && h.Choice == choiceWait && h.Asked == 1 && !t.s.Blocked {
		t.askWait()
		return
	}
	t.dropAsides("", func(a Aside) bool { return a.Kind == AsideWait })
	t.promiseAnswer("queue.late", t.answerBy())
}

// waitChosen does what a customer chose while nobody comes.
func (t *turn) waitChosen(a Aside, choice, label string) {
	h := t.s.Handoff
	if h == nil || h.N != a.Handoff || t.kind() != flow.Queue {
		return
	}
	h.Choice = choice
	by := a.Until
	if !by.After(t.in.At) {
		by = t.answerBy()
	}
	switch {
	case choice == choiceCall:
		t.promiseCall(by)
	case choice == choiceAnswer:
		t.promiseAnswer("wait.answer", by)
	case h.Asked > 1:
		t.promiseAnswer("queue.late", by)
	default:
		t.askAt(t.in.At.Add(t.queueWait()))
		t.add(t.line("wait.kept", "by", t.legible(h.AskAt)))
	}
	r := Relay{Handoff: h.N, What: choice, Name: t.s.From.Name, Text: label}
	if p := t.awaited(); p != nil {
		r.Case = p.Case
	}
	t.emit(r)
}

// promiseAnswer promises that a person answers by a time, and says so in the
// words of key. One who takes over keeps it by that.
func (t *turn) promiseAnswer(key string, by time.Time) {
	text := t.line("promised.person", "by", by)
	if !t.f.Has(t.s.Lang, "promised.person") {
		text = t.line("promised.answer", "wish", t.line("hand.wish"), "by", by)
	}
	t.emit(ClearTimer{Name: timerAsk})
	p := t.promise(expect.Promise{Kind: expect.ToAnswer, Text: text, Due: by})
	t.s.Handoff.Promise = p.N
	t.add(t.line(key, "by", by, "case", p.Case))
}

// unheard tells a waiting customer, once, that the desk is out of reach, with
// a promise at once: nobody sees their card until it is back.
func (t *turn) unheard() {
	h := t.s.Handoff
	if h == nil || h.Unheard || t.kind() != flow.Queue || t.in.Agent != nil && t.in.Agent.Handoff != 0 && t.in.Agent.Handoff != h.N {
		return
	}
	h.Unheard = true
	t.dropAsides("", func(a Aside) bool { return a.Kind == AsideWait })
	if p := t.awaited(); p != nil {
		t.add(t.line("queue.unheard", "by", p.Due, "case", p.Case, "do", p.Do))
	} else {
		t.promiseAnswer("queue.unheard", t.answerBy())
	}
	t.handoffChanged(HandoffUnheard, "")
}
