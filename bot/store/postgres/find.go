package postgres

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlFindAsk = `SELECT a.token, a.question, a.choice, a.expires, a.conv_id, c.channel, c.chat
		FROM ask a JOIN conversation c ON c.id = a.conv_id WHERE a.token = $1`
	sqlFindAnchor     = `SELECT sender, name, platform_id, conv_id FROM anchor WHERE sender = $1 AND name = $2`
	sqlFindAnchorByID = `SELECT sender, name, platform_id, conv_id FROM anchor WHERE sender = $1 AND platform_id = $2`
	sqlDropAnchor     = `DELETE FROM anchor WHERE sender = $1 AND (name = $2 OR platform_id = $3)`
	sqlAddAnchor      = `INSERT INTO anchor (sender, name, platform_id, conv_id) VALUES ($1, $2, $3, $4)`
	sqlConv           = `SELECT id, channel, chat, version, state FROM conversation WHERE id = $1`
	sqlFindConv       = `SELECT id FROM conversation WHERE channel = $1 AND chat = $2`
	sqlConvs          = `SELECT id FROM conversation WHERE id > $1 ORDER BY id LIMIT $2`
	sqlJournal        = `SELECT version, n, kind, payload FROM event
		WHERE conv_id = $1 AND version >= $2 ORDER BY version, n`
)

// FindAsk implements store.Store. It finds a token after its expiry too:
// whether it still counts is the engine's business.
func (s *Store) FindAsk(ctx context.Context, token string) (store.Asked, error) {
	var a store.Asked
	err := s.readRow(ctx, sqlFindAsk, []any{token}, &a.Token, &a.Question, &a.Choice,
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
	if err := s.readRow(ctx, q, []any{sender, key}, &a.Sender, &a.Name, &a.ID, &a.Conv); err != nil {
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
	if _, err := t.exec(sqlAddAnchor, a.Sender, a.Name, string(a.ID), id(owner)); err != nil {
		return fmt.Errorf("anchor: %w", err)
	}
	return nil
}

// Conversation implements store.Store. The item has no input.
func (s *Store) Conversation(ctx context.Context, conv message.ConversationID) (store.Item, error) {
	var it store.Item
	err := s.readRow(ctx, sqlConv, []any{id(conv)}, &it.Conv, &it.Channel, &it.Chat, &it.Version, &it.State)
	if err != nil {
		return store.Item{}, fmt.Errorf("conversation %d: %w", conv, err)
	}
	return it, nil
}

// FindConversation implements store.Store; store.ErrNotFound where there is
// none.
func (s *Store) FindConversation(ctx context.Context, channel message.Channel, chat message.Chat) (message.ConversationID, error) {
	var conv message.ConversationID
	if err := s.readRow(ctx, sqlFindConv, []any{string(channel), string(chat)}, &conv); err != nil {
		return 0, fmt.Errorf("find conversation: %w", err)
	}
	return conv, nil
}

// Conversations implements store.Store.
func (s *Store) Conversations(ctx context.Context, after message.ConversationID, limit int) ([]message.ConversationID, error) {
	list, err := readAll(ctx, s, sqlConvs, []any{id(after), bounded(limit)},
		func(c *message.ConversationID) []any { return []any{c} })
	return list, wrapped("list conversations", err)
}

// Journal implements store.Store. A conversation that is not there has an
// empty journal.
func (s *Store) Journal(ctx context.Context, conv message.ConversationID, from int64) ([]store.JournalRow, error) {
	list, err := readAll(ctx, s, sqlJournal, []any{id(conv), from},
		func(j *store.JournalRow) []any { return []any{&j.Version, &j.N, &j.Kind, &j.Payload} })
	return list, wrapped(fmt.Sprintf("journal of conversation %d", conv), err)
}
