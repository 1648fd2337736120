package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
)

// Errors of trying again, told apart with errors.Is.
var (
	// ErrUnreadable: the payload still cannot be read by this version, or its
	// platform is not configured.
	ErrUnreadable = errors.New("it still cannot be read")
	// ErrTooOld: what a message to a customer was about has passed, so it is
	// not sent any more.
	ErrTooOld = errors.New("it is too old to be sent")
)

// lettersOfOuts is the source of the dead letters of rows that ended without
// delivery, and what their keys begin with.
const lettersOfOuts = "outbox"

// RetryDead handles a dead letter again: as it stood in the inbox, or, where
// it never got there, as its adapter reads it today. It is then no dead letter
// any more. Errors wrap store.ErrNotFound, store.ErrConflict (it was handled
// meanwhile) or [ErrUnreadable]; for the letter of a message, see
// [Bot.RetryOut]. Safe while the bot runs.
func (b *Bot) RetryDead(ctx context.Context, id int64) error {
	dead, err := b.cfg.Store.DeadLetter(ctx, id)
	if err != nil {
		return fmt.Errorf("retry dead letter %d: %w", id, err)
	}
	if dead.Source == lettersOfOuts {
		row, err := strconv.ParseInt(strings.TrimPrefix(dead.Dedup, lettersOfOuts+":"), 10, 64)
		if err != nil {
			return fmt.Errorf("retry dead letter %d: %w", id, ErrUnreadable)
		}
		return b.RetryOut(ctx, row)
	}
	in, err := b.revive(dead)
	if err != nil {
		return fmt.Errorf("retry dead letter %d: %w", id, err)
	}
	if err := b.cfg.Store.RetryDead(ctx, id, in); err != nil {
		return fmt.Errorf("retry dead letter %d: %w", id, err)
	}
	return nil
}

// revive makes an input of a dead letter.
func (b *Bot) revive(dead store.Dead) (store.New, error) {
	now := b.nowMilli()
	if dead.Conv != 0 && dead.Kind != "" {
		return store.New{Conv: dead.Conv, Dedup: fmt.Sprintf("retry:%d:%d", dead.ID, now), Kind: dead.Kind, Payload: dead.Payload, At: now}, nil
	}
	for _, a := range b.all() {
		if string(a.Channel()) != dead.Source {
			continue
		}
		r, ok := a.(adapters.Rereader)
		if !ok {
			break
		}
		raw := r.Reread(dead.Payload)
		if raw.Err != "" || raw.Chat == "" || raw.Dedup == "" {
			break
		}
		return store.New{Channel: a.Channel(), Chat: raw.Chat, Dedup: raw.Dedup, Kind: kindRaw, Payload: raw.Payload, At: now}, nil
	}
	return store.New{}, ErrUnreadable
}

// RetryOut sends a row again that ended without delivery, at the place it had
// in its chat. The error wraps store.ErrNotFound where there is no such row,
// and [ErrTooOld] where it would only be given up again. Safe while the bot
// runs.
func (b *Bot) RetryOut(ctx context.Context, id int64) error {
	row, err := b.cfg.Store.Out(ctx, id)
	if err != nil {
		return fmt.Errorf("retry row %d: %w", id, err)
	}
	if TooOld(row, b.cfg.Now()) {
		return fmt.Errorf("retry row %d: %w", id, ErrTooOld)
	}
	if err := b.cfg.Store.RetryOut(ctx, id, b.nowMilli()); err != nil {
		return fmt.Errorf("retry row %d: %w", id, err)
	}
	return nil
}

// TooOld says whether [Bot.RetryOut] would answer [ErrTooOld] for a row as it
// stands at now.
func TooOld(row store.OutRow, now time.Time) bool {
	env, err := decodeEnvelope(row.Payload)
	return err == nil && stale(row, env, now)
}

// Examine has every platform that can do so look at how our account is set up
// there. It changes nothing, and asks one after another: ctx bounds them all.
func (b *Bot) Examine(ctx context.Context) []adapters.Finding {
	var list []adapters.Finding
	for _, a := range b.all() {
		if x, ok := a.(adapters.Examiner); ok {
			list = append(list, x.Examine(ctx)...)
		}
	}
	return list
}
