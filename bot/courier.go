package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
)

// anchorTries is how often a post waits for the post it belongs to. After that
// it stands by itself: words that are seen in the wrong place are better than
// words that nobody sees.
const anchorTries = 4

// courier makes one attempt to deliver a row through an adapter, and says what
// becomes of the row and what follows from it.
type courier struct {
	s    *sender
	a    adapters.Adapter
	desk bool // the agents' platform

	mu    sync.Mutex
	tries map[int64]int // how often the file of a row could not be read
}

// deliver gives a result for the row, and one for each row that went with it.
func (c *courier) deliver(ctx context.Context, row store.OutRow) []store.Result {
	env, err := decodeEnvelope(row.Payload)
	if err != nil {
		return []store.Result{c.skip(row, true, err.Error())}
	}
	now := c.s.b.cfg.Now()
	if stale(row, env, now) {
		return c.conclude(ctx, row, env, tooLate(row, now))
	}
	if id, ok := c.there(ctx, row, env); ok {
		return c.conclude(ctx, row, env, judge(row, env, adapters.Receipt{ID: id}, nil, now, 0))
	}
	d, problem, err := c.address(ctx, row, env)
	switch {
	case err != nil:
		return []store.Result{c.notYet(row, "reading the store failed")}
	case problem != "" && (env.Settle != nil || env.There):
		return []store.Result{c.skip(row, false, problem)}
	case problem != "" && env.Amend != nil:
		return c.conclude(ctx, row, env, unsaid(row, problem, now))
	case problem != "" && (row.Attempts < anchorTries || c.comes(ctx, row, env)):
		return []store.Result{c.notYet(row, problem)}
	}
	more := c.gather(ctx, row, env, &d)
	file := c.watched(row, &d)
	receipt, err := c.send(ctx, d)
	now = c.s.b.cfg.Now()
	v := judge(row, env, receipt, err, now, rand.Float64()) //nolint:gosec // jitter needs no secrecy
	c.noted(row, env, v, file.settled(v.result), now)
	return append(c.conclude(ctx, row, env, v), alike(v.result, more)...)
}

// conclude makes the result of a row of a verdict on it.
func (c *courier) conclude(ctx context.Context, row store.OutRow, env envelope, v verdict) []store.Result {
	c.heed(row, v)
	c.followUp(ctx, row, env, &v)
	return []store.Result{v.result}
}

// alike gives the rows that went with another the same result: they were one
// message. What follows from it follows once.
func alike(res store.Result, more []store.OutRow) []store.Result {
	out := make([]store.Result, 0, len(more))
	for _, row := range more {
		r := res
		r.ID, r.Anchor, r.Follow, r.Inputs, r.Behind, r.Ending = row.ID, nil, nil, nil, nil, nil
		out = append(out, r)
	}
	return out
}

// send makes the attempt. A panic of an adapter is an unknown outcome, and
// costs this message only.
func (c *courier) send(ctx context.Context, d adapters.Delivery) (r adapters.Receipt, err error) {
	defer func() {
		if v := recover(); v != nil {
			c.s.b.log.Error("an adapter panicked while sending", zap.String("sender", c.s.name), zap.String("type", fmt.Sprintf("%T", v)))
			err = &adapters.SendError{Outcome: adapters.Unknown, Reason: "the adapter failed"}
		}
	}()
	return c.a.Send(ctx, d)
}

// noted takes an attempt into the measures, and, where it says something of
// this platform, into what is known of whether the agents' can be reached.
func (c *courier) noted(row store.OutRow, env envelope, v verdict, says bool, now time.Time) {
	c.s.b.meters.attempt(c.a.Channel(), row, env, v, now)
	if !c.desk || !says {
		return
	}
	switch adapters.Outcome(v.result.Outcome) {
	case adapters.NotSent, adapters.Throttled, adapters.Unknown:
		c.s.b.outage.failed(time.UnixMilli(row.At))
	default: // also a refusal is an answer, unless it is of the account itself
		if v.fatal {
			c.s.b.outage.failed(time.UnixMilli(row.At))
			return
		}
		c.s.b.outage.answered(now)
	}
}

// heed does what a verdict means for the account as a whole.
func (c *courier) heed(row store.OutRow, v verdict) {
	if v.fatal {
		c.s.refuse(v.result.Reason)
	}
	if v.throttle > 0 && c.s.pace.throttle(row.Chat, time.Now(), v.throttle) {
		c.s.b.log.Warn("several chats are throttled; the account rests", zap.String("sender", c.s.name), zap.Duration("for", v.throttle))
	}
	if v.result.Dead {
		c.s.b.log.Warn("a message was not delivered", zap.String("sender", c.s.name), zap.Int64("row", row.ID),
			zap.Int64("conversation", int64(row.Conv)), zap.String("outcome", v.result.Outcome), zap.String("reason", v.result.Reason))
	}
}

// skip ends a row without an attempt.
func (c *courier) skip(row store.OutRow, dead bool, reason string) store.Result {
	return store.Result{ID: row.ID, Outcome: string(adapters.Refused), Done: true, Dead: dead, Reason: reason, At: c.s.b.nowMilli()}
}

// notYet leaves a row for later without an attempt.
func (c *courier) notYet(row store.OutRow, reason string) store.Result {
	now := c.s.b.cfg.Now()
	return store.Result{ID: row.ID, Outcome: string(adapters.NotSent), Reason: reason, At: now.UnixMilli(),
		NextAt: now.Add(backoff(row.Attempts, rand.Float64())).UnixMilli()} //nolint:gosec // jitter needs no secrecy
}

// unsaid ends the change of words that did not arrive themselves. It is told in
// the thread and nobody's loss: the words have a mark and a button of their own.
func unsaid(row store.OutRow, reason string, now time.Time) verdict {
	return verdict{failure: desk.FailedUnsaid, result: store.Result{
		ID: row.ID, Outcome: string(adapters.Refused), Done: true, Reason: reason, At: now.UnixMilli()}}
}
