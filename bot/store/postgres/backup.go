package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

const (
	// In the order of their names; what signs people in does not come along.
	sqlTables = `SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position),
			bool_or(is_identity = 'YES')
		FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name NOT IN ('goose_db_version', 'session', 'link', 'lease')
		GROUP BY table_name ORDER BY table_name`
	sqlSnapshot = `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`
	sqlNoLimit  = `SET LOCAL statement_timeout = 0`
)

// table is one table and what of it is kept.
type table struct {
	name, columns string
	numbered      bool // it hands out ids
}

// Backup implements store.Operate. The file is a script for psql: everything
// that was committed at one moment, for an empty database of the same schema
// (accord migrate makes one). It is of mode 0600, on the disk when Backup
// returns nil, and away when it fails. Turns go on meanwhile. For a large
// database pg_dump is quicker, and keeps the schema as well. errors.Is(err,
// fs.ErrExist) where something stands at path.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-s.closing:
			cancel(ErrClosed)
		case <-ctx.Done():
		}
	}()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("backup: make file: %w", err)
	}
	err = errors.Join(s.dump(ctx, f), context.Cause(ctx))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("backup: %w", errors.Join(err, os.Remove(path)))
	}
	return syncFolder(filepath.Dir(path))
}

// dump writes all tables as they are at one moment.
func (s *Store) dump(ctx context.Context, w io.Writer) error {
	conn, err := s.conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // it has only read
	db, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	for _, q := range []string{sqlSnapshot, sqlNoLimit} {
		if _, err := db.Exec(ctx, q); err != nil {
			return err
		}
	}
	tables, err := tablesOf(ctx, db)
	if err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	if _, err := io.WriteString(w, "\\set ON_ERROR_STOP on\nBEGIN;\n"); err != nil {
		return err
	}
	for _, t := range tables {
		if err := t.dump(ctx, conn, w); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	_, err = io.WriteString(w, "COMMIT;\n")
	return err
}

func tablesOf(ctx context.Context, db pgx.Tx) (list []table, err error) {
	rows, err := db.Query(ctx, sqlTables)
	if err != nil {
		return nil, err
	}
	err = each(rows, func(r pgx.Rows) error {
		var t table
		err := r.Scan(&t.name, &t.columns, &t.numbered)
		// The number of a transaction means nothing to another server.
		t.columns = strings.ReplaceAll(t.columns, ", touched", "")
		list = append(list, t)
		return err
	})
	return list, err
}

// dump writes a table as psql reads it, and the next id it will hand out: the
// id of a row that was deleted must not come back either.
func (t table) dump(ctx context.Context, conn *pgx.Conn, w io.Writer) error {
	head := fmt.Sprintf("%s (%s)", t.name, t.columns)
	if _, err := fmt.Fprintf(w, "COPY %s FROM stdin;\n", head); err != nil {
		return err
	}
	if _, err := conn.PgConn().CopyTo(ctx, w, "COPY "+head+" TO STDOUT"); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\\.\n"); err != nil || !t.numbered {
		return err
	}
	var next int64
	sequence := t.name + "_id_seq"
	if err := conn.QueryRow(ctx, "SELECT last_value FROM "+sequence).Scan(&next); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "SELECT setval('%s', %d);\n", sequence, next)
	return err
}

// syncFolder makes a new name in a folder outlive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the folder of a file we made
	if err != nil {
		return fmt.Errorf("flush folder: %w", err)
	}
	return wrapped("flush folder", errors.Join(d.Sync(), d.Close()))
}
