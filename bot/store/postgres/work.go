package postgres

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

const (
	// maxClaim bounds the conversations of one call.
	maxClaim = 64
	// maxConflicts bounds how often one input is handled again at once;
	// beyond it the input counts as failed and is tried after a pause.
	maxConflicts = 100

	firstPause   = 50 * time.Millisecond
	longestPause = time.Minute

	maxErrorText = 300 // bytes of last_error
)

const (
	sqlFailInput = `UPDATE inbox SET attempts = attempts + 1, last_error = $2, not_before = $3
		WHERE id = $1 AND done_at = 0`
	sqlDelayInput = `UPDATE inbox SET not_before = $2 WHERE id = $1 AND done_at = 0`
)

type handler = func(context.Context, store.Item) (store.Turn, error)

// job is one input on its way through Work.
type job struct {
	item    store.Item
	turn    store.Turn
	err     error // why there is no turn, or why it was not written
	idle    bool  // nothing to write: look again at till
	till    int64 // with idle; 0 = at once
	version int64 // of the conversation after the turn
}

// Work implements store.Store. At most 64 conversations are claimed in one
// call. An input whose turn conflicts is read and handled again before Work
// returns; one whose transaction fails through no fault of its own is pending
// as before, and a later call handles it again.
func (s *Store) Work(ctx context.Context, limit int, handle handler) (int, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.leave()
	if limit = min(limit, maxClaim); limit <= 0 || ctx.Err() != nil {
		return 0, ctx.Err()
	}
	var ids []int64
	turned := 0
	err := s.persistClaim(ctx, func() error {
		turned = 0
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTime)
		defer cancel()
		err := transact(within, s.workers, false, func(t *tx) (err error) {
			if ids, err = s.claim(t, limit); err != nil || len(ids) == 0 {
				return err
			}
			turned, err = s.handleAll(ctx, t, ids, handle)
			return err
		})
		s.claims.free(ids)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("work: %w", err)
	}
	return turned, nil
}

// persistClaim tries again while the database is away. Whether a commit was made
// does not matter: what it did is done, and the next claim meets what it did
// not.
func (s *Store) persistClaim(ctx context.Context, f func() error) error {
	return s.persist(ctx, mayRepeat, func(bool) error { return f() })
}

// handleAll has every claimed conversation's oldest input handled, and what
// conflicts once more.
func (s *Store) handleAll(ctx context.Context, t *tx, ids []int64, handle handler) (turned int, err error) {
	for round := 1; len(ids) > 0; round++ {
		jobs, err := s.heads(t, ids)
		if err != nil {
			return 0, err
		}
		for _, j := range jobs {
			s.try(ctx, j, handle)
		}
		n, err := s.writeAll(t, jobs)
		if err != nil {
			return 0, err
		}
		turned += n
		if ids, err = s.settleJobs(t, jobs, round < maxConflicts); err != nil {
			return 0, err
		}
	}
	return turned, nil
}

// heads reads the oldest inputs of conversations we hold, with their states.
func (s *Store) heads(t *tx, ids []int64) ([]*job, error) {
	jobs := make([]*job, 0, len(ids))
	err := t.rows(sqlHeads, []any{ids, s.now()}, func(r pgx.Rows) error {
		j := &job{}
		it := &j.item
		jobs = append(jobs, j)
		return r.Scan(&it.Inbox, &it.Conv, &it.Channel, &it.Chat, &it.Version, &it.State,
			&it.Kind, &it.Payload, &it.At, &it.Attempts)
	})
	return jobs, wrapped("read inputs", err)
}

// try calls handle. Once ctx has ended or the store closes nothing more is
// begun, and an error then says nothing about the input (a read in handle may
// have been refused), so it is not held against it.
func (s *Store) try(ctx context.Context, j *job, handle handler) {
	if s.ending(ctx) {
		j.idle = true
		return
	}
	j.turn, j.err = s.guarded(ctx, j.item, handle)
	switch {
	case j.err != nil:
		j.idle = s.ending(ctx)
	case j.turn.DelayTill > 0:
		j.idle, j.till = true, j.turn.DelayTill
	}
}

