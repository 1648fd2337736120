package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// What has not ended of a chat: with all of an account, or only what waits
	// of a conversation.
	sqlUnended = `SELECT id, conv_id, sender, chat, class, attempts, unknown, payload, written_at
		FROM outbox WHERE chat = ? AND id > ? AND sender = ? AND sent_at = 0 ORDER BY id LIMIT ?`
	sqlWaiting = `SELECT id, conv_id, sender, chat, class, attempts, unknown, payload, written_at
		FROM outbox WHERE chat = ? AND conv_id = ? AND sent_at = 0 AND sending_at = 0 ORDER BY id`
	sqlHeldUp = `SELECT count(*) FROM outbox
		WHERE chat = ? AND id < ? AND sender = ? AND sent_at = 0 AND sending_at = 0 AND attempts > 0`
	sqlBlockedEnd = `UPDATE outbox SET sending_at = 0, sent_at = ?, reason = ?, dead = 1 WHERE id = ?`
	sqlIsBlocked  = `SELECT count(*) FROM conversation WHERE id = ? AND chat = ? AND blocked_at <> 0`
)

// Unsent implements store.Operate.
func (s *Store) Unsent(ctx context.Context, sender string, chat message.Chat, after int64, limit int) ([]store.OutRow, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var list []store.OutRow
	err := s.readers.rows(ctx, sqlUnended, []any{string(chat), after, sender, limit}, collect(&list))
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return list, nil
}

func collect(list *[]store.OutRow) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var o store.OutRow
		if err := r.Scan(outFields(&o)...); err != nil {
			return err
		}
		*list = append(*list, o)
		return nil
	}
}

// behindMax bounds the rows behind one that is put back that are asked about.
const behindMax = 50

// tellBehind writes what follows for a row that is put back and for those that
// wait behind it. Who writes a row later finds this one waiting (addLate): both
// see it in a transaction, so none is missed.
func (s *Store) tellBehind(t *tx, a attempt, r store.Result) error {
	if r.Done || r.Behind == nil {
		return nil
	}
	var rows []store.OutRow
	if err := t.rows(sqlUnended, []any{string(a.chat), a.id - 1, a.sender, 1 + behindMax}, collect(&rows)); err != nil {
		return fmt.Errorf("read waiting rows: %w", err)
	}
	for _, o := range rows {
		if err := s.addOuts(t, o.Conv, r.Behind(o), r.At); err != nil {
			return err
		}
	}
	return nil
}

// addLate writes what follows from a row's having to wait for an earlier one.
func (s *Store) addLate(t *tx, conv message.ConversationID, id int64, o store.Out, now int64) error {
	var before int
	if err := t.row(sqlHeldUp, []any{string(o.Chat), id, o.Sender}, &before); err != nil {
		return fmt.Errorf("read waiting rows: %w", err)
	}
	if before == 0 {
		return nil
	}
	return s.addOuts(t, conv, o.Late, now)
}

// endBehind ends what waits behind a row whose customer blocked us. Where that
// became known while the row was under way, it would now wait until the
// customer is back, and is asked about like the others.
func (s *Store) endBehind(t *tx, a attempt, r store.Result) error {
	if !r.Unreachable {
		if r.Done || r.Ending == nil {
			return nil
		}
		var blocked int
		if err := t.row(sqlIsBlocked, []any{int64(a.conv), string(a.chat)}, &blocked); err != nil || blocked == 0 {
			return err
		}
		return s.endWaiting(t, a.conv, a.chat, r.Ending, r.At)
	}
	var rows []store.OutRow
	err := t.rows(sqlUnended, []any{string(a.chat), 0, a.sender, -1}, collect(&rows))
	if err != nil {
		return fmt.Errorf("read waiting rows: %w", err)
	}
	for _, o := range rows {
		var follow []store.Out
		if r.Ending != nil {
			follow, _ = r.Ending(o)
		}
		if err := s.endRow(t, o, follow, r.At); err != nil {
			return err
		}
	}
	return nil
}

// endWaiting ends those rows of a customer who blocked us that shall end.
func (s *Store) endWaiting(t *tx, conv message.ConversationID, chat message.Chat, ending store.Ending, at int64) error {
	var rows []store.OutRow
	if err := t.rows(sqlWaiting, []any{string(chat), int64(conv)}, collect(&rows)); err != nil {
		return fmt.Errorf("read waiting rows: %w", err)
	}
	for _, o := range rows {
		follow, ends := ending(o)
		if !ends {
			continue
		}
		if err := s.endRow(t, o, follow, at); err != nil {
			return err
		}
	}
	return nil
}

// endRow ends a row without delivery and writes what follows from it.
func (s *Store) endRow(t *tx, o store.OutRow, follow []store.Out, at int64) error {
	letter := store.Dead{Source: "outbox", Dedup: letterOf(o.ID), Payload: o.Payload, Reason: reasonBlocked, At: at}
	if err := s.addDead(t, letter); err != nil {
		return err
	}
	if err := t.mustChange(sqlBlockedEnd, at, reasonBlocked, o.ID); err != nil {
		return fmt.Errorf("end a waiting row: %w", err)
	}
	t.then(func() { s.sending.End(o.Sender, o.Chat, o.ID) })
	return s.addOuts(t, o.Conv, follow, at)
}
