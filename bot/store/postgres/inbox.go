package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlFindConvs = `SELECT n, c.id FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS want(channel, chat, n)
		JOIN conversation c ON c.channel = want.channel AND c.chat = want.chat`
	sqlHasConvs = `SELECT id FROM conversation WHERE id = ANY($1::bigint[])`
	// In one order for all, so that two who make the same conversations wait for
	// each other and not both.
	sqlAddConvs = `INSERT INTO conversation (channel, chat, updated_at)
		SELECT channel, chat, at FROM unnest($1::text[], $2::text[], $3::bigint[]) AS want(channel, chat, at)
		ORDER BY channel, chat ON CONFLICT (channel, chat) DO NOTHING`
	sqlAddInputs = `INSERT INTO inbox (conv_id, dedup, kind, received_at, payload)
		SELECT conv, dedup, kind, at, payload
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bytea[])
			WITH ORDINALITY AS new(conv, dedup, kind, at, payload, n)
		ORDER BY n ON CONFLICT (dedup) DO NOTHING`
	// All in one, for conversations that are there already: nothing is written
	// unless every input has found its own.
	sqlIngest = `WITH want AS MATERIALIZED (
			SELECT c.id, dedup, kind, at, payload, n
			FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bytea[])
				WITH ORDINALITY AS new(channel, chat, dedup, kind, at, payload, n)
			JOIN conversation c ON c.channel = new.channel AND c.chat = new.chat),
		added AS (INSERT INTO inbox (conv_id, dedup, kind, received_at, payload)
			SELECT id, dedup, kind, at, payload FROM want
			WHERE (SELECT count(*) FROM want) = cardinality($1::text[])
			ORDER BY n ON CONFLICT (dedup) DO NOTHING RETURNING 1)
		SELECT (SELECT count(*) FROM want) = cardinality($1::text[]), (SELECT count(*) FROM added)`
	sqlAddDead = `INSERT INTO dead (source, dedup, reason, at, payload, conv_id, kind)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`
)

// Ingest implements store.Store. An input without a dedup key is an error, not
// a row: all such inputs would count as copies of the first.
func (s *Store) Ingest(ctx context.Context, inputs []store.New, dead []store.Dead) error {
	if len(inputs) == 0 && len(dead) == 0 {
		return ctx.Err()
	}
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if len(dead) == 0 && plain(inputs) {
		if err := ctx.Err(); err != nil {
			return wrapped("ingest", err)
		}
		kept, err := s.arrive(inputs)
		if kept || err != nil {
			return wrapped("ingest", err)
		}
	}
	return wrapped("ingest", s.do(ctx, mayRepeat, func(t *tx) error {
		for _, d := range dead {
			if err := s.addDead(t, d); err != nil {
				return err
			}
		}
		_, err := s.addInputs(t, inputs)
		return err
	}))
}

// plain says whether inputs are what platforms send, and fit to be written.
func plain(inputs []store.New) bool {
	for _, in := range inputs {
		if in.Dedup == "" || in.Conv != 0 || in.Channel == "" || in.Chat == "" {
			return false
		}
	}
	return true
}

// ingestKnown writes inputs in one trip to the server, unless one of them is the
// first of its conversation.
func (s *Store) ingestKnown(ctx context.Context, inputs []store.New) (done bool, err error) {
	channels, chats, keys, kinds, at, payloads := columns(inputs)
	var added int64
	err = s.persist(ctx, mayRepeat, func(bool) error {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTime)
		defer cancel()
		return s.pool.QueryRow(within, sqlIngest, channels, chats, keys, kinds, at, payloads).Scan(&done, &added)
	})
	if err == nil && added > 0 {
		s.workNews()
	}
	return done, err
}

