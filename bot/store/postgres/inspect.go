package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
)

// Contents is what a database holds.
type Contents struct {
	Schema int64 // version of its schema; 0 = none yet
	Bytes  int64 // its size on the server's disk
	Server string
	Stats  store.Stats // empty where there is no schema
}

// Check says whether url can be the address of a database. Its error holds
// nothing of it.
func Check(url string) error {
	_, err := pgx.ParseConfig(url)
	if err != nil {
		return errAddress
	}
	return nil
}

// Place names a database without saying who signs in to it, or how:
// "db.example:5432/accord".
func Place(url string) string {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return "a PostgreSQL server"
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))) + "/" + c.Database
}

// Inspect looks into a database without changing it, and without bringing its
// schema up to date. It serves for one that is in use as well.
func Inspect(ctx context.Context, url string) (c Contents, err error) {
	set, err := pgx.ParseConfig(url)
	if err != nil {
		return Contents{}, errAddress
	}
	harden(set)
	if err := verify(ctx, set); err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	if c.Schema, err = version(ctx, set); err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	conn, err := pgx.ConnectConfig(ctx, set)
	if err != nil {
		return Contents{}, fmt.Errorf("inspect database: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	err = conn.QueryRow(ctx, `SELECT pg_database_size(current_database()), current_setting('server_version')`).Scan(&c.Bytes, &c.Server)
	if err == nil && c.Schema > 0 {
		err = conn.QueryRow(ctx, sqlStats).Scan(statFields(&c.Stats)...)
	}
	return c, wrapped("inspect database", err)
}
