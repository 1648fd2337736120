package dialog

import (
	"cmp"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Hand-offs are the second machine beside the control: queued → owned →
// returned or closed. Taking is compare-and-set by nature: a conversation's
// inputs come one at a time, so of two agents who press at once the second
// finds an owner.

// handOver opens a hand-off with everything an agent needs to see.
func (t *turn) handOver() {
	m := &t.s.Matter
	t.retire("")
	for i := range m.Wishes {
		if !m.Wishes[i].Settled() {
			m.Wishes[i].Status = expect.HandedOff
		}
	}
	if t.s.Matter.Greet == "greet" { // who is about to go needs no introduction
		t.s.Matter.Greet = ""
	}
	t.s.HandoffNo++
	t.s.Handoff = &Handoff{N: t.s.HandoffNo, Cause: t.cause, Opened: t.in.At}
	if t.s.Greeted.IsZero() {
		t.greeted()
	}
	t.add(t.first([]string{"hand." + t.cause, "hand." + causeLimit}))
	t.handoffChanged(HandoffOpened, "")
	if wait := t.f.Table.Spec(t.s.Control.At).Wait; wait > 0 {
		t.emit(SetTimer{Name: timerWait, Due: t.in.At.Add(wait)})
	}
}

func (t *turn) handoffChanged(event HandoffEvent, note string) {
	e := HandoffChanged{Handoff: *t.s.Handoff, Event: event, Note: note, Brief: t.brief()}
	if t.in.Agent != nil {
		e.By, e.ByRef = t.in.Agent.Name, t.in.Agent.Ref
	}
	t.emit(e)
}

// toldPause is how long after an acknowledgement a waiting customer's further
// messages need none: a burst is thanked for once, a question an hour later
// is not left without a word.
const toldPause = 2 * time.Minute

// whileQueued shows the agents what a waiting customer writes and keeps the
// customer company: side turns are answered, the rest is acknowledged once.
func (t *turn) whileQueued() error {
	side := t.sideOf()
	if t.in.Kind == InTap && !strings.HasPrefix(t.in.Tap.Choice, langChoice) {
		side = sideStale
	}
	t.hear()
	if t.in.Kind == InMessage {
		t.relay()
	}
	switch {
	case side == string(message.SideCancel) && t.can(flow.Cancel):
		return t.callOff()
	case side == string(message.SideBye):
	case side != "" && side != string(message.SideCancel):
		t.side = side
		t.speakSide()
	case t.s.Handoff != nil && t.in.Kind == InMessage && t.in.At.Sub(t.s.Handoff.Told) > toldPause:
		t.s.Handoff.Told = t.in.At
		t.add(t.line("queue.more"))
	case t.in.Kind == InMessage:
	default:
		t.side = string(message.SideHelp)
		t.speakSide()
	}
	return nil
}

// callOff takes a hand-off back that nobody has taken yet, at the customer's
// wish.
func (t *turn) callOff() error {
	t.handoffChanged(HandoffClosed, "")
	t.keepQueuePromise()
	t.s.Handoff = nil
	return t.run(flow.Class{Name: flow.Cancel})
}

// relay shows agents what the customer did, in the hand-off's thread.
func (t *turn) relay() {
	if t.s.Handoff == nil {
		return
	}
	r := Relay{Handoff: t.s.Handoff.N, What: "text", Name: t.s.From.Name, Text: t.in.Text, Attachments: t.in.Attachments}
	switch t.in.Kind {
	case InTap:
		r.What, r.Text = "tap", cmp.Or(t.label(t.in.Tap.Choice), t.in.Tap.Choice)
	case InCommand:
		r.What, r.Text = "command", strings.TrimSpace("/"+t.in.Command+" "+t.in.Text)
	case InEdited:
		r.What = "edited"
	case InDeleted:
		r.What = "deleted"
	}
	t.emit(r)
}

// queueLate is for a customer nobody took over in time: their place is kept,
// and they get a promise with a time instead of a silence.
func (t *turn) queueLate() {
	h := t.s.Handoff
	if h == nil || h.Late {
		return
	}
	h.Late = true
	by := t.answerBy()
	wish := t.line("hand.wish")
	p := t.promise(expect.ToAnswer, "", t.line("promised.answer", "wish", wish, "by", by), "", by)
	h.Promise = p.N
	t.add(t.line("queue.late", "by", by, "case", p.Case))
	t.handoffChanged(HandoffLate, "")
}

// agentAct is what a person behind the counter did in a hand-off.
func (t *turn) agentAct() error {
	a := t.in.Agent
	h := t.s.Handoff
	if a == nil {
		return nil
	}
	if h == nil || a.Handoff != 0 && a.Handoff != h.N {
		if t.in.Kind == InSaid {
			t.emit(Hold{Handoff: a.Handoff, Message: a.Message, Reason: HoldClosed, By: a.Name})
			return nil
		}
		t.emit(HandoffChanged{Handoff: Handoff{N: a.Handoff}, Event: HandoffOver, By: a.Name, ByRef: a.Ref})
		return nil
	}
	if t.in.Kind == InTaken {
		return t.taken()
	}
	if h.Owner != a.Ref {
		if t.in.Kind == InSaid {
			t.holdFor(HoldNotOwner)
			return nil
		}
		t.handoffChanged(HandoffDenied, "")
		return nil
	}
	switch t.in.Kind {
	case InSaid:
		t.agentSaid()
		return nil
	case InReturned:
		return t.giveBack(HandoffReturned, flow.Returned, "owned.returned")
	}
	return t.giveBack(HandoffClosed, flow.Finished, "owned.closed")
}

// taken gives the hand-off to the first who asks; later ones hear who has it.
func (t *turn) taken() error {
	h := t.s.Handoff
	switch {
	case h.Owner == t.in.Agent.Ref:
		return nil // pressed twice
	case h.Owner != "":
		t.handoffChanged(HandoffLost, "")
		return nil
	}
	// The customer hears who takes over before the bot falls silent.
	t.add(t.line("owned.taken", "agent", t.in.Agent.Name))
	t.flush()
	h.Owner, h.Name = t.in.Agent.Ref, t.in.Agent.Name
	t.keepQueuePromise()
	t.handoffChanged(HandoffTaken, "")
	t.emit(ClearTimer{Name: timerWait})
	return t.run(flow.Class{Name: flow.Taken})
}

// keepQueuePromise keeps the promise that somebody comes: they see that
// somebody did, so nothing more is said of it.
func (t *turn) keepQueuePromise() {
	if p := t.findPromise(t.s.Handoff.Promise); p != nil && p.Standing() {
		p.State, p.Closed = expect.PromiseKept, t.in.At
		t.clearPromise(*p)
		t.changed(*p, PromiseDone)
	}
}

// giveBack ends a hand-off. What fell due meanwhile is said first.
func (t *turn) giveBack(event HandoffEvent, class flow.ClassName, key string) error {
	note := strings.TrimSpace(t.in.Text)
	name := t.in.Agent.Name
	t.handoffChanged(event, note)
	t.s.Handoff = nil
	t.sayPending()
	t.add(t.line(key, "agent", name, "note", note))
	if class == flow.Returned {
		words := t.text
		t.newMatter()
		t.s.Matter.Held, t.text = words, nil
	}
	return t.run(flow.Class{Name: class})
}

// agentSaid sends an agent's own words, as they are, unless they are held back.
func (t *turn) agentSaid() {
	reason := HeldBack(t.in.Text, len(t.in.Attachments))
	if reason == "" && t.s.Blocked {
		reason = HoldBlocked
	}
	if reason != "" {
		t.holdFor(reason)
		return
	}
	t.emit(Say{Out: message.Outbound{Text: t.in.Text, Lang: t.s.Lang, From: message.Agent}, State: t.stateName(), Mark: t.in.Agent.Message})
}

func (t *turn) holdFor(reason HoldReason) {
	h := Hold{Message: t.in.Agent.Message, Reason: reason, By: t.in.Agent.Name}
	if t.s.Handoff != nil {
		h.Handoff, h.Owner = t.s.Handoff.N, t.s.Handoff.Name
	}
	t.emit(h)
}

// emitPromised says something about a promise beside the open question.
func (t *turn) emitPromised(text string) {
	t.utter(Say{Out: message.Outbound{Text: text}, State: "promise", Promised: true})
}

// sayPending says what fell due while the customer could not hear it.
func (t *turn) sayPending() {
	pending := t.s.Pending
	t.s.Pending = nil
	for _, text := range pending {
		t.emitPromised(text)
	}
}

// reach notes that the customer blocked us, or is back.
func (t *turn) reach(blocked bool) {
	if t.s.Blocked == blocked {
		return
	}
	t.s.Blocked = blocked
	t.emit(Unreachable{Blocked: blocked})
	if !blocked && !t.s.Owned() {
		t.sayPending()
	}
	if blocked {
		t.emit(ClearTimer{Name: timerRemind})
		if t.s.Handoff != nil {
			t.emit(Relay{Handoff: t.s.Handoff.N, What: "blocked", Name: t.s.From.Name})
		}
	}
}

// rewritten handles an edited or deleted message. What was understood of the
// first wording stays where it is; a person sees both wordings, the bot says
// that a correction is best told.
func (t *turn) rewritten() error {
	t.fromCustomer = true
	switch {
	case t.s.Handoff != nil:
		t.relay()
	case t.in.Kind == InDeleted:
	case t.kind() == flow.Listen:
		t.in.Kind, t.edited = InMessage, true
		return t.listening()
	case t.kind() == flow.Greet || t.kind() == flow.End:
	default:
		// Nobody knows which message was edited, so its new wording may tell
		// and correct, but it never answers the question that is open now: a
		// mended typo in an old "yes" must not accept anything.
		t.in.Kind, t.edited = InMessage, true
		r := &t.in.Reading
		r.Answer, r.Choice, r.Objection, r.Correction = message.NoAnswer, "", message.NoObjection, true
		return t.customer()
	}
	return nil
}

// hold refuses an agent's edit of a message that is out already.
func (t *turn) hold(reason HoldReason) { t.holdFor(reason) }
