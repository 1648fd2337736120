package dialog

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Hand-offs are the second machine beside the control: queued → owned → put
// back, returned or closed. Taking is compare-and-set by nature: a
// conversation's inputs come one at a time, so of two agents who press at once
// the second finds an owner. Only the owner acts; an owner who leaves the
// customer without an answer too long can be taken over from, and loses it in
// the end.

// timerIdle is for an owner who does not answer: first anybody may take over,
// then the supervisor is called, at last the customer is back in the queue.
const timerIdle = "idle"

// agentAct is what a person behind the counter did in a hand-off.
func (t *turn) agentAct() error {
	a, h := t.in.Agent, t.s.Handoff
	switch {
	case a == nil:
		return nil
	case h == nil || a.Handoff != 0 && a.Handoff != h.N:
		if t.words() {
			t.emit(Hold{Handoff: a.Handoff, Message: a.Message, Reason: HoldClosed, By: a.Name})
			return nil
		}
		t.emit(HandoffChanged{Handoff: Handoff{N: a.Handoff}, Event: HandoffOver, By: a.Name, ByRef: a.Ref})
		return nil
	case t.in.Kind == InTaken:
		return t.taken()
	case h.Owner != a.Ref:
		if t.words() {
			t.holdFor(HoldNotOwner)
			return nil
		}
		t.handoffChanged(HandoffDenied, "")
		return nil
	}
	return t.ownerAct()
}

// words says whether the act is a message, which is held back where it must
// not go out; other acts are denied.
func (t *turn) words() bool {
	switch t.in.Kind {
	case InSaid, InEdited, InDeleted:
		return true
	}
	return false
}

// ownerAct is what the one who owns the hand-off does with it.
func (t *turn) ownerAct() error {
	switch t.in.Kind {
	case InSaid:
		t.agentSaid()
	case InEdited, InDeleted:
		t.agentAmends()
	case InOffered:
		t.agentOffers()
	case InPromised:
		t.agentPromises()
	case InReleased:
		return t.released()
	case InReturned:
		return t.returned()
	default:
		return t.closed()
	}
	return nil
}

// taken gives the hand-off to the first who asks; later ones hear who has it,
// unless that person has left the customer without an answer.
func (t *turn) taken() error {
	h := t.s.Handoff
	by := *t.in.Agent
	former := ""
	switch {
	case h.Owner == by.Ref:
		return nil // pressed twice
	case h.Owner != "" && !h.Idle:
		t.handoffChanged(HandoffLost, "")
		return nil
	case h.Owner != "":
		former = h.Name
		h.Former, h.FormerName = h.Owner, h.Name
		h.Owner = "" // between two owners the bot may say who comes
	default:
		h.Former, h.FormerName = "", ""
	}
	// The customer hears who takes over before the bot falls silent.
	t.add(t.line("owned.taken", "agent", by.Name))
	t.flush()
	h.Owner, h.Name = by.Ref, by.Name
	h.Idle, h.Called, h.Unanswered = false, false, time.Time{}
	t.unanswered()
	t.endWait()
	t.keepQueuePromise()
	t.giveCall(by.Name)
	t.handoffChanged(HandoffTaken, former)
	if former != "" {
		return nil // it is owned as it was
	}
	return t.run(flow.Class{Name: flow.Taken})
}

// keepQueuePromise keeps the promise that somebody answers: they see that
// somebody did, so nothing more is said of it.
func (t *turn) keepQueuePromise() {
	if p := t.findPromise(t.s.Handoff.Promise); p != nil && p.Standing() {
		p.Close(expect.PromiseKept, t.in.At)
		t.endRenewal(p.N, "")
		t.clearPromise(*p)
		t.changed(*p, PromiseDone)
	}
}

// unanswered starts the owner's time for an answer, unless it runs already: it
// counts from the oldest message.
func (t *turn) unanswered() {
	h := t.s.Handoff
	if h == nil || h.Owner == "" || !h.Unanswered.IsZero() || t.s.Blocked {
		return
	}
	h.Unanswered = t.in.At
	t.emit(SetTimer{Name: timerIdle, Due: t.in.At.Add(t.ownedWait())})
}

// answered stops it, because the owner has written.
func (t *turn) answered() {
	h := t.s.Handoff
	h.Unanswered, h.Idle = time.Time{}, false
	if h.Owner != "" {
		h.Called = false
	}
	t.emit(ClearTimer{Name: timerIdle})
}

// ownedWait is how long a customer may go without an answer.
func (t *turn) ownedWait() time.Duration {
	if at, ok := find(t.f, flow.Owned); ok {
		return t.f.Table.Spec(at).Wait
	}
	return 0
}

