package adapters

import (
	"context"

	"github.com/accord-chat/accord/dialog/message"
)

// Raw is one thing a platform delivered, as it came. Chat orders it: payloads
// of one Chat are handled one after another. Err, when set, says why the
// payload cannot be decoded; it is then kept aside (dead letter) and passed
// over.
type Raw struct {
	Dedup   string       // unique for each thing that happened; a second copy changes nothing
	Chat    message.Chat // where it belongs; may be empty only with Err
	Payload []byte
	Err     string
}

// Sink takes what an adapter received. When Receive returns nil the batch is
// committed and may be acknowledged to the platform; on an error nothing of it
// may be acknowledged. It is safe for concurrent use.
type Sink interface {
	Receive(ctx context.Context, channel message.Channel, batch []Raw) error
}

// Adapter is one account on one platform.
type Adapter interface {
	// Channel names the platform.
	Channel() message.Channel
	// Sender names the account in the outbox ("telegram/4711"); all rows of
	// one sender share its rate limits.
	Sender() string
	// Run receives until ctx ends and then returns nil. It survives network
	// trouble by itself and returns an error only where trying again is
	// pointless (a refused token: [ErrRefused]).
	Run(ctx context.Context, sink Sink) error
	// Decode reads a stored payload. Pure: no IO, no clock.
	Decode(payload []byte) (message.Inbound, error)
	// Send makes one attempt. The error, if any, is a *SendError.
	Send(ctx context.Context, d Delivery) (Receipt, error)
	// Pace gives the limits the platform sets, for the outbox to keep.
	Pace() Pace
}

// Checker is implemented by adapters that can verify their credentials before
// anything else starts. Check returns an error that wraps [ErrRefused] when
// the platform refused them, any other error when it could not be reached.
type Checker interface {
	Check(ctx context.Context) error
}

// TapAnswerer is implemented where a pressed button must be answered. Text is
// shown to the person briefly; empty just ends the waiting. It is best effort
// and never blocks a turn.
type TapAnswerer interface {
	AnswerTap(ctx context.Context, tap message.Tap, text string) error
}

// MenuSetter is implemented where a chat has a menu of commands. SetMenu puts
// it into the customer's language; best effort.
type MenuSetter interface {
	SetMenu(ctx context.Context, chat message.Chat, lang message.Lang) error
}

// Typer is implemented where "is typing" can be shown, for a few seconds or
// until the next message. Best effort.
type Typer interface {
	Typing(ctx context.Context, chat message.Chat) error
}

// Directory is implemented by platforms on which agents work. Authorize says
// whether ref may act as an agent in the queue's channel; a person who may not
// gives an error that wraps [ErrDenied], with the reason.
type Directory interface {
	Authorize(ctx context.Context, ref message.UserRef) (message.Person, error)
}

// Pace are the limits the outbox keeps for one sender: Rate messages a second
// in all, and for one chat at most one message each PerChat seconds after a
// burst of ChatBurst. Kinds that the platform counts apart from messages have a
// rate of their own in Apart, also a second; what goes beyond that counts as a
// message.
type Pace struct {
	Rate      float64
	PerChat   float64
	ChatBurst int
	Apart     map[Kind]float64
}

// Kind says what kind of call a delivery to agents costs.
type Kind string

// Kinds of calls.
const (
	KindPost    Kind = "post"    // a message
	KindMark    Kind = "mark"    // a mark without a reason
	KindUpdate  Kind = "update"  // a message that is replaced
	KindPrivate Kind = "private" // a message shown to one person
)

// Delivery is one thing to be sent. Exactly one of Say, Post, Mark, Settle and
// Amend is set.
type Delivery struct {
	ID     int64        // the outbox row; stable over attempts, so usable as an idempotency key
	Chat   message.Chat // for Post and Mark empty: the queue's channel
	Resend bool         // an earlier attempt ended unknown
	Say    *message.Outbound
	Post   *Post
	Mark   *Mark
	Settle *Settle
	Amend  *Amend
	// Open opens the attachments of Say or Post; nil where there are none.
	Open OpenFunc
	// Thread and Target are resolved from the anchors a Post names.
	Thread message.PlatformID // reply in the thread of this message
	Target message.PlatformID // replace this message
}

// Settle takes the buttons off a message whose question is answered, so that
// it cannot be answered twice. Chosen, when not empty, is the label that was
// picked. Idempotent and best effort.
type Settle struct {
	Question int                `json:"question"`
	Message  message.PlatformID `json:"message"`
	Chosen   string             `json:"chosen,omitempty"`
}

// Amend changes or takes back words of an agent that were delivered. Where the
// platform does not allow it (any more) the outcome is Refused, and the reason
// is shown to the agent.
type Amend struct {
	Of      message.PlatformID `json:"of"`                // the agent's own message
	Message message.PlatformID `json:"message,omitempty"` // what the customer has of it
	Text    string             `json:"text,omitempty"`
	Delete  bool               `json:"delete,omitempty"`
}

// Receipt is what a platform says of a delivered message. Parts lists every
// platform id where a text had to be split; ID is the last of them.
type Receipt struct {
	ID    message.PlatformID
	Parts []message.PlatformID
}
