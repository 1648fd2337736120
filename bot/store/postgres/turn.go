package postgres

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
)

// Each statement writes one table for all turns that are written together.
const (
	// A turn without a state leaves the one there is.
	sqlTurns = `UPDATE conversation c SET version = t.next, updated_at = $1, state = coalesce(t.state, c.state)
		FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[]) AS t(id, was, next, state)
		WHERE c.id = t.id AND c.version = t.was`
	sqlDone   = `UPDATE inbox SET done_at = $1 WHERE id = ANY($2::bigint[]) AND done_at = 0`
	sqlEvents = `INSERT INTO event (conv_id, version, n, kind, payload)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bytea[])`
	sqlClear = `DELETE FROM timer t USING unnest($1::bigint[], $2::text[]) AS c(conv, name)
		WHERE t.conv_id = c.conv AND t.name = c.name`
	sqlSet = `INSERT INTO timer (conv_id, name, due_at, set_by)
		SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
		ON CONFLICT (conv_id, name) DO UPDATE SET due_at = excluded.due_at, set_by = excluded.set_by`
	// A token that another conversation holds changes no row.
	sqlAsks = `INSERT INTO ask (token, conv_id, question, choice, expires)
		SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[])
		ON CONFLICT (token) DO UPDATE SET question = excluded.question, choice = excluded.choice,
			expires = excluded.expires
		WHERE ask.conv_id = excluded.conv_id`
	sqlCases = `INSERT INTO case_number (number, conv_id)
		SELECT * FROM unnest($1::text[], $2::bigint[])
		ON CONFLICT (number) DO UPDATE SET conv_id = excluded.conv_id
		WHERE case_number.conv_id = excluded.conv_id`
	sqlPromise = `INSERT INTO promise
			(conv_id, n, case_number, text, owner, state, due_at, opened_at, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (conv_id, n) DO UPDATE SET case_number = excluded.case_number,
			text = excluded.text, owner = excluded.owner, state = excluded.state,
			due_at = excluded.due_at, opened_at = excluded.opened_at, closed_at = excluded.closed_at`
	sqlHandoff = `INSERT INTO handoff
			(conv_id, n, state, owner, name, cause, opened_at, closed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (conv_id, n) DO UPDATE SET state = excluded.state, owner = excluded.owner,
			name = excluded.name, cause = excluded.cause,
			opened_at = excluded.opened_at, closed_at = excluded.closed_at`
	sqlBlocked = `UPDATE conversation SET blocked_at = $1 WHERE id = $2`
)

var errForeignToken = errors.New("a question's token belongs to another conversation")

// writeTurns writes everything that handled inputs change, all or none. What
// every turn has goes in one trip to the server, what few have comes after.
func (s *Store) writeTurns(t *tx, jobs []*job) error {
	now := max(s.now(), 1) // 0 means "not yet" in the tables
	var p pile
	p.states(jobs, now)
	p.events(jobs)
	p.timers(jobs)
	p.asks(jobs)
	p.projections(jobs)
	outs := outsOf(jobs)
	together := !anyReach(jobs) && !anyLate(outs) // else something comes between a turn's standing and its rows
	if together {
		s.pileOuts(t, &p, outs, now)
	}
	if err := p.send(t); err != nil {
		return err
	}
	for _, j := range jobs {
		if err := s.writeReach(t, j, now); err != nil {
			return err
		}
	}
	if !together {
		if err := s.addOuts(t, outs, now); err != nil {
			return err
		}
	}
	return s.writeRest(t, jobs)
}

// writeRest writes what few turns have.
func (s *Store) writeRest(t *tx, jobs []*job) error {
	var inputs []store.New
	var audit []store.AuditRow
	for _, j := range jobs {
		inputs = append(inputs, j.turn.Inputs...)
		audit = append(audit, j.turn.Audit...)
		if err := s.passOver(t, j.item, j.turn.Dead); err != nil {
			return err
		}
		if err := writeAnchor(t, j.item.Conv, j.turn.Anchor); err != nil {
			return err
		}
	}
	if _, err := s.addInputs(t, inputs); err != nil {
		return err
	}
	return s.addAudit(t, audit)
}

// states checks that the conversations are still those that were read and the
// inputs still pending, and moves them on. An input that is passed over without
// a new state is no turn and leaves the version alone; the check is made all the
// same.
func (p *pile) states(jobs []*job, now int64) {
	var convs, was, next, inputs []int64
	var states [][]byte
	for _, j := range jobs {
		j.version = j.item.Version + 1
		if j.turn.State == nil && j.turn.Dead != nil && len(j.turn.Events) == 0 {
			j.version = j.item.Version
		}
		convs, was, next = append(convs, id(j.item.Conv)), append(was, j.item.Version), append(next, j.version)
		states, inputs = append(states, j.turn.State), append(inputs, j.item.Inbox)
	}
	p.must(len(jobs), store.ErrConflict, sqlTurns, now, convs, was, next, states)
	p.must(len(jobs), store.ErrConflict, sqlDone, now, inputs)
}

