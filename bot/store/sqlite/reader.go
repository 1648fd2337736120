package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/accord-chat/accord/bot/store"
)

// maxReaders bounds the connections that read. Reads are short; more
// connections would only hold more page cache.
const maxReaders = 4

// reader is the pool of connections that read, with its statements.
type reader struct {
	db    *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func newReader(path string) (*reader, error) {
	db, err := openReaderDB(path)
	if err != nil {
		return nil, err
	}
	return &reader{db: db, stmts: map[string]*sql.Stmt{}}, nil
}

func (r *reader) close() error {
	var errs []error
	for _, st := range r.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, r.db.Close())...)
}

// prepared gives the statement for q. It is prepared without the caller's
// deadline, because it is kept for everybody.
func (r *reader) prepared(ctx context.Context, q string) (*sql.Stmt, error) {
	r.mu.RLock()
	st := r.stmts[q]
	r.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if st = r.stmts[q]; st != nil {
		return st, nil
	}
	st, err := r.db.PrepareContext(context.WithoutCancel(ctx), q)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	r.stmts[q] = st
	return st, nil
}

// rows calls scan for each row of q.
func (r *reader) rows(ctx context.Context, q string, args []any, scan func(*sql.Rows) error) error {
	st, err := r.prepared(ctx, q)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return scanAll(rows, scan)
}

// row reads one row into dest; store.ErrNotFound where there is none.
func (r *reader) row(ctx context.Context, q string, args []any, dest ...any) error {
	st, err := r.prepared(ctx, q)
	if err != nil {
		return err
	}
	err = st.QueryRowContext(ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}
