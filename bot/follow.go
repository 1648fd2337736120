package bot

import (
	"context"
	"errors"
	"fmt"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

// followUp adds to a result what is written with it: names under which the
// message is found again, marks on agents' words (also on those that wait
// behind), the news that a customer is gone.
func (c *courier) followUp(ctx context.Context, row store.OutRow, env envelope, v *verdict) {
	if v.result.Outcome == string(adapters.Delivered) {
		v.result.Anchor = c.anchor(row, env, v.result.Platform)
	}
	// No key: a row is settled once for each attempt, and each way it ends must
	// be shown, also where an earlier attempt ended the same way and was not the
	// last.
	key := ""
	if c.desk && env.Post != nil && env.Post.Update { // of a card that somebody deleted once is enough
		key = "unseen:" + string(row.Chat)
	}
	outs, err := c.s.b.deskOuts(c.shows(ctx, row, env, v), key, 0)
	if err != nil {
		c.s.b.log.Error("a mark could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
	}
	v.result.Follow = outs
	if !c.desk {
		v.result.Behind, v.result.Ending = c.s.b.behind, c.s.b.ending(v.result.At)
	}
	if v.result.Done && env.Amend != nil && env.Amend.Delete {
		v.result.Follow = append(v.result.Follow, c.nextPart(ctx, row, env)...)
	}
	if v.gone {
		in, err := newInput(row.Conv, fmt.Sprintf("gone:%d:%d", row.ID, v.result.At), dialog.Input{At: moment(v.result.At), Kind: dialog.InBlocked})
		if err != nil {
			c.s.b.log.Error("an input could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
			return
		}
		v.result.Inputs = append(v.result.Inputs, in)
	}
}

// shows is what agents see of how a row ended, or of its being late.
func (c *courier) shows(ctx context.Context, row store.OutRow, env envelope, v *verdict) []desk.Show {
	d := c.s.b.desk
	switch {
	case c.desk:
		return c.unshown(row, env, v)
	case env.Amend != nil && v.failure != "":
		return []desk.Show{d.Unamended(env.In, env.Amend.Delete, v.failure, v.result.Reason)}
	case env.Amend != nil && v.result.Done && !env.Amend.Delete && c.marked(ctx, row, env):
		return []desk.Show{d.Result(env.In, env.Amend.Of, "")}
	case env.Say == nil, !v.result.Done: // of what waits, see behind
		return nil
	case env.Of != "" && (v.failure != "" || c.complete(ctx, env)):
		return []desk.Show{d.Result(env.In, env.Of, v.failure)}
	case env.Of == "" && v.failure != "" && (!v.gone || env.In != "") && (env.Words != "" || row.Class == store.Once || row.Class == store.Promise):
		return []desk.Show{d.Lost(row.Conv, env.In, env.Words, v.failure)}
	}
	return nil
}

// behind marks an agent's words as being on their way, where they are put back
// or wait behind such: none of them may look as if nobody had seen them.
func (b *Bot) behind(row store.OutRow) []store.Out {
	env, err := decodeEnvelope(row.Payload)
	if err != nil {
		return nil
	}
	outs, err := b.lateMark(env)
	if err != nil {
		b.log.Error("a mark could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
	}
	return outs
}

// lateMark is the mark on words that are late: once for each time they were
// said. Of what has several rows only the first brings it, because a later one
// must not hide how an earlier one ended.
func (b *Bot) lateMark(env envelope) ([]store.Out, error) {
	if env.Say == nil || env.Of == "" || env.Part > 1 {
		return nil, nil
	}
	return b.deskOuts([]desk.Show{b.desk.OnItsWay(env.In, env.Of)}, fmt.Sprintf("sent:%s:%d", env.Of, env.Turn), 0)
}

// ending ends the agents' words, and their changes of words, that wait for a
// customer who blocked us, and tells them so: who would send them when the
// customer is back after days? What the bot said waits. at is when it became
// known, in milliseconds; a message of several rows gets one mark.
func (b *Bot) ending(at int64) store.Ending {
	return func(row store.OutRow) ([]store.Out, bool) {
		env, err := decodeEnvelope(row.Payload)
		if err != nil {
			return nil, false
		}
		var show desk.Show
		key := ""
		switch {
		case env.Amend != nil && env.Part <= 1:
			show, key = b.desk.Unamended(env.In, env.Amend.Delete, desk.FailedGone, ""), fmt.Sprintf("unamended:%d", row.ID)
		case env.Say != nil && env.Of != "":
			show, key = b.desk.Result(env.In, env.Of, desk.FailedGone), fmt.Sprintf("blocked:%s:%d", env.Of, at)
		case env.Say != nil && env.Words != "":
			show, key = b.desk.Lost(row.Conv, env.In, env.Words, desk.FailedGone), fmt.Sprintf("blocked:%d", row.ID)
		default:
			return nil, env.Amend != nil
		}
		outs, err := b.deskOuts([]desk.Show{show}, key, 0)
		if err != nil {
			b.log.Error("a mark could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
		}
		return outs, row.Class != store.Promise // what was promised is owed, however late
	}
}

// unshown tells agents of something they were to see and will not. What was for
// one person only, and a mark that all is well, are not worth a word; a notice
// that dies itself is told to operators alone.
func (c *courier) unshown(row store.OutRow, env envelope, v *verdict) []desk.Show {
	fine := env.Mark != nil && env.Mark.State != adapters.MarkFailed && env.Mark.State != adapters.MarkHeld
	if !v.result.Dead || fine || env.Post != nil && env.Post.Private != "" || desk.IsNotice(string(row.Chat)) {
		return nil
	}
	return []desk.Show{c.s.b.desk.Trouble(row.Conv, desk.TroubleUnseen)}
}

// marked says whether an agent's message bears a mark that its change was held
// back: once the change has arrived, that must not stand there.
func (c *courier) marked(ctx context.Context, row store.OutRow, env envelope) bool {
	w, err := c.s.b.written(ctx, row.Conv, env.Amend.Of)
	if err != nil {
		c.s.b.log.Warn("an agent's words could not be looked up", zap.Int64("row", row.ID), zap.Error(err))
	}
	return err == nil && w != nil && w.Changed
}

// complete says whether a row that has arrived was the last of an agent's
// message, with all others there. A missing one has put its own mark there,
// which must stay.
func (c *courier) complete(ctx context.Context, env envelope) bool {
	if env.Part != env.Parts {
		return false
	}
	for part := 1; part < env.Parts; part++ {
		if _, err := c.s.b.cfg.Store.FindAnchor(ctx, c.s.name, partAnchor(env.Of, part)); err != nil {
			return false
		}
	}
	return true
}

// maxParts bounds the files of one message that are taken back.
const maxParts = 20

// nextPart takes back the next file of a message that was deleted, where the
// customer has one.
func (c *courier) nextPart(ctx context.Context, row store.OutRow, env envelope) []store.Out {
	for part := max(env.Part, 1) + 1; part <= maxParts; part++ {
		_, err := c.s.b.cfg.Store.FindAnchor(ctx, c.s.name, partAnchor(env.Amend.Of, part))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		next := env
		next.Part = part
		payload, err := next.encode()
		if err != nil {
			c.s.b.log.Error("a row could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
			return nil
		}
		return []store.Out{{Sender: c.s.name, Chat: row.Chat, Class: store.Reply, Dedup: fmt.Sprintf("part:%d", row.ID), Payload: payload}}
	}
	return nil
}
