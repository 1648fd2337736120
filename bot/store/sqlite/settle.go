package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// As adapters.Unknown; a store does not import adapters.
	outcomeUnknown = "unknown"
	reasonBlocked  = "blocked"
	reasonUnknown  = "outcome unknown"
)

const (
	sqlOutRow = `SELECT conv_id, sender, chat, payload, sent_at = 0 AND sending_at <> 0
		FROM outbox WHERE id = ?`
	sqlSettle = `UPDATE outbox SET sending_at = 0, sent_at = ?, next_at = ?, outcome = ?, reason = ?,
			platform_id = ?, unknown = max(unknown, ?), dead = ?
		WHERE id = ?`
	sqlUnderWay = `SELECT id, class FROM outbox WHERE sent_at = 0 AND sending_at <> 0 AND sender = ? ORDER BY id`
)

// attempt is the row a result is about.
type attempt struct {
	id      int64
	conv    message.ConversationID
	sender  string
	chat    message.Chat
	payload []byte
	open    bool // being sent
}

// SettleOut implements store.Store. Results of one call commit together. A row
// that is not being sent (any more) is passed over with all that its result
// brings, so that a call may be repeated; an id that never was gives
// store.ErrNotFound.
func (s *Store) SettleOut(ctx context.Context, results []store.Result) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(results) == 0 {
		return nil
	}
	err := s.writer.do(func(t *tx) error {
		for _, r := range results {
			if err := s.settleOne(t, r); err != nil {
				return fmt.Errorf("row %d: %w", r.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle outbox: %w", err)
	}
	return nil
}

// RecoverOut implements store.Store. It is for the start of a sender, before
// its first TakeOut: a row that this very process is sending would be taken
// for a lost one.
func (s *Store) RecoverOut(ctx context.Context, sender string, now, wait int64) (int, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	var lost []store.Result
	err := s.writer.do(func(t *tx) error {
		lost = nil
		err := t.rows(sqlUnderWay, []any{sender}, func(r *sql.Rows) error {
			res := store.Result{Outcome: outcomeUnknown, NextAt: now + wait, Reason: reasonUnknown, At: now}
			var class store.Class
			if err := r.Scan(&res.ID, &class); err != nil {
				return err
			}
			res.Dead = class == store.Once
			lost = append(lost, res)
			return nil
		})
		for _, res := range lost {
			if err == nil {
				err = s.settleOne(t, res)
			}
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("recover outbox: %w", err)
	}
	return len(lost), nil
}

// settleOne writes one result.
func (s *Store) settleOne(t *tx, r store.Result) error {
	a := attempt{id: r.ID}
	err := t.row(sqlOutRow, []any{r.ID}, &a.conv, &a.sender, &a.chat, &a.payload, &a.open)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.ErrNotFound
	case err != nil || !a.open:
		return err
	}
	if r.At <= 0 {
		r.At = max(s.now(), 1)
	}
	r = whole(r)
	if err := s.writeResult(t, a, r); err != nil {
		return err
	}
	if err := writeAnchor(t, a.conv, anchorOf(a, r)); err != nil {
		return err
	}
	if err := s.addOuts(t, a.conv, r.Follow, r.At); err != nil {
		return err
	}
	if err := s.tellBehind(t, a, r); err != nil {
		return err
	}
	if err := s.endBehind(t, a, r); err != nil {
		return err
	}
	return s.addInputs(t, r.Inputs)
}

// whole makes a result whole: Done says whether the row ends, Dead whether it
// ends without delivery.
func whole(r store.Result) store.Result {
	if r.Unreachable {
		r.Dead, r.Reason = true, reasonBlocked
	}
	r.Done = r.Done || r.Dead
	return r
}

func (s *Store) writeResult(t *tx, a attempt, r store.Result) error {
	ended := int64(0)
	if r.Done {
		ended = r.At
	}
	if err := t.mustChange(sqlSettle, ended, r.NextAt, r.Outcome, r.Reason, string(r.Platform),
		r.Outcome == outcomeUnknown, r.Dead, a.id); err != nil {
		return err
	}
	t.then(func() {
		switch {
		case r.Unreachable:
			s.sending.Drop(a.sender, a.chat)
		case r.Done:
			s.sending.Done(a.sender, a.chat, a.id)
		default:
			s.sending.Again(a.sender, a.chat, a.id, r.NextAt)
		}
	})
	if !r.Dead {
		return nil
	}
	return s.addDead(t, store.Dead{Source: "outbox", Dedup: letterOf(a.id),
		Payload: a.payload, Reason: r.Reason, At: r.At})
}

// anchorOf completes a result's anchor from what the delivery says; nil where
// there is nothing to tie a name to.
func anchorOf(a attempt, r store.Result) *store.Anchor {
	if r.Anchor == nil {
		return nil
	}
	anchor := *r.Anchor
	if anchor.Sender == "" {
		anchor.Sender = a.sender
	}
	if anchor.ID == "" {
		anchor.ID = r.Platform
	}
	if anchor.ID == "" {
		return nil
	}
	return &anchor
}
