package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlAddOut = `INSERT INTO outbox (conv_id, sender, chat, class, dedup, written_at, next_at, payload)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlTake = `UPDATE outbox SET sending_at = ?, attempts = attempts + 1
		WHERE id = ? AND sent_at = 0 AND sending_at = 0
		RETURNING id, conv_id, sender, chat, class, attempts - 1, unknown, payload, written_at`
	sqlSent = `SELECT id, conv_id, sender, chat, class, attempts, unknown, payload, written_at
		FROM outbox WHERE chat = ? AND id > ? AND sender = ? ORDER BY id DESC LIMIT ?`
	sqlUnsent = `SELECT id, conv_id, sender, chat, class, next_at, sending_at <> 0
		FROM outbox WHERE sent_at = 0 ORDER BY id`
	sqlBlockedConvs = `SELECT id, chat FROM conversation WHERE blocked_at <> 0`
)

// addOuts writes rows for the outbox; one whose dedup key is there already is
// passed over. A row without a key needs none: its turn can commit only once.
func (s *Store) addOuts(t *tx, conv message.ConversationID, outs []store.Out, now int64) error {
	for _, o := range outs {
		if o.Class == "" {
			o.Class = store.Reply
		}
		res, err := t.exec(sqlAddOut, int64(conv), o.Sender, string(o.Chat), string(o.Class), o.Dedup,
			now, o.NotPast, o.Payload)
		if err != nil {
			return fmt.Errorf("outbox: %w", err)
		}
		added, err := res.RowsAffected()
		if err != nil {
			return err
		}
		if added == 0 {
			continue
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if len(o.Late) > 0 {
			if err := s.addLate(t, conv, id, o, now); err != nil {
				return err
			}
		}
		w := lanes.Row{ID: id, Conv: conv, Rank: lanes.RankOf(o.Class), Next: o.NotPast}
		t.then(func() { s.sending.Add(o.Sender, o.Chat, w, false) })
	}
	return nil
}

// TakeOut implements store.Store. OutRow.Attempts counts the attempts before
// this one.
func (s *Store) TakeOut(ctx context.Context, sender string, now int64, limit int) ([]store.OutRow, int64, error) {
	if err := s.enter(); err != nil {
		return nil, 0, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	ids, next := s.sending.Pick(sender, now, limit)
	if len(ids) == 0 {
		return nil, next, nil
	}
	taken, err := s.take(ids, now)
	if err != nil {
		s.sending.PutBack(sender, ids)
		return nil, 0, fmt.Errorf("take from outbox: %w", err)
	}
	return taken, next, nil
}

// take marks rows as being sent; all of them, or none.
func (s *Store) take(ids []int64, now int64) ([]store.OutRow, error) {
	taken := make([]store.OutRow, len(ids))
	err := s.writer.do(func(t *tx) error {
		for i, id := range ids {
			if err := t.row(sqlTake, []any{max(now, 1), id}, outFields(&taken[i])...); err != nil {
				return fmt.Errorf("outbox row %d: %w", id, err)
			}
		}
		return nil
	})
	return taken, err
}

// WaitOut implements store.Store.
func (s *Store) WaitOut(ctx context.Context, sender string) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.wait(ctx, func(now int64) lanes.Outlook { return s.sending.Outlook(sender, now) })
}

// Sent implements store.Store.
func (s *Store) Sent(ctx context.Context, sender string, chat message.Chat, after int64, limit int) ([]store.OutRow, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var list []store.OutRow
	err := s.readers.rows(ctx, sqlSent, []any{string(chat), after, sender, limit}, func(r *sql.Rows) error {
		var o store.OutRow
		if err := r.Scan(outFields(&o)...); err != nil {
			return err
		}
		list = append(list, o)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	slices.Reverse(list) // the newest were read, and are told oldest first
	return list, nil
}

// outFields is where sqlTake and sqlSent put their columns.
func outFields(o *store.OutRow) []any {
	return []any{&o.ID, &o.Conv, &o.Sender, &o.Chat, &o.Class, &o.Attempts, &o.Resend, &o.Payload, &o.At}
}

// fillSending reads at opening what was left unsent. Rows that a dead process
// had under way keep their chats waiting until RecoverOut.
func (s *Store) fillSending(ctx context.Context) error {
	err := s.readers.rows(ctx, sqlBlockedConvs, nil, func(r *sql.Rows) error {
		var conv message.ConversationID
		var chat message.Chat
		if err := r.Scan(&conv, &chat); err != nil {
			return err
		}
		s.sending.Reach(conv, chat, false)
		return nil
	})
	if err != nil {
		return err
	}
	return s.readers.rows(ctx, sqlUnsent, nil, func(r *sql.Rows) error {
		var w lanes.Row
		var sender string
		var chat message.Chat
		var class store.Class
		var underWay bool
		if err := r.Scan(&w.ID, &w.Conv, &sender, &chat, &class, &w.Next, &underWay); err != nil {
			return err
		}
		w.Rank = lanes.RankOf(class)
		s.sending.Add(sender, chat, w, underWay)
		return nil
	})
}
