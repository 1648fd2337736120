package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
)

// callError is how a call failed. It holds no token, address or text.
type callError struct {
	method     string
	code       int  // Telegram's own error code; 0 = Telegram did not answer
	status     int  // of HTTP; 0 = nothing came back
	written    bool // request bytes left for Telegram
	retryAfter time.Duration
	movedTo    int64
	why        string
	cause      error // context.Canceled or DeadlineExceeded, else nil
}

// Error implements error.
func (e *callError) Error() string {
	code := e.code
	if code == 0 {
		code = e.status
	}
	if code == 0 {
		return fmt.Sprintf("telegram %s: %s", e.method, e.why)
	}
	return fmt.Sprintf("telegram %s: %d %s", e.method, code, e.why)
}

// Unwrap lets callers ask for context errors.
func (e *callError) Unwrap() error { return e.cause }

// says whether Telegram's description holds phrase.
func (e *callError) says(phrase string) bool {
	return strings.Contains(strings.ToLower(e.why), phrase)
}

// credentials says whether Telegram does not know the token: 401 for one that
// was revoked, 404 for one that never was. A 404 without Telegram's own code
// comes from something in between and proves nothing.
func (e *callError) credentials() bool {
	return e.code == http.StatusUnauthorized || e.code == http.StatusNotFound
}

// defaultPause is kept where Telegram asks to wait without saying how long.
const defaultPause = 5 * time.Second

func (e *callError) pause() time.Duration {
	if e.retryAfter > 0 {
		return e.retryAfter
	}
	return defaultPause
}

// sendError says which of the outcomes a failed sending call had.
func sendError(err error) *adapters.SendError {
	var e *callError
	if !errors.As(err, &e) {
		return &adapters.SendError{Outcome: adapters.Unknown, Reason: "no clear answer"}
	}
	s := &adapters.SendError{Outcome: adapters.Refused, Reason: e.Error()}
	switch {
	case e.code == http.StatusTooManyRequests:
		s.Outcome, s.RetryAfter = adapters.Throttled, e.pause()
	case e.credentials():
		s.Fatal = true
	case e.code == http.StatusForbidden:
		s.Gone = true
	case e.movedTo != 0:
		s.MovedTo = itoa(e.movedTo)
	case 400 <= e.code && e.code < 500:
		s.Gone = e.says("chat not found")
	case e.code == 0 && !e.written:
		s.Outcome = adapters.NotSent
	default: // 5xx, HTML, broken JSON, silence: it may have been processed
		s.Outcome = adapters.Unknown
	}
	return s
}

// refuse is a refusal of our own, before anything was sent.
func refuse(reason string) *adapters.SendError {
	return &adapters.SendError{Outcome: adapters.Refused, Reason: "telegram: " + reason}
}
