package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"syscall"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
)

// throttleDefault is the wait where Slack asks for one without saying how
// long.
const throttleDefault = 30 * time.Second

// Codes of Slack's answers, by what they mean for us. What is in none of the
// lists is a plain refusal of that one call.
var (
	fatalCodes = []string{
		"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
		"user_removed_from_team", "not_allowed_token_type", "org_login_required",
		"two_factor_setup_required", "team_access_not_granted", "invalid_token",
	}
	throttleCodes = []string{"ratelimited", "rate_limited", "message_limit_exceeded"}
	// Slack says of these that part of the work may have been done.
	unclearCodes = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)

var codeForm = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// code gives Slack's own error code in err, or "". Only well-formed codes come
// through: whatever else a broken server put there is not ours to repeat.
func code(err error) string {
	var se slackapi.SlackErrorResponse
	if errors.As(err, &se) && codeForm.MatchString(se.Err) {
		return se.Err
	}
	return ""
}

// isFatal says that the credentials were refused, not just this call.
func isFatal(err error) bool { return slices.Contains(fatalCodes, code(err)) }

// answered says that Slack itself answered and said no.
func answered(err error) bool {
	var se slackapi.SlackErrorResponse
	return errors.As(err, &se)
}

// waitOf gives how long Slack asks us to wait, if that is what err says.
func waitOf(err error) (time.Duration, bool) {
	var rl *slackapi.RateLimitedError
	if errors.As(err, &rl) {
		return max(rl.RetryAfter, time.Second), true
	}
	var sc slackapi.StatusCodeError
	if errors.As(err, &sc) && sc.Code == http.StatusTooManyRequests {
		return throttleDefault, true
	}
	return throttleDefault, slices.Contains(throttleCodes, code(err))
}

// reason describes err in a few plain words that hold nothing of the request
// or the answer: the library quotes both in some of its errors.
func reason(err error) string {
	var (
		sc  slackapi.StatusCodeError
		rl  *slackapi.RateLimitedError
		dns *net.DNSError
		ne  net.Error
		se  *json.SyntaxError
		te  *json.UnmarshalTypeError
		sl  slackapi.SlackErrorResponse
	)
	switch {
	case err == nil:
		return "no error"
	case errors.As(err, &sl):
		return codeReason(sl)
	case errors.As(err, &rl):
		return "Slack asked to wait"
	case errors.As(err, &sc):
		return fmt.Sprintf("HTTP status %d", sc.Code)
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "connection broke off"
	case errors.As(err, &dns):
		return "host name not found"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &ne) && ne.Timeout():
		return "no answer in time"
	case errors.As(err, &se), errors.As(err, &te):
		return "unreadable answer"
	}
	return "network error"
}

func codeReason(e slackapi.SlackErrorResponse) string {
	c := code(e)
	switch {
	case c == "":
		return "Slack answered with an unknown error"
	case c == "missing_scope" && scopeForm.MatchString(e.Needed):
		return "missing_scope (needs " + e.Needed + ")"
	}
	return c
}

var scopeForm = regexp.MustCompile(`^[a-z:.,_ -]{1,200}$`)

// sendError turns how a call ended into an outcome. wrote says whether any of
// the request had been written: from then on a missing answer proves nothing.
func sendError(err error, wrote bool) *adapters.SendError {
	e := &adapters.SendError{Reason: reason(err)}
	var sc slackapi.StatusCodeError
	wait, throttled := waitOf(err)
	switch {
	case throttled:
		e.Outcome, e.RetryAfter = adapters.Throttled, wait
	case answered(err) && (code(err) == "" || slices.Contains(unclearCodes, code(err))):
		e.Outcome = adapters.Unknown
	case answered(err):
		e.Outcome, e.Fatal = adapters.Refused, isFatal(err)
	case errors.As(err, &sc) && sc.Code < http.StatusInternalServerError:
		// Slack answers 200 even when it refuses: this came from something in
		// between, which did not pass the request on.
		e.Outcome = adapters.NotSent
	case wrote:
		e.Outcome = adapters.Unknown
	default:
		e.Outcome = adapters.NotSent
	}
	return e
}
