package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

const (
	// maxConflicts bounds how often one input is handled again at once;
	// beyond it the input counts as failed and is tried after a pause.
	maxConflicts = 100

	firstPause   = 50 * time.Millisecond
	longestPause = time.Minute
	// brokenPause keeps workers from spinning while the disk refuses to write.
	brokenPause = time.Second

	maxErrorText = 300 // bytes of last_error
)

const (
	sqlHeads = `SELECT i.id, i.conv_id, c.channel, c.chat, c.version, c.state,
			i.kind, i.payload, i.received_at, i.attempts
		FROM json_each(?) j CROSS JOIN inbox i ON i.id = j.value
			CROSS JOIN conversation c ON c.id = i.conv_id
		WHERE i.done_at = 0`
	sqlFailInput = `UPDATE inbox SET attempts = attempts + 1, last_error = ?
		WHERE id = ? AND done_at = 0`
)

type handler = func(context.Context, store.Item) (store.Turn, error)

// job is one input on its way through Work.
type job struct {
	claim claim
	item  store.Item
	turn  store.Turn
	err   error // why there is no turn, or why it was not committed
	idle  bool  // nothing to write: look again at till
	till  int64 // with idle; 0 = at once
}

// Work implements store.Store. At most 64 conversations are claimed in one
// call, so that their turns fit into one commit. An input whose turn conflicts
// is read and handled again before Work returns.
func (s *Store) Work(ctx context.Context, limit int, handle handler) (int, error) {
	if err := s.enter(); err != nil {
		return 0, err
	}
	defer s.leave()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	todo := s.pending.claim(min(limit, maxGroup), s.now())
	committed := 0
	for round := 1; len(todo) > 0; round++ {
		jobs, err := s.load(ctx, todo)
		if err != nil {
			s.releaseBroken(todo)
			return committed, fmt.Errorf("work: %w", err)
		}
		for _, j := range jobs {
			s.try(ctx, j, handle)
		}
		committed += s.commitTurns(jobs)
		todo, err = s.settle(jobs, round < maxConflicts)
		if err != nil {
			s.releaseBroken(todo)
			return committed, fmt.Errorf("work: %w", err)
		}
	}
	return committed, nil
}

// WaitWork implements store.Store. It does not watch timers: those become work
// through FireTimers only.
func (s *Store) WaitWork(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.wait(ctx, s.pending.outlook)
}

// load reads the claimed inputs and their conversations. An input that is no
// longer pending in the table is forgotten.
func (s *Store) load(ctx context.Context, claims []claim) ([]*job, error) {
	ids := make([]int64, len(claims))
	missing := make(map[int64]claim, len(claims))
	for i, c := range claims {
		ids[i] = c.inbox
		missing[c.inbox] = c
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	jobs := make([]*job, 0, len(claims))
	// Not cancelled half way: it takes a moment, and a context that can end
	// costs a goroutine in the driver.
	err = s.readers.rows(context.WithoutCancel(ctx), sqlHeads, []any{string(list)}, func(r *sql.Rows) error {
		j := &job{}
		it := &j.item
		if err := r.Scan(&it.Inbox, &it.Conv, &it.Channel, &it.Chat, &it.Version, &it.State,
			&it.Kind, &it.Payload, &it.At, &it.Attempts); err != nil {
			return err
		}
		j.claim = missing[it.Inbox]
		delete(missing, it.Inbox)
		jobs = append(jobs, j)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read inputs: %w", err)
	}
	for _, c := range missing {
		s.pending.done(c)
		s.pending.release(c.conv, 0)
	}
	return jobs, nil
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

// commitTurns hands the turns to the writer together and says how many were
// committed; the others have their err.
func (s *Store) commitTurns(jobs []*job) int {
	requests := make([]*request, 0, len(jobs))
	sent := make([]*job, 0, len(jobs))
	for _, j := range jobs {
		if j.idle || j.err != nil {
			continue
		}
		sent = append(sent, j)
		requests = append(requests, &request{run: func(t *tx) error { return s.writeTurn(t, j) }})
	}
	if len(requests) == 0 {
		return 0
	}
	s.writer.submit(requests)
	committed := 0
	for i, j := range sent {
		if j.err = requests[i].err; j.err == nil {
			committed++
		}
	}
	return committed
}

// settle gives back the conversations of finished jobs, and notes failures. It
// returns what is to be handled again: conflicts, while mayRetry; with an
// error also what could not be noted.
func (s *Store) settle(jobs []*job, mayRetry bool) (again []claim, err error) {
	var failed []*job
	var broken []claim
	for _, j := range jobs {
		switch {
		case j.idle:
			s.pending.release(j.claim.conv, j.till)
		case j.err == nil:
			s.pending.release(j.claim.conv, 0)
		case errors.Is(j.err, errCommit):
			broken, err = append(broken, j.claim), j.err
		case mayRetry && errors.Is(j.err, store.ErrConflict):
			again = append(again, j.claim)
		default:
			failed = append(failed, j)
		}
	}
	unnoted, noteErr := s.noteFailures(failed)
	if err = errors.Join(err, noteErr); err != nil {
		again = append(append(again, broken...), unnoted...)
	}
	return again, err
}

// noteFailures counts the attempts up and sets the pauses.
func (s *Store) noteFailures(failed []*job) (unnoted []claim, err error) {
	if len(failed) == 0 {
		return nil, nil
	}
	requests := make([]*request, len(failed))
	for i, j := range failed {
		requests[i] = &request{run: func(t *tx) error {
			_, err := t.count(sqlFailInput, errorText(j.err), j.item.Inbox)
			return err
		}}
	}
	s.writer.submit(requests)
	for i, j := range failed {
		if e := requests[i].err; e != nil {
			unnoted, err = append(unnoted, j.claim), e
			continue
		}
		s.pending.release(j.claim.conv, s.now()+pauseAfter(j.item.Attempts+1).Milliseconds())
	}
	return unnoted, err
}

// releaseBroken gives claims back that the database failed, not the input.
func (s *Store) releaseBroken(claims []claim) {
	at := s.now() + brokenPause.Milliseconds()
	for _, c := range claims {
		s.pending.release(c.conv, at)
	}
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
	if len(text) > maxErrorText {
		text = text[:maxErrorText]
	}
	return strings.ToValidUTF8(text, "")
}
