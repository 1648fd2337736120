package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlFindConv = `SELECT id FROM conversation WHERE channel = ? AND chat = ?`
	sqlHasConv  = `SELECT id FROM conversation WHERE id = ?`
	sqlAddConv  = `INSERT INTO conversation (channel, chat, updated_at) VALUES (?, ?, ?)`
	sqlAddInput = `INSERT INTO inbox (conv_id, dedup, kind, received_at, payload)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT (dedup) DO NOTHING`
	sqlAddDead = `INSERT INTO dead (source, dedup, reason, at, payload, conv_id, kind)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPending = `SELECT id, conv_id FROM inbox WHERE done_at = 0 ORDER BY id`
)

// Ingest implements store.Store. An input without a dedup key is an error, not
// a row: all such inputs would count as copies of the first.
func (s *Store) Ingest(ctx context.Context, inputs []store.New, dead []store.Dead) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(inputs) == 0 && len(dead) == 0 {
		return nil
	}
	err := s.writer.do(func(t *tx) error {
		for _, d := range dead {
			if err := s.addDead(t, d); err != nil {
				return err
			}
		}
		return s.addInputs(t, inputs)
	})
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	return nil
}

func (s *Store) addInputs(t *tx, inputs []store.New) error {
	for _, in := range inputs {
		if _, err := s.addInput(t, in); err != nil {
			return err
		}
	}
	return nil
}

// addInput writes one input, and its conversation if it is the first. It says
// whether it did: a copy is passed over.
func (s *Store) addInput(t *tx, in store.New) (bool, error) {
	if in.Dedup == "" {
		return false, errors.New("input without a dedup key")
	}
	conv, err := s.convOf(t, in)
	if err != nil {
		return false, err
	}
	res, err := t.exec(sqlAddInput, int64(conv), in.Dedup, in.Kind, in.At, in.Payload)
	if err != nil {
		return false, fmt.Errorf("inbox: %w", err)
	}
	added, err := res.RowsAffected()
	if err != nil || added == 0 {
		return false, err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return false, err
	}
	t.then(func() { s.pending.add(conv, id) })
	return true, nil
}

// convOf finds the conversation of in, or makes it. One that is named by id
// must be there.
func (s *Store) convOf(t *tx, in store.New) (message.ConversationID, error) {
	var id int64
	if in.Conv != 0 {
		err := t.row(sqlHasConv, []any{int64(in.Conv)}, &id)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, fmt.Errorf("conversation %d: %w", in.Conv, store.ErrNotFound)
		}
		return in.Conv, err
	}
	if in.Channel == "" || in.Chat == "" {
		return 0, errors.New("input without a conversation")
	}
	err := t.row(sqlFindConv, []any{string(in.Channel), string(in.Chat)}, &id)
	if !errors.Is(err, sql.ErrNoRows) {
		return message.ConversationID(id), err
	}
	res, err := t.exec(sqlAddConv, string(in.Channel), string(in.Chat), in.At)
	if err != nil {
		return 0, fmt.Errorf("conversation: %w", err)
	}
	id, err = res.LastInsertId()
	return message.ConversationID(id), err
}

// addDead keeps a dead letter; a second copy changes nothing.
func (s *Store) addDead(t *tx, d store.Dead) error {
	if d.At == 0 {
		d.At = s.now()
	}
	if _, err := t.exec(sqlAddDead, d.Source, d.Dedup, d.Reason, d.At, d.Payload, int64(d.Conv), d.Kind); err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	return nil
}

// fillPending reads at opening what was left unhandled.
func (s *Store) fillPending(ctx context.Context) error {
	return s.readers.rows(ctx, sqlPending, nil, func(r *sql.Rows) error {
		var id, conv int64
		if err := r.Scan(&id, &conv); err != nil {
			return err
		}
		s.pending.add(message.ConversationID(conv), id)
		return nil
	})
}
