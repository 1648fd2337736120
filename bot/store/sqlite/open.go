package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
)

// ErrClosed is what every method returns after Close.
var ErrClosed = errors.New("store is closed")

// FileName is the database's name inside [Config.Dir]; the lock file and
// SQLite's own files stand beside it.
const FileName = "accord.db"

// Config says where the database is. Only Dir is required.
type Config struct {
	// Dir is the folder of the database; it is made (0700) if missing.
	Dir string
	// Now is the clock for pauses after failures, for waiting and for what the
	// store dates itself; nil = time.Now.
	Now func() time.Time
	// Logger hears of panics and failed commits, never of contents; nil = none.
	Logger *zap.Logger
}

// Store is one open database. All methods are safe for concurrent use.
type Store struct {
	log   *zap.Logger
	clock func() time.Time

	path    string
	file    os.FileInfo // what was opened, to notice when another stands in its place
	lock    *flock.Flock
	db      *sql.DB // one connection, owned by writer
	writer  *writer
	readers *reader

	pending schedule    // conversations with inputs to handle
	sending lanes.Lanes // chats with rows to send
	leads   leads

	mu      sync.Mutex
	closed  bool
	closing chan struct{}  // closed when Close begins: wakes all who wait
	calls   sync.WaitGroup // methods under way
	ended   chan struct{}  // closed when Close is done
	endErr  error
}

var _ store.Store = (*Store)(nil)

// Open opens the database in cfg.Dir, makes it if there is none, brings its
// schema up to date and checks that it will keep what it is given. It returns
// [store.ErrLocked] when another process has it open, [ErrNewer] when a newer
// program has written it and [ErrDamaged] when it is no whole database. ctx
// bounds the opening only.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s := &Store{
		log: cfg.Logger, clock: cfg.Now,
		closing: make(chan struct{}), ended: make(chan struct{}),
	}
	if s.log == nil {
		s.log = zap.NewNop()
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if err := s.open(ctx, cfg.Dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", damage(err)), s.release())
	}
	s.writer.start()
	return s, nil
}

// open takes the lock before anything else: another process may be in the
// middle of a migration.
func (s *Store) open(ctx context.Context, dir string) error {
	path, err := prepareFiles(dir)
	if err != nil {
		return err
	}
	s.lock = flock.New(path+".lock", flock.SetPermissions(0o600))
	switch held, err := s.lock.TryLock(); {
	case err != nil:
		return fmt.Errorf("lock: %w", err)
	case !held:
		return store.ErrLocked
	}
	s.path = path
	if s.file, err = os.Stat(path); err != nil {
		return fmt.Errorf("find file: %w", err)
	}
	if s.db, err = openWriterDB(path); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.writer, err = newWriter(ctx, s.db, s.log); err != nil {
		return err
	}
	if err := s.writer.verify(ctx); err != nil {
		return err
	}
	if s.readers, err = newReader(path); err != nil {
		return err
	}
	return s.fill(ctx)
}

// fill reads into memory what was left undone when the last process ended.
func (s *Store) fill(ctx context.Context) error {
	s.pending.init()
	s.sending.Init()
	if err := s.fillPending(ctx); err != nil {
		return fmt.Errorf("read pending inputs: %w", err)
	}
	if err := s.fillSending(ctx); err != nil {
		return fmt.Errorf("read unsent rows: %w", err)
	}
	return nil
}

// prepareFiles makes the folder and the file ourselves, because SQLite would
// make the file readable by everybody; its other files inherit the mode.
func prepareFiles(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("no folder given")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make folder: %w", err)
	}
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return "", fmt.Errorf("find folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the folder
	if err != nil {
		return "", fmt.Errorf("make file: %w", err)
	}
	return path, errors.Join(f.Chmod(0o600), f.Close())
}

// enter counts a method in; leave must follow when it returned nil.
func (s *Store) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.calls.Add(1)
	return nil
}

func (s *Store) leave() { s.calls.Done() }

// now is the store's clock in Unix milliseconds.
func (s *Store) now() int64 { return s.clock().UnixMilli() }

// Close implements store.Store. It wakes all who wait, lets methods under way
// finish and commit, and returns when the file is closed; further calls wait
// for the same end.
func (s *Store) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	if first {
		close(s.closing)
		s.calls.Wait()
		s.endErr = s.release()
		close(s.ended)
	}
	<-s.ended
	return s.endErr
}

// release gives back what open got so far, the lock last.
func (s *Store) release() error {
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}
