package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// As adapters.Unknown; a store does not import adapters.
	outcomeUnknown = "unknown"
	reasonBlocked  = "blocked"
	reasonUnknown  = "outcome unknown"
)

const (
	sqlSenders = `SELECT DISTINCT sender FROM outbox WHERE id = ANY($1::bigint[]) ORDER BY sender`
	sqlOutRow  = `SELECT conv_id, sender, chat, payload, sent_at = 0 AND sending_at <> 0
		FROM outbox WHERE id = $1 FOR UPDATE`
	sqlChatsOf = `SELECT DISTINCT chat FROM outbox WHERE id = ANY($1::bigint[])`
	sqlSettle  = `UPDATE outbox SET sending_at = 0, sent_at = $1, next_at = $2, outcome = $3, reason = $4,
			platform_id = $5, unknown = greatest(unknown, $6), dead = $7
		WHERE id = $8`
	sqlUnderWay = `SELECT id, class FROM outbox WHERE sent_at = 0 AND sending_at <> 0 AND sender = $1 ORDER BY id`
)

// attempt is the row a result is about.
type attempt struct {
	id      int64
	conv    message.ConversationID
	sender  string
	chat    message.Chat
	payload []byte
	open    bool // being sent
}

// SettleOut implements store.Store. Results of one call commit together. A row
// that is not being sent (any more) is passed over with all that its result
// brings, so that a call may be repeated; an id that never was gives
// store.ErrNotFound, and an account that another process sends for by now
// [store.ErrLost].
func (s *Store) SettleOut(ctx context.Context, results []store.Result) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if len(results) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	ids := make([]int64, len(results))
	for i, r := range results {
		ids[i] = r.ID
	}
	var senders []string
	err := s.persist(ctx, mayRepeat, func(bool) (err error) {
		senders, err = s.sendersOf(ctx, ids)
		return err
	})
	if err != nil {
		return fmt.Errorf("settle outbox: %w", err)
	}
	release, err := s.readLock(ctx, senders)
	if err != nil {
		return fmt.Errorf("settle outbox: %w", err)
	}
	defer release()
	return wrapped("settle outbox", s.do(ctx, mayRepeat, func(t *tx) error { return s.settleAll(t, senders, results, ids) }))
}

