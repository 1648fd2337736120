package desk

import (
	"strconv"
	"strings"

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

// Actions of the buttons on cards.
const (
	Take   Action = "take"
	Return Action = "return"
	Close  Action = "close"
	Done   Action = "done"
	More   Action = "more"
)

// parsePress reads what a button brought back: "action conv:n".
func parsePress(data string) (Action, Ref, bool) {
	action, value, _ := strings.Cut(data, " ")
	r := Ref{Kind: HandoffCard}
	switch a := Action(action); a {
	case Take, Return, Close:
	case Done, More:
		r.Kind = TaskCard
	default:
		return "", Ref{}, false
	}
	conv, n, _ := strings.Cut(value, ":")
	if !r.number(conv, n) {
		return "", Ref{}, false
	}
	return Action(action), r, true
}
