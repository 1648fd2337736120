package adapters

import (
	"errors"
	"fmt"
	"time"
)

// Outcome says how one attempt to send ended. Every attempt ends in exactly
// one of these; "unknown" is recorded and handled by policy, never guessed.
type Outcome string

// The five outcomes.
const (
	Delivered Outcome = "delivered"
	NotSent   Outcome = "not_sent"  // no byte reached the platform: retry freely
	Throttled Outcome = "throttled" // asked to wait: retry after RetryAfter
	Refused   Outcome = "refused"   // the platform said no: retrying is pointless
	Unknown   Outcome = "unknown"   // bytes were written and no clear answer came
)

// Sentinel errors that callers test with errors.Is.
var (
	// ErrRefused: the platform refused our credentials.
	ErrRefused = errors.New("credentials refused")
	// ErrDenied: this person may not do this.
	ErrDenied = errors.New("denied")
)

// SendError says why an attempt did not deliver. It never holds a token, an
// address with a token in it, or a message's text.
type SendError struct {
	Outcome    Outcome
	RetryAfter time.Duration // with Throttled
	// Gone: the person blocked us or the chat is no more; stop sending there
	// until they write again.
	Gone bool
	// Fatal: the account itself is refused (token revoked); stop and alarm.
	Fatal bool
	// MovedTo: the chat lives on under another id (Telegram's migration).
	MovedTo string
	// Reason is for people: short, plain, without secrets.
	Reason string
}

// Error implements error.
func (e *SendError) Error() string { return fmt.Sprintf("send %s: %s", e.Outcome, e.Reason) }

// OutcomeOf classifies the result of a Send. An error that is not a
// *SendError counts as unknown: guessing "not sent" would double messages.
func OutcomeOf(err error) Outcome {
	if err == nil {
		return Delivered
	}
	var se *SendError
	if errors.As(err, &se) {
		return se.Outcome
	}
	return Unknown
}
