package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/lanes"
)

// The server's clock counts for all, in Unix milliseconds: ours may differ.
const serverNow = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

const (
	sqlLead = `INSERT INTO lease (name, owner, until, epoch) VALUES ($1, $2, ` + serverNow + ` + $3, 1)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until, epoch = lease.epoch + 1
		WHERE lease.until <= ` + serverNow + `
		RETURNING epoch`
	sqlRenew = `UPDATE lease SET until = ` + serverNow + ` + $4 WHERE name = $1 AND owner = $2 AND epoch = $3`
	sqlYield = `UPDATE lease SET owner = '', until = 0 WHERE name = $1 AND owner = $2 AND epoch = $3`
	// Held until the transaction ends: a lease changes hands before or after
	// what it guards, not in the middle.
	sqlHolds = `SELECT owner, epoch FROM lease WHERE name = $1 FOR SHARE`
)

// leases are those this process holds, by name, with their epochs.
type leases struct {
	mu   sync.Mutex
	held map[string]int64
	bell lanes.Bell // somebody gave one up
}

func (l *leases) set(name string, epoch int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = map[string]int64{}
	}
	if epoch == 0 {
		delete(l.held, name)
		return
	}
	l.held[name] = epoch
}

func (l *leases) epoch(name string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held[name]
}

func (l *leases) ring() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bell.Ring()
}

func (l *leases) listen() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bell.Listen()
}

// Lead implements store.Leader. The lease is renewed at a third of its term;
// while the database is away it is held until the term ends, and no longer.
func (s *Store) Lead(ctx context.Context, name string, f func(context.Context) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	epoch, until, err := s.await(ctx, name)
	if err != nil {
		return fmt.Errorf("lead %q: %w", name, err)
	}
	s.leases.set(name, epoch)
	if account, is := store.LeasedSender(name); is {
		s.forget(s.queues.of(account)) // somebody else has sent for it meanwhile
	}
	lost := s.hold(ctx, name, epoch, until, f)
	s.leases.set(name, 0)
	s.yield(context.WithoutCancel(ctx), name, epoch)
	return wrapped(fmt.Sprintf("lead %q", name), lost)
}

// await waits for the lease.
func (s *Store) await(ctx context.Context, name string) (epoch int64, until time.Time, err error) {
	for {
		news := s.leases.listen()
		asked := time.Now()
		err := s.look(ctx, sqlLead, []any{name, s.self, s.cfg.Term.Milliseconds()}, &epoch)
		switch {
		case err == nil:
			return epoch, asked.Add(s.cfg.Term), nil
		case ctx.Err() != nil:
			return 0, time.Time{}, ctx.Err()
		case !errors.Is(err, store.ErrNotFound) && !passing(err):
			return 0, time.Time{}, err
		}
		if err := s.sleep(ctx, min(s.cfg.Poll, s.cfg.Term/3), news); err != nil {
			return 0, time.Time{}, err
		}
	}
}

// hold runs f while the lease is ours.
func (s *Store) hold(ctx context.Context, name string, epoch int64, until time.Time, f func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { cancel(s.renew(ctx, name, epoch, until)) })
	err := f(ctx)
	if cause := context.Cause(ctx); errors.Is(cause, store.ErrLost) {
		err = errors.Join(cause, err)
	}
	cancel(nil)
	renewing.Wait()
	return err
}

// renew keeps the lease until ctx ends, and says why it could not. What cannot
// be renewed is given up a fifth of the term before others may take it: whoever
// works under it needs time to stop.
func (s *Store) renew(ctx context.Context, name string, epoch int64, until time.Time) error {
	term := s.cfg.Term
	pause := term / 3
	for {
		if err := s.sleep(ctx, pause, nil); err != nil {
			return err
		}
		asked := time.Now()
		within, cancel := context.WithDeadline(ctx, until.Add(-term/5))
		tag, err := s.pool.Exec(within, sqlRenew, name, s.self, epoch, term.Milliseconds())
		cancel()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && tag.RowsAffected() == 1:
			until, pause = asked.Add(term), term/3
		case err == nil:
			s.log.Warn("a lease went to another process", zap.String("lease", name))
			return store.ErrLost
		case !time.Now().Before(until.Add(-term / 5)):
			s.log.Warn("a lease could not be renewed in time", zap.String("lease", name), zap.Error(err))
			return fmt.Errorf("%w: %w", store.ErrLost, err)
		default:
			pause = term / 20
		}
	}
}

// yield gives the lease to whoever waits for it. If that fails it ends by
// itself.
func (s *Store) yield(ctx context.Context, name string, epoch int64) {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Term/3)
	defer cancel()
	if _, err := s.pool.Exec(ctx, sqlYield, name, s.self, epoch); err != nil {
		s.log.Warn("a lease could not be given up; it ends by itself", zap.String("lease", name), zap.Error(err))
		return
	}
	s.leases.ring()
	s.tell(newsOfLeases)
}

// holds fails where another process sends for an account, or has done so since
// we began to. Accounts that nobody leads are anybody's.
func (s *Store) holds(t *tx, sender string) error {
	name := store.SenderLease(word(sender))
	var owner string
	var epoch int64
	err := t.row(sqlHolds, []any{name}, &owner, &epoch)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("lease: %w", err)
	case owner == s.self && epoch == s.leases.epoch(name), owner == "" && s.leases.epoch(name) == 0:
		return nil
	}
	return fmt.Errorf("send for %q: %w", sender, store.ErrLost)
}
