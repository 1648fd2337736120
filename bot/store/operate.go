package store

import (
	"context"

	"github.com/accord-chat/accord/dialog/message"
)

// Troubled is an outbox row that ended without delivery, or whose outcome was
// unknown at least once.
type Troubled struct {
	ID      int64
	Conv    message.ConversationID
	Sender  string
	Chat    message.Chat
	Class   Class
	Outcome string
	Reason  string
	Unknown bool // an outcome was unknown; delivered or not, it may have arrived twice
	Dead    bool // ended without delivery; it can be retried
	Written int64
	Ended   int64 // 0 = still being tried
}

// Operate is what operators need of a store. All methods are safe for
// concurrent use, and bounded: none reads more than it was asked for.
type Operate interface {
	// TroubledOuts lists such rows, newest first.
	TroubledOuts(ctx context.Context, max int) ([]Troubled, error)
	// RetryOut puts a dead row back as if it had never been tried, at the
	// place it had in its chat. ErrNotFound where there is no such dead row.
	RetryOut(ctx context.Context, id, now int64) error
	// DeadLetter reads one; ErrNotFound where there is none.
	DeadLetter(ctx context.Context, id int64) (Dead, error)
	// RetryDead replaces a dead letter by an input, in one transaction.
	RetryDead(ctx context.Context, id int64, in New) error
	// DropOut lets go of a dead row: it stays with what became of it, is not
	// dead any more and can not be retried; its dead letter goes. DropDead lets
	// go of a dead letter, which is then nowhere: whoever calls it notes what
	// it was. Both give ErrNotFound where there is none.
	DropOut(ctx context.Context, id int64) error
	DropDead(ctx context.Context, id int64) error
	// Out reads one outbox row; ErrNotFound where there is none.
	Out(ctx context.Context, id int64) (OutRow, error)
	// TakeNext marks further rows of one chat as being sent: those that follow
	// the row `after`, which is being sent, without a gap, are due at now, and
	// for which join says yes. It stops at the first for which join says no.
	// They are settled together with that row.
	TakeNext(ctx context.Context, sender string, chat message.Chat, after, now int64, max int, join func(OutRow) bool) ([]OutRow, error)
	// Unsent reads the oldest max rows of one chat with id > after that have not
	// ended, being sent or not, in order.
	Unsent(ctx context.Context, sender string, chat message.Chat, after int64, max int) ([]OutRow, error)

	// OpenHandoffs lists what is queued or owned, oldest first. OpenPromises
	// lists what is open and due before a time (0 = all), soonest first.
	OpenHandoffs(ctx context.Context, max int) ([]HandoffRow, error)
	OpenPromises(ctx context.Context, before int64, max int) ([]PromiseRow, error)

	// Backup writes a whole, consistent copy of the database to a new file
	// while work goes on. It refuses a path where something exists already.
	// Sessions and links stay out of it: restored, they would sign in people
	// who were kept out since.
	Backup(ctx context.Context, path string) error
}
