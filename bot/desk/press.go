package desk

import (
	"context"
	"errors"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// readPress reads a pressed button. What it carries names a card; where the
// message it sits on is known under another name, the press is a forgery or a
// mix-up and is passed over.
func (h *Handler) readPress(ctx context.Context, in message.Inbound, at time.Time) (*act, error) {
	if in.Tap == nil {
		return nil, nil
	}
	action, ref, ok := parsePress(in.Tap.Data)
	if !ok {
		return nil, nil
	}
	anchor, ok, err := h.place(ctx, in, ref)
	if err != nil || !ok {
		return nil, err
	}
	a := &act{ref: ref, press: true, anchor: anchor, input: dialog.Input{At: at, Agent: &dialog.AgentAct{}}}
	if ref.Kind == TaskCard {
		a.input.Agent.Promise = ref.N
	} else {
		a.input.Agent.Handoff = ref.N
	}
	switch action {
	case Take:
		a.input.Kind = dialog.InTaken
	case Return:
		a.input.Kind = dialog.InReturned
	case Close:
		a.input.Kind = dialog.InClosed
	case Done:
		a.input.Kind = dialog.InDone
	case More:
		a.input.Kind = dialog.InMoreTime
		a.input.Agent.Until = at.Add(h.Extend)
	}
	return a, nil
}

// place checks the message the button is on, and learns a card's id from the
// press where the outcome of posting it was never known: from now on words in
// its thread find their way.
func (h *Handler) place(ctx context.Context, in message.Inbound, ref Ref) (learned *store.Anchor, ok bool, err error) {
	sender := h.Adapter.Sender()
	known, err := h.Store.FindAnchorByID(ctx, sender, in.ID)
	if err == nil {
		named, card := ParseAnchor(known.Name)
		return nil, card && named == ref, nil
	}
	if none(err) != nil {
		return nil, false, err
	}
	if _, err := h.Store.Conversation(ctx, ref.Conv); err != nil {
		return nil, false, none(err)
	}
	switch _, err := h.Store.FindAnchor(ctx, sender, ref.anchor("")); {
	case err == nil: // the card stands elsewhere; this is a second copy of it
		return nil, true, nil
	case errors.Is(err, store.ErrNotFound) && in.ID != "":
		return &store.Anchor{Sender: sender, Name: ref.anchor(""), ID: in.ID, Conv: ref.Conv}, true, nil
	default:
		return nil, true, none(err)
	}
}
