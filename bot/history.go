package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// historyMax is how far back a history goes, in lines and in turns: more
	// than anybody scrolls. It bounds what is read, too: a page is opened far
	// more often than a conversation is long, and must not cost more with every
	// year.
	historyMax = 500
	// historyBytes bounds it in bytes: a customer who writes nothing but long
	// texts must not make a page cost more than it is worth.
	historyBytes = 1 << 20
	// historyStep is how much is read at first, and twice as much each time that
	// was not enough: long texts fill historyBytes soon.
	historyStep = 64
)

// Entry is one line of a conversation's history: exactly one of Said (a
// message to the customer, a change of one, or buttons taken off one) and Wrote
// (what the customer did; its ID is the platform's own) is set. Cut says of the
// first line that there were earlier ones which are not given.
type Entry struct {
	At    time.Time
	Said  *adapters.Delivery
	Wrote *message.Inbound
	Cut   bool
}

// size is about how many bytes a line takes.
func (e Entry) size() int {
	n := 200
	files := []message.Attachment(nil)
	switch {
	case e.Wrote != nil:
		n, files = n+len(e.Wrote.Text), e.Wrote.Attachments
	case e.Said.Say != nil:
		n, files = n+len(e.Said.Say.Text), e.Said.Say.Attachments
		for _, c := range e.Said.Say.Choices {
			n += 100 + len(c.Label)
		}
	case e.Said.Amend != nil:
		n += len(e.Said.Amend.Text)
	}
	for _, f := range files {
		n += 100 + len(f.Name)
	}
	return n
}

// History reads a chat as its customer saw it, oldest first: every message to
// them whose outbox row is greater than after, and what they wrote since then
// (everything, with after 0). It goes back 500 lines or 1 MiB at most, and says
// so by Cut. A chat in which nothing was said has none.
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
	said, since, more, err := b.said(ctx, a.Sender(), chat, after)
	if err != nil {
		return nil, err
	}
	list, before, err := b.wrote(ctx, ch, chat, conv, since)
	if err != nil {
		return nil, err
	}
	// What the customer wrote comes first where the clock cannot tell: an
	// answer never stands before its question.
	list = append(list, said...)
	slices.SortStableFunc(list, func(x, y Entry) int { return x.At.Compare(y.At) })
	list, cut := newest(list, Entry.size)
	if len(list) > 0 {
		list[0].Cut = cut || more || before
	}
	return list, nil
}

// newest gives the end of a list, as much as a history may have of it, and says
// whether that is less than there was.
func newest[T any](list []T, size func(T) int) ([]T, bool) {
	from, sum := len(list), 0
	for from > 0 && len(list)-from < historyMax {
		if sum += size(list[from-1]); sum > historyBytes {
			break
		}
		from--
	}
	return list[from:], from > 0
}

// said reads what was sent to a chat after a row, the newest of it, and when
// that row was written (the zero time for row 0). more says that there was more.
func (b *Bot) said(ctx context.Context, sender string, chat message.Chat, after int64) (list []Entry, since time.Time, more bool, err error) {
	rows, more, err := b.sent(ctx, sender, chat, max(0, after-1))
	if err != nil {
		return nil, since, false, err
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
			return nil, since, false, fmt.Errorf("history: %w", err)
		}
		if env.Amend != nil && amend == nil {
			continue
		}
		d := adapters.Delivery{ID: row.ID, Chat: chat, Say: env.Say, Settle: env.Settle, Amend: amend}
		list = append(list, Entry{At: moment(row.At), Said: &d})
	}
	return list, since, more, nil
}

// sent reads the newest rows of a chat after a row.
func (b *Bot) sent(ctx context.Context, sender string, chat message.Chat, after int64) (rows []store.OutRow, more bool, err error) {
	for n := historyStep; ; n *= 2 {
		n = min(n, historyMax)
		rows, err = b.cfg.Store.Sent(ctx, sender, chat, after, n)
		if err != nil {
			return nil, false, fmt.Errorf("history: %w", err)
		}
		all := len(rows) < n
		rows, more = newest(rows, func(r store.OutRow) int { return len(r.Payload) })
		if all || more || n == historyMax {
			return rows, more || !all, nil
		}
	}
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

// wrote reads what a customer did since a time from the end of the journal. more
// says that there was more.
func (b *Bot) wrote(ctx context.Context, ch message.Channel, chat message.Chat, conv message.ConversationID, since time.Time) (list []Entry, more bool, err error) {
	last, err := b.cfg.Store.Conversation(ctx, conv)
	if err != nil {
		return nil, false, fmt.Errorf("history: %w", err)
	}
	for n := int64(historyStep); ; n *= 2 {
		n = min(n, historyMax)
		rows, err := b.cfg.Store.Journal(ctx, conv, last.Version-n+1)
		if err != nil {
			return nil, false, fmt.Errorf("history: %w", err)
		}
		list, reached, err := lines(rows, ch, chat, conv, since)
		if err != nil {
			return nil, false, err
		}
		all := reached || n >= last.Version
		list, more = newest(list, Entry.size)
		if all || more || n == historyMax {
			return list, more || !all, nil
		}
	}
}

// lines are what a customer did since a time, of rows of a journal. reached says
// that the rows begin before it.
func lines(rows []store.JournalRow, ch message.Channel, chat message.Chat, conv message.ConversationID, since time.Time) (list []Entry, reached bool, err error) {
	var in dialog.Input
	for _, row := range rows {
		switch row.Kind {
		case eventInput:
			in = dialog.Input{}
			if json.Unmarshal(row.Payload, &in) != nil {
				return nil, false, fmt.Errorf("history: conversation %d, turn %d: the journal cannot be read", conv, row.Version)
			}
			reached = reached || in.At.Before(since)
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
	return list, reached, nil
}

// Attached gives attachment n (from 0) of the message to a customer in an outbox
// row. ok is false where there is none, where the row is of another chat, and
// where the message was taken back or is further back than a history goes. It
// looks at that row before anything else: whoever asks for what is not there
// costs one row.
func (b *Bot) Attached(ctx context.Context, ch message.Channel, chat message.Chat, row int64, n int) (file message.Attachment, ok bool, err error) {
	a, known := b.channels[ch]
	out, err := b.cfg.Store.Out(ctx, row)
	if errors.Is(err, store.ErrNotFound) || err == nil && (!known || out.Sender != a.Sender() || out.Chat != chat) {
		return file, false, nil
	}
	if err != nil {
		return file, false, fmt.Errorf("attachment: %w", err)
	}
	env, err := decodeEnvelope(out.Payload)
	if err != nil || env.Say == nil || n < 0 || n >= len(env.Say.Attachments) {
		return file, false, nil
	}
	rows, more, err := b.sent(ctx, out.Sender, chat, row)
	if err != nil || more {
		return file, false, err
	}
	for _, later := range rows {
		gone, err := b.takesBack(ctx, later, row)
		if err != nil || gone {
			return file, false, err
		}
	}
	return env.Say.Attachments[n], true, nil
}

// takesBack says whether an outbox row takes back the message of another one.
func (b *Bot) takesBack(ctx context.Context, later store.OutRow, row int64) (bool, error) {
	env, err := decodeEnvelope(later.Payload)
	if err != nil || env.Amend == nil || !env.Amend.Delete {
		return false, nil
	}
	amend, err := b.amended(ctx, later.Sender, later, env)
	if err != nil {
		return false, fmt.Errorf("attachment: %w", err)
	}
	return amend != nil && string(amend.Message) == strconv.FormatInt(row, 10), nil
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
