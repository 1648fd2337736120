package desk

import (
	"context"
	"errors"
	"strings"
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
	p, ok := parsePress(in.Tap.Data)
	if !ok {
		return nil, nil
	}
	if p.words != "" {
		return h.readWordsPress(ctx, in, at, p)
	}
	anchor, ok, err := h.place(ctx, in, p.ref)
	if err != nil || !ok {
		return nil, err
	}
	a := &act{ref: p.ref, press: true, anchor: anchor, input: dialog.Input{At: at, Agent: &dialog.AgentAct{}}}
	if p.ref.Kind == TaskCard {
		a.input.Agent.Promise = p.ref.N
	} else {
		a.input.Agent.Handoff = p.ref.N
	}
	h.fill(a, p, in, at)
	return a, nil
}

// inputOf is what the buttons of cards do to a conversation.
var inputOf = map[Action]dialog.InputKind{
	Take: dialog.InTaken, Release: dialog.InReleased, Return: dialog.InReturned, Close: dialog.InClosed,
	Offer: dialog.InOffered, Pledge: dialog.InPromised, Done: dialog.InDone, More: dialog.InMoreTime,
}

// fill makes the input of a press, with what was written into its form.
func (h *Handler) fill(a *act, p click, in message.Inbound, at time.Time) {
	a.input.Kind = inputOf[p.action]
	switch p.action {
	case Due:
		a.answer = func(ctx context.Context, who message.Person) (Answer, error) { return h.due(ctx, p.ref, who, at) }
	case More:
		a.input.Agent.Until = at.Add(h.Extend)
	case Release, Return, Close:
		a.input.Text = strings.TrimSpace(in.Fields[fieldText])
	case Offer, Pledge:
		until, ok := whenOf(in.Fields)
		a.input.Text, a.input.Agent.Until = strings.TrimSpace(in.Fields[fieldText]), until
		switch { // a form asks for both; this came without one
		case !ok:
			a.answer = h.whispers(p.ref, h.Desk.words.formNoTime)
		case a.input.Text == "":
			a.answer = h.whispers(p.ref, h.Desk.words.formEmpty)
		}
	}
}

// whispers answers a press with a word to whoever pressed.
func (h *Handler) whispers(r Ref, text string) func(context.Context, message.Person) (Answer, error) {
	return func(_ context.Context, who message.Person) (Answer, error) {
		return Answer{Shows: []Show{r.whisper(who.Ref, text)}}, nil
	}
}

// due reads what is promised and open.
func (h *Handler) due(ctx context.Context, r Ref, who message.Person, now time.Time) (Answer, error) {
	rows, err := h.Store.OpenPromises(ctx, 0, dueMax)
	if err != nil {
		return Answer{}, err
	}
	stats, err := h.Store.Stats(ctx)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Shows: []Show{h.Desk.DueList(r, who.Ref, rows, stats.Promises, now)}}, nil
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
