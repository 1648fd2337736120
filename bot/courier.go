package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// anchorTries is how often a post waits for the post it belongs to. After that
// it stands by itself: words that are seen in the wrong place are better than
// words that nobody sees.
const anchorTries = 4

// courier makes one attempt to deliver a row through an adapter, and says what
// becomes of the row and what follows from it.
type courier struct {
	s *sender
	a adapters.Adapter
}

func (c *courier) deliver(ctx context.Context, row store.OutRow) store.Result {
	env, err := decodeEnvelope(row.Payload)
	if err != nil {
		return c.skip(row, true, err.Error())
	}
	if now := c.s.b.cfg.Now(); stale(row, env, now) {
		v := tooLate(row, now)
		c.heed(row, v)
		c.followUp(row, env, &v)
		return v.result
	}
	d, problem, err := c.address(ctx, row, env)
	switch {
	case err != nil:
		return c.notYet(row, "reading the store failed")
	case problem != "" && env.Settle != nil:
		return c.skip(row, false, problem)
	case problem != "" && row.Attempts < anchorTries:
		return c.notYet(row, problem)
	}
	receipt, err := c.send(ctx, d)
	v := judge(row, env, receipt, err, c.s.b.cfg.Now(), rand.Float64()) //nolint:gosec // jitter needs no secrecy
	c.heed(row, v)
	c.followUp(row, env, &v)
	return v.result
}

// address makes the delivery of a row and resolves the anchors it names.
// problem says that one is not known (yet).
func (c *courier) address(ctx context.Context, row store.OutRow, env envelope) (d adapters.Delivery, problem string, err error) {
	d = adapters.Delivery{ID: row.ID, Chat: row.Chat, Resend: row.Resend, Say: env.Say, Post: env.Post, Mark: env.Mark, Settle: env.Settle}
	find := func(name string) message.PlatformID {
		if name == "" || err != nil {
			return ""
		}
		var a store.Anchor
		a, err = c.s.b.cfg.Store.FindAnchor(ctx, c.s.name, name)
		if errors.Is(err, store.ErrNotFound) {
			err, problem = nil, "the message it belongs to is not known"
		}
		return a.ID
	}
	switch {
	case env.Settle != nil:
		settle := *env.Settle
		settle.Message = platformOf(row.Conv, find(questionAnchor(row.Conv, settle.Question)))
		d.Settle = &settle
	case env.Post != nil:
		d.Chat, d.Thread = "", find(env.Post.Thread) // lanes are ours; the platform knows its channel
		if env.Post.Update {
			d.Target = find(env.Post.Anchor)
		}
	case env.Mark != nil:
		mark := *env.Mark
		d.Chat, mark.Thread = "", find(env.In)
		d.Mark, d.Thread, problem = &mark, mark.Thread, "" // without its thread a mark is still a mark
	}
	return d, problem, err
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

// followUp adds to a result what is written with it: names under which the
// message is found again, marks on agents' words, the news that a customer is
// gone.
func (c *courier) followUp(row store.OutRow, env envelope, v *verdict) {
	if v.result.Outcome == string(adapters.Delivered) {
		v.result.Anchor = c.anchor(row, env, v.result.Platform)
	}
	if !v.result.Done {
		return
	}
	var shows []desk.Show
	switch {
	case env.Of != "":
		shows = append(shows, c.s.b.desk.Result(env.In, env.Of, v.failure))
	case env.Say != nil && v.failure != "" && !v.gone && (row.Class == store.Once || row.Class == store.Promise):
		shows = append(shows, c.s.b.desk.Lost(row.Conv, v.failure))
	}
	outs, err := c.s.b.deskOuts(shows, fmt.Sprintf("after:%d", row.ID))
	if err != nil {
		c.s.b.log.Error("a mark could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
	}
	v.result.Follow = outs
	if v.gone {
		in, err := newInput(row.Conv, fmt.Sprintf("gone:%d", row.ID), dialog.Input{At: moment(v.result.At), Kind: dialog.InBlocked})
		if err != nil {
			c.s.b.log.Error("an input could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
			return
		}
		v.result.Inputs = append(v.result.Inputs, in)
	}
}

// anchor names a delivered message where it must be found again.
func (c *courier) anchor(row store.OutRow, env envelope, id message.PlatformID) *store.Anchor {
	a := &store.Anchor{Sender: c.s.name, Conv: row.Conv, ID: id}
	switch {
	case id == "":
		return nil
	case env.Post != nil && env.Post.Anchor != "":
		a.Name = env.Post.Anchor
	case env.Say != nil && env.Of != "":
		a.Name, a.ID = wordsAnchor(env.Of), anchorID(row.Conv, id)
	case env.Say != nil && len(env.Say.Choices) > 0:
		a.Name, a.ID = questionAnchor(row.Conv, env.Say.Question), anchorID(row.Conv, id)
	default:
		return nil
	}
	return a
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
