package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// earlyFor is how long a change waits for its words. Platforms bring again for a
// day what they could not deliver.
const earlyFor = 24 * time.Hour

// A platform does not promise an order: whoever takes words back may be heard
// before the words themselves, and these must not go out then. Such a change is
// kept in the conversation's journal, where it survives every restart, and found
// again by the name of the message it is about.

func earlyName(id message.PlatformID) string { return "early:" + string(id) }

// keepEarly keeps a change of words that are not known (yet). Words that were
// taken back stay so, whatever else is heard of them.
func (b *Bot) keepEarly(ctx context.Context, it store.Item, in dialog.Input) (reading, error) {
	was, err := b.early(ctx, it.Conv, in)
	switch {
	case err != nil:
		return reading{}, err
	case b.deskSender() == "", was != nil && was.Kind == dialog.InDeleted:
		return reading{ignored: true}, nil
	}
	payload, err := json.Marshal(in)
	if err != nil {
		return reading{}, fmt.Errorf("keep an early change: %w", err)
	}
	name := earlyName(in.Agent.Message)
	return reading{keep: &store.Turn{
		Events: []store.Event{{Kind: eventEarly, Payload: payload}},
		Anchor: &store.Anchor{Sender: b.deskSender(), Name: name, Conv: it.Conv,
			ID: message.PlatformID(fmt.Sprintf("%d/%s", it.Version+1, name))},
	}}, nil
}

// readSaid looks whether an agent's words were changed before they came. What
// they were changed to goes out in their place; words that were taken back do
// not go out.
func (b *Bot) readSaid(ctx context.Context, it store.Item, in dialog.Input) (reading, error) {
	r := reading{input: in}
	early, err := b.early(ctx, it.Conv, in)
	if err != nil || early == nil {
		return r, err
	}
	w, err := b.written(ctx, it.Conv, in.Agent.Message)
	switch {
	case err != nil:
		return reading{}, err
	case w != nil: // they came before, and are said again
	case early.Kind == dialog.InDeleted:
		r.ignored = true
	default:
		r.input.Text = early.Text
	}
	return r, nil
}

// early finds the change that came before its words, by whoever wrote them; nil
// where there is none.
func (b *Bot) early(ctx context.Context, conv message.ConversationID, about dialog.Input) (*dialog.Input, error) {
	a, err := b.cfg.Store.FindAnchor(ctx, b.deskSender(), earlyName(about.Agent.Message))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an early change: %w", err)
	}
	number, _, _ := strings.Cut(string(a.ID), "/")
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil || a.Conv != conv {
		return nil, nil
	}
	rows, err := b.cfg.Store.Journal(ctx, conv, version)
	if err != nil {
		return nil, fmt.Errorf("find an early change: %w", err)
	}
	for _, row := range rows {
		var in dialog.Input
		if row.Version != version || row.Kind != eventEarly || json.Unmarshal(row.Payload, &in) != nil {
			continue
		}
		if in.Agent != nil && in.Agent.Ref == about.Agent.Ref && about.At.Sub(in.At).Abs() < earlyFor {
			return &in, nil
		}
	}
	return nil, nil
}
