package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup implements store.Operate. The copy is one file of mode 0600 that holds
// all that was committed when it began, see [Forget] for what it does not; it is
// on the disk when Backup returns nil, and away when it fails. Until it is whole
// its words stand in path+".part". Turns go on meanwhile; what they write stays in
// the WAL until the copy is done, so the disk needs room for both. Close ends
// it. errors.Is(err, fs.ErrExist) where something stands at path.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-s.closing:
			cancel(ErrClosed)
		case <-ctx.Done():
		}
	}()
	if err := keep(ctx, s.path, path); err != nil {
		return fmt.Errorf("backup: %w", errors.Join(err, context.Cause(ctx)))
	}
	return nil
}

// keep is Copy without what must not come back. It takes the name first, so that
// nobody else can have it, and fills it last: what a crash leaves under it is
// empty, and never a copy that signs people in.
func keep(ctx context.Context, from, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	if err := f.Close(); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	part := to + ".part"
	if err := Copy(ctx, from, part); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	err = Forget(ctx, part)
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part), removeIfThere(part+"-journal"), os.Remove(to))
	}
	return syncFolder(filepath.Dir(to))
}

// Copy writes a whole, consistent copy of the database file at from to a new
// file, with all that is in it, without opening a store: nothing is migrated,
// and a process that works with the database goes on.
func Copy(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil { // SQLite would make an empty one
		return fmt.Errorf("find database: %w", err)
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	// Made by us, because SQLite would make it readable by everybody, and would
	// look and make in two steps. It accepts an empty file.
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	if err := vacuumInto(ctx, from, to); err != nil {
		return errors.Join(err, f.Close(), os.Remove(to), removeIfThere(to+"-journal"))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("flush: %w", err), os.Remove(to))
	}
	return syncFolder(filepath.Dir(to))
}

// vacuumInto copies with a connection of its own: one of the readers would be
// missing to everybody else for as long as it takes.
func vacuumInto(ctx context.Context, from, to string) (err error) {
	db, err := sql.Open("sqlite", dsn(from, "busy_timeout(5000)"))
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// syncFolder makes a new name in a folder outlive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the folder of a file we made
	if err != nil {
		return fmt.Errorf("flush folder: %w", err)
	}
	return wrapped("flush folder", errors.Join(d.Sync(), d.Close()))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