// ending says whether it is time to finish and not to begin.
func (s *Store) ending(ctx context.Context) bool {
	select {
	case <-s.closing:
		return true
	default:
		return ctx.Err() != nil
	}
}

// guarded turns a panic into an error. The panic's value stays out of it: it
// may hold what a customer wrote.
func (s *Store) guarded(ctx context.Context, it store.Item, handle handler) (turn store.Turn, err error) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		err = fmt.Errorf("panic of type %T", v)
		var re runtime.Error
		if e, ok := v.(error); ok && errors.As(e, &re) {
			err = fmt.Errorf("panic: %w", re)
		}
		s.log.Error("handling an input panicked", zap.Int64("inbox", it.Inbox),
			zap.Int64("conversation", int64(it.Conv)), zap.Int("attempts", it.Attempts),
			zap.Error(err), zap.ByteString("stack", debug.Stack()))
	}()
	return handle(ctx, it)
}

// writeAll writes the turns there are and says how many were written; the
// others have their err. Nearly always all are fine, so they go together first;
// if not, that is undone and each goes by itself, so that it leaves its
// neighbours alone. The claims are older than the savepoint and outlive it.
func (s *Store) writeAll(t *tx, jobs []*job) (turned int, err error) {
	var fine []*job
	for _, j := range jobs {
		if !j.idle && j.err == nil {
			fine = append(fine, j)
		}
	}
	if len(fine) == 0 {
		return 0, nil
	}
	refused, err := s.savepoint(t, func() error { return s.writeTurns(t, fine) })
	if err != nil || refused == nil {
		return len(fine), err
	}
	if len(fine) == 1 {
		fine[0].err = refused
		return 0, nil
	}
	for _, j := range fine {
		if j.err, err = s.savepoint(t, func() error { return s.writeTurns(t, []*job{j}) }); err != nil {
			return 0, err
		}
		if j.err == nil {
			turned++
		}
	}
	return turned, nil
}

// savepoint runs f; if it is refused, what it did is undone, in the database and
// in what memory was to do. broken says that the transaction is lost.
func (s *Store) savepoint(t *tx, f func() error) (refused, broken error) {
	if _, err := t.db.Exec(t.ctx, "SAVEPOINT turn"); err != nil {
		return nil, err
	}
	hooks := len(t.after)
	refused = f()
	if refused == nil {
		return nil, nil
	}
	if passing(refused) || t.db.Conn().IsClosed() {
		return nil, refused
	}
	t.after = t.after[:hooks]
	_, broken = t.db.Exec(t.ctx, "ROLLBACK TO SAVEPOINT turn")
	return refused, broken
}

// settleJobs notes failures and pauses. It returns the conversations whose
// inputs are to be handled again: conflicts, while mayRetry.
func (s *Store) settleJobs(t *tx, jobs []*job, mayRetry bool) (again []int64, err error) {
	for _, j := range jobs {
		switch {
		case j.idle && j.till > 0:
			_, err = t.exec(sqlDelayInput, j.item.Inbox, j.till)
		case j.idle || j.err == nil:
		case mayRetry && errors.Is(j.err, store.ErrConflict):
			again = append(again, id(j.item.Conv))
		default:
			_, err = t.exec(sqlFailInput, j.item.Inbox, errorText(j.err),
				s.now()+pauseAfter(j.item.Attempts+1).Milliseconds())
		}
		if err != nil {
			return nil, fmt.Errorf("note an input: %w", err)
		}
	}
	return again, nil
}

// pauseAfter doubles with each failed attempt.
func pauseAfter(attempts int) time.Duration {
	p := firstPause
	for i := 1; i < attempts && p < longestPause; i++ {
		p *= 2
	}
	return min(p, longestPause)
}

// errorText is what last_error keeps.
func errorText(err error) string {
	text := err.Error()
	if len(text) <= maxErrorText {
		return text
	}
	cut := maxErrorText
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}
