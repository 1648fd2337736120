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
// message is found again, marks on agents' words, the news that a customer is
// gone.
func (c *courier) followUp(ctx context.Context, row store.OutRow, env envelope, v *verdict) {
	if v.result.Outcome == string(adapters.Delivered) {
		v.result.Anchor = c.anchor(row, env, v.result.Platform)
	}
	// The key holds the outcome: a row that an operator has tried again may end
	// another way, and then says so.
	outs, err := c.s.b.deskOuts(c.shows(ctx, row, env, v), fmt.Sprintf("after:%d:%s", row.ID, v.result.Outcome), 0)
	if err != nil {
		c.s.b.log.Error("a mark could not be encoded", zap.Int64("row", row.ID), zap.Error(err))
	}
	v.result.Follow = outs
	if v.result.Done && env.Amend != nil && env.Amend.Delete {
		v.result.Follow = append(v.result.Follow, c.nextPart(ctx, row, env)...)
	}
	if v.gone {
		in, err := newInput(row.Conv, fmt.Sprintf("gone:%d", row.ID), dialog.Input{At: moment(v.result.At), Kind: dialog.InBlocked})
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
	case env.Amend != nil && v.failure != "":
		return []desk.Show{d.Unamended(env.In, env.Amend.Delete, v.failure, v.result.Reason)}
	case env.Say == nil || env.Amend != nil:
		return nil
	case env.Of != "" && !v.result.Done && row.Attempts == 0 && env.Part <= 1:
		return []desk.Show{d.OnItsWay(env.In, env.Of)}
	case !v.result.Done:
		return nil
	case env.Of != "" && (v.failure != "" || c.complete(ctx, env)):
		return []desk.Show{d.Result(env.In, env.Of, v.failure)}
	case env.Of == "" && v.failure != "" && !v.gone && (row.Class == store.Once || row.Class == store.Promise):
		return []desk.Show{d.Lost(row.Conv, v.failure)}
	}
	return nil
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
