package sqlite

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TakeNext implements store.Operate. Where the row `after` is not the last of
// its chat under way, and where an older row waits again because somebody
// retried it, nothing follows. join is called outside of any lock and may read
// the store.
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
	ids := s.sending.Join(sender, chat, after, now, limit)
	wanted := 0
	// What was set aside and is not taken goes back, also when join panics.
	defer func() { s.sending.Unjoin(sender, chat, ids[wanted:]) }()
	n, err := s.willing(ctx, ids, join)
	if err != nil || n == 0 {
		return nil, wrapped("take from outbox", err)
	}
	taken, err := s.take(ids[:n], now)
	if err != nil {
		return nil, fmt.Errorf("take from outbox: %w", err)
	}
	wanted = n
	return taken, nil
}

// willing counts the rows from the first on for which join says yes. They are
// set aside already, so that they do not change between here and take.
func (s *Store) willing(ctx context.Context, ids []int64, join func(store.OutRow) bool) (int, error) {
	for i, id := range ids {
		var o store.OutRow
		if err := s.readers.row(ctx, sqlOut, []any{id}, outFields(&o)...); err != nil {
			return 0, fmt.Errorf("outbox row %d: %w", id, err)
		}
		if !join(o) {
			return i, nil
		}
	}
	return len(ids), nil
}

// wrapped is fmt.Errorf for an error that may be nil.
func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