// columns takes inputs apart.
func columns(inputs []store.New) (channels, chats, keys, kinds []string, at []int64, payloads [][]byte) {
	for _, in := range inputs {
		channels, chats = append(channels, word(string(in.Channel))), append(chats, word(string(in.Chat)))
		keys, kinds = append(keys, word(in.Dedup)), append(kinds, word(in.Kind))
		at, payloads = append(at, in.At), append(payloads, in.Payload)
	}
	return channels, chats, keys, kinds, at, payloads
}

// addInputs writes inputs, and the conversations of which they are the first.
// It says how many were new: copies are passed over.
func (s *Store) addInputs(t *tx, inputs []store.New) (int64, error) {
	if len(inputs) == 0 {
		return 0, nil
	}
	convs, err := convsOf(t, inputs)
	if err != nil {
		return 0, err
	}
	_, _, keys, kinds, at, payloads := columns(inputs)
	added, err := t.exec(sqlAddInputs, convs, keys, kinds, at, payloads)
	if err != nil {
		return 0, fmt.Errorf("inbox: %w", err)
	}
	if added > 0 {
		t.then(s.workNews)
	}
	return added, nil
}

// convsOf finds the conversation of each input, or makes it. One that is named
// by id must be there.
func convsOf(t *tx, inputs []store.New) ([]int64, error) {
	convs := make([]int64, len(inputs))
	var byName []int // positions
	var named []int64
	for i, in := range inputs {
		switch {
		case in.Dedup == "":
			return nil, errors.New("input without a dedup key")
		case in.Conv != 0:
			convs[i] = int64(in.Conv)
			named = append(named, convs[i])
		case in.Channel == "" || in.Chat == "":
			return nil, errors.New("input without a conversation")
		default:
			byName = append(byName, i)
		}
	}
	if err := mustExist(t, named); err != nil {
		return nil, err
	}
	missing, err := findConvs(t, inputs, byName, convs)
	if err != nil || len(missing) == 0 {
		return convs, err
	}
	if err := makeConvs(t, inputs, missing); err != nil {
		return nil, err
	}
	if missing, err = findConvs(t, inputs, missing, convs); err == nil && len(missing) > 0 {
		err = store.ErrConflict
	}
	return convs, err
}

// mustExist fails for an id that no conversation has.
func mustExist(t *tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	there := map[int64]bool{}
	err := t.rows(sqlHasConvs, []any{ids}, func(r pgx.Rows) error {
		var id int64
		err := r.Scan(&id)
		there[id] = true
		return err
	})
	if err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	for _, id := range ids {
		if !there[id] {
			return fmt.Errorf("conversation %d: %w", id, store.ErrNotFound)
		}
	}
	return nil
}

// findConvs fills in the ids of the inputs at the given positions and gives the
// positions of those that have no conversation yet.
func findConvs(t *tx, inputs []store.New, at []int, convs []int64) (missing []int, err error) {
	if len(at) == 0 {
		return nil, nil
	}
	channels, chats := names(inputs, at)
	err = t.rows(sqlFindConvs, []any{channels, chats}, func(r pgx.Rows) error {
		var n, id int64
		err := r.Scan(&n, &id)
		if err == nil {
			convs[at[n-1]] = id
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("conversation: %w", err)
	}
	for _, i := range at {
		if convs[i] == 0 {
			missing = append(missing, i)
		}
	}
	return missing, nil
}

func makeConvs(t *tx, inputs []store.New, at []int) error {
	channels, chats := names(inputs, at)
	var times []int64
	for _, i := range at {
		times = append(times, inputs[i].At)
	}
	if _, err := t.exec(sqlAddConvs, channels, chats, times); err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	return nil
}

func names(inputs []store.New, at []int) (channels, chats []string) {
	for _, i := range at {
		channels, chats = append(channels, string(inputs[i].Channel)), append(chats, string(inputs[i].Chat))
	}
	return channels, chats
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

// wrapped is fmt.Errorf for an error that may be nil.
func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// id is a conversation's number for a statement.
func id(c message.ConversationID) int64 { return int64(c) }
