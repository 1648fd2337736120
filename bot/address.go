package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

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
	case env.Say != nil && len(env.Say.Attachments) > 0:
		d.Open = c.s.b.open
	case env.Settle != nil:
		settle := *env.Settle
		settle.Message = platformOf(row.Conv, find(questionAnchor(row.Conv, settle.Question)))
		d.Settle = &settle
	case env.Amend != nil:
		amend := *env.Amend
		amend.Message = platformOf(row.Conv, find(partAnchor(amend.Of, env.Part)))
		d.Amend = &amend
	case env.Post != nil:
		d.Chat, d.Thread = "", find(env.Post.Thread) // lanes are ours; the platform knows its channel
		if env.Post.Update {
			d.Target = find(env.Post.Anchor)
		}
		if len(env.Post.Files) > 0 {
			d.Open = c.s.b.open
		}
	case env.Mark != nil:
		mark := *env.Mark
		d.Chat, mark.Thread = "", find(env.In)
		d.Mark, d.Thread, problem = &mark, mark.Thread, "" // without its thread a mark is still a mark
	}
	return d, problem, err
}

// comesMax bounds the rows of a lane that are looked through for a card.
const comesMax = 200

// comes says whether the post that another one belongs to is still to be
// delivered: then it is waited for, because it will stand there. Otherwise it
// has died, and what belongs to it stands by itself.
func (c *courier) comes(ctx context.Context, row store.OutRow, env envelope) bool {
	if env.Post == nil {
		return false
	}
	name := env.Post.Thread
	if env.Post.Update {
		name = env.Post.Anchor
	}
	lane := message.Chat(strings.TrimSuffix(string(row.Chat), filesLane))
	rows, err := c.s.b.cfg.Store.Unsent(ctx, c.s.name, lane, 0, comesMax)
	if err != nil {
		return true // nothing is known, and nothing is lost by waiting
	}
	for _, r := range rows {
		e, err := decodeEnvelope(r.Payload)
		if err == nil && r.ID < row.ID && e.Post != nil && e.Post.Anchor == name && !e.Post.Update {
			return true
		}
	}
	return false
}

// there says whether an agent's words, or the file among them that this row is,
// have arrived already. Who presses [Send again] twice, or after one file of
// three failed, must not say the rest twice.
func (c *courier) there(ctx context.Context, row store.OutRow, env envelope) (message.PlatformID, bool) {
	if env.Say == nil || env.Of == "" {
		return "", false
	}
	a, err := c.s.b.cfg.Store.FindAnchor(ctx, c.s.name, partAnchor(env.Of, env.Part))
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) {
			c.s.b.log.Warn("it could not be looked up whether words have arrived", zap.Int64("row", row.ID), zap.Error(err))
		}
		return "", false
	}
	return platformOf(row.Conv, a.ID), true
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
		a.Name, a.ID = partAnchor(env.Of, env.Part), anchorID(row.Conv, id)
	case env.Say != nil && len(env.Say.Choices) > 0:
		a.Name, a.ID = questionAnchor(row.Conv, env.Say.Question), anchorID(row.Conv, id)
	default:
		return nil
	}
	return a
}

// open opens a file wherever it is kept.
func (b *Bot) open(ctx context.Context, file message.Attachment) (adapters.File, error) {
	o, ok := b.openers[file.Held]
	if !ok {
		return adapters.File{}, fmt.Errorf("%w: nobody here keeps files of %q", adapters.ErrNoFile, file.Held)
	}
	return o.Open(ctx, file)
}
