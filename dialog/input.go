package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// InputKind says what happened.
type InputKind string

// Everything that can happen to a conversation.
const (
	InMessage   InputKind = "message" // text, perhaps with attachments
	InTap       InputKind = "tap"
	InCommand   InputKind = "command" // Command: start, help, human, status, language, cancel
	InEdited    InputKind = "edited"
	InDeleted   InputKind = "deleted"
	InBlocked   InputKind = "blocked"
	InUnblocked InputKind = "unblocked"
	InTimer     InputKind = "timer"
	InFact      InputKind = "fact"
	InTaken     InputKind = "taken"    // an agent takes the hand-off, or takes it over from an owner who does not answer
	InSaid      InputKind = "said"     // an agent writes in its thread
	InReturned  InputKind = "returned" // the owner gives it back to the bot; Text is what was settled, and read to the customer
	InClosed    InputKind = "closed"   // or closes it; Text is the reason, for the books only
	InDone      InputKind = "done"     // a promise was carried out
	InMoreTime  InputKind = "more_time"
	InNoted     InputKind = "noted" // words for a promise's result, before it is marked done; held back like those to a customer
	InKept      InputKind = "kept"  // words that were held stay among colleagues for good; only the journal has it

	InReleased InputKind = "released" // the owner puts the hand-off back into the queue; Text is a note for whoever takes it next
	InOffered  InputKind = "offered"  // the owner offers Text; the customer answers with buttons
	InPromised InputKind = "promised" // the owner promises Text by Agent.Until
	InUnheard  InputKind = "unheard"  // the agents' platform is out of reach: the card of hand-off Agent.Handoff waits
)

// Input is one thing that happened to a conversation. Time, chance and case
// numbers come in with it, which is what makes a replay exact.
type Input struct {
	At   time.Time `json:"at"`
	Kind InputKind `json:"kind"`

	From        message.Person       `json:"from,omitzero"`
	Text        string               `json:"text,omitempty"`
	Before      string               `json:"before,omitempty"` // with edited and deleted: the text as it was, where it is known
	Command     string               `json:"command,omitempty"`
	Attachments []message.Attachment `json:"attachments,omitempty"`
	Tap         *Tap                 `json:"tap,omitempty"`
	Timer       string               `json:"timer,omitempty"`
	Fact        *Fact                `json:"fact,omitempty"`
	Agent       *AgentAct            `json:"agent,omitempty"`
	Reading     message.Reading      `json:"reading,omitzero"`

	// Seed picks between variations of a line. Case is a case number nobody
	// has yet; the step uses it if it needs one.
	Seed uint64 `json:"seed"`
	Case string `json:"case,omitempty"`
}

// Tap is a pressed button, resolved: the number of the question it was made
// for and the choice it stands for. Both are zero where the button is none of
// ours.
type Tap struct {
	Question int    `json:"question"`
	Choice   string `json:"choice"`
}

// Fact is what a look-up came to. Row is empty unless it was found; Unverified
// says that nothing shows whose it is. What belongs to somebody else is not
// found and has no row: a case's details are told only to its owner.
type Fact struct {
	Key        string            `json:"key"`
	Found      bool              `json:"found"`
	Row        map[string]string `json:"row,omitempty"`
	Unverified bool              `json:"unverified,omitzero"`
	Trouble    FactTrouble       `json:"trouble,omitempty"`
}

// FactOf makes a fact of what a look-up found, as far as it is this customer's to
// see.
func FactOf(rule flow.LookupRule, key string, customer message.UserRef, row map[string]string, found bool) Fact {
	if !found {
		return Fact{Key: key}
	}
	switch rule.Owns(row, string(customer)) {
	case flow.OwnerOther:
		return Fact{Key: key, Trouble: FactNotTheirs}
	case flow.OwnerUnknown:
		return Fact{Key: key, Found: true, Row: row, Unverified: true}
	}
	return Fact{Key: key, Found: true, Row: row}
}

// FactTrouble is why a look-up found nothing, where it is not that there is
// nothing.
type FactTrouble string

// Troubles of look-ups.
const (
	FactNotTheirs   FactTrouble = "not_theirs"  // it is somebody else's
	FactUnreachable FactTrouble = "unreachable" // whoever knows could not be asked
)

// AgentAct is what a person behind the counter did. The door has authorised
// them; whether they own the conversation is decided here.
type AgentAct struct {
	Ref     message.UserRef    `json:"ref"`
	Name    string             `json:"name"`
	Message message.PlatformID `json:"message,omitempty"` // their message, to mark what became of it
	Handoff int                `json:"handoff,omitempty"`
	Promise int                `json:"promise,omitempty"`
	Until   time.Time          `json:"until,omitzero"` // with more_time and promised
	// Anyway says that the person, asked, wants these words sent although they
	// look like a note.
	Anyway bool `json:"anyway,omitempty"`
}
