package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
)

const (
	sqlOut = `SELECT id, conv_id, sender, chat, class, attempts, unknown, payload, written_at
		FROM outbox WHERE id = ?`
	sqlTroubled = `SELECT id, conv_id, sender, chat, class, outcome, reason, unknown <> 0, dead <> 0,
			written_at, sent_at
		FROM outbox WHERE dead <> 0 OR unknown <> 0 ORDER BY id DESC LIMIT ?`
	// What is known of the world outside stays: unknown says that an earlier
	// attempt may have arrived.
	sqlRetryOut = `UPDATE outbox SET next_at = ?, attempts = 0, sending_at = 0, sent_at = 0, dead = 0,
			outcome = '', reason = '', platform_id = ''
		WHERE id = ? AND dead <> 0 RETURNING conv_id, sender, chat, class`
	sqlDropOut     = `UPDATE outbox SET dead = 0 WHERE id = ? AND dead <> 0`
	sqlDropLetter  = `DELETE FROM dead WHERE dedup = ?`
	sqlDeadLetter  = `SELECT id, source, dedup, payload, reason, at, conv_id, kind FROM dead WHERE id = ?`
	sqlDropAlone   = `DELETE FROM dead WHERE id = ? AND dedup NOT LIKE 'outbox:%'`
	sqlDropDead    = `DELETE FROM dead WHERE id = ?`
	sqlOpenHandoff = `SELECT conv_id, n, state, owner, name, cause, opened_at, closed_at FROM handoff
		WHERE state IN ('queued', 'owned') ORDER BY opened_at, conv_id, n LIMIT ?`
	sqlOpenPromise = `SELECT conv_id, n, case_number, text, owner, state, due_at, opened_at, closed_at
		FROM promise WHERE state = 'open' AND due_at < ? ORDER BY due_at, conv_id, n LIMIT ?`
)

// Out implements store.Operate. Attempts counts the one under way.
func (s *Store) Out(ctx context.Context, id int64) (store.OutRow, error) {
	var o store.OutRow
	if err := s.findRow(ctx, sqlOut, []any{id}, outFields(&o)...); err != nil {
		return store.OutRow{}, fmt.Errorf("outbox row %d: %w", id, err)
	}
	return o, nil
}

// TroubledOuts implements store.Operate.
func (s *Store) TroubledOuts(ctx context.Context, limit int) ([]store.Troubled, error) {
	var list []store.Troubled
	err := s.readRows(ctx, sqlTroubled, []any{bounded(limit)}, func(r *sql.Rows) error {
		var o store.Troubled
		if err := r.Scan(&o.ID, &o.Conv, &o.Sender, &o.Chat, &o.Class, &o.Outcome, &o.Reason,
			&o.Unknown, &o.Dead, &o.Written, &o.Ended); err != nil {
			return err
		}
		list = append(list, o)
		return nil
	})
	return list, wrapped("troubled rows", err)
}

// RetryOut implements store.Operate. The row's dead letter goes with it: should
// the row die again, it is listed anew.
func (s *Store) RetryOut(ctx context.Context, id, now int64) error {
	return wrapped(fmt.Sprintf("retry row %d", id), s.change(ctx, func(t *tx) error {
		w := lanes.Row{ID: id, Next: now}
		var o store.Out
		err := t.row(sqlRetryOut, []any{now, id}, &w.Conv, &o.Sender, &o.Chat, &o.Class)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := t.exec(sqlDropLetter, letterOf(id)); err != nil {
			return fmt.Errorf("dead letter: %w", err)
		}
		w.Rank = lanes.RankOf(o.Class)
		t.then(func() { s.sending.Add(o.Sender, o.Chat, w, false) })
		return nil
	}))
}

// DropOut implements store.Operate.
func (s *Store) DropOut(ctx context.Context, id int64) error {
	return wrapped(fmt.Sprintf("drop row %d", id), s.change(ctx, func(t *tx) error {
		if err := must(t.count(sqlDropOut, id)); err != nil {
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
	return wrapped(fmt.Sprintf("drop dead letter %d", id), s.change(ctx, func(t *tx) error {
		return must(t.count(sqlDropAlone, id))
	}))
}

// must says store.ErrNotFound where a change met no row.
func must(n int64, err error) error {
	if err == nil && n == 0 {
		return store.ErrNotFound
	}
	return err
}

// letterOf is the dedup key of a dead row's letter.
func letterOf(out int64) string { return fmt.Sprintf("outbox:%d", out) }

// DeadLetter implements store.Operate.
func (s *Store) DeadLetter(ctx context.Context, id int64) (store.Dead, error) {
	var d store.Dead
	if err := s.findRow(ctx, sqlDeadLetter, []any{id}, deadFields(&d)...); err != nil {
		return store.Dead{}, fmt.Errorf("dead letter %d: %w", id, err)
	}
	return d, nil
}

// RetryDead implements store.Operate. store.ErrNotFound where there is no such
// letter; store.ErrConflict where an input with this key is kept already: it
// would be passed over as a copy, and the letter would be gone for nothing.
func (s *Store) RetryDead(ctx context.Context, id int64, in store.New) error {
	return wrapped(fmt.Sprintf("retry dead letter %d", id), s.change(ctx, func(t *tx) error {
		switch n, err := t.count(sqlDropDead, id); {
		case err != nil:
			return err
		case n == 0:
			return store.ErrNotFound
		}
		added, err := s.addInput(t, in)
		if err == nil && !added {
			return store.ErrConflict
		}
		return err
	}))
}

// OpenHandoffs implements store.Operate.
func (s *Store) OpenHandoffs(ctx context.Context, limit int) ([]store.HandoffRow, error) {
	var list []store.HandoffRow
	err := s.readRows(ctx, sqlOpenHandoff, []any{bounded(limit)}, func(r *sql.Rows) error {
		var h store.HandoffRow
		if err := r.Scan(&h.Conv, &h.N, &h.State, &h.Owner, &h.Name, &h.Cause, &h.Opened, &h.Closed); err != nil {
			return err
		}
		list = append(list, h)
		return nil
	})
	return list, wrapped("open hand-offs", err)
}

// OpenPromises implements store.Operate.
func (s *Store) OpenPromises(ctx context.Context, before int64, limit int) ([]store.PromiseRow, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var list []store.PromiseRow
	err := s.readRows(ctx, sqlOpenPromise, []any{before, bounded(limit)}, func(r *sql.Rows) error {
		var p store.PromiseRow
		if err := r.Scan(&p.Conv, &p.N, &p.Case, &p.Text, &p.Owner, &p.State, &p.Due, &p.Opened, &p.Closed); err != nil {
			return err
		}
		list = append(list, p)
		return nil
	})
	return list, wrapped("open promises", err)
}

// bounded keeps a limit from meaning "all": SQLite takes a negative one so.
func bounded(limit int) int { return max(limit, 0) }

// readRows is readers.rows for a method that does nothing else.
func (s *Store) readRows(ctx context.Context, q string, args []any, scan func(*sql.Rows) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.readers.rows(ctx, q, args, scan)
}

// change is writer.do for a method that does nothing else.
func (s *Store) change(ctx context.Context, run func(*tx) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.writer.do(run)
}
