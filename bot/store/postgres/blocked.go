package postgres

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// What has not ended of a chat: with all of an account, or only what waits
	// of a conversation. Those who end them hold them against a sender that is
	// about to take them.
	sqlUnended = `SELECT id, conv_id, sender, chat, class, attempts, unknown <> 0, payload, written_at
		FROM outbox WHERE chat = $1 AND id > $2 AND sender = $3 AND sent_at = 0 ORDER BY id LIMIT $4`
	sqlAllUnended = `SELECT id, conv_id, sender, chat, class, attempts, unknown <> 0, payload, written_at
		FROM outbox WHERE chat = $1 AND sender = $2 AND sent_at = 0 ORDER BY id FOR UPDATE`
	sqlWaiting = `SELECT id, conv_id, sender, chat, class, attempts, unknown <> 0, payload, written_at
		FROM outbox WHERE chat = $1 AND conv_id = $2 AND sent_at = 0 AND sending_at = 0 ORDER BY id FOR UPDATE`
	sqlBlockedEnd = `UPDATE outbox SET sending_at = 0, sent_at = $1, reason = $2, dead = 1 WHERE id = $3 AND sent_at = 0`
	sqlIsBlocked  = `SELECT count(*) > 0 FROM conversation WHERE id = $1 AND chat = $2 AND blocked_at <> 0`
	// Their sender must learn that the customer left, or is back.
	sqlTouch = `WITH touched AS (UPDATE outbox SET touched = pg_current_xact_id()
			WHERE chat = $1 AND conv_id = $2 AND sent_at = 0 RETURNING sender)
		SELECT coalesce(array_agg(DISTINCT sender), '{}') FROM touched`
)

// Unsent implements store.Operate.
func (s *Store) Unsent(ctx context.Context, sender string, chat message.Chat, after int64, limit int) ([]store.OutRow, error) {
	list, err := readAll(ctx, s, sqlUnended, []any{string(chat), after, sender, bounded(limit)}, outFields)
	return list, wrapped("read outbox", err)
}

// writeReach notes that the customer blocked us or is back. It comes before
// the turn's own rows, so that these already meet the new standing.
func (s *Store) writeReach(t *tx, j *job, now int64) error {
	unreachable, it := j.turn.Unreach, j.item
	if unreachable == nil {
		return nil
	}
	at := int64(0)
	if *unreachable {
		at = now
	}
	if err := lockChats(t, []string{string(it.Chat)}); err != nil {
		return err
	}
	if err := t.mustChange(sqlBlocked, at, id(it.Conv)); err != nil {
		return fmt.Errorf("reach: %w", err)
	}
	if *unreachable && j.turn.Ending != nil {
		if err := s.endWaiting(t, it.Conv, it.Chat, j.turn.Ending, now); err != nil {
			return err
		}
	}
	var senders []string
	if err := t.row(sqlTouch, []any{string(it.Chat), id(it.Conv)}, &senders); err != nil {
		return fmt.Errorf("reach: %w", err)
	}
	s.announce(t, senders)
	return nil
}

// behindMax bounds the rows behind one that is put back that are asked about.
const behindMax = 50

// tellBehind writes what follows for a row that is put back and for those that
// wait behind it. Who writes a row later finds this one waiting (heldUp); the
// lock on the chat makes one of the two see the other.
func (s *Store) tellBehind(t *tx, a attempt, r store.Result) error {
	if r.Done || r.Behind == nil {
		return nil
	}
	var rows []store.OutRow
	if err := t.rows(sqlUnended, []any{string(a.chat), a.id - 1, a.sender, 1 + behindMax}, collect(&rows)); err != nil {
		return fmt.Errorf("read waiting rows: %w", err)
	}
	for _, o := range rows {
		if err := s.addOuts(t, of(o.Conv, r.Behind(o)), r.At); err != nil {
			return err
		}
	}
	return nil
}

// endBehind ends what waits behind a row whose customer blocked us. Where that
// became known while the row was under way, it would now wait until the
// customer is back, and is asked about like the others.
func (s *Store) endBehind(t *tx, a attempt, r store.Result) error {
	if !r.Unreachable {
		if r.Done || r.Ending == nil {
			return nil
		}
		var blocked bool
		if err := t.row(sqlIsBlocked, []any{id(a.conv), string(a.chat)}, &blocked); err != nil || !blocked {
			return err
		}
		return s.endWaiting(t, a.conv, a.chat, r.Ending, r.At)
	}
	var rows []store.OutRow
	if err := t.rows(sqlAllUnended, []any{string(a.chat), a.sender}, collect(&rows)); err != nil {
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
	if err := t.rows(sqlWaiting, []any{string(chat), id(conv)}, collect(&rows)); err != nil {
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

// endRow ends a row without delivery and writes what follows from it. A sender
// in another process finds out when it would take the row.
func (s *Store) endRow(t *tx, o store.OutRow, follow []store.Out, at int64) error {
	letter := store.Dead{Source: "outbox", Dedup: letterOf(o.ID), Payload: o.Payload, Reason: reasonBlocked, At: at}
	if err := s.addDead(t, letter); err != nil {
		return err
	}
	if err := t.mustChange(sqlBlockedEnd, at, reasonBlocked, o.ID); err != nil {
		return fmt.Errorf("end a waiting row: %w", err)
	}
	t.then(func() { s.sending.End(o.Sender, o.Chat, o.ID) })
	return s.addOuts(t, of(o.Conv, follow), at)
}
