package postgres

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlAddOuts = `INSERT INTO outbox (conv_id, sender, chat, class, dedup, written_at, next_at, payload)
		SELECT conv, sender, chat, class, dedup, $1, next_at, payload
		FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bytea[])
			WITH ORDINALITY AS new(conv, sender, chat, class, dedup, next_at, payload, n)
		ORDER BY n ON CONFLICT DO NOTHING`
	sqlAddOut = `INSERT INTO outbox (conv_id, sender, chat, class, dedup, written_at, next_at, payload)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`
	// Who puts a row back and who writes one behind it must see each other, in
	// whatever order they commit; so must who notes that a customer left and who
	// puts back what was on its way to them.
	sqlLockChats = `SELECT pg_advisory_xact_lock(k) FROM (
		SELECT DISTINCT hashtextextended(chat, 4711) AS k FROM unnest($1::text[]) AS chat ORDER BY 1) AS keys`
	sqlHeldUp = `SELECT DISTINCT o.sender, o.chat
		FROM unnest($1::text[], $2::text[]) AS want(sender, chat) JOIN outbox o ON o.chat = want.chat AND o.sender = want.sender
		WHERE o.sent_at = 0 AND o.sending_at = 0 AND o.attempts > 0`
)

// outgoing is a row and the conversation it belongs to.
type outgoing struct {
	conv message.ConversationID
	store.Out
}

// lane names one chat of one account.
type lane struct {
	sender string
	chat   message.Chat
}

func outsOf(jobs []*job) []outgoing {
	var list []outgoing
	for _, j := range jobs {
		list = append(list, of(j.item.Conv, j.turn.Outbox)...)
	}
	return list
}

func of(conv message.ConversationID, outs []store.Out) []outgoing {
	list := make([]outgoing, len(outs))
	for i, o := range outs {
		list[i] = outgoing{conv: conv, Out: o}
	}
	return list
}

func anyLate(outs []outgoing) bool {
	for _, o := range outs {
		if len(o.Late) > 0 {
			return true
		}
	}
	return false
}

func classOf(o outgoing) string {
	if o.Class == "" {
		return string(store.Reply)
	}
	return string(o.Class)
}

// pileOuts writes rows for the outbox; one whose dedup key is there already is
// passed over. A row without a key needs none: its turn can commit only once.
func (s *Store) pileOuts(t *tx, p *pile, outs []outgoing, now int64) {
	var convs, next []int64
	var senders, chats, kinds, keys []string
	var payloads [][]byte
	for _, o := range outs {
		convs, next = append(convs, id(o.conv)), append(next, o.NotPast)
		senders, chats = append(senders, o.Sender), append(chats, string(o.Chat))
		kinds, keys, payloads = append(kinds, classOf(o)), append(keys, o.Dedup), append(payloads, o.Payload)
	}
	p.add(len(outs), sqlAddOuts, now, convs, senders, chats, kinds, keys, next, payloads)
	s.announce(t, senders)
}

// announce tells who sends for these accounts once the rows are there.
func (s *Store) announce(t *tx, senders []string) {
	told := map[string]bool{}
	for _, name := range senders {
		if !told[name] {
			told[name] = true
			t.then(func() { s.outNews(name) })
		}
	}
}

// addOuts is pileOuts for rows that come alone, or with words about their having
// to wait.
func (s *Store) addOuts(t *tx, outs []outgoing, now int64) error {
	var held map[lane]bool
	if anyLate(outs) {
		var err error
		if held, err = s.heldUp(t, outs); err != nil {
			return err
		}
	}
	if len(held) == 0 {
		var p pile
		s.pileOuts(t, &p, outs, now)
		return wrapped("outbox", p.send(t))
	}
	for _, o := range outs {
		if err := s.addOut(t, o, held, now); err != nil {
			return err
		}
	}
	return nil
}

// heldUp gives those lanes of rows with something to say about it in which an
// earlier row was put back and waits.
func (s *Store) heldUp(t *tx, outs []outgoing) (map[lane]bool, error) {
	var senders, chats []string
	for _, o := range outs {
		if len(o.Late) > 0 {
			senders, chats = append(senders, o.Sender), append(chats, string(o.Chat))
		}
	}
	if err := lockChats(t, chats); err != nil {
		return nil, err
	}
	held := map[lane]bool{}
	err := t.rows(sqlHeldUp, []any{senders, chats}, func(r pgx.Rows) error {
		var l lane
		err := r.Scan(&l.sender, &l.chat)
		held[l] = true
		return err
	})
	return held, wrapped("read waiting rows", err)
}

// lockChats holds chats against others who lock them, until the transaction
// ends.
func lockChats(t *tx, chats []string) error {
	_, err := t.exec(sqlLockChats, chats)
	return wrapped("lock chats", err)
}

func (s *Store) addOut(t *tx, o outgoing, held map[lane]bool, now int64) error {
	var row int64
	err := t.row(sqlAddOut, []any{id(o.conv), o.Sender, string(o.Chat), classOf(o), o.Dedup, now, o.NotPast, o.Payload}, &row)
	if errors.Is(err, store.ErrNotFound) {
		return nil // a copy
	}
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	s.announce(t, []string{o.Sender})
	if !held[lane{sender: word(o.Sender), chat: message.Chat(word(string(o.Chat)))}] {
		return nil
	}
	return s.addOuts(t, of(o.conv, o.Late), now)
}
