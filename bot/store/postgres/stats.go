package postgres

import (
	"context"
	"fmt"

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
		ORDER BY id DESC LIMIT $1`
	sqlMeta    = `SELECT value FROM meta WHERE name = $1`
	sqlSetMeta = `INSERT INTO meta (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// pingName is the setting that Ping writes.
const pingName = "store ping"

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	var st store.Stats
	if err := s.readRow(ctx, sqlStats, nil, statFields(&st)...); err != nil {
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
	list, err := readAll(ctx, s, sqlDeadLetters, []any{bounded(limit)}, deadFields)
	return list, wrapped("dead letters", err)
}

// deadFields is where a dead letter's columns go.
func deadFields(d *store.Dead) []any {
	return []any{&d.ID, &d.Source, &d.Dedup, &d.Payload, &d.Reason, &d.At, &d.Conv, &d.Kind}
}

// Meta implements store.Store; store.ErrNotFound where name was never set.
func (s *Store) Meta(ctx context.Context, name string) (string, error) {
	var value string
	if err := s.readRow(ctx, sqlMeta, []any{name}, &value); err != nil {
		return "", fmt.Errorf("setting %q: %w", name, err)
	}
	return value, nil
}

// SetMeta implements store.Store.
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	return wrapped(fmt.Sprintf("set %q", name), s.change(ctx, mayRepeat, func(t *tx) error {
		_, err := t.exec(sqlSetMeta, name, value)
		return err
	}))
}

// Ping implements store.Store. It makes a real commit: a server that is full or
// only reads still reads well.
func (s *Store) Ping(ctx context.Context) error {
	return wrapped("ping", s.SetMeta(ctx, pingName, fmt.Sprint(s.now())))
}
