package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/accord-chat/accord/bot/store"
)

const (
	// One statement, so that all counts are of one moment. The oldest rows have
	// the lowest ids.
	sqlStats = `SELECT
		(SELECT count(*) FROM conversation),
		(SELECT count(*) FROM inbox WHERE done_at = 0),
		coalesce((SELECT received_at FROM inbox WHERE done_at = 0 ORDER BY id LIMIT 1), 0),
		(SELECT count(*) FROM outbox WHERE sent_at = 0),
		coalesce((SELECT written_at FROM outbox WHERE sent_at = 0 ORDER BY id LIMIT 1), 0),
		(SELECT count(*) FROM timer),
		(SELECT count(*) FROM dead),
		(SELECT count(*) FROM outbox WHERE unknown <> 0),
		(SELECT count(*) FROM promise WHERE state = 'open'),
		(SELECT count(*) FROM handoff WHERE state IN ('queued', 'owned'))`
	sqlDeadLetters = `SELECT id, source, dedup, payload, reason, at, conv_id, kind FROM dead
		ORDER BY id DESC LIMIT ?`
	sqlMeta    = `SELECT value FROM meta WHERE name = ?`
	sqlSetMeta = `INSERT INTO meta (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// pingName is the setting that Ping writes.
const pingName = "store ping"

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	var st store.Stats
	if err := s.findRow(ctx, sqlStats, nil, statFields(&st)...); err != nil {
		return store.Stats{}, fmt.Errorf("stats: %w", err)
	}
	return st, nil
}

// statFields is where the columns of sqlStats go.
func statFields(st *store.Stats) []any {
	return []any{&st.Conversations, &st.Pending, &st.OldestPending, &st.Unsent, &st.OldestUnsent,
		&st.Timers, &st.Dead, &st.Unknown, &st.Promises, &st.Handoffs}
}

// DeadLetters implements store.Store.
func (s *Store) DeadLetters(ctx context.Context, limit int) ([]store.Dead, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var list []store.Dead
	err := s.readers.rows(ctx, sqlDeadLetters, []any{limit}, func(r *sql.Rows) error {
		var d store.Dead
		if err := r.Scan(deadFields(&d)...); err != nil {
			return err
		}
		list = append(list, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("dead letters: %w", err)
	}
	return list, nil
}

// deadFields is where a dead letter's columns go.
func deadFields(d *store.Dead) []any {
	return []any{&d.ID, &d.Source, &d.Dedup, &d.Payload, &d.Reason, &d.At, &d.Conv, &d.Kind}
}

// Meta implements store.Store; store.ErrNotFound where name was never set.
func (s *Store) Meta(ctx context.Context, name string) (string, error) {
	var value string
	if err := s.findRow(ctx, sqlMeta, []any{name}, &value); err != nil {
		return "", fmt.Errorf("setting %q: %w", name, err)
	}
	return value, nil
}

// SetMeta implements store.Store.
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.writer.do(func(t *tx) error {
		_, err := t.exec(sqlSetMeta, name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("set %q: %w", name, err)
	}
	return nil
}

// errGone says that what we write to is not what stands in the folder.
var errGone = errors.New("the database file was deleted or replaced while it was in use; stop this process and restore the folder")

// Ping implements store.Store. It makes a real commit: a full or read-only
// disk still reads well. It also looks whether the file is still there: one
// that was deleted or replaced under a running process takes every commit and
// keeps none.
func (s *Store) Ping(ctx context.Context) error {
	if now, err := os.Stat(s.path); err != nil || !os.SameFile(now, s.file) {
		return fmt.Errorf("ping: %w", errGone)
	}
	if err := s.SetMeta(ctx, pingName, fmt.Sprint(s.now())); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}
