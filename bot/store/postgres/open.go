package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
)

// ErrClosed is what every method returns after Close.
var ErrClosed = errors.New("store is closed")

// Config says where the database is. Only URL is required.
type Config struct {
	// URL is a postgres:// address, as libpq reads it. It may hold a password
	// and is neither logged nor part of an error.
	URL string
	// Workers bounds the calls of Work side by side, Conns the connections
	// beside those of workers; 0 = 4 and 8.
	Workers, Conns int
	// Term is how long a lease lasts unless it is renewed, and so how long
	// another process waits after a crash; 0 = 10 s.
	Term time.Duration
	// Poll is how often a waiting call looks although nothing woke it; 0 = 1 s.
	Poll time.Duration
	// Patience is how long a call tries again while the database is away;
	// 0 = 10 s.
	Patience time.Duration
	// Now is the clock for pauses after failures, for waiting and for what the
	// store dates itself; nil = time.Now. Leases go by the server's clock.
	Now func() time.Time
	// Logger hears of panics and lost connections, never of contents; nil = none.
	Logger *zap.Logger
}

func (c Config) withDefaults() Config {
	or := func(d *time.Duration, standard time.Duration) {
		if *d <= 0 {
			*d = standard
		}
	}
	or(&c.Term, 10*time.Second)
	or(&c.Poll, time.Second)
	or(&c.Patience, 10*time.Second)
	if c.Workers <= 0 {
		c.Workers = 4
	}
	if c.Conns <= 0 {
		c.Conns = 8
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	return c
}

// Store is one process's hold on the database. All methods are safe for
// concurrent use.
type Store struct {
	cfg  Config
	log  *zap.Logger
	self string // tells this hold from all others, ever

	// Workers have connections of their own: each holds one while its turns
	// read through the others.
	workers, pool *pgxpool.Pool

	arrivals chan *arrival // calls of Ingest that wait
	claims   claims
	sending  lanes.Lanes
	queues   queues
	leases   leases
	caller   caller

	background sync.WaitGroup
	quit       context.CancelFunc // ends what runs in the background

	mu      sync.Mutex
	closed  bool
	closing chan struct{}  // closed when Close begins: wakes all who wait
	calls   sync.WaitGroup // methods under way
	ended   chan struct{}  // closed when Close is done
}

var _ store.Store = (*Store)(nil)

// Open connects, brings the schema up to date and checks that the server will
// keep what it is given. Any number of processes may open one database at the
// same time. It returns [ErrNewer] when a newer program has brought the schema
// further. ctx bounds the opening only.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	cfg = cfg.withDefaults()
	s := &Store{cfg: cfg, log: cfg.Logger, self: rand.Text(), closing: make(chan struct{}), ended: make(chan struct{}),
		arrivals: make(chan *arrival, 4*maxGroup)}
	s.sending.Init()
	s.claims.init()
	s.caller.init()
	if err := s.open(ctx); err != nil {
		s.release()
		return nil, fmt.Errorf("open database: %w", err)
	}
	live, quit := context.WithCancel(context.WithoutCancel(ctx))
	s.quit = quit
	s.background.Go(func() { s.listen(live) })
	s.background.Go(func() { s.call(live) })
	for range intakes {
		s.background.Go(func() { s.takeIn(live) })
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) (err error) {
	set, err := pgxpool.ParseConfig(s.cfg.URL)
	if err != nil {
		return errAddress // what pgx says of it repeats parts of the address
	}
	harden(set.ConnConfig)
	if err := verify(ctx, set.ConnConfig); err != nil {
		return err
	}
	if err := migrate(ctx, set.ConnConfig); err != nil {
		return err
	}
	if s.pool, err = newPool(ctx, set, s.cfg.Conns); err != nil {
		return err
	}
	s.workers, err = newPool(ctx, set, s.cfg.Workers)
	return err
}

func newPool(ctx context.Context, set *pgxpool.Config, most int) (*pgxpool.Pool, error) {
	own := set.Copy()
	own.MaxConns, own.MinConns = int32(most), 1
	pool, err := pgxpool.NewWithConfig(context.WithoutCancel(ctx), own)
	if err != nil {
		return nil, fmt.Errorf("make pool: %w", err)
	}
	return pool, nil
}

// conn opens a connection apart from the pools.
func (s *Store) conn(ctx context.Context) (*pgx.Conn, error) {
	return pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
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
func (s *Store) now() int64 { return s.cfg.Now().UnixMilli() }

// Close implements store.Store. It wakes all who wait, lets methods under way
// finish and commit, gives up its leases and returns when every connection is
// closed; further calls wait for the same end.
func (s *Store) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	if first {
		close(s.closing)
		s.calls.Wait()
		s.quit()
		s.background.Wait()
		s.release()
		close(s.ended)
	}
	<-s.ended
	return nil
}

// release gives back what open got so far.
func (s *Store) release() {
	for _, p := range []*pgxpool.Pool{s.workers, s.pool} {
		if p != nil {
			p.Close()
		}
	}
}
