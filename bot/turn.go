package bot

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

// awayPause is how long inputs wait of a channel that is not configured at
// present. They are kept for the day it is back.
const awayPause = time.Minute

// turn makes the turn of one input; it reads the store and writes nothing.
// try counts how often this input was tried in a row.
func (b *Bot) turn(ctx context.Context, it store.Item, try int) (store.Turn, after, error) {
	if b.cfg.Desk != nil && it.Channel == b.cfg.Desk.Channel() {
		turn, err := b.deskTurn(ctx, it)
		return turn, after{kind: kindDesk}, err
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
	case r.again > 0:
		then.sign = b.thinking(a, it)
		return store.Turn{DelayTill: r.again}, then, nil
	case r.keep != nil:
		return *r.keep, then, nil
	case r.hold != nil:
		turn, err := b.tell(it, *r.hold)
		return turn, then, err
	}
	r.input.Seed = seed(it.Conv, it.Version)
	r.input.Case = caseNumber(try)
	turn, next, err := b.advance(ctx, a.Sender(), it, state, r)
	if err != nil {
		return store.Turn{}, after{}, err
	}
	if turn.DelayTill > 0 { // other words are on their way
		then.sign = b.thinking(a, it)
		return turn, then, nil
	}
	if anew {
		if err := b.beginAnew(&turn, it, state, r.input.At); err != nil {
			return store.Turn{}, after{}, err
		}
	}
	then.kind, then.promises = string(r.input.Kind), next.promises
	for _, t := range turn.Set {
		if then.due == 0 || t.Due < then.due {
			then.due = t.Due
		}
	}
	if next.Owned() { // the bot keeps still, in every way a customer could see
		return turn, then, nil
	}
	if m, ok := a.(adapters.MenuSetter); ok && next.Lang != "" && next.Lang != state.Lang {
		then.menu = menuIn(m, it.Chat, next.Lang)
	}
	if s, ok := a.(adapters.Typer); ok && r.input.Kind == dialog.InMessage && len(turn.Outbox) == 0 &&
		then.due > 0 && then.due <= it.At+soon.Milliseconds() {
		then.sign = b.typing(s, it.Chat, then.due)
	}
	return turn, then, nil
}

// outcome is where a step left a conversation, for what follows outside its
// transaction.
type outcome struct {
	dialog.State
	promises []dialog.PromiseEvent
}

// advance steps the engine and makes everything that follows one turn.
func (b *Bot) advance(ctx context.Context, sender string, it store.Item, state dialog.State, r reading) (store.Turn, outcome, error) {
	res, err := b.step(b.cfg.Flow, b.cfg.Settings, state, r.input)
	if err != nil {
		return store.Turn{}, outcome{}, fmt.Errorf("step: %w", err)
	}
	words, again := b.reworded(it, res.Effects) //nolint:contextcheck // other words outlive the turn that asks for them
	if again > 0 {
		return store.Turn{DelayTill: again}, outcome{}, nil
	}
	var turn store.Turn
	if turn.State, err = dialog.Encode(res.State); err != nil {
		return store.Turn{}, outcome{}, err
	}
	if turn.Events, err = events(r, b.cfg.Flow.ID, res.Effects); err != nil {
		return store.Turn{}, outcome{}, err
	}
	if turn.Events, err = words.journal(turn.Events); err != nil {
		return store.Turn{}, outcome{}, err
	}
	next := outcome{State: res.State}
	s := &scribe{b: b, it: it, sender: sender, state: res.State, input: r.input, turn: &turn, desk: b.desk.At(r.input.At), words: words}
	for _, e := range res.Effects {
		if err := s.write(e); err != nil {
			return store.Turn{}, outcome{}, err
		}
		if p, ok := e.(dialog.PromiseChanged); ok && counts(p) {
			next.promises = append(next.promises, p.Event)
		}
	}
	if err := s.outdate(ctx); err != nil {
		return store.Turn{}, outcome{}, err
	}
	switch r.input.Kind {
	case dialog.InBlocked:
		s.reach(true)
	case dialog.InUnblocked:
		s.reach(false)
	}
	return turn, next, nil
}
