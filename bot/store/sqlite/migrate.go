package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store/migrations"
)

// ErrNewer says that a newer program wrote the database. It was not touched.
var ErrNewer = errors.New("the database was written by a newer version of accord")

// Before is the name of the copy that is kept of a database before its schema
// goes up to version; it stands beside the database.
func Before(version int64) string { return fmt.Sprintf("%s.before-%05d", FileName, version) }

// migrate brings the schema up to date. A database that a newer program wrote
// is refused: we would not know what its columns mean. One that an older
// program wrote is copied first, because there is no way back from here.
func (s *Store) migrate(ctx context.Context) error {
	p, err := goose.NewProvider(goose.DialectSQLite3, s.db,
		migrations.For(migrations.SQLite()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("schema version: %w", err)
	case have > want:
		return fmt.Errorf("%w (its schema is version %d, this program knows up to %d)", ErrNewer, have, want)
	case have == want:
		return nil
	case have > 0:
		if err := s.keepBefore(ctx, have, want); err != nil {
			return fmt.Errorf("copy before migrating: %w", err)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// keepBefore copies the database aside. It is renamed once it is whole, so that
// what goes by this name can be trusted; one from an earlier try is replaced.
func (s *Store) keepBefore(ctx context.Context, have, want int64) error {
	to := filepath.Join(filepath.Dir(s.path), Before(want))
	part := to + ".part"
	if err := removeIfThere(part); err != nil {
		return err
	}
	if err := Copy(ctx, s.path, part); err != nil {
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	s.log.Info("the database goes up to a new schema; a copy was kept",
		zap.Int64("from", have), zap.Int64("to", want), zap.String("copy", to))
	return syncFolder(filepath.Dir(to))
}
