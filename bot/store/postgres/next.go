package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TakeNext implements store.Operate. Where the row `after` is not the last of
// its chat under way, and where an older row waits again because somebody
// retried it, nothing follows. join may read the store.
func (s *Store) TakeNext(ctx context.Context, sender string, chat message.Chat, after, now int64, limit int,
	join func(store.OutRow) bool,
) ([]store.OutRow, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q := s.queues.of(word(sender))
	if err := s.current(ctx, q); err != nil {
		return nil, fmt.Errorf("take from outbox: %w", err)
	}
	rows, err := s.joinRows(ctx, q, message.Chat(word(string(chat))), after, now, limit, join)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound) { // ended without our knowing
		s.forget(q)
		return nil, nil
	}
	return rows, wrapped("take from outbox", err)
}

func (s *Store) joinRows(ctx context.Context, q *queue, chat message.Chat, after, now int64, limit int,
	join func(store.OutRow) bool,
) ([]store.OutRow, error) {
	q.RLock()
	defer q.RUnlock()
	ids := s.sending.Join(q.name, chat, after, now, limit)
	wanted := 0
	// What was set aside and is not taken goes back, also when join panics.
	defer func() { s.sending.Unjoin(q.name, chat, ids[wanted:]) }()
	n, err := s.willing(ctx, ids, join)
	if err != nil || n == 0 {
		return nil, err
	}
	rows, err := s.take(ctx, q.name, ids[:n], now, true)
	if err != nil {
		return nil, err
	}
	wanted = n
	return rows, nil
}

// willing counts the rows from the first on for which join says yes. They are
// set aside already, so that they do not change between here and take.
func (s *Store) willing(ctx context.Context, ids []int64, join func(store.OutRow) bool) (int, error) {
	for i, id := range ids {
		var o store.OutRow
		if err := s.look(ctx, sqlOut, []any{id}, outFields(&o)...); err != nil {
			return 0, fmt.Errorf("outbox row %d: %w", id, err)
		}
		if !join(o) {
			return i, nil
		}
	}
	return len(ids), nil
}
