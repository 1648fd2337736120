package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestCheckSettings(t *testing.T) {
	for _, c := range []struct {
		version, fsync, readOnly, encoding string
		fine                               bool
	}{
		{"150000", "on", "off", "UTF8", true},
		{"180002", "on", "off", "UTF8", true},
		{"140019", "on", "off", "UTF8", false},
		{"what", "on", "off", "UTF8", false},
		{"150000", "off", "off", "UTF8", false},
		{"150000", "on", "on", "UTF8", false},
		{"150000", "on", "off", "SQL_ASCII", false},
	} {
		if err := checkSettings(c.version, c.fsync, c.readOnly, c.encoding); (err == nil) != c.fine {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// What passes by itself is tried again; what would fail again, and what somebody
// wanted to end, is not.
func TestPassing(t *testing.T) {
	server := func(code string) error { return fmt.Errorf("turn: %w", &pgconn.PgError{Code: code}) }
	for _, c := range []struct {
		err  error
		pass bool
	}{
		{server("57P01"), true}, {server("40P01"), true}, {server("08006"), true}, {server("53300"), true},
		{server("23505"), false}, {server("42P01"), false}, {server("28P01"), false}, {server("57014"), false},
		{fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true},
		{context.Canceled, false}, {context.DeadlineExceeded, false}, {errors.New("anything"), false},
		{commitFailed(io.EOF), true}, {commitFailed(context.DeadlineExceeded), true},
		{commitFailed(&pgconn.PgError{Code: "23505"}), false},
	} {
		if got := passing(c.err); got != c.pass {
			t.Errorf("%v: passing is %t", c.err, got)
		}
	}
	for code, unknown := range map[string]bool{"57P01": true, "40001": false, "23505": false} {
		if got := errors.Is(commitFailed(&pgconn.PgError{Code: code}), errUnknown); got != unknown {
			t.Errorf("a commit that failed with %s: unknown is %t", code, got)
		}
	}
}
