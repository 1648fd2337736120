package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// listening takes one message of a burst. Words wait for the quiet that ends
// the burst; a person, a command or a button is answered at once.
func (t *turn) listening() error {
	t.hear()
	if t.pointAside() {
		return nil
	}
	m := &t.s.Matter
	cl, now := t.atOnce()
	if (now || m.Heard == 0) && t.outOfTurns() { // a burst is one turn, as people take it
		return t.run(flow.Class{Name: flow.Person})
	}
	if now {
		return t.run(cl)
	}
	if t.edited && m.Heard == 1 {
		t.unhear() // the message it replaces was all there was
	}
	l := t.absorb(true)
	t.forget(l.withdrew)
	m.Heard++
	m.Fresh = m.Fresh || l.any
	if side := t.sideOf(); side != "" {
		m.Side = message.Side(side)
	}
	if len(t.in.Attachments) > 0 {
		t.holdLine(t.mediaKey())
	}
	m.Unread = t.unreadable()
	if m.Heard == 1 {
		m.Since = t.in.At
	}
	t.emit(SetTimer{Name: timerQuiet, Due: t.burstEnds()})
	return nil
}

// unhear forgets what the one message of this burst told, because it was
// edited: its new wording stands for it.
func (t *turn) unhear() {
	old := t.s.Matter
	t.s.Matter = Matter{Slots: map[string]message.Slot{}, Facts: map[string]string{}, Held: old.Held, Greet: old.Greet, Turns: old.Turns,
		Story: old.Story, Moods: old.Moods, Reopens: old.Reopens, Anger: t.in.Reading.Anger}
}

// maxQuiets is how many quiet windows a burst may last in all: who writes on
// and on is answered all the same.
const maxQuiets = 5

// burstEnds is when the burst counts as told: a quiet window after its last
// message, but not later than a few windows after its first.
func (t *turn) burstEnds() time.Time {
	quiet := t.f.Table.Spec(t.s.Control.At).Quiet
	end, latest := t.in.At.Add(quiet), t.s.Matter.Since.Add(maxQuiets*quiet)
	if latest.Before(end) {
		return latest
	}
	return end
}

// atOnce picks out what does not wait for a burst to end.
func (t *turn) atOnce() (flow.Class, bool) {
	switch {
	case (t.in.Reading.Person || t.bereaved()) && t.can(flow.Person), t.in.Kind != InMessage:
		return t.classify(), true
	case t.in.Reading.Side == message.SideCancel && t.can(flow.Cancel):
		return flow.Class{Name: flow.Cancel}, true
	case t.in.Reading.Side == message.SideLanguage:
		return t.aside(string(message.SideLanguage)), true
	case t.s.Matter.Heard == 0 && t.asksPromise():
		return t.aside(string(message.SideStatus)), true
	case t.s.Matter.Heard == 0 && t.restates():
		return t.aside(sideSettled), true
	}
	return flow.Class{}, false
}

// burst classifies what was heard until now, when the quiet has come.
func (t *turn) burst() flow.Class {
	m := &t.s.Matter
	anger, side, heard, fresh, unread := m.Anger, m.Side, m.Heard, m.Fresh, m.Unread
	m.Anger, m.Side, m.Heard, m.Fresh, m.Unread = 0, "", 0, false, ""
	switch {
	case heard == 0:
		return flow.Class{}
	case t.heated(anger):
		return t.anger(anger)
	case t.told() && (fresh || side == "" || side == message.SideGreeting && m.Carried):
		return flow.Class{Name: flow.Told}
	case side != "" && side != message.SideGreeting:
		return t.aside(string(side))
	case side == message.SideGreeting && t.s.Control.Tries > 0:
		return t.aside(string(side))
	case side == message.SideGreeting, len(m.Held) > 0:
		return flow.Class{Name: flow.Vague}
	case unread == "" && len(t.standing()) > 0 && t.s.Control.Side == 0:
		return t.aside(string(message.SideStatus)) // most likely that is what it is about
	}
	return t.misread(unread)
}
