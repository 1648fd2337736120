package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlFindAsk = `SELECT a.token, a.question, a.choice, a.expires, a.conv_id, c.channel, c.chat
		FROM ask a JOIN conversation c ON c.id = a.conv_id WHERE a.token = ?`
	sqlFindAnchor     = `SELECT sender, name, platform_id, conv_id FROM anchor WHERE sender = ? AND name = ?`
	sqlFindAnchorByID = `SELECT sender, name, platform_id, conv_id FROM anchor WHERE sender = ? AND platform_id = ?`
	sqlDropAnchor     = `DELETE FROM anchor WHERE sender = ? AND (name = ? OR platform_id = ?)`
	sqlAddAnchor      = `INSERT INTO anchor (sender, name, platform_id, conv_id) VALUES (?, ?, ?, ?)`
	sqlConv           = `SELECT id, channel, chat, version, state FROM conversation WHERE id = ?`
	sqlConvs          = `SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?`
	sqlJournal        = `SELECT version, n, kind, payload FROM event
		WHERE conv_id = ? AND version >= ? ORDER BY version, n`
)

// FindAsk implements store.Store. It finds a token after its expiry too:
// whether it still counts is the engine's business.
func (s *Store) FindAsk(ctx context.Context, token string) (store.Asked, error) {
	var a store.Asked
	err := s.findRow(ctx, sqlFindAsk, []any{token}, &a.Token, &a.Question, &a.Choice,
		&a.Expires, &a.Conv, &a.Channel, &a.Chat)
	if err != nil {
		return store.Asked{}, fmt.Errorf("find ask: %w", err)
	}
	return a, nil
}

// FindAnchor implements store.Store.
func (s *Store) FindAnchor(ctx context.Context, sender, name string) (store.Anchor, error) {
	return s.findAnchor(ctx, sqlFindAnchor, sender, name)
}

// FindAnchorByID implements store.Store.
func (s *Store) FindAnchorByID(ctx context.Context, sender string, id message.PlatformID) (store.Anchor, error) {
	return s.findAnchor(ctx, sqlFindAnchorByID, sender, string(id))
}

func (s *Store) findAnchor(ctx context.Context, q, sender, key string) (store.Anchor, error) {
	var a store.Anchor
	if err := s.findRow(ctx, q, []any{sender, key}, &a.Sender, &a.Name, &a.ID, &a.Conv); err != nil {
		return store.Anchor{}, fmt.Errorf("find anchor: %w", err)
	}
	return a, nil
}

// writeAnchor ties a name to a message. Both are unique within a sender, and
// the latest wins: a card that was posted anew goes by its new id.
func writeAnchor(t *tx, conv message.ConversationID, a *store.Anchor) error {
	if a == nil {
		return nil
	}
	owner := a.Conv
	if owner == 0 {
		owner = conv
	}
	if _, err := t.exec(sqlDropAnchor, a.Sender, a.Name, string(a.ID)); err != nil {
		return fmt.Errorf("anchor: %w", err)
	}
	if _, err := t.exec(sqlAddAnchor, a.Sender, a.Name, string(a.ID), int64(owner)); err != nil {
		return fmt.Errorf("anchor: %w", err)
	}
	return nil
}

// Conversation implements store.Store. The item has no input.
func (s *Store) Conversation(ctx context.Context, id message.ConversationID) (store.Item, error) {
	var it store.Item
	err := s.findRow(ctx, sqlConv, []any{int64(id)}, &it.Conv, &it.Channel, &it.Chat, &it.Version, &it.State)
	if err != nil {
		return store.Item{}, fmt.Errorf("conversation %d: %w", id, err)
	}
	return it, nil
}

// FindConversation implements store.Store; store.ErrNotFound where there is
// none.
func (s *Store) FindConversation(ctx context.Context, channel message.Channel, chat message.Chat) (message.ConversationID, error) {
	var id message.ConversationID
	if err := s.findRow(ctx, sqlFindConv, []any{string(channel), string(chat)}, &id); err != nil {
		return 0, fmt.Errorf("find conversation: %w", err)
	}
	return id, nil
}

// Conversations implements store.Store.
func (s *Store) Conversations(ctx context.Context, after message.ConversationID, limit int) ([]message.ConversationID, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var ids []message.ConversationID
	err := s.readers.rows(ctx, sqlConvs, []any{int64(after), limit}, func(r *sql.Rows) error {
		var id message.ConversationID
		if err := r.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list conversations: %w", err)
	}
	return ids, nil
}

// Journal implements store.Store. A conversation that is not there has an
// empty journal.
func (s *Store) Journal(ctx context.Context, id message.ConversationID, from int64) ([]store.JournalRow, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.leave()
	var rows []store.JournalRow
	err := s.readers.rows(ctx, sqlJournal, []any{int64(id), from}, func(r *sql.Rows) error {
		var j store.JournalRow
		if err := r.Scan(&j.Version, &j.N, &j.Kind, &j.Payload); err != nil {
			return err
		}
		rows = append(rows, j)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("journal of conversation %d: %w", id, err)
	}
	return rows, nil
}

// findRow is readers.row for a method that does nothing else.
func (s *Store) findRow(ctx context.Context, q string, args []any, dest ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.readers.row(ctx, q, args, dest...)
}