func (s *Store) sendersOf(ctx context.Context, ids []int64) ([]string, error) {
	rows, err := s.pool.Query(ctx, sqlSenders, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// readLock makes accounts current and holds their queues, in the order of their
// names.
func (s *Store) readLock(ctx context.Context, senders []string) (release func(), err error) {
	var held []*queue
	release = func() {
		for _, q := range held {
			q.RUnlock()
		}
	}
	for _, name := range senders {
		q := s.queues.of(name)
		if err := s.current(ctx, q); err != nil {
			release()
			return nil, err
		}
		q.RLock()
		held = append(held, q)
	}
	return release, nil
}

func (s *Store) settleAll(t *tx, senders []string, results []store.Result, ids []int64) error {
	for _, name := range senders {
		if err := s.holds(t, name); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(results, func(r store.Result) bool { return r.Behind != nil || r.Ending != nil }) {
		if err := lockChatsOf(t, ids); err != nil {
			return err
		}
	}
	for _, r := range results {
		if err := s.settleOne(t, r); err != nil {
			return fmt.Errorf("row %d: %w", r.ID, err)
		}
	}
	return nil
}

// lockChatsOf is lockChats for those that rows go to.
func lockChatsOf(t *tx, ids []int64) error {
	var chats []string
	err := t.rows(sqlChatsOf, []any{ids}, func(r pgx.Rows) error {
		var chat string
		err := r.Scan(&chat)
		chats = append(chats, chat)
		return err
	})
	if err != nil {
		return err
	}
	return lockChats(t, chats)
}

// RecoverOut implements store.Store. It is for the start of a sender, before
// its first TakeOut: a row that this very process is sending would be taken
// for a lost one.
func (s *Store) RecoverOut(ctx context.Context, sender string, now, wait int64) (int, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	q := s.queues.of(word(sender))
	q.Lock()
	defer q.Unlock()
	if err := s.refresh(ctx, q); err != nil {
		return 0, fmt.Errorf("recover outbox: %w", err)
	}
	var lost []store.Result
	err := s.do(ctx, mayRepeat, func(t *tx) (err error) {
		if err := s.holds(t, sender); err != nil {
			return err
		}
		if t.again { // then the lanes did not follow
			t.then(func() { s.unload(q) })
		}
		if lost, err = underWay(t, sender, now, wait); err != nil {
			return err
		}
		for _, res := range lost {
			if err := s.settleOne(t, res); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.unload(q)
		return 0, fmt.Errorf("recover outbox: %w", err)
	}
	return len(lost), nil
}

// underWay makes a result of each row that a dead process was sending.
func underWay(t *tx, sender string, now, wait int64) (lost []store.Result, err error) {
	err = t.rows(sqlUnderWay, []any{sender}, func(r pgx.Rows) error {
		res := store.Result{Outcome: outcomeUnknown, NextAt: now + wait, Reason: reasonUnknown, At: now}
		var class store.Class
		if err := r.Scan(&res.ID, &class); err != nil {
			return err
		}
		res.Dead = class == store.Once
		lost = append(lost, res)
		return nil
	})
	return lost, err
}

// settleOne writes one result.
func (s *Store) settleOne(t *tx, r store.Result) error {
	a := attempt{id: r.ID}
	if err := t.row(sqlOutRow, []any{r.ID}, &a.conv, &a.sender, &a.chat, &a.payload, &a.open); err != nil {
		return err
	}
	if r.At <= 0 {
		r.At = max(s.now(), 1)
	}
	r = whole(r)
	if !a.open {
		if t.again { // it was us who settled it
			s.land(t, a, r)
		}
		return nil
	}
	steps := []func() error{
		func() error { return s.writeResult(t, a, r) },
		func() error { return writeAnchor(t, a.conv, anchorOf(a, r)) },
		func() error { return s.addOuts(t, of(a.conv, r.Follow), r.At) },
		func() error { return s.tellBehind(t, a, r) },
		func() error { return s.endBehind(t, a, r) },
		func() error { _, err := s.addInputs(t, r.Inputs); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// whole makes a result whole: Done says whether the row ends, Dead whether it
// ends without delivery.
func whole(r store.Result) store.Result {
	if r.Unreachable {
		r.Dead, r.Reason = true, reasonBlocked
	}
	r.Done = r.Done || r.Dead
	return r
}

func (s *Store) writeResult(t *tx, a attempt, r store.Result) error {
	ended := int64(0)
	if r.Done {
		ended = r.At
	}
	if err := t.mustChange(sqlSettle, ended, r.NextAt, r.Outcome, r.Reason, string(r.Platform),
		flag(r.Outcome == outcomeUnknown), flag(r.Dead), a.id); err != nil {
		return err
	}
	s.land(t, a, r)
	if !r.Dead {
		return nil
	}
	return s.addDead(t, store.Dead{Source: "outbox", Dedup: letterOf(a.id),
		Payload: a.payload, Reason: r.Reason, At: r.At})
}

// land lets the lanes follow a result.
func (s *Store) land(t *tx, a attempt, r store.Result) {
	t.then(func() {
		switch {
		case r.Unreachable:
			s.sending.Drop(a.sender, a.chat)
		case r.Done:
			s.sending.Done(a.sender, a.chat, a.id)
		default:
			s.sending.Again(a.sender, a.chat, a.id, r.NextAt)
		}
	})
}

// flag is a truth as the tables keep it.
func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// letterOf is the dedup key of a dead row's letter.
func letterOf(out int64) string { return fmt.Sprintf("outbox:%d", out) }

// anchorOf completes a result's anchor from what the delivery says; nil where
// there is nothing to tie a name to.
func anchorOf(a attempt, r store.Result) *store.Anchor {
	if r.Anchor == nil {
		return nil
	}
	anchor := *r.Anchor
	if anchor.Sender == "" {
		anchor.Sender = a.sender
	}
	if anchor.ID == "" {
		anchor.ID = r.Platform
	}
	if anchor.ID == "" {
		return nil
	}
	return &anchor
}

// must says store.ErrNotFound where a change met no row.
func must(n int64, err error) error {
	if err == nil && n == 0 {
		return store.ErrNotFound
	}
	return err
}
