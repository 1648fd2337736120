package postgres

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// The lowest transaction that had not ended; what it and later ones wrote is
	// read again next time.
	sqlHorizon = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text`
	// In the order in which they were written, or put back.
	sqlNewOuts = `SELECT o.id, o.conv_id, o.chat, o.class, o.next_at, o.sending_at <> 0,
			c.chat = o.chat, c.blocked_at <> 0
		FROM outbox o JOIN conversation c ON c.id = o.conv_id
		WHERE o.sender = $1 AND o.sent_at = 0 AND o.touched >= $2::text::xid8 ORDER BY o.touched, o.id`
	sqlAllOuts = `SELECT o.id, o.conv_id, o.chat, o.class, o.next_at, o.sending_at <> 0,
			c.chat = o.chat, c.blocked_at <> 0
		FROM outbox o JOIN conversation c ON c.id = o.conv_id
		WHERE o.sender = $1 AND o.sent_at = 0 ORDER BY o.id`
)

// queues are the accounts this process sends for.
type queues struct {
	mu   sync.Mutex
	list map[string]*queue
}

// queue is one account's rows as the lanes know them. Whoever takes or settles
// rows holds the lock for reading while the tables and the lanes differ; reading
// from the tables holds it for writing, so that it never sees half of that.
type queue struct {
	sync.RWMutex
	name    string
	stale   atomic.Bool // the tables may have more than we know
	loaded  bool
	horizon string // transactions before this one are known
}

// of gives an account's queue, made on first use.
func (q *queues) of(name string) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.list == nil {
		q.list = map[string]*queue{}
	}
	if q.list[name] == nil {
		q.list[name] = &queue{name: name}
		q.list[name].stale.Store(true)
	}
	return q.list[name]
}

// known gives an account's queue if we send for it.
func (q *queues) known(name string) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.list[name]
}

// all gives every queue.
func (q *queues) all() []*queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	list := make([]*queue, 0, len(q.list))
	for _, one := range q.list {
		list = append(list, one)
	}
	return list
}

// outNews tells that there may be rows to send for an account, here and in
// other processes.
func (s *Store) outNews(sender string) {
	s.heard(sender)
	s.tell(newsOfOuts + sender)
}

// heard notes news of an account we may send for.
func (s *Store) heard(sender string) {
	if q := s.queues.known(word(sender)); q != nil {
		q.stale.Store(true)
		s.sending.Wake(q.name)
	}
}

// current makes the lanes know what the tables have, if there were news.
func (s *Store) current(ctx context.Context, q *queue) error {
	if !q.stale.Load() {
		return nil
	}
	q.Lock()
	defer q.Unlock()
	return s.refresh(ctx, q)
}

// refresh is current for who holds the lock.
func (s *Store) refresh(ctx context.Context, q *queue) error {
	if !q.stale.Swap(false) {
		return nil
	}
	err := s.persist(ctx, mayRepeat, func(bool) error { return s.readOuts(ctx, q) })
	if err != nil {
		q.stale.Store(true)
		return fmt.Errorf("read outbox: %w", err)
	}
	return nil
}

// forget has the lanes of an account read anew: they are not what the tables
// are any more.
func (s *Store) forget(q *queue) {
	q.Lock()
	defer q.Unlock()
	s.unload(q)
}

func (s *Store) unload(q *queue) {
	q.loaded = false
	q.stale.Store(true)
	s.sending.Forget(q.name)
}

// readOuts reads what is new, or all. The horizon is read first: what ends in
// between is read twice, and learnt once.
func (s *Store) readOuts(ctx context.Context, q *queue) error {
	var horizon string
	var batch pgx.Batch
	batch.Queue(sqlHorizon)
	if q.loaded {
		batch.Queue(sqlNewOuts, q.name, q.horizon)
	} else {
		s.sending.Forget(q.name)
		batch.Queue(sqlAllOuts, q.name)
	}
	results := s.pool.SendBatch(ctx, &batch)
	defer func() { _ = results.Close() }() // read to the end below, or failed already
	if err := results.QueryRow().Scan(&horizon); err != nil {
		return err
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	if err := each(rows, func(r pgx.Rows) error { return s.learn(q, r) }); err != nil {
		return err
	}
	q.loaded, q.horizon = true, horizon
	return nil
}

func (s *Store) learn(q *queue, r pgx.Rows) error {
	var w lanes.Row
	var chat message.Chat
	var class store.Class
	var underWay, customers, blocked bool
	if err := r.Scan(&w.ID, &w.Conv, &chat, &class, &w.Next, &underWay, &customers, &blocked); err != nil {
		return err
	}
	w.Rank = lanes.RankOf(class)
	if customers {
		s.sending.Reach(w.Conv, chat, !blocked)
	}
	s.sending.Learn(q.name, chat, w, underWay)
	return nil
}
