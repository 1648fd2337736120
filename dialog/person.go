package dialog

import (
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// What a customer does while they wait for a person or talk with one, and what
// agents see of it.

func (t *turn) handoffChanged(event HandoffEvent, note string) { t.emit(t.handoffEvent(event, note)) }

func (t *turn) handoffEvent(event HandoffEvent, note string) HandoffChanged {
	e := HandoffChanged{Handoff: *t.s.Handoff, Event: event, Note: note, Brief: t.brief()}
	t.noteShown()
	if t.in.Agent != nil {
		e.By, e.ByRef = t.in.Agent.Name, t.in.Agent.Ref
	}
	return e
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
	if side == sideStale && t.pressedLabel() != "" {
		t.relay() // it counts for nothing here, and yet says what they want
	}
	if t.in.Kind == InMessage {
		t.relay()
		t.toldAlong()
		t.noteAbout(t.about(t.in.Reading))
		if t.phoneHeard() || t.pointAside() {
			return nil
		}
	}
	switch {
	case side == string(message.SideCancel) && t.can(flow.Cancel):
		return t.callOff()
	case side == string(message.SideBye):
	case side == string(message.SideAbuse):
		t.add(t.first([]string{"queue.abuse", "side.abuse"}))
	case side != "" && side != string(message.SideCancel):
		t.side = side
		t.speakSide()
		if side == string(message.SideGreeting) { // "hello?" asks whether anybody is there
			t.add(t.line("side.status.queue"))
		}
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
// wish, and with it what was promised because nobody came.
func (t *turn) callOff() error {
	t.handoffChanged(HandoffClosed, "")
	t.endWait()
	h := t.s.Handoff
	if t.call() != nil {
		t.add(t.line("wait.cancelled"))
	}
	t.takeBack(h.Promise)
	t.takeBack(h.Call)
	waited := func(n int) bool { return n == h.Promise || n == h.Call }
	if m := &t.s.Matter; len(m.Made) > 0 && !slices.ContainsFunc(m.Made, func(n int) bool { return !waited(n) }) {
		m.Case, m.Made = "", nil // its number stood for what was waited for
	}
	t.s.Handoff = nil
	return t.run(flow.Class{Name: flow.Cancel})
}

// toOwner passes what the customer did to the person who owns the
// conversation, whose time for an answer begins.
func (t *turn) toOwner() {
	if t.in.Kind == InTap && t.pressedLabel() == "" {
		return // a button of long ago; nobody can say what it was
	}
	t.relay()
	if t.in.Kind == InMessage {
		t.noteAbout(t.about(t.in.Reading))
		if !t.gratefully() { // a "thank you" waits for nothing
			t.unanswered()
		}
	}
}

// relay shows agents what the customer did, in the hand-off's thread.
func (t *turn) relay() {
	if t.s.Handoff == nil {
		return
	}
	r := Relay{Handoff: t.s.Handoff.N, What: "text", Name: t.s.From.Name, Text: t.in.Text, Before: t.in.Before, Attachments: t.in.Attachments}
	switch t.in.Kind {
	case InTap:
		r.What, r.Text, r.About = "tap", t.pressedLabel(), t.pressedAbout()
	case InCommand:
		r.What, r.Text = "command", strings.TrimSpace("/"+t.in.Command+" "+t.in.Text)
	case InEdited:
		r.What = "edited"
	case InDeleted:
		r.What = "deleted"
	}
	t.emit(r)
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
		t.resume()
	}
	if blocked {
		t.emit(ClearTimer{Name: timerRemind})
		if t.s.Handoff != nil {
			t.answered() // nobody can answer who cannot be reached
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
		if h := t.s.Handoff; t.kind() == flow.Queue && t.in.Kind == InEdited && t.in.At.Sub(h.Told) > toldPause {
			h.Told = t.in.At
			t.add(t.line("queue.more"))
		}
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
