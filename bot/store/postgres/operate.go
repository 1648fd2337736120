package postgres

import (
	"context"
	"fmt"
	"math"

	"github.com/accord-chat/accord/bot/store"
)

const (
	sqlOut = `SELECT id, conv_id, sender, chat, class, attempts, unknown <> 0, payload, written_at
		FROM outbox WHERE id = $1`
	sqlTroubled = `SELECT id, conv_id, sender, chat, class, outcome, reason, unknown <> 0, dead <> 0,
			written_at, sent_at
		FROM outbox WHERE dead <> 0 OR unknown <> 0 ORDER BY id DESC LIMIT $1`
	// What is known of the world outside stays: unknown says that an earlier
	// attempt may have arrived.
	sqlRetryOut = `UPDATE outbox SET next_at = $1, attempts = 0, sending_at = 0, sent_at = 0, dead = 0,
			outcome = '', reason = '', platform_id = '', touched = pg_current_xact_id()
		WHERE id = $2 AND dead <> 0 RETURNING sender`
	sqlDropOut     = `UPDATE outbox SET dead = 0 WHERE id = $1 AND dead <> 0`
	sqlDropLetter  = `DELETE FROM dead WHERE dedup = $1`
	sqlDeadLetter  = `SELECT id, source, dedup, payload, reason, at, conv_id, kind FROM dead WHERE id = $1`
	sqlDropAlone   = `DELETE FROM dead WHERE id = $1 AND dedup NOT LIKE 'outbox:%'`
	sqlDropDead    = `DELETE FROM dead WHERE id = $1`
	sqlOpenHandoff = `SELECT conv_id, n, state, owner, name, cause, opened_at, closed_at FROM handoff
		WHERE state IN ('queued', 'owned') ORDER BY opened_at, conv_id, n LIMIT $1`
	sqlOpenPromise = `SELECT conv_id, n, case_number, text, owner, state, due_at, opened_at, closed_at
		FROM promise WHERE state = 'open' AND due_at < $1 ORDER BY due_at, conv_id, n LIMIT $2`
)

// Out implements store.Operate. Attempts counts the one under way.
func (s *Store) Out(ctx context.Context, id int64) (store.OutRow, error) {
	var o store.OutRow
	if err := s.readRow(ctx, sqlOut, []any{id}, outFields(&o)...); err != nil {
		return store.OutRow{}, fmt.Errorf("outbox row %d: %w", id, err)
	}
	return o, nil
}

// TroubledOuts implements store.Operate.
func (s *Store) TroubledOuts(ctx context.Context, limit int) ([]store.Troubled, error) {
	list, err := readAll(ctx, s, sqlTroubled, []any{bounded(limit)}, func(o *store.Troubled) []any {
		return []any{&o.ID, &o.Conv, &o.Sender, &o.Chat, &o.Class, &o.Outcome, &o.Reason,
			&o.Unknown, &o.Dead, &o.Written, &o.Ended}
	})
	return list, wrapped("troubled rows", err)
}

// RetryOut implements store.Operate. The row's dead letter goes with it: should
// the row die again, it is listed anew.
func (s *Store) RetryOut(ctx context.Context, id, now int64) error {
	return wrapped(fmt.Sprintf("retry row %d", id), s.change(ctx, onlyOnce, func(t *tx) error {
		var sender string
		if err := t.row(sqlRetryOut, []any{now, id}, &sender); err != nil {
			return err
		}
		if _, err := t.exec(sqlDropLetter, letterOf(id)); err != nil {
			return fmt.Errorf("dead letter: %w", err)
		}
		s.announce(t, []string{sender})
		return nil
	}))
}

// DropOut implements store.Operate.
func (s *Store) DropOut(ctx context.Context, id int64) error {
	return wrapped(fmt.Sprintf("drop row %d", id), s.change(ctx, onlyOnce, func(t *tx) error {
		if err := must(t.exec(sqlDropOut, id)); err != nil {
			return err
		}
		if _, err := t.exec(sqlDropLetter, letterOf(id)); err != nil {
			return fmt.Errorf("dead letter: %w", err)
		}
		return nil
	}))
}

// DropDead implements store.Operate. The letter of a row is the row's to drop:
// without it the row would stay dead, and nothing would count it.
func (s *Store) DropDead(ctx context.Context, id int64) error {
	return wrapped(fmt.Sprintf("drop dead letter %d", id), s.change(ctx, onlyOnce, func(t *tx) error {
		return must(t.exec(sqlDropAlone, id))
	}))
}

// DeadLetter implements store.Operate.
func (s *Store) DeadLetter(ctx context.Context, id int64) (store.Dead, error) {
	var d store.Dead
	if err := s.readRow(ctx, sqlDeadLetter, []any{id}, deadFields(&d)...); err != nil {
		return store.Dead{}, fmt.Errorf("dead letter %d: %w", id, err)
	}
	return d, nil
}

// RetryDead implements store.Operate. store.ErrConflict where the inbox has had
// an input with this key: the letter then stays.
func (s *Store) RetryDead(ctx context.Context, id int64, in store.New) error {
	return wrapped(fmt.Sprintf("retry dead letter %d", id), s.change(ctx, onlyOnce, func(t *tx) error {
		if err := must(t.exec(sqlDropDead, id)); err != nil {
			return err
		}
		added, err := s.addInputs(t, []store.New{in})
		if err == nil && added == 0 {
			return store.ErrConflict
		}
		return err
	}))
}

// OpenHandoffs implements store.Operate.
func (s *Store) OpenHandoffs(ctx context.Context, limit int) ([]store.HandoffRow, error) {
	list, err := readAll(ctx, s, sqlOpenHandoff, []any{bounded(limit)}, func(h *store.HandoffRow) []any {
		return []any{&h.Conv, &h.N, &h.State, &h.Owner, &h.Name, &h.Cause, &h.Opened, &h.Closed}
	})
	return list, wrapped("open hand-offs", err)
}

// OpenPromises implements store.Operate.
func (s *Store) OpenPromises(ctx context.Context, before int64, limit int) ([]store.PromiseRow, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	list, err := readAll(ctx, s, sqlOpenPromise, []any{before, bounded(limit)}, func(p *store.PromiseRow) []any {
		return []any{&p.Conv, &p.N, &p.Case, &p.Text, &p.Owner, &p.State, &p.Due, &p.Opened, &p.Closed}
	})
	return list, wrapped("open promises", err)
}
