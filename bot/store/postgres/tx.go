package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/accord-chat/accord/bot/store"
)

// callTime bounds one try of a change. It goes on when the caller's context
// ends: walking away in the middle would leave the caller not knowing.
const callTime = 30 * time.Second

// tx is one transaction.
type tx struct {
	ctx   context.Context
	db    pgx.Tx
	again bool     // an earlier try may have been committed after all
	after []func() // runs in order once it is committed
}

// exec runs q and says how many rows it changed.
func (t *tx) exec(q string, args ...any) (int64, error) {
	tag, err := t.db.Exec(t.ctx, q, clean(args)...)
	return tag.RowsAffected(), err
}

// mustChange runs q, which must change exactly one row; anything else means
// that the row is no longer what the caller read.
func (t *tx) mustChange(q string, args ...any) error {
	n, err := t.exec(q, args...)
	if err == nil && n != 1 {
		return store.ErrConflict
	}
	return err
}

// row reads one row into dest; store.ErrNotFound where there is none.
func (t *tx) row(q string, args []any, dest ...any) error {
	return found(t.db.QueryRow(t.ctx, q, clean(args)...).Scan(dest...))
}

// rows calls scan for each row of q; it is done before scan's results are used.
func (t *tx) rows(q string, args []any, scan func(pgx.Rows) error) error {
	rows, err := t.db.Query(t.ctx, q, clean(args)...)
	if err != nil {
		return err
	}
	return each(rows, scan)
}

// then adds what shall happen in memory once the transaction is committed.
func (t *tx) then(f func()) { t.after = append(t.after, f) }

func each(rows pgx.Rows, scan func(pgx.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

// repeat says whether a change may be made once more when nobody knows whether
// it was made.
type repeat bool

const (
	mayRepeat repeat = true
	onlyOnce  repeat = false
)

// change runs one transaction, again while the database is away. run may be
// called several times, so it must set and not add to what it gives back.
func (s *Store) change(ctx context.Context, r repeat, run func(*tx) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.do(ctx, r, run)
}

// do is change for a method that has entered.
func (s *Store) do(ctx context.Context, r repeat, run func(*tx) error) error {
	return s.persist(ctx, r, func(again bool) error {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTime)
		defer cancel()
		return transact(within, s.pool, again, run)
	})
}

// transact makes one try.
func transact(ctx context.Context, pool *pgxpool.Pool, again bool, run func(*tx) error) error {
	db, err := pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &tx{ctx: ctx, db: db, again: again}
	if err := run(t); err != nil {
		_ = db.Rollback(ctx) // what it says has been said by err
		return err
	}
	return t.commit()
}

// commit ends the transaction well and lets memory follow.
func (t *tx) commit() error {
	if err := t.db.Commit(t.ctx); err != nil {
		return commitFailed(err)
	}
	for _, f := range t.after {
		f()
	}
	return nil
}

// readRows is rows for a method that only reads.
func (s *Store) readRows(ctx context.Context, q string, args []any, start func(), scan func(pgx.Rows) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.persist(ctx, mayRepeat, func(bool) error {
		start()
		rows, err := s.pool.Query(ctx, q, clean(args)...)
		if err != nil {
			return err
		}
		return each(rows, scan)
	})
}

// readAll is readRows into a list; read scans one row.
func readAll[T any](ctx context.Context, s *Store, q string, args []any, fields func(*T) []any) ([]T, error) {
	var list []T
	err := s.readRows(ctx, q, args, func() { list = nil }, func(r pgx.Rows) error {
		var one T
		if err := r.Scan(fields(&one)...); err != nil {
			return err
		}
		list = append(list, one)
		return nil
	})
	return list, err
}

// readRow reads one row into dest; store.ErrNotFound where there is none.
func (s *Store) readRow(ctx context.Context, q string, args []any, dest ...any) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.look(ctx, q, args, dest...)
}

// look is readRow for a method that has entered.
func (s *Store) look(ctx context.Context, q string, args []any, dest ...any) error {
	return s.persist(ctx, mayRepeat, func(bool) error {
		return found(s.pool.QueryRow(ctx, q, clean(args)...).Scan(dest...))
	})
}
