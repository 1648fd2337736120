package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// reading is a stored input as the engine shall see it. With dead or ignored
// set there is nothing to step.
type reading struct {
	input   dialog.Input
	origin  *origin // of a customer's own input
	tap     *courtesy
	dead    *store.Dead
	hold    *dialog.Hold // not the engine's business: an agent is told this
	ignored bool
	keep    *store.Turn // not for now: this keeps it
	again   int64       // not for now: look at it again then
}

// read turns a stored input into one of the engine's.
func (b *Bot) read(ctx context.Context, a adapters.Adapter, it store.Item, state dialog.State) (reading, error) {
	switch it.Kind {
	case kindRaw:
		return b.readRaw(ctx, a, it, state)
	case kindTimer:
		return reading{input: dialog.Input{At: moment(it.At), Kind: dialog.InTimer, Timer: string(it.Payload)}}, nil
	case kindInput, kindRescue:
		var in dialog.Input
		if json.Unmarshal(it.Payload, &in) != nil {
			return reading{dead: deadLetter(it, "not an encoded input")}, nil
		}
		if in.At.IsZero() {
			in.At = moment(it.At)
		}
		if in.Agent != nil && (in.Kind == dialog.InEdited || in.Kind == dialog.InDeleted) {
			return b.readChange(ctx, it, in)
		}
		if in.Agent != nil && in.Agent.Anyway {
			return b.readAnyway(ctx, it, in)
		}
		if in.Agent != nil && in.Kind == dialog.InSaid {
			return b.readSaid(ctx, it, in)
		}
		return reading{input: in}, nil
	}
	return reading{dead: deadLetter(it, "an input of unknown kind")}, nil
}

// readChange looks at what became of words an agent changes. Only those that
// went out, or are on their way, are the engine's business: their change is sent
// after them. Who edits words that are held may believe to have sent them.
func (b *Bot) readChange(ctx context.Context, it store.Item, in dialog.Input) (reading, error) {
	w, err := b.written(ctx, it.Conv, in.Agent.Message)
	switch {
	case err != nil:
		return reading{}, err
	case w == nil:
		return b.keepEarly(ctx, it, in)
	case w.Sent:
		return reading{input: in}, nil
	case w.Held == dialog.HoldAsk && in.Kind == dialog.InEdited:
		return reading{hold: &dialog.Hold{Handoff: in.Agent.Handoff, Message: in.Agent.Message, Reason: dialog.HoldEdited, By: in.Agent.Name}}, nil
	}
	return reading{ignored: true}, nil
}

// readAnyway looks once more at words that were held and shall be sent after
// all: who pressed both buttons wanted the first, and only here is it certain
// which that was. Edits of such words are another matter (see readChange).
func (b *Bot) readAnyway(ctx context.Context, it store.Item, in dialog.Input) (reading, error) {
	w, err := b.written(ctx, it.Conv, in.Agent.Message)
	if err != nil {
		return reading{}, err
	}
	return reading{input: in, ignored: w != nil && w.Kept}, nil
}