func (p *pile) events(jobs []*job) {
	var convs, versions, numbers []int64
	var kinds []string
	var payloads [][]byte
	for _, j := range jobs {
		for n, e := range j.turn.Events {
			convs, versions, numbers = append(convs, id(j.item.Conv)), append(versions, j.version), append(numbers, int64(n))
			kinds, payloads = append(kinds, e.Kind), append(payloads, e.Payload)
		}
	}
	p.add(len(convs), sqlEvents, convs, versions, numbers, kinds, payloads)
}

// timers clears before it sets: a turn that does both moves the timer. Of two
// settings under one name the last holds.
func (p *pile) timers(jobs []*job) {
	var clearConvs, convs, due, by []int64
	var cleared, names []string
	for _, j := range jobs {
		for _, name := range j.turn.Clear {
			clearConvs, cleared = append(clearConvs, id(j.item.Conv)), append(cleared, name)
		}
		for _, tm := range last(j.turn.Set, func(tm store.Timer) string { return tm.Name }) {
			convs, names = append(convs, id(j.item.Conv)), append(names, tm.Name)
			due, by = append(due, max(tm.Due, 1)), append(by, j.item.Inbox) // 0 stands for "no timer" in answers
		}
	}
	p.add(len(cleared), sqlClear, clearConvs, cleared)
	p.add(len(names), sqlSet, convs, names, due, by)
}

// asks writes questions, and case numbers, which belong to one conversation
// alone: one that another holds is a conflict.
func (p *pile) asks(jobs []*job) {
	var tokens, choices, numbers []string
	var convs, questions, expires, owners []int64
	for _, j := range jobs {
		for _, a := range last(j.turn.Asks, func(a store.Ask) string { return a.Token }) {
			tokens, choices = append(tokens, a.Token), append(choices, a.Choice)
			convs, questions, expires = append(convs, id(j.item.Conv)), append(questions, int64(a.Question)), append(expires, a.Expires)
		}
		for _, number := range last(j.turn.Cases, func(n string) string { return n }) {
			numbers, owners = append(numbers, number), append(owners, id(j.item.Conv))
		}
	}
	if len(tokens) > 0 {
		p.must(len(tokens), errForeignToken, sqlAsks, tokens, convs, questions, choices, expires)
	}
	if len(numbers) > 0 {
		p.must(len(numbers), store.ErrConflict, sqlCases, numbers, owners)
	}
}

// projections writes rows of the turn's own conversation only, whatever they
// name: nobody else's state stands behind them.
func (p *pile) projections(jobs []*job) {
	for _, j := range jobs {
		conv := id(j.item.Conv)
		for _, r := range j.turn.Promises {
			p.add(1, sqlPromise, conv, r.N, r.Case, r.Text, r.Owner, r.State, r.Due, r.Opened, r.Closed)
		}
		for _, h := range j.turn.Handoffs {
			p.add(1, sqlHandoff, conv, h.N, h.State, string(h.Owner), h.Name, h.Cause, h.Opened, h.Closed)
		}
	}
}

func anyReach(jobs []*job) bool {
	for _, j := range jobs {
		if j.turn.Unreach != nil {
			return true
		}
	}
	return false
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

// last drops all but the last of those with one key: a statement may not write
// a row twice.
func last[T any](list []T, key func(T) string) []T {
	if len(list) < 2 {
		return list
	}
	at := map[string]int{}
	for i, one := range list {
		at[word(key(one))] = i
	}
	kept := make([]T, 0, len(at))
	for i, one := range list {
		if at[word(key(one))] == i {
			kept = append(kept, one)
		}
	}
	return kept
}

// pile is statements that go to the server in one trip.
type pile struct {
	batch  pgx.Batch
	checks []check
}

// check is what a statement of a pile must have changed.
type check struct {
	rows  int64 // -1 = whatever
	wrong error
}

// add puts a statement on the pile unless it has no rows.
func (p *pile) add(rows int, q string, args ...any) {
	if rows > 0 {
		p.batch.Queue(q, clean(args)...)
		p.checks = append(p.checks, check{rows: -1})
	}
}

// must is add for a statement that has to change exactly so many rows.
func (p *pile) must(rows int, wrong error, q string, args ...any) {
	p.batch.Queue(q, clean(args)...)
	p.checks = append(p.checks, check{rows: int64(rows), wrong: wrong})
}

// send runs the pile. The first error is the one that counts.
func (p *pile) send(t *tx) error {
	if len(p.checks) == 0 {
		return nil
	}
	results := t.db.SendBatch(t.ctx, &p.batch)
	var failed error
	for _, c := range p.checks {
		tag, err := results.Exec()
		if err == nil && c.rows >= 0 && tag.RowsAffected() != c.rows {
			err = c.wrong
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("write turns: %w", err)
		}
	}
	if err := results.Close(); err != nil && failed == nil {
		failed = fmt.Errorf("write turns: %w", err)
	}
	return failed
}
