package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Effect is one thing that follows from a step. The set is closed; the
// runtime handles every one and refuses what it does not know.
type Effect interface{ effect() }

// Say is a message to the customer. With Mark set it is an agent's own words
// and the mark says whose message is to show what became of it.
type Say struct {
	Out   message.Outbound   `json:"out"`
	State string             `json:"state"` // the state that speaks, for traces and tests
	Mark  message.PlatformID `json:"mark,omitempty"`
	// Promised says that this keeps or reports a promise, which goes out
	// before reminders.
	Promised bool `json:"promised,omitempty"`
}

// Retire takes the buttons off a question that is no longer open.
type Retire struct {
	Question int    `json:"question"`
	Chosen   string `json:"chosen,omitempty"`
}

// SetTimer sets or moves a timer; ClearTimer takes it away.
type SetTimer struct {
	Name string    `json:"name"`
	Due  time.Time `json:"due"`
}

// ClearTimer takes a timer away; one that is not set is no error.
type ClearTimer struct {
	Name string `json:"name"`
}

// LookUp asks for a fact; it comes back as an input of kind InFact.
type LookUp struct {
	// Customer is who asks: some answers are for their owner alone.
	Customer message.UserRef `json:"customer,omitempty"`
	Key      string          `json:"key"`
}

// PromiseChanged is a promise that was made or moved on. Whoever owns it sees
// each change on its task.
type PromiseChanged struct {
	Promise  expect.Promise `json:"promise"`
	Event    PromiseEvent   `json:"event"`
	By       string         `json:"by,omitempty"` // the agent who acted
	Customer string         `json:"customer,omitempty"`
	// OwnerName is the department that must act, in the agents' language.
	OwnerName string    `json:"owner_name,omitempty"`
	Until     time.Time `json:"until,omitzero"` // with asking, renewed and declined
	Next      int       `json:"next,omitempty"` // with renewed
	// Waits names the agent who has the customer while this is news for them:
	// the bot is silent until they are done, so the customer has not been
	// asked or told yet. Empty where nothing waits.
	Waits string `json:"waits,omitempty"`
}

// PromiseEvent says what happened to a promise.
type PromiseEvent string

// What happens to promises.
const (
	PromiseMade      PromiseEvent = "made"
	PromiseSoon      PromiseEvent = "soon" // the owner is reminded
	PromiseDue       PromiseEvent = "due"  // the deadline came without a result
	PromiseEscalated PromiseEvent = "escalated"
	PromiseDone      PromiseEvent = "done"
	PromiseChased    PromiseEvent = "chased"    // it is late, and the customer asks after it
	PromiseNoted     PromiseEvent = "noted"     // words were added to its result
	PromiseReworded  PromiseEvent = "reworded"  // the customer told what belongs into its text, such as a number to call
	PromiseAssigned  PromiseEvent = "assigned"  // it has another owner
	PromiseWithdrawn PromiseEvent = "withdrawn" // the customer called off what they waited for: nobody needs to act

	PromiseNoMove PromiseEvent = "no_move" // more time was refused: used up, or the customer did not agree; the supervisor must look
	PromiseClosed PromiseEvent = "closed"  // an act on a promise that is closed already

	PromiseAsking   PromiseEvent = "asking"   // the customer is asked for more time, until Until
	PromiseRenewed  PromiseEvent = "renewed"  // they agreed: this promise is closed, promise Next stands in its place
	PromiseDeclined PromiseEvent = "declined" // they did not, or did not answer about what was late already: the deadline stands
)

// HandoffChanged is a hand-off that was opened or moved on.
type HandoffChanged struct {
	Handoff Handoff         `json:"handoff"`
	Event   HandoffEvent    `json:"event"`
	Brief   *Brief          `json:"brief,omitempty"` // with HandoffOpened and on every change of the card
	By      string          `json:"by,omitempty"`
	ByRef   message.UserRef `json:"by_ref,omitempty"`
	Note    string          `json:"note,omitempty"` // with asked and promised: what was offered or promised
	Until   time.Time       `json:"until,omitzero"` // with asked and promised
	Case    string          `json:"case,omitempty"` // with asked and promised
}

// HandoffEvent says what happened to a hand-off.
type HandoffEvent string

// What happens to hand-offs.
const (
	HandoffOpened   HandoffEvent = "opened"
	HandoffTaken    HandoffEvent = "taken" // Handoff.Former and Note name whom it was taken over from, if anybody
	HandoffLost     HandoffEvent = "lost"  // By came too late: Handoff names who has it
	HandoffLate     HandoffEvent = "late"
	HandoffReturned HandoffEvent = "returned"
	HandoffClosed   HandoffEvent = "closed"
	HandoffDenied   HandoffEvent = "denied" // By does not own it
	HandoffOver     HandoffEvent = "over"   // it is no longer open

	HandoffNudged    HandoffEvent = "nudged"    // nobody has taken it yet: those who follow the thread are reminded
	HandoffEscalated HandoffEvent = "escalated" // still nobody: the supervisor is called
	HandoffIdle      HandoffEvent = "idle"      // the owner has left the customer without an answer: anybody may take over
	HandoffReleased  HandoffEvent = "released"  // back in the queue; Note is for whoever takes it next
	HandoffLapsed    HandoffEvent = "lapsed"    // back in the queue, because PassedBy did not answer the customer
	HandoffAsked     HandoffEvent = "asked"     // the owner's offer, in Note, has gone to the customer
	HandoffPromised  HandoffEvent = "promised"  // the owner's promise has gone to the customer
	HandoffUnheard   HandoffEvent = "unheard"   // the customer was told that we cannot be reached at present
	HandoffBriefed   HandoffEvent = "briefed"   // nothing happened to it, but there is more to know: the card is redrawn, and nobody is called
)

