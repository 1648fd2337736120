package store

import (
	"context"
	"errors"

	"github.com/accord-chat/accord/dialog/message"
)

// Errors that callers test with errors.Is.
var (
	// ErrConflict: the conversation moved on, the input was done, or a case
	// number was taken since the Item was read. Nothing was written; Work has
	// already arranged for the input to be handled again.
	ErrConflict = errors.New("conflict")
	// ErrLocked: another process has the embedded database open.
	ErrLocked = errors.New("database is in use by another process")
	// ErrNotFound: no such row.
	ErrNotFound = errors.New("not found")
)

// New is an input to be stored. Dedup is unique over all inputs ever kept
// ("telegram/4711:1002", "fact:31").
type New struct {
	Channel message.Channel
	Chat    message.Chat
	// Conv, when not 0, names the conversation instead of Channel and Chat.
	Conv    message.ConversationID
	Dedup   string
	Kind    string // "raw": an adapter's payload; "input": an encoded dialog input; others by agreement
	Payload []byte
	At      int64 // received at
}

// Dead is something that could not be handled and was passed over.
type Dead struct {
	ID      int64
	Source  string // "telegram", "turn", …
	Dedup   string // a second copy changes nothing
	Payload []byte
	Reason  string
	At      int64
	// Conv and Kind say how the input stood in the inbox, where it did: it can
	// then be handled again. Without them only the payload is known.
	Conv message.ConversationID
	Kind string
}

// Item is the oldest pending input of a conversation, with the state it meets.
type Item struct {
	Inbox    int64
	Conv     message.ConversationID
	Channel  message.Channel
	Chat     message.Chat
	Version  int64  // of the conversation; 0 = no turn yet
	State    []byte // nil before the first turn
	Kind     string
	Payload  []byte
	At       int64
	Attempts int // failed turns on this input so far
}

// Event is one journal entry of a turn. Entries of a turn are numbered in
// order; the first is the input with its reading.
type Event struct {
	Kind    string
	Payload []byte
}

// Timer is set under a name in its conversation; setting it again moves it.
type Timer struct {
	Name string
	Due  int64
}

// Out is a row for the outbox. Dedup is unique; empty lets the store make one
// from the turn. Class orders and decides what becomes of unknown outcomes.
type Out struct {
	Sender  string
	Chat    message.Chat // rows of one (Sender, Chat) leave in order
	Class   Class
	Dedup   string
	NotPast int64 // not before, 0 = now
	Payload []byte
	// Late is written as well where an earlier row of the chat was put back and
	// waits: this one has to wait, too, for more than its turn.
	Late []Out
}

// Class says what kind of sending a row is.
type Class string

// Classes, in the order in which they may pass each other between chats.
const (
	Reply   Class = "reply"
	Promise Class = "promise"
	Once    Class = "once"   // must not arrive twice: RecoverOut never resends it
	Aside   Class = "aside"  // agents need it a moment later than a card: marks, changes of a card, notes in a thread
	Mirror  Class = "mirror" // shown for company only, such as what a customer wrote: everything else goes first
)

// Ask is a question whose buttons were sent. Tokens are what the buttons
// carry.
type Ask struct {
	Token    string
	Question int
	Choice   string
	Expires  int64
}

// Asked is an [Ask] found by its token.
type Asked struct {
	Ask
	Conv    message.ConversationID
	Channel message.Channel
	Chat    message.Chat
}

// PromiseRow is what people see of a promise. It is a projection: the
// conversation's state is the truth.
type PromiseRow struct {
	Conv   message.ConversationID
	N      int // number within the conversation, from 1
	Case   string
	Text   string
	Owner  string // department or agent
	State  string // open, kept, broken, renewed
	Due    int64
	Opened int64
	Closed int64
}

// HandoffRow is what people see of a hand-off; a projection too.
type HandoffRow struct {
	Conv   message.ConversationID
	N      int
	State  string // queued, owned, returned, closed
	Owner  message.UserRef
	Name   string
	Cause  string
	Opened int64
	Closed int64
}

// Turn is everything one handled input changes.
type Turn struct {
	State     []byte
	Events    []Event
	Outbox    []Out
	Set       []Timer
	Clear     []string
	Asks      []Ask
	Promises  []PromiseRow
	Handoffs  []HandoffRow
	Cases     []string   // case numbers that become this conversation's; taken ones conflict
	Inputs    []New      // inputs to conversations that follow from this one
	Dead      *Dead      // the input was passed over
	Anchor    *Anchor    // learned on the way (a card's id from a press on it)
	Unreach   *bool      // the customer blocked us (true) or is back (false)
	Ending    Ending     // with Unreach true: asked for each row that waits for the customer
	Audit     []AuditRow // who did what
	DelayTill int64      // not a turn at all: look at this input again at that time
}

// Anchor ties a name to a delivered message. Channel-side id and name are both
// unique within a sender.
type Anchor struct {
	Sender string
	Name   string
	ID     message.PlatformID
	Conv   message.ConversationID
}

// OutRow is an outbox row to be sent.
type OutRow struct {
	ID       int64
	Conv     message.ConversationID
	Sender   string
	Chat     message.Chat
	Class    Class
	Attempts int
	Resend   bool // an earlier attempt ended unknown
	Payload  []byte
	At       int64 // written at
}

