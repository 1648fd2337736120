package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlNextDue = `SELECT coalesce(min(due_at), 0) FROM timer`
	// One fires at a time, until its inputs are committed: of two timers of one
	// conversation the later would else become the earlier input.
	sqlFireAlone = `SELECT pg_advisory_xact_lock(1, 1)`
	// Passes over what a turn just now moves.
	sqlFire = `DELETE FROM timer t USING (
			SELECT conv_id, name FROM timer WHERE due_at <= $1
			ORDER BY due_at, conv_id, name LIMIT $2 FOR UPDATE SKIP LOCKED) d
		WHERE t.conv_id = d.conv_id AND t.name = d.name
		RETURNING t.due_at, t.conv_id, t.name, t.set_by`
	sqlFireInOrder = `WITH fired AS (` + sqlFire + `)
		SELECT conv_id, name, set_by FROM fired ORDER BY due_at, conv_id, name`
)

// kindTimer is the kind of an input that a timer became.
const kindTimer = "timer"

// FireTimers implements store.Store. Any process may call it, several at a time:
// each timer fires once. Where nothing is due it only reads.
func (s *Store) FireTimers(ctx context.Context, now int64, limit int) (fired int, next int64, err error) {
	if err := s.enter(); err != nil {
		return 0, 0, err
	}
	defer s.leave()
	if err := s.look(ctx, sqlNextDue, nil, &next); err != nil {
		return 0, 0, fmt.Errorf("next timer: %w", err)
	}
	if next == 0 || next > now {
		return 0, next, nil
	}
	err = s.do(ctx, mayRepeat, func(t *tx) (err error) {
		if fired, err = s.fire(t, now, bounded(limit)); err != nil {
			return err
		}
		return t.row(sqlNextDue, nil, &next)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("fire timers: %w", err)
	}
	return fired, next, nil
}

// fire turns due timers into inputs. A timer's row goes in the same
// transaction, so that it fires once; its key names the input that set it,
// because a name and a time may well come again.
func (s *Store) fire(t *tx, now int64, limit int) (int, error) {
	if _, err := t.exec(sqlFireAlone); err != nil {
		return 0, err
	}
	var list []store.New
	err := t.rows(sqlFireInOrder, []any{now, limit}, func(r pgx.Rows) error {
		var conv, setBy int64
		var name string
		if err := r.Scan(&conv, &name, &setBy); err != nil {
			return err
		}
		list = append(list, store.New{
			Conv: message.ConversationID(conv), Kind: kindTimer, At: now,
			Dedup: fmt.Sprintf("timer:%d:%s:%d", conv, name, setBy), Payload: []byte(name),
		})
		return nil
	})
	if err != nil {
		return 0, err
	}
	_, err = s.addInputs(t, list)
	return len(list), err
}
