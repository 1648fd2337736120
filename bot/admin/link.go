package admin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/accord-chat/accord/bot/store"
)

// LinkLasts is how long a one-time link can be used.
const LinkLasts = 15 * time.Minute

// FirstName is the name of the user [FirstLink] makes.
const FirstName = "admin"

// ErrNoUser says that there is no such user, or that they are disabled.
var ErrNoUser = errors.New("no such user")

// tokenBytes make links and sessions impossible to guess: 256 bits.
const tokenBytes = 32

// NewLink makes a one-time link of a user and gives its token, which exists
// nowhere else. Links made before stay valid. The error wraps [ErrNoUser]
// where nobody could sign in with it.
func NewLink(ctx context.Context, accounts store.Accounts, user int64, now time.Time) (token string, err error) {
	users, err := accounts.Users(ctx)
	if err != nil {
		return "", fmt.Errorf("new link: %w", err)
	}
	for _, u := range users {
		if u.ID == user && !u.Disabled {
			return addLink(ctx, accounts, user, now)
		}
	}
	return "", fmt.Errorf("new link: %w", ErrNoUser)
}

// FirstLink makes the first user, an admin called [FirstName], with a link of
// theirs. Where there are users already it makes nothing.
func FirstLink(ctx context.Context, accounts store.Accounts, now time.Time) (token string, made bool, err error) {
	users, err := accounts.Users(ctx)
	if err != nil {
		return "", false, fmt.Errorf("first link: %w", err)
	}
	if len(users) > 0 {
		return "", false, nil
	}
	id, err := accounts.AddUser(ctx, store.User{Name: FirstName, Role: store.RoleAdmin, Created: now.UnixMilli()})
	if err != nil {
		return "", false, fmt.Errorf("first link: %w", err)
	}
	token, err = addLink(ctx, accounts, id, now)
	return token, err == nil, err
}

// LastAdmin says whether nobody but this user could still sign in as an admin.
// Whoever disables that one locks everybody out of the pages for admins.
func LastAdmin(ctx context.Context, accounts store.Accounts, user int64) (bool, error) {
	users, err := accounts.Users(ctx)
	if err != nil {
		return false, fmt.Errorf("last admin: %w", err)
	}
	last := false
	for _, u := range users {
		if u.Disabled || u.Role != store.RoleAdmin {
			continue
		}
		if u.ID != user {
			return false, nil
		}
		last = true
	}
	return last, nil
}

// Link is the address that signs in with token; base is the address of the
// server ("http://127.0.0.1:8080").
func Link(base, token string) string {
	return strings.TrimRight(base, "/") + signInPath + "?t=" + url.QueryEscape(token)
}

func addLink(ctx context.Context, accounts store.Accounts, user int64, now time.Time) (string, error) {
	token := newToken()
	if err := accounts.AddLink(ctx, hashOf(token), user, now.Add(LinkLasts).UnixMilli()); err != nil {
		return "", fmt.Errorf("new link: %w", err)
	}
	return token, nil
}

// newToken never fails: crypto/rand ends the program where it has no chance to
// give.
func newToken() string {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashOf is how links and sessions are stored. They are long and random, so a
// fast hash is enough: there is nothing to guess.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// wellFormed says whether s could be a token of ours, before it is hashed and
// looked for.
func wellFormed(s string) bool {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && len(b) == tokenBytes
}
