package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// historyMax is how far back a history goes, in lines and in turns: more than
// anybody scrolls. It bounds what is read, too: a page is opened far more often
// than a conversation is long, and must not cost more with every year.
const historyMax = 500

// Entry is one line of a conversation's history: exactly one of Said (a
// message to the customer, a change of one, or buttons taken off one) and Wrote
// (what the customer did; its ID is the platform's own) is set.
type Entry struct {
	At    time.Time
	Said  *adapters.Delivery
	Wrote *message.Inbound
}

// History reads a chat as its customer saw it, oldest first: every message to
// them whose outbox row is greater than after, and what they wrote since then
// (everything, with after 0). It goes back 500 lines at most. A chat in which
// nothing was said has none.
func (b *Bot) History(ctx context.Context, ch message.Channel, chat message.Chat, after int64) ([]Entry, error) {
	a, ok := b.channels[ch]
	if !ok {
		return nil, fmt.Errorf("history: no adapter for channel %q", ch)
	}
	conv, err := b.cfg.Store.FindConversation(ctx, ch, chat)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	said, since, err := b.said(ctx, a.Sender(), chat, after)
	if err != nil {
		return nil, err
	}
	list, err := b.wrote(ctx, ch, chat, conv, since)
	if err != nil {
		return nil, err
	}
	// What the customer wrote comes first where the clock cannot tell: an
	// answer never stands before its question.
	list = append(list, said...)
	slices.SortStableFunc(list, func(x, y Entry) int { return x.At.Compare(y.At) })
	return list[max(0, len(list)-historyMax):], nil
}

// said reads what was sent to a chat after a row, the newest of it, and when
// that row was written (the zero time for row 0).
func (b *Bot) said(ctx context.Context, sender string, chat message.Chat, after int64) (list []Entry, since time.Time, err error) {
	rows, err := b.cfg.Store.Sent(ctx, sender, chat, max(0, after-1), historyMax)
	if err != nil {
		return nil, since, fmt.Errorf("history: %w", err)
	}
	for _, row := range rows {
		if row.ID <= after {
			since = moment(row.At)
			continue
		}
		env, err := decodeEnvelope(row.Payload)
		if err != nil || (env.Say == nil && env.Settle == nil && env.Amend == nil) {
			continue
		}
		amend, err := b.amended(ctx, sender, row, env)
		if err != nil {
			return nil, since, fmt.Errorf("history: %w", err)
		}
		if env.Amend != nil && amend == nil {
			continue
		}
		d := adapters.Delivery{ID: row.ID, Chat: chat, Say: env.Say, Settle: env.Settle, Amend: amend}
		list = append(list, Entry{At: moment(row.At), Said: &d})
	}
	return list, since, nil
}

// amended is a change with the message it changes; nil where the customer never
// got that.
func (b *Bot) amended(ctx context.Context, sender string, row store.OutRow, env envelope) (*adapters.Amend, error) {
	if env.Amend == nil {
		return nil, nil
	}
	a, err := b.cfg.Store.FindAnchor(ctx, sender, partAnchor(env.Amend.Of, env.Part))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	amend := *env.Amend
	amend.Message = platformOf(row.Conv, a.ID)
	return &amend, err
}

// wrote reads what a customer did since a time from the end of the journal.
func (b *Bot) wrote(ctx context.Context, ch message.Channel, chat message.Chat, conv message.ConversationID, since time.Time) ([]Entry, error) {
	last, err := b.cfg.Store.Conversation(ctx, conv)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	rows, err := b.cfg.Store.Journal(ctx, conv, last.Version-historyMax+1)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	var list []Entry
	var in dialog.Input
	for _, row := range rows {
		switch row.Kind {
		case eventInput:
			in = dialog.Input{}
			if json.Unmarshal(row.Payload, &in) != nil {
				return nil, fmt.Errorf("history: conversation %d, turn %d: the journal cannot be read", conv, row.Version)
			}
		case eventOrigin:
			var from origin
			if json.Unmarshal(row.Payload, &from) != nil || in.At.Before(since) {
				continue
			}
			if m := inbound(ch, chat, in, from); m != nil {
				list = append(list, Entry{At: in.At, Wrote: m})
			}
		}
	}
	return list, nil
}

// inbound is a customer's input as it once arrived; nil for what is not a
// line of a conversation.
func inbound(ch message.Channel, chat message.Chat, in dialog.Input, from origin) *message.Inbound {
	m := &message.Inbound{Channel: ch, Chat: chat, From: in.From, ID: from.ID, Text: in.Text, Command: in.Command,
		Attachments: in.Attachments, At: in.At}
	switch in.Kind {
	case dialog.InTap:
		m.Kind, m.Tap = message.KindTap, &message.Tap{Data: from.Tap}
	case dialog.InCommand:
		m.Kind = message.KindCommand
	case dialog.InEdited:
		m.Kind = message.KindEdited
	case dialog.InDeleted:
		m.Kind = message.KindDeleted
	case dialog.InMessage:
		m.Kind = message.KindText
		if in.Text == "" {
			m.Kind = message.KindMedia
		}
	default:
		return nil
	}
	return m
}
