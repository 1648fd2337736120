package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlNextDue = `SELECT coalesce(min(due_at), 0) FROM timer`
	sqlDue     = `SELECT conv_id, name, set_by FROM timer
		WHERE due_at <= ? ORDER BY due_at, conv_id, name LIMIT ?`
)

// kindTimer is the kind of an input that a timer became.
const kindTimer = "timer"

// FireTimers implements store.Store. Where nothing is due it only reads.
func (s *Store) FireTimers(ctx context.Context, now int64, limit int) (fired int, next int64, err error) {
	if err := s.enter(); err != nil {
		return 0, 0, err
	}
	defer s.leave()
	if err := s.readers.row(ctx, sqlNextDue, nil, &next); err != nil {
		return 0, 0, fmt.Errorf("next timer: %w", err)
	}
	if next == 0 || next > now {
		return 0, next, nil
	}
	err = s.writer.do(func(t *tx) error {
		fired, err = s.fire(t, now, limit)
		if err != nil {
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
	type due struct {
		conv, setBy int64
		name        string
	}
	var list []due
	err := t.rows(sqlDue, []any{now, limit}, func(r *sql.Rows) error {
		var d due
		if err := r.Scan(&d.conv, &d.name, &d.setBy); err != nil {
			return err
		}
		list = append(list, d)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, d := range list {
		if _, err := s.addInput(t, store.New{
			Conv: message.ConversationID(d.conv), Kind: kindTimer, At: now,
			Dedup:   fmt.Sprintf("timer:%d:%s:%d", d.conv, d.name, d.setBy),
			Payload: []byte(d.name),
		}); err != nil {
			return 0, err
		}
		if err := t.mustChange(sqlClear, d.conv, d.name); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}