// idleStep acts when an owner has not answered in time: anybody may take over,
// then the supervisor is called, and when that has not helped either the
// customer is back in the queue, where the bot may speak and nobody waits for
// ever. Before that they hear nothing of it: while a person owns the
// conversation the bot is silent.
func (t *turn) idleStep() error {
	h, w := t.s.Handoff, t.ownedWait()
	if h == nil || h.Owner == "" || h.Unanswered.IsZero() || w == 0 {
		return nil
	}
	now := t.in.At.Add(timerSlack)
	if !now.Before(h.Unanswered.Add(3*w)) && t.can(flow.Released) { // also after a long stop: the calls before would be noise
		return t.putBack("owned.silent", HandoffLapsed, "")
	}
	if !h.Idle && !now.Before(h.Unanswered.Add(w)) {
		h.Idle = true
		t.handoffChanged(HandoffIdle, "")
	}
	if !h.Called && !now.Before(h.Unanswered.Add(2*w)) {
		h.Called = true
		t.handoffChanged(HandoffEscalated, "")
	}
	switch {
	case !h.Idle:
		t.emit(SetTimer{Name: timerIdle, Due: h.Unanswered.Add(w)})
	case !h.Called:
		t.emit(SetTimer{Name: timerIdle, Due: h.Unanswered.Add(2 * w)})
	case now.Before(h.Unanswered.Add(3 * w)):
		t.emit(SetTimer{Name: timerIdle, Due: h.Unanswered.Add(3 * w)})
	}
	return nil
}

// released puts the hand-off back into the queue. The customer keeps their
// place, and the wait begins anew; the note is for whoever takes it next.
func (t *turn) released() error {
	return t.putBack("owned.released", HandoffReleased, strings.TrimSpace(t.in.Text))
}

// putBack takes the hand-off from its owner, with the words of key.
func (t *turn) putBack(key string, event HandoffEvent, note string) error {
	h := t.s.Handoff
	name := h.Name
	h.Owner, h.Name, h.Former, h.FormerName = "", "", "", ""
	h.Cause, h.PassedBy, h.PassedNote = causePassed, name, clip(note, maxQuote)
	t.answered()
	t.giveCall("")
	t.add(t.line(key, "agent", name))
	t.flush()
	if err := t.run(flow.Class{Name: flow.Released}); err != nil {
		return err
	}
	t.handoffChanged(event, note)
	t.resume()
	return nil
}

// returned gives the customer back to the bot, with what was settled, which
// they hear and the bot remembers.
func (t *turn) returned() error {
	note := strings.TrimSpace(t.in.Text)
	if note != "" && t.formHeld(note) {
		return nil
	}
	name := t.in.Agent.Name
	to := t.returnsTo()
	t.settle(note)
	t.endHandoff(HandoffReturned, note)
	if t.keptBack() && t.f.Has(t.s.Lang, "owned.settled") {
		// Who speaks is said first, then what fell due meanwhile, then what was
		// settled, and the open question last: bad news behind good sounds as
		// if the good were taken back.
		t.add(t.line("owned.returned", "agent", name, "note", ""))
		t.flush()
		t.resume()
		if note != "" {
			t.add(t.line("owned.settled", "agent", name, "note", unended(note)))
		}
	} else {
		t.add(t.line("owned.returned", "agent", name, "note", unended(note)))
		if t.keptBack() {
			t.flush()
			t.resume()
		}
	}
	if to == flow.Close {
		t.s.Matter.Returned, t.s.Matter.Turns = true, 0
		return t.run(flow.Class{Name: flow.Returned})
	}
	words := t.text
	t.newMatter()
	t.s.Matter.Held, t.text = words, nil
	return t.run(flow.Class{Name: flow.Returned})
}

// closed ends the matter. The reason is for the books: the customer hears a
// friendly close, not what colleagues note about it.
func (t *turn) closed() error {
	name := t.in.Agent.Name
	t.settle("")
	t.endHandoff(HandoffClosed, strings.TrimSpace(t.in.Text))
	t.resume()
	t.add(t.line("owned.closed", "agent", name))
	return t.run(flow.Class{Name: flow.Finished})
}

// endHandoff tells the desk that it is over and forgets it. An offer that is
// still open stands until its time.
func (t *turn) endHandoff(event HandoffEvent, note string) {
	t.handoffChanged(event, note)
	t.emit(ClearTimer{Name: timerIdle})
	t.s.Handoff = nil
}

// agentSaid sends an agent's own words, as they are, unless they are held
// back. A place that is written as an address is sent as a place.
func (t *turn) agentSaid() {
	if t.heldBack(t.in.Text, len(t.in.Attachments)) {
		return
	}
	out := message.Outbound{Text: t.in.Text, Attachments: t.in.Attachments}
	if place, ok := located(t.in.Text); ok && len(out.Attachments) == 0 {
		out.Text, out.Attachments = "", []message.Attachment{place}
	}
	t.answered()
	t.speakAs(t.in.Agent.Name, Say{Out: out, Mark: t.in.Agent.Message})
}

// agentAmends changes or takes back what the owner wrote. Whether it had gone
// out the runtime knows; new words are held back like any others.
func (t *turn) agentAmends() {
	a := Amend{Mark: t.in.Agent.Message, Text: t.in.Text, Delete: t.in.Kind == InDeleted, Handoff: t.s.Handoff.N}
	if !a.Delete && t.heldBack(a.Text, len(t.in.Attachments)) {
		return
	}
	t.emit(a)
}
