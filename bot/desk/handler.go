package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Reader is what a handler reads of the store.
type Reader interface {
	FindAnchor(ctx context.Context, sender, name string) (store.Anchor, error)
	FindAnchorByID(ctx context.Context, sender string, id message.PlatformID) (store.Anchor, error)
	Conversation(ctx context.Context, id message.ConversationID) (store.Item, error)
	OpenPromises(ctx context.Context, before int64, max int) ([]store.PromiseRow, error)
	Stats(ctx context.Context) (store.Stats, error)
}

// Written is what an agent last wrote in one message, as the conversation's
// journal has it.
type Written struct {
	By          message.UserRef // who wrote it; sending it again changes nothing about that
	Text        string
	Attachments []message.Attachment
	Anyway      bool // they were asked, and wanted it sent
	Kept        bool // they were asked, and wanted it kept here
	Sent        bool // it went out, or is on its way
	Changed     bool // the customer has it, and a change of it was held back
	Held        dialog.HoldReason
}

// Handler turns what agents do into inputs of customers' conversations. It
// only reads the store, so its turns can be thrown away and made again.
type Handler struct {
	Adapter adapters.Adapter
	Store   Reader
	Door    *Door
	Desk    *Desk
	// Extend is how far [More time] moves a deadline.
	Extend time.Duration
	// Written finds an agent's words again; nil where there are none.
	Written func(ctx context.Context, conv message.ConversationID, id message.PlatformID) (*Written, error)
	Logger  *zap.Logger
}

// Answer is what follows from an agent's act. Shows belong into the same
// transaction as Turn.
type Answer struct {
	Turn  store.Turn
	Shows []Show
	// Inputs go to the customers' conversations.
	Inputs []Act
}

// Act is an input for a customer's conversation; its seed and case number are
// filled in when that conversation handles it.
type Act struct {
	Conv  message.ConversationID
	Input dialog.Input
}

// Handle reads one stored payload of the agents' platform. An error is worth
// another try; what can never be handled comes back as a turn that passes it
// over.
func (h *Handler) Handle(ctx context.Context, it store.Item, now time.Time) (Answer, error) {
	in, err := h.Adapter.Decode(it.Payload)
	if err != nil {
		return Answer{Turn: store.Turn{Dead: &store.Dead{Source: string(it.Channel),
			Dedup: fmt.Sprintf("decode:%d", it.Inbox), Payload: it.Payload, Reason: err.Error(), At: it.At}}}, nil
	}
	act, err := h.read(ctx, in, time.UnixMilli(it.At).UTC())
	if err != nil || act == nil {
		return Answer{}, err
	}
	person, wait, denied := h.Door.Ask(in.From.Ref)
	if wait > 0 {
		return Answer{Turn: store.Turn{DelayTill: now.Add(wait).UnixMilli()}}, nil
	}
	ans, err := h.decide(ctx, it, in, act, person, denied)
	if err != nil {
		return Answer{}, err
	}
	ans.Turn.Audit = append(ans.Turn.Audit, h.audit(verdictOf(denied), in, act.ref, it.At))
	return ans, nil
}

// decide is what follows from an act once the door has spoken.
func (h *Handler) decide(ctx context.Context, it store.Item, in message.Inbound, act *act, person message.Person, denied error) (Answer, error) {
	switch {
	case errors.Is(denied, ErrUnchecked):
		return Answer{Turn: store.Turn{Dead: &store.Dead{Source: string(it.Channel), Dedup: fmt.Sprintf("door:%d", it.Inbox),
			Payload: it.Payload, Reason: denied.Error(), At: it.At}}}, nil
	case denied != nil:
		return h.deny(in, act, time.UnixMilli(it.At)), nil
	case act.answer != nil:
		person.Ref = in.From.Ref
		return act.answer(ctx, person)
	}
	act.input.Agent.Ref, act.input.Agent.Name = in.From.Ref, person.Name
	return Answer{Turn: store.Turn{Anchor: act.anchor}, Inputs: []Act{{Conv: act.ref.Conv, Input: act.input}}}, nil
}

