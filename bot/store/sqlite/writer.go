package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"go.uber.org/zap"
)

// maxGroup is how many requests share a commit. More gains little (the flush
// is spread over 64 already) and makes the first of them wait longer.
const maxGroup = 64

// errCommit: the group failed as a whole, through no fault of a request.
var errCommit = errors.New("commit failed")

// request is one change: all of it commits, or none. run may be called twice,
// the first call undone, so it must set and not add to what it gives back.
type request struct {
	run func(*tx) error
	err error
}

// batch is requests that were handed in together. They share one commit unless
// there are more than maxGroup of them.
type batch struct {
	requests []*request
	done     chan struct{} // closed when every request has its err
}

// writer owns the connection that writes.
type writer struct {
	conn  *sql.Conn
	tx    *tx
	log   *zap.Logger
	queue chan *batch
	ended chan struct{} // nil until start
}

// newWriter takes db's only connection. The writer outlives ctx: it works
// until close.
func newWriter(ctx context.Context, db *sql.DB, log *zap.Logger) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect for writing: %w", err)
	}
	// A context that can end would cost a goroutine in each statement.
	t := &tx{ctx: context.WithoutCancel(ctx), conn: conn, stmts: map[string]*sql.Stmt{}}
	return &writer{conn: conn, tx: t, log: log, queue: make(chan *batch, 4*maxGroup)}, nil
}

func (w *writer) start() {
	w.ended = make(chan struct{})
	go w.loop()
}

// close lets the queue run empty. Nobody may submit any more.
func (w *writer) close() error {
	if w.ended != nil {
		close(w.queue)
		<-w.ended
	}
	errs := make([]error, 0, len(w.tx.stmts)+1)
	for _, st := range w.tx.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// submit hands requests in and waits until all are committed or refused; each
// then has its err.
func (w *writer) submit(requests []*request) {
	for len(requests) > maxGroup {
		w.submit(requests[:maxGroup])
		requests = requests[maxGroup:]
	}
	b := &batch{requests: requests, done: make(chan struct{})}
	w.queue <- b
	<-b.done
}

// do is submit for one change.
func (w *writer) do(run func(*tx) error) error {
	r := &request{run: run}
	w.submit([]*request{r})
	return r.err
}

// loop makes groups of what waits and commits them. It never waits for a group
// to fill: while one is being flushed the next gathers by itself.
func (w *writer) loop() {
	defer close(w.ended)
	for b := range w.queue {
		for b != nil {
			var group []*batch
			group, b = w.gather(b)
			w.commit(group)
			for _, g := range group {
				close(g.done)
			}
		}
	}
}

// gather adds to first what waits already. A batch that no longer fits is
// given back as the first of the next group.
func (w *writer) gather(first *batch) (group []*batch, next *batch) {
	group = []*batch{first}
	for n := len(first.requests); n < maxGroup; {
		select {
		case b, ok := <-w.queue:
			if !ok {
				return group, nil
			}
			if n += len(b.requests); n > maxGroup {
				return group, b
			}
			group = append(group, b)
		default:
			return group, nil
		}
	}
	return group, nil
}

// commit runs a group in one transaction. Nearly always every request is fine,
// so the first pass spends no savepoints, which would make SQLite keep copies
// of pages; if one fails, all is undone and run again with a savepoint around
// each. What must follow a commit in memory happens here, before anybody is
// answered and in the order of the requests.
func (w *writer) commit(group []*batch) {
	fine, err := w.transact(group, w.tx.plain)
	if err == nil && !fine {
		_, err = w.transact(group, w.tx.guarded)
	}
	if err != nil {
		w.fail(group, err)
		return
	}
	for _, f := range w.tx.after {
		f()
	}
	clear(w.tx.after)
}

// transact runs a group by way of attempt, which says how the request went and
// whether the transaction can go on. A false fine means that nothing was
// committed and the group may be run again.
func (w *writer) transact(group []*batch, attempt func(func(*tx) error) (failed, broken error)) (fine bool, err error) {
	w.tx.after = w.tx.after[:0]
	if err := w.tx.control("BEGIN IMMEDIATE"); err != nil {
		return false, err
	}
	for _, b := range group {
		for _, r := range b.requests {
			if r.err, err = attempt(r.run); errors.Is(err, errAgain) {
				return false, w.tx.control("ROLLBACK")
			}
			if err != nil {
				return false, err
			}
		}
	}
	return true, w.tx.control("COMMIT")
}

// fail tells a whole group that nothing of it was written.
func (w *writer) fail(group []*batch, err error) {
	// SQLite has often rolled back by itself by now (disk full, I/O error);
	// then this fails, and that is as good.
	rollback := w.tx.control("ROLLBACK")
	w.log.Error("commit failed", zap.Error(err), zap.NamedError("rollback", rollback))
	for _, b := range group {
		for _, r := range b.requests {
			r.err = fmt.Errorf("%w: %w", errCommit, err)
		}
	}
}
