package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/accord-chat/accord/bot/store"
)

// tx is what a request may do. Only the writer's goroutine uses it.
type tx struct {
	ctx   context.Context
	conn  *sql.Conn
	stmts map[string]*sql.Stmt // by text; every statement is a constant, so this stays small
	after []func()             // runs in order once the group is committed
}

// prepared gives the statement for q, prepared at its first use.
func (t *tx) prepared(q string) (*sql.Stmt, error) {
	if st, ok := t.stmts[q]; ok {
		return st, nil
	}
	st, err := t.conn.PrepareContext(t.ctx, q)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	t.stmts[q] = st
	return st, nil
}

// exec runs q.
func (t *tx) exec(q string, args ...any) (sql.Result, error) {
	st, err := t.prepared(q)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(t.ctx, args...)
}

// count runs q and says how many rows it changed.
func (t *tx) count(q string, args ...any) (int64, error) {
	res, err := t.exec(q, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// mustChange runs q, which must change exactly one row; anything else means
// that the row is no longer what the caller read.
func (t *tx) mustChange(q string, args ...any) error {
	n, err := t.count(q, args...)
	if err != nil {
		return err
	}
	if n != 1 {
		return store.ErrConflict
	}
	return nil
}

// row reads one row into dest; sql.ErrNoRows where there is none.
func (t *tx) row(q string, args []any, dest ...any) error {
	st, err := t.prepared(q)
	if err != nil {
		return err
	}
	return st.QueryRowContext(t.ctx, args...).Scan(dest...)
}

// rows calls scan for each row of q. The statement is finished before rows
// returns, so that scan's results can be used to write.
func (t *tx) rows(q string, args []any, scan func(*sql.Rows) error) error {
	st, err := t.prepared(q)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return scanAll(rows, scan)
}

// then adds what shall happen in memory once the commit is on the disk.
func (t *tx) then(f func()) { t.after = append(t.after, f) }

// control runs a statement that begins or ends something.
func (t *tx) control(q string) error {
	if _, err := t.exec(q); err != nil {
		return fmt.Errorf("%s: %w", q, err)
	}
	return nil
}

// errAgain: a request failed where it cannot be undone by itself.
var errAgain = errors.New("run the group again")

// plain runs one request as it is.
func (t *tx) plain(run func(*tx) error) (failed, broken error) {
	switch failed = run(t); {
	case failed == nil:
		return nil, nil
	case storageFault(failed):
		return failed, failed
	}
	return failed, errAgain
}

// guarded runs one request in a savepoint. failed is the request's own error,
// after which the group goes on without it; broken means that the transaction
// itself cannot go on.
func (t *tx) guarded(run func(*tx) error) (failed, broken error) {
	if err := t.control("SAVEPOINT request"); err != nil {
		return nil, err
	}
	mark := len(t.after)
	if failed = run(t); failed != nil {
		if storageFault(failed) {
			return failed, failed
		}
		t.after = t.after[:mark]
		if err := t.control("ROLLBACK TO request"); err != nil {
			return failed, err
		}
	}
	return failed, t.control("RELEASE request")
}

// storageFault says that the database failed and not the request: a full disk
// must not be held against the input that happened to meet it.
func storageFault(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff { // the rest is detail
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
		sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
		sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}

// unreadable says that the file does not hold a database, or not a whole one.
func unreadable(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// scanAll calls scan for each row and closes rows.
func scanAll(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
