package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// How many turns back words are looked for that somebody changes or sends
// again. People do that within minutes; a conversation of years must not be
// read for it.
const (
	agentBack    = 500
	customerBack = 200
)

// written finds what an agent last wrote in one message, and what became of
// it; nil where the journal's end does not have it, or it was deleted.
func (b *Bot) written(ctx context.Context, conv message.ConversationID, id message.PlatformID) (*desk.Written, error) {
	rows, err := b.journalEnd(ctx, conv, agentBack)
	if err != nil {
		return nil, err
	}
	named, err := json.Marshal(id) // as it stands in the journal
	if err != nil {
		return nil, fmt.Errorf("look for an agent's words: %w", err)
	}
	var w *desk.Written
	var said, changed int64 // the turns that said and last changed it
	for _, row := range rows {
		if !bytes.Contains(row.Payload, named) { // most rows are about something else
			continue
		}
		switch row.Kind {
		case eventInput:
			var in dialog.Input
			if json.Unmarshal(row.Payload, &in) != nil || in.Agent == nil || in.Agent.Message != id {
				continue
			}
			w = rewrite(w, in)
			if in.Kind == dialog.InSaid || in.Kind == dialog.InNoted {
				said = row.Version
			}
			if in.Kind == dialog.InEdited {
				changed = row.Version
			}
		case eventEffects:
			switch {
			case w == nil:
			case row.Version == said:
				becameOf(w, row.Payload, id)
			case row.Version == changed:
				w.Changed = w.Changed || heldBack(row.Payload, id)
			}
		}
	}
	if w != nil && w.Changed {
		w.Changed, err = b.arrived(ctx, conv, id)
	}
	return w, err
}

// arrived says whether the customer has an agent's words.
func (b *Bot) arrived(ctx context.Context, conv message.ConversationID, id message.PlatformID) (bool, error) {
	it, err := b.cfg.Store.Conversation(ctx, conv)
	if err != nil {
		return false, fmt.Errorf("whether words have arrived: %w", err)
	}
	a, ok := b.channels[it.Channel]
	if !ok {
		return false, nil
	}
	switch _, err = b.cfg.Store.FindAnchor(ctx, a.Sender(), partAnchor(id, 0)); {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("whether words have arrived: %w", err)
	}
	return true, nil
}

// heldBack says whether a turn's effects hold back a change of words. Fields of
// other effects may have another shape, so each is read by itself.
func heldBack(effects []byte, id message.PlatformID) bool {
	var list []struct {
		Do   string          `json:"do"`
		With json.RawMessage `json:"with"`
	}
	if json.Unmarshal(effects, &list) != nil {
		return false
	}
	for _, e := range list {
		var h dialog.Hold
		if e.Do == "hold" && json.Unmarshal(e.With, &h) == nil && h.Message == id {
			return true
		}
	}
	return false
}

// rewrite is what stands in a message after one more of an agent's acts on it.
func rewrite(w *desk.Written, in dialog.Input) *desk.Written {
	switch in.Kind {
	case dialog.InSaid, dialog.InNoted:
		again := desk.Written{By: in.Agent.Ref, Text: in.Text, Attachments: in.Attachments, Anyway: in.Agent.Anyway}
		if w != nil { // sent again, perhaps by somebody else
			again.By, again.Sent = w.By, w.Sent
		}
		return &again
	case dialog.InEdited:
		if w != nil {
			w.Text = in.Text
		}
	case dialog.InKept:
		if w != nil {
			w.Kept = true
		}
	case dialog.InDeleted:
		return nil
	}
	return w
}

// becameOf reads from a turn's effects whether words went out or were held.
func becameOf(w *desk.Written, effects []byte, id message.PlatformID) {
	var list []struct {
		Do   string `json:"do"`
		With struct {
			Mark    message.PlatformID `json:"mark"`
			Message message.PlatformID `json:"message"`
			Reason  dialog.HoldReason  `json:"reason"`
			Event   string             `json:"event"`
		} `json:"with"`
	}
	if json.Unmarshal(effects, &list) != nil {
		return
	}
	for _, e := range list {
		switch {
		case e.Do == "say" && e.With.Mark == id, e.Do == "promise" && e.With.Event == string(dialog.PromiseNoted):
			w.Sent, w.Held = true, ""
		case e.Do == "hold" && e.With.Message == id:
			w.Held = e.With.Reason
		}
	}
}

// before finds how a customer's message read until now, "" where that is not
// known. A later edit counts in place of the message.
func (b *Bot) before(ctx context.Context, conv message.ConversationID, id message.PlatformID) (string, error) {
	if id == "" {
		return "", nil
	}
	rows, err := b.journalEnd(ctx, conv, customerBack)
	if err != nil {
		return "", err
	}
	var payload []byte // of the input the origin belongs to
	for i := len(rows) - 1; i >= 0; i-- {
		var from origin
		if rows[i].Kind != eventOrigin || json.Unmarshal(rows[i].Payload, &from) != nil || from.ID != id {
			continue
		}
		for j := i; j >= 0 && rows[j].Version == rows[i].Version; j-- {
			if rows[j].Kind == eventInput {
				payload = rows[j].Payload
			}
		}
		var in dialog.Input
		if json.Unmarshal(payload, &in) != nil {
			return "", nil
		}
		if in.Kind == dialog.InMessage || in.Kind == dialog.InEdited {
			return in.Text, nil
		}
	}
	return "", nil
}

// journalEnd reads the last turns of a conversation.
func (b *Bot) journalEnd(ctx context.Context, conv message.ConversationID, turns int64) ([]store.JournalRow, error) {
	last, err := b.cfg.Store.Conversation(ctx, conv)
	if err != nil {
		return nil, fmt.Errorf("read the journal's end: %w", err)
	}
	rows, err := b.cfg.Store.Journal(ctx, conv, last.Version-turns+1)
	if err != nil {
		return nil, fmt.Errorf("read the journal's end: %w", err)
	}
	return rows, nil
}
