package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// errUnknown: the connection broke while a commit was under way. It may have
// been made.
var errUnknown = errors.New("the commit's outcome is unknown")

const (
	firstAgain   = 10 * time.Millisecond
	longestAgain = 500 * time.Millisecond
)

// persist calls f again while it fails for reasons that pass by themselves: the
// server restarts, a deadlock was broken up. again tells f that an earlier try
// may have been committed.
func (s *Store) persist(ctx context.Context, r repeat, f func(again bool) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	begin, pause, unknown := time.Now(), firstAgain, false
	for {
		err := f(unknown)
		if err == nil || !passing(err) {
			return err
		}
		if errors.Is(err, errUnknown) {
			if unknown = true; r == onlyOnce {
				return err
			}
		}
		if time.Since(begin)+pause > s.cfg.Patience {
			return err
		}
		if stop := s.sleep(ctx, pause, nil); stop != nil {
			return errors.Join(err, stop)
		}
		pause = min(2*pause, longestAgain)
	}
}

// commitFailed tells a commit that the server refused from one of which nothing
// is known.
func commitFailed(err error) error {
	var told *pgconn.PgError
	refused := errors.As(err, &told) && (!away(told.Code) || strings.HasPrefix(told.Code, "40"))
	if refused || errors.Is(err, pgx.ErrTxCommitRollback) || errors.Is(err, pgx.ErrTxClosed) {
		return fmt.Errorf("commit: %w", err)
	}
	return fmt.Errorf("%w: %w", errUnknown, err)
}

// passing says whether an error speaks of a state that passes.
func passing(err error) bool {
	var told *pgconn.PgError
	if errors.As(err, &told) {
		return away(told.Code)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return errors.Is(err, errUnknown)
	}
	var dial *pgconn.ConnectError
	var network net.Error
	return errors.Is(err, errUnknown) || errors.As(err, &dial) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) || strings.Contains(err.Error(), "conn closed")
}

// away says whether an SQLSTATE is one of a server that goes, comes or is full,
// or of a transaction that had to give way to another.
func away(code string) bool {
	switch code {
	case "57P01", "57P02", "57P03", "57P05", // the server ends, crashed, starts, or ended our session
		"53300",                   // too many connections
		"40001", "40P01", "25P03", // gave way; deadlock; our transaction stood still for too long
		"25006", "55P03": // only reads, as one does that is being replaced; a lock was not to be had
		return true
	}
	return strings.HasPrefix(code, "08")
}