// Relay shows agents what the customer wrote or did, in the hand-off's
// thread. What says in what form: "text", "edited", "deleted", "tap",
// "command", "accepted", "declined" or "lapsed" (an agent's offer, with its
// Text; lapsed is one nobody answered in time, or one that a newer offer took
// the place of), "wait", "call" or "answer" (what they chose while nobody
// came). Before is the text as it was, with "edited" and "deleted", where it
// is known; About is what a pressed button belonged to, where its label alone
// does not tell ("no" to which question?).
type Relay struct {
	Handoff     int                  `json:"handoff"`
	What        string               `json:"what"`
	Name        string               `json:"name,omitempty"`
	Text        string               `json:"text,omitempty"`
	Before      string               `json:"before,omitempty"`
	About       string               `json:"about,omitempty"` // with tap: the text of the promise or offer
	Case        string               `json:"case,omitempty"`  // with accepted, wait, call and answer
	Until       time.Time            `json:"until,omitzero"`  // with accepted: by when it is to be done, as the customer reads it
	Attachments []message.Attachment `json:"attachments,omitempty"`
}

// Amend changes what a customer has of an agent's message, or takes it back.
// It follows the Say with the same Mark.
type Amend struct {
	Mark    message.PlatformID `json:"mark"`
	Text    string             `json:"text,omitempty"`
	Delete  bool               `json:"delete,omitempty"`
	Handoff int                `json:"handoff"`
}

// Hold tells an agent why their message did not go out. With an empty Message
// it was a form (an offer, a promise, a return): nothing stands in the thread
// that could be marked, so ByRef is told in private.
type Hold struct {
	Handoff int                `json:"handoff"`
	Promise int                `json:"promise,omitempty"` // in a task's thread, in place of Handoff
	Message message.PlatformID `json:"message,omitempty"`
	Reason  HoldReason         `json:"reason"`
	By      string             `json:"by,omitempty"`
	ByRef   message.UserRef    `json:"by_ref,omitzero"`
	Owner   string             `json:"owner,omitempty"`
}

// HoldReason says why an agent's message was not sent.
type HoldReason string

// Reasons for not sending.
const (
	HoldInternal HoldReason = "internal" // "//": a note, as meant
	HoldAsk      HoldReason = "ask"      // "note:" may be one, or a line further down begins like a note
	HoldNotOwner HoldReason = "not_owner"
	HoldClosed   HoldReason = "closed"
	HoldEdited   HoldReason = "edited" // already sent; given by the runtime
	HoldEmpty    HoldReason = "empty"
	HoldFile     HoldReason = "file" // a task's result came with a file, which would be missing
	HoldBlocked  HoldReason = "blocked"
	HoldPast     HoldReason = "past" // a form named a time that has passed
)

// Unreachable says that the customer blocked us, or is back.
type Unreachable struct {
	Blocked bool `json:"blocked"`
}

// UseCase claims a case number for this conversation.
type UseCase struct {
	Number string `json:"number"`
}

// Rated is a customer's answer to one question of a survey: what they
// experienced, from 1 (worst) to [flow.TopScore]. Expectation is what they had
// expected, as it stood when the matter ended, without the offers made; nil
// where they were asked how they were treated.
type Rated struct {
	Survey      string              `json:"survey"`
	Case        string              `json:"case,omitempty"`
	Aspect      expect.Aspect       `json:"aspect"`
	Score       int                 `json:"score"`
	Expectation *expect.Expectation `json:"expectation,omitempty"`
}

// FollowedUp is a customer's answer to a follow-up about a promise that was
// kept: "well", "again" (well so far, to be asked once more) or "wrong".
type FollowedUp struct {
	FollowUp string `json:"follow_up"`
	Case     string `json:"case,omitempty"`
	Promise  int    `json:"promise,omitzero"`
	Answer   string `json:"answer"`
}

func (Say) effect()            {}
func (Retire) effect()         {}
func (SetTimer) effect()       {}
func (ClearTimer) effect()     {}
func (LookUp) effect()         {}
func (PromiseChanged) effect() {}
func (HandoffChanged) effect() {}
func (Relay) effect()          {}
func (Amend) effect()          {}
func (Hold) effect()           {}
func (Unreachable) effect()    {}
func (UseCase) effect()        {}
func (Rated) effect()          {}
func (FollowedUp) effect()     {}
