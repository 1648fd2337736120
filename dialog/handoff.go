package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Handoff is the present hand-off to a person: queued until somebody takes it,
// then owned until it is put back, returned or closed.
type Handoff struct {
	N      int             `json:"n"`
	Cause  string          `json:"cause"`
	Owner  message.UserRef `json:"owner,omitempty"` // empty while queued
	Name   string          `json:"name,omitempty"`
	Opened time.Time       `json:"opened"`
	Told   time.Time       `json:"told_at,omitzero"` // when a message of the customer was acknowledged last
	Late   bool            `json:"late,omitzero"`
	// Promise is the number of the promise of an answer that was made because
	// nobody was free in time; a person who takes over keeps it by that.
	Promise int `json:"promise,omitzero"`
	// Call is the number of the call that was promised meanwhile. Taking over
	// does not keep it, for nobody has called yet: it is whose the hand-off is
	// until they mark it done.
	Call int `json:"call,omitzero"`

	// Since is when the wait began: when it was opened, or put back. Nudged,
	// Late and Called say which steps of it are behind us.
	Since  time.Time `json:"since,omitzero"`
	Nudged bool      `json:"nudged,omitzero"`
	Called bool      `json:"called,omitzero"` // the supervisor, while queued or owned
	// Asked counts how often the customer was asked what to do while nobody
	// comes, Choice is what they chose last, AskAt when the next thing happens
	// to that question.
	Asked  int       `json:"asked,omitzero"`
	Choice string    `json:"choice,omitempty"` // wait, call or answer
	AskAt  time.Time `json:"ask_at,omitzero"`
	// Unheard says that the customer was told that the desk is out of reach.
	Unheard bool `json:"unheard,omitzero"`

	// Unanswered is when the customer's oldest message without an answer came,
	// while somebody owns this. Idle says that it has waited too long: anybody
	// may take over until the owner writes.
	Unanswered time.Time `json:"unanswered,omitzero"`
	Idle       bool      `json:"idle,omitzero"`
	// Former had it before the present owner took it over from them.
	Former     message.UserRef `json:"former,omitempty"`
	FormerName string          `json:"former_name,omitempty"`

	// PassedBy put it back into the queue, with PassedNote for whoever takes
	// it next.
	PassedBy   string `json:"passed_by,omitempty"`
	PassedNote string `json:"passed_note,omitempty"`
	// Refused is what its owners offered and was not taken, newest last.
	Refused []BriefOffer `json:"refused,omitempty"`

	// About names what it is about, so that the same thing said again after
	// its end is known: "inc:damaged", "svc:refund", "order:48213".
	About []string `json:"about,omitempty"`
}

// Settled is how a hand-off ended, so that the bot does not begin again with
// what a person has dealt with.
type Settled struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Note  string    `json:"note,omitempty"` // what was settled, as the customer read it
	About []string  `json:"about,omitempty"`
	Said  bool      `json:"said,omitzero"` // the customer was reminded of it
}

// maxAbout bounds the names of what a hand-off is about.
const maxAbout = 16

// about lists what a message names of the catalog.
func (t *turn) about(r message.Reading) []string {
	var out []string
	for _, m := range r.Mentions {
		if m.Dropped {
			continue
		}
		if inc := t.incidentHeard(m.Name); inc != nil {
			out = append(out, "inc:"+inc.Name)
		}
		if svc := t.serviceHeard(m.Name); svc != nil {
			out = append(out, "svc:"+svc.Name)
		}
	}
	if s, ok := r.Slot(message.SlotOrder); ok {
		out = append(out, "order:"+s.Text)
	}
	return out
}

// noteAbout adds to what the present hand-off is known to be about.
func (t *turn) noteAbout(names []string) {
	h := t.s.Handoff
	for _, n := range names {
		if len(h.About) < maxAbout && !slices.Contains(h.About, n) {
			h.About = append(h.About, n)
		}
	}
}

// matterAbout lists what the matter is about.
func (t *turn) matterAbout() []string {
	m := &t.s.Matter
	var out []string
	if m.Incident != "" {
		out = append(out, "inc:"+m.Incident)
	}
	for _, e := range m.Wishes {
		out = append(out, "svc:"+e.Service)
	}
	if s, ok := m.Slots[t.f.Catalog.Lookup.Slot]; ok {
		out = append(out, "order:"+s.Text)
	}
	return out
}

// handOver opens a hand-off with everything an agent needs to see, or queues
// again one that its owner has put back.
func (t *turn) handOver() {
	if t.s.Handoff != nil {
		t.startWait()
		return
	}
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
	if t.cause == causeBeside {
		t.s.Handoff.Cause = causeLimit // for agents it is the same
	}
	t.toldAlong()
	if t.cause == causeLoss { // what takes over says it
		m.Held, m.HeldKeys = nil, nil
	}
	t.noteAbout(t.matterAbout())
	t.noteAbout(t.about(t.in.Reading)) // who asks for a person is not asked what about
	t.notePhone()
	if t.s.Greeted.IsZero() {
		t.greeted()
	}
	t.add(t.first([]string{"hand." + t.cause, "hand." + causeLimit}))
	t.handoffChanged(HandoffOpened, "")
	t.startWait()
}

// settle notes how the hand-off ended. What was settled is told again when the
// customer comes with the same thing once more; a reason for closing is for
// the books and never read to them.
func (t *turn) settle(note string) {
	h := t.s.Handoff
	t.s.Settled = &Settled{At: t.in.At, By: h.Name, Note: clip(note, maxQuote), About: h.About}
}

// restates says whether a message only says again what a person has settled.
// That is answered once with what was settled; who insists begins anew.
func (t *turn) restates() bool {
	s := t.s.Settled
	_, order := t.in.Reading.Slot(message.SlotOrder)
	within := sameOrder // another thing may be broken next week
	if order {
		within = comeBack
	}
	if s == nil || s.Said || t.in.Kind != InMessage || t.in.At.Sub(s.At) >= within || t.in.Reading.Person || t.in.Reading.Correction || t.heated(t.in.Reading.Anger) {
		return false
	}
	names := t.about(t.in.Reading)
	for _, n := range names {
		if !slices.Contains(s.About, n) {
			return false
		}
	}
	return len(names) > 0
}

// gratefully says whether a message thanks or takes its leave.
func (t *turn) gratefully() bool {
	return t.in.Reading.Side == message.SideThanks || t.in.Reading.Side == message.SideBye
}

// speakSettled says once more what a person has settled.
func (t *turn) speakSettled() {
	s := t.s.Settled
	s.Said = true
	t.add(t.line("side.settled", "agent", s.By, "note", s.Note))
}

// returnsTo is the kind of state the flow gives a returned customer to.
func (t *turn) returnsTo() flow.Kind {
	next, _, err := t.f.Table.Next(t.s.Control, flow.Class{Name: flow.Returned})
	if err != nil {
		return ""
	}
	return t.f.Table.Kind(next.At)
}
