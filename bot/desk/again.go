package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// readWordsPress reads a button that stands beside an agent's message. It must
// stand in the thread of the hand-off it names.
func (h *Handler) readWordsPress(ctx context.Context, in message.Inbound, at time.Time, p click) (*act, error) {
	ref, ok, err := h.thread(ctx, in)
	if err != nil || !ok || ref != p.ref {
		return nil, err
	}
	a := &act{ref: ref, press: true}
	a.answer = func(ctx context.Context, who message.Person) (Answer, error) { return h.again(ctx, p, at, who) }
	if p.action == Keep {
		a.answer = func(ctx context.Context, who message.Person) (Answer, error) { return h.keep(ctx, in, ref, who) }
	}
	return a, nil
}

// again has an agent's words said once more, as the words of whoever pressed:
// the engine decides again whether they may. The words come from the journal
// and not from the platform, where they may have been changed meanwhile.
func (h *Handler) again(ctx context.Context, p click, at time.Time, who message.Person) (Answer, error) {
	no, err := h.notTheirs(ctx, p.ref, who.Ref)
	if err != nil || no != "" {
		return Answer{Shows: []Show{p.ref.whisper(who.Ref, no)}}, err
	}
	w, err := h.Written(ctx, p.ref.Conv, p.words)
	if err != nil {
		return Answer{}, err
	}
	if w == nil {
		return Answer{Shows: []Show{p.ref.whisper(who.Ref, h.Desk.words.wordsGone)}}, nil
	}
	in := dialog.Input{At: at, Kind: dialog.InSaid, Text: w.Text, Attachments: w.Attachments, Agent: &dialog.AgentAct{
		Ref: who.Ref, Name: who.Name, Message: p.words, Handoff: p.ref.N, Anyway: w.Anyway || p.action == Anyway}}
	if w.Sent && p.action == Anyway { // held was an edit; the words themselves went out before
		in.Kind, in.Attachments = dialog.InEdited, nil
	}
	return Answer{Inputs: []Act{{Conv: p.ref.Conv, Input: in}}}, nil
}

// notTheirs says why ref does not own the hand-off; "" where they do. It is
// only here so that who presses hears at once: talk beside the owner is passed
// over by the engine in silence, and a press would be too.
func (h *Handler) notTheirs(ctx context.Context, r Ref, ref message.UserRef) (string, error) {
	it, err := h.Store.Conversation(ctx, r.Conv)
	if err != nil {
		return "", fmt.Errorf("whose hand-off: %w", err)
	}
	var state struct {
		Handoff *dialog.Handoff `json:"handoff"`
	}
	if json.Unmarshal(it.State, &state) != nil {
		return "", nil // the engine says what to make of it
	}
	w := h.Desk.words
	switch hand := state.Handoff; {
	case hand == nil || hand.N != r.N:
		return w.over, nil
	case hand.Owner == "":
		return w.takeFirst, nil
	case hand.Owner != ref:
		return fmt.Sprintf(w.notYours, or(hand.Name, w.somebody)), nil
	}
	return "", nil
}

// keep leaves words where they are and takes the question about them away: its
// message gets a name, under which it can be replaced. One that has a name is
// something else's and stays.
func (h *Handler) keep(ctx context.Context, in message.Inbound, r Ref, who message.Person) (Answer, error) {
	text := h.Desk.words.keptHere
	known, err := h.Store.FindAnchorByID(ctx, h.Adapter.Sender(), in.ID)
	if none(err) != nil {
		return Answer{}, err
	}
	name := "asked:" + string(in.ID)
	if in.ID == "" || in.ID == in.Thread || err == nil && known.Name != name {
		return Answer{Shows: []Show{r.whisper(who.Ref, text)}}, nil
	}
	post := adapters.Post{Anchor: name, Update: true, Blocks: []adapters.Block{{Kind: adapters.Note, Text: text}}, Fallback: text}
	return Answer{
		Turn:  store.Turn{Anchor: &store.Anchor{Sender: h.Adapter.Sender(), Name: name, ID: in.ID, Conv: r.Conv}},
		Shows: []Show{r.show(post)},
	}, nil
}
