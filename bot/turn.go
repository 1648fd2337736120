package bot

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// awayPause is how long inputs wait of a channel that is not configured at
// present. They are kept for the day it is back.
const awayPause = time.Minute

// turn makes the turn of one input; it reads the store and writes nothing.
// try counts how often this input was tried in a row.
func (b *Bot) turn(ctx context.Context, it store.Item, try int) (store.Turn, after, error) {
	if b.cfg.Desk != nil && it.Channel == b.cfg.Desk.Channel() {
		turn, err := b.deskTurn(ctx, it)
		return turn, after{}, err
	}
	a, ok := b.channels[it.Channel]
	if !ok {
		return store.Turn{DelayTill: b.nowMilli() + awayPause.Milliseconds()}, after{}, nil
	}
	state, anew, err := b.stateOf(it)
	if err != nil {
		return store.Turn{}, after{}, err
	}
	r, err := b.read(ctx, a, it, state)
	if err != nil {
		return store.Turn{}, after{}, err
	}
	then := after{tap: r.tap}
	switch {
	case r.dead != nil:
		b.log.Warn("an input cannot be read and is kept aside", zap.Int64("inbox", it.Inbox), zap.String("channel", string(it.Channel)))
		return store.Turn{Dead: r.dead}, then, nil
	case r.ignored:
		return store.Turn{}, then, nil
	}
	r.input.Seed = seed(it.Conv, it.Version)
	r.input.Case = caseNumber(try)
	turn, lang, err := b.advance(a.Sender(), it, state, r)
	if err != nil {
		return store.Turn{}, after{}, err
	}
	if anew {
		if err := b.beginAnew(&turn, it, state, r.input.At); err != nil {
			return store.Turn{}, after{}, err
		}
	}
	if m, ok := a.(adapters.MenuSetter); ok && lang != "" && lang != state.Lang {
		then.menu = menuIn(m, it.Chat, lang)
	}
	for _, t := range turn.Set {
		if then.due == 0 || t.Due < then.due {
			then.due = t.Due
		}
	}
	if s, ok := a.(adapters.Typer); ok && r.input.Kind == dialog.InMessage && len(turn.Outbox) == 0 &&
		then.due > 0 && then.due <= it.At+soon.Milliseconds() {
		then.sign = b.typing(s, it.Chat, then.due)
	}
	return turn, then, nil
}

// advance steps the engine and makes everything that follows one turn. It also
// says in which language the customer is answered from now on.
func (b *Bot) advance(sender string, it store.Item, state dialog.State, r reading) (store.Turn, message.Lang, error) {
	res, err := b.step(b.cfg.Flow, b.cfg.Settings, state, r.input)
	if err != nil {
		return store.Turn{}, "", fmt.Errorf("step: %w", err)
	}
	var turn store.Turn
	if turn.State, err = dialog.Encode(res.State); err != nil {
		return store.Turn{}, "", err
	}
	if turn.Events, err = events(r, b.cfg.Flow.ID, res.Effects); err != nil {
		return store.Turn{}, "", err
	}
	s := &scribe{b: b, it: it, sender: sender, state: res.State, at: r.input.At, turn: &turn}
	for _, e := range res.Effects {
		if err := s.write(e); err != nil {
			return store.Turn{}, "", err
		}
	}
	switch r.input.Kind {
	case dialog.InBlocked:
		s.reach(true)
	case dialog.InUnblocked:
		s.reach(false)
	}
	return turn, res.State.Lang, nil
}

// deskTurn handles what agents do: their acts become inputs of the customers'
// conversations, told apart from copies by the input they come from.
func (b *Bot) deskTurn(ctx context.Context, it store.Item) (store.Turn, error) {
	ans, err := b.handler.Handle(ctx, it, b.cfg.Now())
	if err != nil {
		return store.Turn{}, fmt.Errorf("agent's act: %w", err)
	}
	if ans.Turn.DelayTill > 0 {
		b.fault(FaultDelayed)
		return ans.Turn, nil
	}
	for i, act := range ans.Inputs {
		n, err := newInput(act.Conv, fmt.Sprintf("desk:%d:%d", it.Inbox, i), act.Input)
		if err != nil {
			return store.Turn{}, err
		}
		ans.Turn.Inputs = append(ans.Turn.Inputs, n)
	}
	outs, err := b.deskOuts(ans.Shows, "")
	if err != nil {
		return store.Turn{}, err
	}
	ans.Turn.Outbox = append(ans.Turn.Outbox, outs...)
	return ans.Turn, nil
}
