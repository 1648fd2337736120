package sqlite

import (
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	sqlTurn = `UPDATE conversation SET version = version + 1, updated_at = ?, state = ?
		WHERE id = ? AND version = ?`
	// A turn without a state leaves the one there is.
	sqlTurnKeep = `UPDATE conversation SET version = version + ?, updated_at = ?
		WHERE id = ? AND version = ?`
	sqlDone     = `UPDATE inbox SET done_at = ? WHERE id = ? AND done_at = 0`
	sqlAddEvent = `INSERT INTO event (conv_id, version, n, kind, payload) VALUES (?, ?, ?, ?, ?)`
	sqlClear    = `DELETE FROM timer WHERE conv_id = ? AND name = ?`
	sqlSet      = `INSERT INTO timer (conv_id, name, due_at, set_by) VALUES (?, ?, ?, ?)
		ON CONFLICT (conv_id, name) DO UPDATE SET due_at = excluded.due_at, set_by = excluded.set_by`
	// A token that another conversation holds changes no row.
	sqlAsk = `INSERT INTO ask (token, conv_id, question, choice, expires)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (token) DO UPDATE SET question = excluded.question, choice = excluded.choice,
			expires = excluded.expires
		WHERE ask.conv_id = excluded.conv_id`
	sqlCase = `INSERT INTO case_number (number, conv_id) VALUES (?, ?)
		ON CONFLICT (number) DO UPDATE SET conv_id = excluded.conv_id
		WHERE case_number.conv_id = excluded.conv_id`
	sqlPromise = `INSERT INTO promise
			(conv_id, n, case_number, text, owner, state, due_at, opened_at, closed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (conv_id, n) DO UPDATE SET case_number = excluded.case_number,
			text = excluded.text, owner = excluded.owner, state = excluded.state,
			due_at = excluded.due_at, opened_at = excluded.opened_at, closed_at = excluded.closed_at`
	sqlHandoff = `INSERT INTO handoff
			(conv_id, n, state, owner, name, cause, opened_at, closed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (conv_id, n) DO UPDATE SET state = excluded.state, owner = excluded.owner,
			name = excluded.name, cause = excluded.cause,
			opened_at = excluded.opened_at, closed_at = excluded.closed_at`
	sqlBlocked = `UPDATE conversation SET blocked_at = ? WHERE id = ?`
)

