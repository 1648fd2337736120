package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
)

const (
	sqlAddAccount = `INSERT INTO account (name, display, role, created_at, disabled_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`
	sqlAccounts   = `SELECT id, name, display, role, created_at, disabled_at <> 0 FROM account ORDER BY id`
	sqlNameUser   = `UPDATE account SET display = $1 WHERE id = $2`
	// Disabling again keeps the first date.
	sqlDisable = `UPDATE account SET disabled_at = CASE disabled_at WHEN 0 THEN $1::bigint ELSE disabled_at END
		WHERE id = $2`
	sqlDropLinks    = `DELETE FROM link WHERE account_id = $1`
	sqlDropSessions = `DELETE FROM session WHERE account_id = $1`
	sqlAddLink      = `INSERT INTO link (hash, account_id, expires_at)
		SELECT $1::text, id, $2::bigint FROM account WHERE id = $3 AND disabled_at = 0`
	sqlFindLink = `SELECT a.id, a.name, a.display, a.role, a.created_at, a.disabled_at <> 0
		FROM link l JOIN account a ON a.id = l.account_id
		WHERE l.hash = $1 AND l.expires_at > $2 AND a.disabled_at = 0`
	sqlDropLink    = `DELETE FROM link WHERE hash = $1`
	sqlOldLinks    = `DELETE FROM link WHERE expires_at <= $1`
	sqlOldSessions = `DELETE FROM session WHERE expires_at <= $1`
	sqlAddSession  = `INSERT INTO session (hash, account_id, expires_at) VALUES ($1, $2, $3)`
	sqlFindSession = `SELECT a.id, a.name, a.display, a.role, a.created_at, a.disabled_at <> 0
		FROM session s JOIN account a ON a.id = s.account_id
		WHERE s.hash = $1 AND s.expires_at > $2 AND a.disabled_at = 0`
	sqlEndSession = `DELETE FROM session WHERE hash = $1`
)

var errNoHash = errors.New("no hash given")

// AddUser implements store.Accounts. ID is ignored; Created 0 means now.
func (s *Store) AddUser(ctx context.Context, u store.User) (id int64, err error) {
	if u.Name == "" || (u.Role != store.RoleAdmin && u.Role != store.RoleAgent) {
		return 0, errors.New("add user: a name and a known role are needed")
	}
	now := max(s.now(), 1)
	if u.Created == 0 {
		u.Created = now
	}
	disabled := int64(0)
	if u.Disabled {
		disabled = now
	}
	err = s.change(ctx, onlyOnce, func(t *tx) error {
		return t.row(sqlAddAccount, []any{u.Name, u.Display, string(u.Role), u.Created, disabled}, &id)
	})
	if err != nil {
		return 0, fmt.Errorf("add user: %w", err)
	}
	return id, nil
}

// Users implements store.Accounts.
func (s *Store) Users(ctx context.Context) ([]store.User, error) {
	list, err := readAll(ctx, s, sqlAccounts, nil, userFields)
	return list, wrapped("list users", err)
}

// userFields is where an account's columns go.
func userFields(u *store.User) []any {
	return []any{&u.ID, &u.Name, &u.Display, &u.Role, &u.Created, &u.Disabled}
}

// NameUser implements store.Accounts.
func (s *Store) NameUser(ctx context.Context, id int64, display string) error {
	return wrapped(fmt.Sprintf("name user %d", id), s.change(ctx, mayRepeat, func(t *tx) error {
		return must(t.exec(sqlNameUser, display, id))
	}))
}

// DisableUser implements store.Accounts; store.ErrNotFound where there is no
// such user. Doing it again changes nothing.
func (s *Store) DisableUser(ctx context.Context, id, now int64) error {
	return wrapped(fmt.Sprintf("disable user %d", id), s.change(ctx, mayRepeat, func(t *tx) error {
		if err := must(t.exec(sqlDisable, max(now, 1), id)); err != nil {
			return err
		}
		if _, err := t.exec(sqlDropLinks, id); err != nil {
			return fmt.Errorf("links: %w", err)
		}
		_, err := t.exec(sqlDropSessions, id)
		return wrapped("sessions", err)
	}))
}

// AddLink implements store.Accounts; store.ErrNotFound where there is no such
// user, or a disabled one. A hash that is there already is an error.
func (s *Store) AddLink(ctx context.Context, hash string, user, expires int64) error {
	if hash == "" {
		return fmt.Errorf("add link: %w", errNoHash)
	}
	return wrapped("add link", s.change(ctx, onlyOnce, func(t *tx) error {
		return must(t.exec(sqlAddLink, hash, expires, user))
	}))
}

// UseLink implements store.Accounts. Links and sessions that have expired by
// now go on the way, also where the link is not found: nothing else clears
// them away, and the caller's clock is the one they were made by.
func (s *Store) UseLink(ctx context.Context, link, session string, now, sessionExpires int64) (store.User, error) {
	if link == "" || session == "" {
		return store.User{}, fmt.Errorf("use link: %w", errNoHash)
	}
	var u store.User
	var found bool
	err := s.change(ctx, onlyOnce, func(t *tx) (err error) {
		for _, q := range []string{sqlOldLinks, sqlOldSessions} {
			if _, err := t.exec(q, now); err != nil {
				return fmt.Errorf("clear away: %w", err)
			}
		}
		u, found, err = useLink(t, link, session, now, sessionExpires)
		return err
	})
	if err == nil && !found {
		err = store.ErrNotFound
	}
	if err != nil {
		return store.User{}, fmt.Errorf("use link: %w", err)
	}
	return u, nil
}

func useLink(t *tx, link, session string, now, expires int64) (u store.User, found bool, err error) {
	err = t.row(sqlFindLink, []any{link, now}, userFields(&u)...)
	if errors.Is(err, store.ErrNotFound) {
		return store.User{}, false, nil
	}
	if err != nil {
		return store.User{}, false, err
	}
	// Of two who come at the same time one waits here, and finds it gone.
	if n, err := t.exec(sqlDropLink, link); err != nil || n != 1 {
		return store.User{}, false, err
	}
	if _, err := t.exec(sqlAddSession, session, u.ID, expires); err != nil {
		return store.User{}, false, fmt.Errorf("session: %w", err)
	}
	return u, true, nil
}

// Session implements store.Accounts.
func (s *Store) Session(ctx context.Context, hash string, now int64) (store.User, error) {
	var u store.User
	if err := s.readRow(ctx, sqlFindSession, []any{hash, now}, userFields(&u)...); err != nil {
		return store.User{}, fmt.Errorf("session: %w", err)
	}
	return u, nil
}

// EndSession implements store.Accounts.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	return wrapped("end session", s.change(ctx, mayRepeat, func(t *tx) error {
		_, err := t.exec(sqlEndSession, hash)
		return err
	}))
}
