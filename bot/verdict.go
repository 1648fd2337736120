package bot

import (
	"errors"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
)

const (
	firstBackoff = 500 * time.Millisecond
	lastBackoff  = time.Minute
	// resendWait is how long an unknown outcome rests before the one resend: a
	// slow answer may still settle it, and a platform in trouble is left alone.
	resendWait = 10 * time.Second
	// staleAfter is how old words to a customer may get before they are not
	// sent any more: what was about yesterday surprises more than it helps.
	staleAfter = 24 * time.Hour
	// What can be repeated without harm is tried again for so long although its
	// outcome stays unclear: a platform's troubles last minutes or hours. What
	// holds up words behind it gets less.
	unclearPost  = 24 * time.Hour
	unclearSmall = 10 * time.Minute
)

// verdict is what follows from how one attempt ended.
type verdict struct {
	result   store.Result
	failure  desk.Failure  // why it ended without delivery; "" where it did not
	throttle time.Duration // the platform asked this chat to wait
	fatal    bool          // the account itself is refused
	gone     bool          // the customer blocked us
}

// judge decides by how an attempt ended, and by nothing else, what becomes of
// a row. jitter is in [0, 1). Pure.
func judge(row store.OutRow, env envelope, r adapters.Receipt, err error, now time.Time, jitter float64) verdict {
	var se *adapters.SendError
	if !errors.As(err, &se) {
		se = &adapters.SendError{Outcome: adapters.OutcomeOf(err), Reason: "no clear answer"}
	}
	v := verdict{fatal: se.Fatal, result: store.Result{
		ID: row.ID, Outcome: string(adapters.OutcomeOf(err)), Reason: se.Reason, At: now.UnixMilli()}}
	if v.fatal { // not this row's fault: it waits for an account that works
		v.again(now.Add(lastBackoff))
		return v
	}
	switch adapters.OutcomeOf(err) {
	case adapters.Delivered:
		v.result.Done, v.result.Platform, v.result.Reason = true, r.ID, ""
	case adapters.NotSent:
		v.retry(row, env, now, backoff(row.Attempts, jitter))
	case adapters.Throttled:
		v.throttle = max(se.RetryAfter, time.Second)
		v.retry(row, env, now, v.throttle+time.Duration(jitter*float64(firstBackoff)))
	case adapters.Refused:
		v.refused(env, se)
	default:
		v.unknown(row, env, now)
	}
	return v
}

func (v *verdict) again(at time.Time) { v.result.NextAt = at.UnixMilli() }

func (v *verdict) dead(why desk.Failure) {
	v.result.Done, v.result.Dead, v.failure = true, true, why
}

// stale says whether a row is too old to be sent at all: after a day without
// network, or with a customer who blocked us for weeks, "are you still there?"
// is out of place. What was promised is owed however late it comes, and so is
// what agents must see.
func stale(row store.OutRow, env envelope, now time.Time) bool {
	return env.Say != nil && row.Class != store.Promise && row.At > 0 && now.Sub(time.UnixMilli(row.At)) > staleAfter
}

// tooLate ends a row that is stale without an attempt.
func tooLate(row store.OutRow, now time.Time) verdict {
	v := verdict{result: store.Result{ID: row.ID, Outcome: string(adapters.NotSent), Reason: "too old to be sent", At: now.UnixMilli()}}
	v.dead(desk.FailedLate)
	return v
}

// retry tries again later, unless the row is stale by now.
func (v *verdict) retry(row store.OutRow, env envelope, now time.Time, wait time.Duration) {
	if stale(row, env, now) {
		v.dead(desk.FailedLate)
		return
	}
	v.again(now.Add(wait))
}

// refused ends a row. Buttons that cannot be taken off are nobody's loss: a
// press on one is answered as stale.
func (v *verdict) refused(env envelope, se *adapters.SendError) {
	toCustomer := env.Say != nil || env.Settle != nil || env.Amend != nil
	switch {
	case se.Gone && toCustomer:
		v.dead(desk.FailedGone)
		v.gone, v.result.Unreachable = true, true
	case env.Settle != nil:
		v.result.Done = true
	case env.Amend != nil: // the platform does not allow it (any more): the agent hears why, and that is all
		v.result.Done, v.failure = true, desk.FailedRefused
	case se.MovedTo != "":
		v.result.Reason = "the chat lives on under another id"
		v.dead(desk.FailedMoved)
	default:
		v.dead(desk.FailedRefused)
	}
}

// unknown sends once more and then gives up, unless it can be repeated. What
// must not happen twice is not sent again at all.
func (v *verdict) unknown(row store.OutRow, env envelope, now time.Time) {
	age := now.Sub(time.UnixMilli(row.At))
	switch {
	case env.Settle != nil:
		v.result.Done = true
	case row.Class == store.Once:
		v.dead(desk.FailedUnsure)
	case !row.Resend:
		v.again(now.Add(resendWait))
	case age < unclearFor(env):
		v.again(now.Add(max(resendWait, backoff(row.Attempts, 1))))
	default:
		v.dead(desk.FailedUnsure)
	}
}

// unclearFor is how old a row may get whose outcome stays unclear: a post for
// agents is looked for before it is posted again, and a mark, a change of a post
// and a change of words a customer has may be made twice. Words to a customer
// and what is shown to one person cannot be found again.
func unclearFor(env envelope) time.Duration {
	switch p := env.Post; {
	case env.Mark != nil, env.Amend != nil, p != nil && p.Update:
		return unclearSmall
	case p != nil && p.Private == "":
		return unclearPost
	}
	return 0
}

// backoff doubles from half a second to a minute; jitter spreads those who
// failed together.
func backoff(attempts int, jitter float64) time.Duration {
	d := firstBackoff << min(attempts, 7)
	d = min(d, lastBackoff)
	return d/2 + time.Duration(jitter*float64(d/2))
}