// writeTurn writes everything one handled input changes. The checks come
// first: they cost least and say whether the rest may happen at all.
func (s *Store) writeTurn(t *tx, j *job) error {
	now := max(s.now(), 1) // 0 means "not yet" in the tables
	version, err := writeState(t, j, now)
	if err != nil {
		return err
	}
	if err := t.mustChange(sqlDone, now, j.item.Inbox); err != nil {
		return err
	}
	t.then(func() { s.pending.done(j.claim) })
	conv := j.item.Conv
	steps := []func() error{
		func() error { return writeEvents(t, conv, version, j.turn.Events) },
		func() error { return writeTimers(t, j.item, j.turn) },
		func() error { return writeAsks(t, conv, j.turn.Asks) },
		func() error { return writeCases(t, conv, j.turn.Cases) },
		func() error { return writeProjections(t, conv, j.turn) },
		func() error { return s.writeReach(t, j.item, j.turn, now) },
		func() error { return s.addOuts(t, conv, j.turn.Outbox, now) },
		func() error { return s.addInputs(t, j.turn.Inputs) },
		func() error { return s.passOver(t, j.item, j.turn.Dead) },
		func() error { return writeAnchor(t, conv, j.turn.Anchor) },
		func() error { return s.addAudit(t, j.turn.Audit) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// writeState checks that the conversation is still the one that was read, and
// moves it on. An input that is passed over without a new state is no turn and
// leaves the version alone; the check is made all the same.
func writeState(t *tx, j *job, now int64) (version int64, err error) {
	id, was := int64(j.item.Conv), j.item.Version
	if j.turn.State != nil {
		return was + 1, t.mustChange(sqlTurn, now, j.turn.State, id, was)
	}
	step := int64(1)
	if j.turn.Dead != nil && len(j.turn.Events) == 0 {
		step = 0
	}
	return was + step, t.mustChange(sqlTurnKeep, step, now, id, was)
}

func writeEvents(t *tx, conv message.ConversationID, version int64, events []store.Event) error {
	for n, e := range events {
		if _, err := t.exec(sqlAddEvent, int64(conv), version, n, e.Kind, e.Payload); err != nil {
			return fmt.Errorf("event: %w", err)
		}
	}
	return nil
}

// writeTimers clears before it sets: a turn that does both moves the timer.
func writeTimers(t *tx, it store.Item, turn store.Turn) error {
	for _, name := range turn.Clear {
		if _, err := t.exec(sqlClear, int64(it.Conv), name); err != nil {
			return fmt.Errorf("clear timer: %w", err)
		}
	}
	for _, tm := range turn.Set {
		due := max(tm.Due, 1) // 0 stands for "no timer" in answers
		if _, err := t.exec(sqlSet, int64(it.Conv), tm.Name, due, it.Inbox); err != nil {
			return fmt.Errorf("set timer: %w", err)
		}
	}
	return nil
}

func writeAsks(t *tx, conv message.ConversationID, asks []store.Ask) error {
	for _, a := range asks {
		n, err := t.count(sqlAsk, a.Token, int64(conv), a.Question, a.Choice, a.Expires)
		if err != nil {
			return fmt.Errorf("ask: %w", err)
		}
		if n != 1 {
			return fmt.Errorf("ask: token of question %d belongs to another conversation", a.Question)
		}
	}
	return nil
}

// writeCases makes case numbers the conversation's own; one that another
// conversation holds is a conflict.
func writeCases(t *tx, conv message.ConversationID, numbers []string) error {
	for _, number := range numbers {
		if err := t.mustChange(sqlCase, number, int64(conv)); err != nil {
			return fmt.Errorf("case number: %w", err)
		}
	}
	return nil
}

// writeProjections writes rows of this conversation only, whatever they name:
// nobody else's state stands behind them.
func writeProjections(t *tx, conv message.ConversationID, turn store.Turn) error {
	for _, p := range turn.Promises {
		if _, err := t.exec(sqlPromise, int64(conv), p.N, p.Case, p.Text, p.Owner, p.State,
			p.Due, p.Opened, p.Closed); err != nil {
			return fmt.Errorf("promise: %w", err)
		}
	}
	for _, h := range turn.Handoffs {
		if _, err := t.exec(sqlHandoff, int64(conv), h.N, h.State, string(h.Owner), h.Name, h.Cause,
			h.Opened, h.Closed); err != nil {
			return fmt.Errorf("hand-off: %w", err)
		}
	}
	return nil
}

// writeReach notes that the customer blocked us or is back. It comes before
// the turn's own rows, so that these already meet the new standing.
func (s *Store) writeReach(t *tx, it store.Item, turn store.Turn, now int64) error {
	unreachable := turn.Unreach
	if unreachable == nil {
		return nil
	}
	at := int64(0)
	if *unreachable {
		at = now
	}
	if err := t.mustChange(sqlBlocked, at, int64(it.Conv)); err != nil {
		return fmt.Errorf("reach: %w", err)
	}
	t.then(func() { s.sending.Reach(it.Conv, it.Chat, !*unreachable) })
	if !*unreachable || turn.Ending == nil {
		return nil
	}
	return s.endWaiting(t, it.Conv, it.Chat, turn.Ending, now)
}

// passOver keeps an input aside that could not be handled, with the place it
// had in the inbox: with that it can be handled again.
func (s *Store) passOver(t *tx, it store.Item, d *store.Dead) error {
	if d == nil {
		return nil
	}
	dead := *d
	dead.Conv, dead.Kind = it.Conv, it.Kind
	if dead.Source == "" {
		dead.Source = "turn"
	}
	if dead.Payload == nil {
		dead.Payload = it.Payload
	}
	return s.addDead(t, dead)
}
