package intents

import (
	"context"

	"github.com/accord-chat/accord/dialog/message"
)

// Second is a slower reader who may be asked about what an [Understander] did not
// read for certain, and may word a line anew. It is a service of somebody else's:
// nothing may depend on it, and no turn may wait for it. Its methods are safe for
// concurrent use.
type Second interface {
	// Unsure says, at once, whether a reading leaves something open that may be
	// asked about. c is what the text was read against; of its choices only those
	// are named that agree to nothing.
	Unsure(r message.Reading, c Context) bool
	// Advise reads a text once more and gives r with what it adds: an intent, a
	// value of the text, a choice of c. It never adds or takes an acceptance, a
	// refusal or a condition, and takes no anger and no wish for a person. An error
	// is a [Trouble] and leaves r as all there is.
	Advise(ctx context.Context, text string, r message.Reading, c Context) (message.Reading, error)
	// Reword says a line in other words that state, ask and promise the same. An
	// error is a [Trouble]: the line is then said as it is.
	Reword(ctx context.Context, lang message.Lang, line string) (string, error)
}

// Trouble is why a [Second] came to nothing. It holds nothing of what was asked or
// answered.
type Trouble string

// Troubles, as measures name them.
const (
	TroubleNone    Trouble = "none"    // nothing of what was offered fits, or there are no better words
	TroubleRefused Trouble = "refused" // the answer was not one of those that are allowed
	TroubleFailed  Trouble = "failed"  // the service could not be reached, or has a fault
	TroubleTimeout Trouble = "timeout" // it did not answer in time
	TroubleBudget  Trouble = "budget"  // as many calls were made as are allowed
	TroubleResting Trouble = "resting" // it failed so often that it is left alone for a while
)

// Error implements error.
func (t Trouble) Error() string { return "second opinion: " + string(t) }