// Result is how an attempt ended, as adapters.Outcome, and what follows.
type Result struct {
	ID      int64
	Outcome string
	// Done ends the row; otherwise it is tried again at NextAt.
	Done     bool
	Dead     bool // ended without delivery: shown to operators
	NextAt   int64
	Platform message.PlatformID
	Reason   string
	Anchor   *Anchor // stored with the delivery
	Follow   []Out   // written in the same transaction (marks, notes)
	Inputs   []New
	// Unreachable says that the customer blocked us: the row and all that
	// waits for the same chat end here and stay listed.
	Unreachable bool
	// Behind says, for a row that is to be tried again and for those that wait
	// behind it (50 at most), what is written in the same transaction. It is
	// quick, reads no store, and may be asked about a row more than once.
	Behind func(OutRow) []Out
	// Ending is asked for each row that ends with Unreachable besides this one,
	// whatever it says of ending. A row that is to be tried again, and whose
	// customer blocked us meanwhile, is asked about itself.
	Ending Ending
	At     int64
}

// Ending says of a row that waits for a customer who blocked us whether it ends
// here, without delivery, and what is written for it in the same transaction.
// It is quick, reads no store, and may be asked about a row more than once.
type Ending func(OutRow) (follow []Out, ends bool)

// Store keeps everything. All methods are safe for concurrent use.
type Store interface {
	Operate
	Accounts
	Leader

	// Ingest commits inputs; copies (same Dedup) are passed over silently.
	// Conversations come into being with their first input. When it returns
	// nil everything is durable.
	Ingest(ctx context.Context, inputs []New, dead []Dead) error

	// Work claims up to max conversations that have a pending input, calls
	// handle with the oldest input of each, one after another, and commits
	// the turns together. A handle that returns an error or panics leaves its
	// input pending with Attempts+1 and the error, to be tried again after a
	// pause that doubles from 50 ms up to a minute; the other turns of the
	// batch commit all the same. It returns how many turns were committed.
	// handle must be quick and must not write to the store; it may read.
	Work(ctx context.Context, max int, handle func(context.Context, Item) (Turn, error)) (int, error)
	// WaitWork blocks until Work may find something, or ctx ends.
	WaitWork(ctx context.Context) error

	// FireTimers moves due timers into the inbox as inputs of kind "timer"
	// (payload: the name), and returns when the next one is due (0 = none).
	// What one turn set becomes one input; what a later turn sets is another
	// timer, also under the same name and for the same time.
	FireTimers(ctx context.Context, now int64, max int) (fired int, next int64, err error)

	// TakeOut marks up to max rows of sender as being sent and returns them:
	// at most the oldest of each chat, only where NextAt has come, and none
	// of a chat that already has a row being sent. Between chats the class
	// goes first; chats of one class take turns, from whichever waits longest
	// since it was served or began to wait, so that one with many rows holds
	// up no other. next says when another row may be ready (0 = none known).
	TakeOut(ctx context.Context, sender string, now int64, max int) (rows []OutRow, next int64, err error)
	// SettleOut records how attempts ended. It trusts what a result says: what
	// becomes of an unknown outcome is decided by whoever made the attempt.
	SettleOut(ctx context.Context, results []Result) error
	// WaitOut blocks until TakeOut of sender may find something, or ctx ends.
	WaitOut(ctx context.Context, sender string) error
	// RecoverOut turns rows that a dead process left as "being sent" into
	// unknown outcomes: rows of class Once end dead, others are resent at
	// now+wait, flagged. It returns how many there were.
	RecoverOut(ctx context.Context, sender string, now, wait int64) (int, error)

	// FindAsk resolves a button's token; ErrNotFound where there is none.
	FindAsk(ctx context.Context, token string) (Asked, error)
	// FindAnchor resolves a name or a platform id of a delivered post.
	FindAnchor(ctx context.Context, sender, name string) (Anchor, error)
	FindAnchorByID(ctx context.Context, sender string, id message.PlatformID) (Anchor, error)

	// Conversation reads one conversation; Conversations lists ids after
	// `after`, in order. Journal reads a conversation's events from version
	// on, in order.
	Conversation(ctx context.Context, id message.ConversationID) (Item, error)
	FindConversation(ctx context.Context, channel message.Channel, chat message.Chat) (message.ConversationID, error)
	Conversations(ctx context.Context, after message.ConversationID, max int) ([]message.ConversationID, error)
	Journal(ctx context.Context, id message.ConversationID, from int64) ([]JournalRow, error)
	// Sent reads the newest max outbox rows of one chat with id > after, sent
	// or not, in order.
	Sent(ctx context.Context, sender string, chat message.Chat, after int64, max int) ([]OutRow, error)

	// Dead letters, newest first: inputs passed over and rows ended dead.
	DeadLetters(ctx context.Context, max int) ([]Dead, error)
	// Stats are counts for health and tests.
	Stats(ctx context.Context) (Stats, error)
	// Meta keeps small settings by name ("telegram/4711 offset"); SetMeta
	// is durable when it returns nil.
	Meta(ctx context.Context, name string) (string, error)
	SetMeta(ctx context.Context, name, value string) error

	// Ping says whether the database answers and can be written.
	Ping(ctx context.Context) error
	// Close ends all work and releases the database. Idempotent.
	Close() error
}

// JournalRow is an [Event] as it was stored.
type JournalRow struct {
	Version int64
	N       int
	Event
}

// Stats counts what is stored.
type Stats struct {
	Conversations int64
	Pending       int64 // inputs not handled yet
	OldestPending int64 // received at; 0 = none
	Unsent        int64
	OldestUnsent  int64
	Timers        int64
	Dead          int64
	Unknown       int64 // sends whose outcome was unknown at least once
	Promises      int64 // open
	Handoffs      int64 // queued or owned
}
