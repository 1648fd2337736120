package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// $3 says that an earlier try may have marked them already.
	sqlTake = `UPDATE outbox SET sending_at = $1,
			attempts = CASE WHEN sending_at = 0 THEN attempts + 1 ELSE attempts END
		WHERE id = ANY($2::bigint[]) AND sent_at = 0 AND (sending_at = 0 OR $3)
		RETURNING id, conv_id, sender, chat, class, attempts - 1, unknown <> 0, payload, written_at`
	sqlSent = `SELECT id, conv_id, sender, chat, class, attempts, unknown <> 0, payload, written_at
		FROM outbox WHERE chat = $1 AND id > $2 AND sender = $3 ORDER BY id DESC LIMIT $4`
)

// TakeOut implements store.Store. OutRow.Attempts counts the attempts before
// this one. [store.ErrLost] where another process sends for this account.
func (s *Store) TakeOut(ctx context.Context, sender string, now int64, limit int) ([]store.OutRow, int64, error) {
	if err := s.enter(); err != nil {
		return nil, 0, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	q := s.queues.of(word(sender))
	if err := s.current(ctx, q); err != nil {
		return nil, 0, fmt.Errorf("take from outbox: %w", err)
	}
	rows, next, gone, err := s.takeHeads(ctx, q, now, limit)
	if gone {
		s.forget(q)
		next = now
	}
	if err != nil {
		return nil, 0, fmt.Errorf("take from outbox: %w", err)
	}
	return rows, next, nil
}

// takeHeads takes what the lanes say. gone says that some of it has ended
// without our knowing.
func (s *Store) takeHeads(ctx context.Context, q *queue, now int64, limit int) (rows []store.OutRow, next int64, gone bool, err error) {
	q.RLock()
	defer q.RUnlock()
	ids, next := s.sending.Pick(q.name, now, limit)
	if len(ids) == 0 {
		return nil, next, false, nil
	}
	rows, err = s.take(ctx, q.name, ids, now, false)
	if err != nil {
		s.sending.PutBack(q.name, ids)
		return nil, 0, false, err
	}
	return rows, next, len(rows) < len(ids), nil
}

// take marks rows as being sent and gives those it could mark, in the order of
// ids; with all set none unless it could mark all.
func (s *Store) take(ctx context.Context, sender string, ids []int64, now int64, all bool) ([]store.OutRow, error) {
	var taken []store.OutRow
	err := s.do(ctx, mayRepeat, func(t *tx) error {
		taken = taken[:0]
		if err := s.holds(t, sender); err != nil {
			return err
		}
		err := t.rows(sqlTake, []any{max(now, 1), ids, t.again}, collect(&taken))
		if err == nil && all && len(taken) < len(ids) {
			err = store.ErrConflict
		}
		return err
	})
	slices.SortFunc(taken, func(a, b store.OutRow) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return taken, err
}

// WaitOut implements store.Store.
func (s *Store) WaitOut(ctx context.Context, sender string) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	q := s.queues.of(word(sender))
	first := true
	return s.wait(ctx, func(now int64) (lanes.Outlook, error) {
		if !first { // woken, or a poll: news may have gone unheard
			q.stale.Store(true)
		}
		first = false
		if err := s.current(ctx, q); err != nil {
			return lanes.Outlook{}, err
		}
		o := s.sending.Outlook(q.name, now)
		if !o.Ready && q.stale.Load() { // came between the two
			o.Next = now
		}
		return o, nil
	})
}

// Sent implements store.Store.
func (s *Store) Sent(ctx context.Context, sender string, chat message.Chat, after int64, limit int) ([]store.OutRow, error) {
	list, err := readAll(ctx, s, sqlSent, []any{string(chat), after, sender, bounded(limit)}, outFields)
	slices.Reverse(list) // the newest were read, and are told oldest first
	return list, wrapped("read outbox", err)
}

// outFields is where an outbox row's columns go.
func outFields(o *store.OutRow) []any {
	return []any{&o.ID, &o.Conv, &o.Sender, &o.Chat, &o.Class, &o.Attempts, &o.Resend, &o.Payload, &o.At}
}

func collect(list *[]store.OutRow) func(pgx.Rows) error {
	return func(r pgx.Rows) error {
		var o store.OutRow
		if err := r.Scan(outFields(&o)...); err != nil {
			return err
		}
		*list = append(*list, o)
		return nil
	}
}

// bounded keeps a limit from being refused where it is below nothing.
func bounded(limit int) int { return max(limit, 0) }