// readRaw decodes what a platform delivered and reads its words.
func (b *Bot) readRaw(ctx context.Context, a adapters.Adapter, it store.Item, state dialog.State) (reading, error) {
	in, err := a.Decode(it.Payload)
	if err != nil {
		return reading{dead: deadLetter(it, err.Error())}, nil
	}
	kind, known := kinds[in.Kind]
	if !known {
		return reading{ignored: true}, nil
	}
	r := reading{
		input: dialog.Input{At: moment(it.At), Kind: kind, From: in.From, Text: in.Text, Command: in.Command,
			Attachments: desk.Kept(in.Attachments, a.Channel())},
		origin: &origin{ID: in.ID},
	}
	if state.Handoff != nil && (kind == dialog.InEdited || kind == dialog.InDeleted) {
		if r.input.Before, err = b.before(ctx, it.Conv, in.ID); err != nil {
			return reading{}, err
		}
	}
	if kind == dialog.InTap {
		if in.Tap == nil {
			in.Tap = &message.Tap{}
		}
		if err := b.resolveTap(ctx, a, it, state, *in.Tap, &r); err != nil {
			return reading{}, err
		}
	}
	if in.Text != "" && (kind == dialog.InMessage || kind == dialog.InEdited) {
		// Words that two languages share are read in the platform's language
		// until the customer has one of their own here.
		r.input.Reading, r.again = b.readTwice(it, state, in.Text, intents.Context{ //nolint:contextcheck // an opinion outlives the turn that asks for it
			Expect: dialog.Expecting(b.cfg.Flow, state), Lang: cmp.Or(state.Lang, in.From.Lang), Now: r.input.At, Zone: b.cfg.Settings.Zone,
		})
	}
	return r, nil
}

// kinds maps what platforms deliver to what the engine knows; what is not
// listed does not concern a customer's conversation.
var kinds = map[message.Kind]dialog.InputKind{
	message.KindText:      dialog.InMessage,
	message.KindMedia:     dialog.InMessage,
	message.KindTap:       dialog.InTap,
	message.KindCommand:   dialog.InCommand,
	message.KindEdited:    dialog.InEdited,
	message.KindDeleted:   dialog.InDeleted,
	message.KindBlocked:   dialog.InBlocked,
	message.KindUnblocked: dialog.InUnblocked,
}

// resolveTap finds the question and choice a button was made for. A token of
// another conversation, an unknown or an expired one resolves to nothing,
// which the engine answers as a stale button.
func (b *Bot) resolveTap(ctx context.Context, a adapters.Adapter, it store.Item, state dialog.State, tap message.Tap, r *reading) error {
	r.input.Tap = &dialog.Tap{}
	r.origin.Tap = tap.Data
	asked, err := b.cfg.Store.FindAsk(ctx, tap.Data)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return fmt.Errorf("find the question of a tap: %w", err)
	case asked.Conv == it.Conv && asked.Expires > it.At:
		*r.input.Tap = dialog.Tap{Question: asked.Question, Choice: asked.Choice}
	}
	answerer, ok := a.(adapters.TapAnswerer)
	if !ok {
		return nil
	}
	text := ""
	if !state.Owned() && !state.Open(r.input.Tap.Question) {
		_, text = b.line(state, r.input.From, "side.stale")
	}
	r.tap = tapAnswer(answerer, tap, text)
	return nil
}

// line words a key of the flow for a customer outside a step, where the
// engine cannot.
func (b *Bot) line(state dialog.State, from message.Person, key string) (message.Lang, string) {
	lang := state.Lang
	if lang == "" {
		lang = from.Lang
	}
	if !b.cfg.Flow.Has(lang, key) {
		lang = b.cfg.Flow.Langs()[0]
	}
	return lang, b.cfg.Flow.Line(lang, key, 0, flow.Vars{
		"business": b.cfg.Settings.Business, "zone": b.cfg.Settings.Zone, "now": b.cfg.Now(), "case": state.Matter.Case,
	})
}

// newInput stores an engine's input for a conversation.
func newInput(conv message.ConversationID, dedup string, in dialog.Input) (store.New, error) {
	payload, err := json.Marshal(in)
	if err != nil {
		return store.New{}, fmt.Errorf("encode input: %w", err)
	}
	return store.New{Conv: conv, Dedup: dedup, Kind: kindInput, Payload: payload, At: in.At.UnixMilli()}, nil
}

func deadLetter(it store.Item, reason string) *store.Dead {
	return &store.Dead{Source: string(it.Channel), Dedup: fmt.Sprintf("inbox:%d", it.Inbox), Payload: it.Payload, Reason: reason, At: it.At}
}

// moment is a stored time in UTC, so that it reads the same when a journal is
// replayed elsewhere.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
