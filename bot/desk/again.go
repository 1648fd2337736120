package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// readWordsPress reads a button that stands beside an agent's message. It must
// stand in the thread of the card whose number it names; the thread says which
// kind of card that is.
func (h *Handler) readWordsPress(ctx context.Context, in message.Inbound, at time.Time, p click) (*act, error) {
	ref, ok, err := h.thread(ctx, in)
	if err != nil || !ok || ref.Conv != p.ref.Conv || ref.N != p.ref.N {
		return nil, err
	}
	p.ref = ref
	a := &act{ref: ref, press: true}
	a.answer = func(ctx context.Context, who message.Person) (Answer, error) {
		no, err := h.notTheirs(ctx, ref, who.Ref)
		if err != nil {
			return Answer{}, err
		}
		if p.action == Keep {
			return h.keep(ctx, in, at, p, who, no)
		}
		if no != "" {
			return h.notNow(p, who, at, no), nil
		}
		return h.again(ctx, p, at, who)
	}
	return a, nil
}

// notNow tells who pressed why nothing came of it.
func (h *Handler) notNow(p click, who message.Person, at time.Time, why string) Answer {
	return Answer{Shows: []Show{h.Desk.At(at).refuse(p.ref, who.Ref, string(p.action)+":"+string(p.words), why)}}
}

// again has an agent's words said once more, as the words of whoever pressed:
// the engine decides again whether they may. The words come from the journal
// and not from the platform, where they may have been changed meanwhile.
func (h *Handler) again(ctx context.Context, p click, at time.Time, who message.Person) (Answer, error) {
	w, err := h.Written(ctx, p.ref.Conv, p.words)
	switch {
	case err != nil:
		return Answer{}, err
	case w == nil:
		return Answer{Shows: []Show{p.ref.whisper(who.Ref, h.Desk.words.wordsGone)}}, nil
	case w.Kept:
		return Answer{Shows: []Show{p.ref.whisper(who.Ref, h.Desk.words.keptGone)}}, nil
	case p.ref.Kind == TaskCard && w.By != who.Ref: // a note must not become a result by somebody else's hand
		return h.notNow(p, who, at, h.Desk.words.notYourWords), nil
	}
	in := dialog.Input{At: at, Kind: dialog.InSaid, Text: w.Text, Attachments: w.Attachments, Agent: &dialog.AgentAct{
		Ref: who.Ref, Name: who.Name, Message: p.words, Handoff: p.ref.N, Anyway: w.Anyway || p.action == Anyway}}
	switch {
	case p.ref.Kind == TaskCard && w.Sent: // it is in the result already
		return Answer{}, nil
	case p.ref.Kind == TaskCard:
		in.Kind, in.Agent.Handoff, in.Agent.Promise = dialog.InNoted, 0, p.ref.N
	case w.Sent && (p.action == Anyway || w.Changed): // held was an edit; the words themselves went out before
		in.Kind, in.Attachments = dialog.InEdited, nil
	}
	return Answer{Inputs: []Act{{Conv: p.ref.Conv, Input: in}}}, nil
}

// notTheirs says why ref does not own the hand-off; "" where they do, and of a
// task, which anybody may carry out. It is only here so that who presses hears
// at once: talk beside the owner is passed over by the engine in silence, and a
// press would be too.
func (h *Handler) notTheirs(ctx context.Context, r Ref, ref message.UserRef) (string, error) {
	if r.Kind == TaskCard {
		return "", nil
	}
	it, err := h.Store.Conversation(ctx, r.Conv)
	if err != nil {
		return "", fmt.Errorf("whose hand-off: %w", err)
	}
	state, whole := dialog.Remains(it.State)
	if !whole {
		return "", nil // the engine says what to make of it
	}
	w := h.Desk.words
	switch hand := state.Handoff; {
	case hand == nil || hand.N != r.N:
		return w.over, nil
	case hand.Owner == "":
		return w.takeFirst, nil
	case hand.Owner != ref:
		return h.Desk.say(w.notYours, or(hand.Name, w.somebody)), nil
	}
	return "", nil
}

// keep leaves words where they are for good: the journal knows from then on, so
// that no older button can send them any more, the mark on the words says that
// they are for colleagues, and the question about them goes away. That is for
// who owns the hand-off or wrote the words, and for nobody else: it cannot be
// undone. Who wrote them may also when it is over or was never theirs, as the
// question must not stand for ever. no is why who pressed is not the owner.
func (h *Handler) keep(ctx context.Context, in message.Inbound, at time.Time, p click, who message.Person, no string) (Answer, error) {
	w := h.Desk.words
	if p.ref.Kind == TaskCard { // nobody owns one
		no = w.notYourWords
	}
	was, err := h.Written(ctx, p.ref.Conv, p.words)
	switch {
	case err != nil:
		return Answer{}, err
	case no != "" && (was == nil || was.By != who.Ref):
		return h.notNow(p, who, at, no), nil
	case was != nil && was.Sent: // [Send to customer] was pressed before
		return Answer{}, nil
	}
	ans, err := h.unask(ctx, in, p, who)
	if err != nil {
		return Answer{}, err
	}
	ans.Shows = append(ans.Shows, h.Desk.kept(p))
	ans.Inputs = []Act{{Conv: p.ref.Conv, Input: dialog.Input{At: at, Kind: dialog.InKept, Agent: &dialog.AgentAct{
		Ref: who.Ref, Name: who.Name, Message: p.words}}}}
	return ans, nil
}

// kept shows on words that they are for colleagues.
func (d *Desk) kept(p click) Show {
	return Show{Lane: p.ref.anchor(""), Mark: &adapters.Mark{Message: p.words, State: adapters.MarkKept}, In: p.ref.anchor("")}
}

// unask replaces the question that was pressed: its message gets a name, under
// which it can be found. One that has a name is something else's and stays.
func (h *Handler) unask(ctx context.Context, in message.Inbound, p click, who message.Person) (Answer, error) {
	text := h.Desk.words.keptHere
	known, err := h.Store.FindAnchorByID(ctx, h.Adapter.Sender(), in.ID)
	if none(err) != nil {
		return Answer{}, err
	}
	name := "asked:" + string(in.ID)
	if in.ID == "" || in.ID == in.Thread || err == nil && known.Name != name {
		return Answer{Shows: []Show{p.ref.whisper(who.Ref, text)}}, nil
	}
	post := adapters.Post{Anchor: name, Update: true, Blocks: []adapters.Block{{Kind: adapters.Note, Text: text}}, Fallback: text}
	return Answer{
		Turn:  store.Turn{Anchor: &store.Anchor{Sender: h.Adapter.Sender(), Name: name, ID: in.ID, Conv: p.ref.Conv}},
		Shows: []Show{p.ref.show(post)},
	}, nil
}
