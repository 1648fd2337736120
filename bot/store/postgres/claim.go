package postgres

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store/lanes"
)

// sqlReady walks the conversations that have pending inputs, from $1 on and
// round, a step for each, and gives those whose oldest may be looked at by $2.
// It goes no further than its reader does: how long the inbox is, and how much
// of it belongs to one conversation, does not matter.
const sqlReady = `WITH RECURSIVE
	on_from AS (
		(SELECT conv_id, not_before FROM inbox WHERE done_at = 0 AND conv_id > $1
			ORDER BY conv_id, id LIMIT 1)
		UNION ALL
		SELECT n.conv_id, n.not_before FROM on_from, LATERAL (
			SELECT conv_id, not_before FROM inbox WHERE done_at = 0 AND conv_id > on_from.conv_id
			ORDER BY conv_id, id LIMIT 1) n),
	and_round AS (
		(SELECT conv_id, not_before FROM inbox WHERE done_at = 0 AND conv_id <= $1
			ORDER BY conv_id, id LIMIT 1)
		UNION ALL
		SELECT n.conv_id, n.not_before FROM and_round, LATERAL (
			SELECT conv_id, not_before FROM inbox
			WHERE done_at = 0 AND conv_id > and_round.conv_id AND conv_id <= $1
			ORDER BY conv_id, id LIMIT 1) n),
	ready AS (
		SELECT conv_id FROM on_from WHERE not_before <= $2 AND conv_id <> ALL($3::bigint[])
		UNION ALL
		SELECT conv_id FROM and_round WHERE not_before <= $2 AND conv_id <> ALL($3::bigint[])) `

const (
	// A lateral lock can only be taken row by row, so no more are locked than
	// are wanted, whatever the planner thinks of the tables.
	sqlClaim = sqlReady + `SELECT c.id FROM ready, LATERAL (
			SELECT id FROM conversation WHERE id = ready.conv_id FOR UPDATE SKIP LOCKED) c
		LIMIT $4`
	sqlAnyReady = sqlReady + `SELECT EXISTS (SELECT 1 FROM ready)`
	sqlNextTime = `SELECT coalesce(min(not_before), 0) FROM inbox WHERE done_at = 0 AND not_before > $1`
	// The oldest input of each conversation as it is now that we hold the
	// lock: what the claim saw may have been handled since. A conversation
	// whose oldest must wait has nothing to do, whatever stands behind it.
	sqlHeads = `SELECT i.id, c.id, c.channel, c.chat, c.version, c.state,
			i.kind, i.payload, i.received_at, i.attempts
		FROM unnest($1::bigint[]) AS held(id) JOIN conversation c ON c.id = held.id,
			LATERAL (SELECT * FROM inbox WHERE conv_id = held.id AND done_at = 0 ORDER BY id LIMIT 1) i
		WHERE i.not_before <= $2`
)

// longestMiss bounds the pause after claims that found everything taken.
const longestMiss = 64 * time.Millisecond

// claims is what this process knows of its own claims; the locks are the truth.
type claims struct {
	mu   sync.Mutex
	held map[int64]bool
	from int64 // where the next walk begins
	miss time.Duration
	bell lanes.Bell
}

func (c *claims) init() { c.held = map[int64]bool{} }

// begin says where to walk from and what need not be looked at.
func (c *claims) begin() (from int64, held []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held = make([]int64, 0, len(c.held))
	for id := range c.held {
		held = append(held, id)
	}
	slices.Sort(held)
	return c.from, held
}

// take notes what was locked, in the order of the walk.
func (c *claims) take(ids []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		c.held[id] = true
	}
	if len(ids) == 0 {
		// Others hold what looked ready. We must not ask without a pause until
		// they are done.
		c.miss = min(max(2*c.miss, 2*time.Millisecond), longestMiss)
		return
	}
	c.from, c.miss = ids[len(ids)-1], 0
}

// free is called when the locks are gone: there may be more to do behind them.
func (c *claims) free(ids []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		delete(c.held, id)
	}
	if len(ids) > 0 {
		c.bell.Ring()
	}
}

func (c *claims) ring() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.miss = 0
	c.bell.Ring()
}

// listen gives what rings when there is news, and the pause to keep first.
func (c *claims) listen() (news <-chan struct{}, pause time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bell.Listen(), c.miss
}

// claim locks up to limit conversations that are ready.
func (s *Store) claim(t *tx, limit int) ([]int64, error) {
	from, held := s.claims.begin()
	var ids []int64
	err := t.rows(sqlClaim, []any{from, s.now(), held, limit}, func(r pgx.Rows) error {
		var id int64
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.claims.take(ids)
	return ids, nil
}

// WaitWork implements store.Store. It does not watch timers: those become work
// through FireTimers only.
func (s *Store) WaitWork(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.wait(ctx, func(now int64) (lanes.Outlook, error) { return s.workOutlook(ctx, now) })
}

func (s *Store) workOutlook(ctx context.Context, now int64) (lanes.Outlook, error) {
	news, pause := s.claims.listen()
	if pause > 0 {
		if err := s.sleep(ctx, pause, news); err != nil {
			return lanes.Outlook{}, err
		}
		news, _ = s.claims.listen()
	}
	from, held := s.claims.begin()
	o := lanes.Outlook{News: news}
	err := s.look(ctx, sqlAnyReady, []any{from, s.now(), held}, &o.Ready)
	if err != nil || o.Ready {
		return o, wrapped("look for inputs", err)
	}
	err = s.look(ctx, sqlNextTime, []any{now}, &o.Next)
	return o, wrapped("look for inputs", err)
}

// workNews tells everybody that there may be inputs to handle.
func (s *Store) workNews() {
	s.claims.ring()
	s.tell(newsOfWork)
}
