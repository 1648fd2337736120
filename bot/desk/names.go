package desk

import (
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Kind says what a card is about.
type Kind string

// Kinds of cards.
const (
	HandoffCard Kind = "handoff"
	TaskCard    Kind = "task"
)

// Ref names a hand-off or a task: number N of conversation Conv. It is what
// anchors and buttons hold.
type Ref struct {
	Kind Kind
	Conv message.ConversationID
	N    int
}

// HandoffAnchor is the name under which the card of hand-off n is found again.
func HandoffAnchor(conv message.ConversationID, n int) string {
	return Ref{HandoffCard, conv, n}.anchor("")
}

// MovesOn says whether an event of a hand-off makes earlier calls to it old:
// somebody has acted, or a newer call takes their place.
func MovesOn(e dialog.HandoffEvent) bool {
	switch e {
	case dialog.HandoffTaken, dialog.HandoffReturned, dialog.HandoffClosed, dialog.HandoffReleased, dialog.HandoffLapsed,
		dialog.HandoffLate, dialog.HandoffEscalated, dialog.HandoffIdle:
		return true
	}
	return false
}

// Settles says the same of a promise.
func Settles(e dialog.PromiseEvent) bool {
	switch e {
	case dialog.PromiseDone, dialog.PromiseRenewed, dialog.PromiseWithdrawn, dialog.PromiseDue, dialog.PromiseEscalated:
		return true
	}
	return false
}

// Anchors are the names of a card and of every further post about it, so that
// whoever looks for what was said about it looks in all their threads.
func (r Ref) Anchors() []string {
	further := []string{"", furtherLate, furtherCalled, furtherIdle, furtherBack}
	if r.Kind == TaskCard {
		further = []string{"", furtherDue, furtherLate}
	}
	names := make([]string, len(further))
	for i, f := range further {
		names[i] = r.anchor(f)
	}
	return names
}

// Names of further posts about a card. One that is posted again takes the name
// over: people write in the newest.
const (
	furtherLate   = "late"
	furtherCalled = "called"
	furtherIdle   = "idle"
	furtherBack   = "back"
	furtherDue    = "due"
)

// anchor gives the name of r's card, or of a further post about it, so that
// words written in the thread of either find their way.
func (r Ref) anchor(further string) string {
	name := string(r.Kind) + ":" + r.value()
	if further != "" {
		name += ":" + further
	}
	return name
}

// value is what a button of r's card carries.
func (r Ref) value() string {
	return strconv.FormatInt(int64(r.Conv), 10) + ":" + strconv.Itoa(r.N)
}

// ParseAnchor reads the name of a card or of a further post about it. ok is
// false for every other anchor.
func ParseAnchor(name string) (r Ref, ok bool) {
	kind, rest, _ := strings.Cut(name, ":")
	if r.Kind = Kind(kind); r.Kind != HandoffCard && r.Kind != TaskCard {
		return Ref{}, false
	}
	parts := strings.SplitN(rest, ":", 3)
	if len(parts) < 2 || !r.number(parts[0], parts[1]) {
		return Ref{}, false
	}
	return r, true
}

// number fills in Conv and N; both must be positive decimals.
func (r *Ref) number(conv, n string) bool {
	c, err1 := strconv.ParseInt(conv, 10, 64)
	i, err2 := strconv.Atoi(n)
	r.Conv, r.N = message.ConversationID(c), i
	return err1 == nil && err2 == nil && c > 0 && i > 0
}

// Action is what a button does.
type Action string

// Actions of the buttons on cards, on tasks, and beside agents' own words.
const (
	Take    Action = "take" // also takes over from an owner who is not there
	Release Action = "release"
	Return  Action = "return"
	Close   Action = "close"
	Offer   Action = "offer"
	Pledge  Action = "promise"

	Done Action = "done"
	More Action = "more"
	Due  Action = "due" // lists what is due, to whoever asks

	Again  Action = "again"  // send words once more that did not arrive
	Anyway Action = "anyway" // send words that were held back
	Keep   Action = "keep"   // leave them held back
)

// click is a button that was pressed: of which card, and for the last three
// actions on which message of an agent.
type click struct {
	action Action
	ref    Ref
	words  message.PlatformID
}

// parsePress reads what a button brought back: "action conv:n", or "action
// conv:n:message".
func parsePress(data string) (p click, ok bool) {
	action, value, _ := strings.Cut(data, " ")
	p.action, p.ref.Kind = Action(action), HandoffCard
	parts := 2
	switch p.action {
	case Take, Release, Return, Close, Offer, Pledge:
	case Done, More, Due:
		p.ref.Kind = TaskCard
	case Again, Anyway, Keep:
		parts = 3 // a message's id may hold colons of its own
	default:
		return click{}, false
	}
	list := strings.SplitN(value, ":", parts)
	if len(list) != parts || !p.ref.number(list[0], list[1]) {
		return click{}, false
	}
	if parts == 3 {
		p.words = message.PlatformID(list[2])
		return p, p.words != ""
	}
	return p, true
}

// wordsValue is what a button beside an agent's message carries.
func (r Ref) wordsValue(id message.PlatformID) string { return r.value() + ":" + string(id) }