// act is an agent's act as it was read, before the door.
type act struct {
	ref    Ref
	input  dialog.Input
	anchor *store.Anchor // a card's id, learned from a press on it
	press  bool
	// answer, where it is set, says what follows in place of an input.
	answer func(ctx context.Context, person message.Person) (Answer, error)
}

// read says what was done; nil means nothing that concerns us.
func (h *Handler) read(ctx context.Context, in message.Inbound, at time.Time) (*act, error) {
	switch in.Kind {
	case message.KindAgentText:
		return h.readText(ctx, in, at)
	case message.KindAgentTap:
		return h.readPress(ctx, in, at)
	case message.KindEdited, message.KindDeleted:
		return h.readChange(ctx, in, at)
	}
	return nil, nil
}

// readText finds the card in whose thread the words stand. In a hand-off's
// thread they are for the customer, in a task's thread they are the result;
// which of them are held back, the engine says. Notes take the same way, because
// a desk without a platform of its own shows what the journal has.
func (h *Handler) readText(ctx context.Context, in message.Inbound, at time.Time) (*act, error) {
	ref, ok, err := h.thread(ctx, in)
	if err != nil || !ok {
		return nil, err
	}
	a := &act{ref: ref, input: dialog.Input{At: at, Kind: dialog.InSaid, Text: in.Text, Attachments: h.held(in.Attachments),
		Agent: &dialog.AgentAct{Message: in.ID, Handoff: ref.N}}}
	if ref.Kind == TaskCard {
		a.input.Kind = dialog.InNoted
		a.input.Agent.Handoff, a.input.Agent.Promise = 0, ref.N
	}
	return a, nil
}

// readChange passes on what became of words in a hand-off's thread. Whether
// they went out at all, the conversation's own journal says when its turn
// comes: only then have the words themselves been handled for certain.
func (h *Handler) readChange(ctx context.Context, in message.Inbound, at time.Time) (*act, error) {
	ref, ok, err := h.thread(ctx, in)
	if err != nil || !ok || ref.Kind != HandoffCard {
		return nil, err
	}
	input := dialog.Input{At: at, Kind: dialog.InEdited, Text: in.Text, Agent: &dialog.AgentAct{Message: in.ID, Handoff: ref.N}}
	if in.Kind == message.KindDeleted {
		input.Kind, input.Text = dialog.InDeleted, ""
	}
	return &act{ref: ref, input: input}, nil
}

// held notes on files where they are kept, for those that do not say.
func (h *Handler) held(files []message.Attachment) []message.Attachment {
	return Kept(files, h.Adapter.Channel())
}

// Kept notes on files by whom they are kept, where they do not say.
func Kept(files []message.Attachment, by message.Channel) []message.Attachment {
	files = slices.Clone(files)
	for i := range files {
		if files[i].File != "" && files[i].Held == "" {
			files[i].Held = by
		}
	}
	return files
}

// thread finds which card's thread something stands in.
func (h *Handler) thread(ctx context.Context, in message.Inbound) (Ref, bool, error) {
	if in.Thread == "" {
		return Ref{}, false, nil
	}
	a, err := h.Store.FindAnchorByID(ctx, h.Adapter.Sender(), in.Thread)
	if err != nil {
		return Ref{}, false, none(err)
	}
	ref, ok := ParseAnchor(a.Name)
	return ref, ok, nil
}

// none makes nothing of "not found", which is an answer and no fault.
func none(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// deny turns a stranger away: silently where they only talked, because people
// may talk in a channel; with a word where they pressed a button.
func (h *Handler) deny(in message.Inbound, a *act, at time.Time) Answer {
	if !a.press {
		return Answer{}
	}
	return Answer{Shows: []Show{h.Desk.At(at).Refused(a.ref, in.From.Ref)}}
}
