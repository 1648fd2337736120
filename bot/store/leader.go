package store

import (
	"context"
	"errors"
	"strings"
)

// ErrLost says that another process does by now what only one may do. Whoever gets it
// stops, writes nothing more in that role, and may ask to lead again.
var ErrLost = errors.New("another process has taken over")

// Leader says which of many processes does what only one may do at a time:
// send for an account, ask a platform for news, tidy up.
type Leader interface {
	// Lead waits until nobody leads under name, then calls f and gives back its
	// error. The context of f ends when ctx does, when the store closes, and when
	// the lead is lost (then errors.Is(err, ErrLost), whatever f says); f must
	// end soon after. A process that dies, or stands still, loses the lead within
	// seconds; one that closes its store gives it up at once. Within one process
	// callers exclude each other as processes do. When ctx ends or the store
	// closes before it was our turn, f is not called.
	//
	// Who sends for an account leads under its [SenderLease]. Where somebody else
	// does, TakeOut, TakeNext, SettleOut and RecoverOut give ErrLost and write
	// nothing: also for one who does not know yet that the lead is lost. RecoverOut
	// comes first each time the lead was won. An account under which nobody leads
	// is anybody's.
	Lead(ctx context.Context, name string, f func(context.Context) error) error
}

const senderLease = "sender/"

// SenderLease is the name under which the sender of an account leads.
func SenderLease(sender string) string { return senderLease + sender }

// LeasedSender gives the account of such a name.
func LeasedSender(name string) (sender string, is bool) { return strings.CutPrefix(name, senderLease) }
