package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// oldestServer is PostgreSQL 15, as the server counts.
const oldestServer = 150000

var errAddress = errors.New("the address is not one of a PostgreSQL database (postgres://user@host/database)")

// harden sets what every connection of ours shall have. Time-outs are a net:
// the server ends what a process that stands still has begun, so that its
// claims come free.
func harden(c *pgx.ConnConfig) {
	for name, value := range map[string]string{
		"application_name": "accord", "statement_timeout": "30000", "lock_timeout": "10000",
		"idle_in_transaction_session_timeout": "60000", "synchronous_commit": "on",
		"default_transaction_isolation": "read committed",
		"jit":                           "off", // it takes longer than any of our statements
	} {
		c.RuntimeParams[name] = value
	}
}

// verify makes sure of what the promises rest on.
func verify(ctx context.Context, c *pgx.ConnConfig) (err error) {
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	var version, fsync, readOnly, encoding string
	if err := conn.QueryRow(ctx, `SELECT current_setting('server_version_num'), current_setting('fsync'),
		current_setting('transaction_read_only'), current_setting('server_encoding')`).Scan(&version, &fsync, &readOnly, &encoding); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return checkSettings(version, fsync, readOnly, encoding)
}

func checkSettings(version, fsync, readOnly, encoding string) error {
	number, err := strconv.Atoi(version)
	switch {
	case err != nil || number < oldestServer:
		return fmt.Errorf("PostgreSQL %s is older than 15", version)
	case fsync != "on":
		return errors.New("fsync is off: the server does not keep what it says it keeps")
	case readOnly != "off":
		return errors.New("the server only reads: it is a standby, or set so")
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s, not UTF8", encoding)
	}
	return nil
}
