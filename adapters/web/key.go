package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"sync"

	"go.uber.org/zap"
)

// KeyFunc gives the key of sessions, at least 32 bytes that nobody can guess,
// the same at every start. It is asked again until it has given one.
type KeyFunc func(ctx context.Context) ([]byte, error)

const (
	keyLen     = 32 // bytes, at least
	sessionLen = 26 // of rand.Text: 130 bits
	sealLen    = 32 // hex digits: 128 bits
)

// keyring keeps the key once it is known. Safe for concurrent use.
type keyring struct {
	ask KeyFunc

	mu  sync.Mutex
	key []byte
}

// newKeyring takes a key of its own where nobody gives one: sessions then end
// with the process.
func newKeyring(ask KeyFunc) *keyring {
	k := &keyring{ask: ask}
	if ask == nil {
		k.key = []byte(rand.Text() + rand.Text())
	}
	return k
}

func (k *keyring) get(ctx context.Context) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key != nil {
		return k.key, nil
	}
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	key, err := k.ask(ctx)
	if err != nil {
		return nil, err
	}
	if len(key) < keyLen {
		return nil, errors.New("the key is too short")
	}
	k.key = key
	return key, nil
}

// sealed makes the cookie's value of a new session. The seal proves later that
// we gave it out: a session that somebody made up, or learned to make, is none.
func sealed(key []byte, session string) string { return session + "." + seal(key, session) }

func seal(key []byte, session string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("accord web session\x00" + session))
	return hex.EncodeToString(mac.Sum(nil))[:sealLen]
}

// unseal gives the session in a cookie's value.
func unseal(key []byte, value string) (session string, ok bool) {
	session, s, ok := strings.Cut(value, ".")
	if !ok || len(session) != sessionLen || !hmac.Equal([]byte(s), []byte(seal(key, session))) {
		return "", false
	}
	return session, true
}

// key gives the key for a request; ok is false, and the log knows why, where it
// cannot be had just now.
func (a *Adapter) key(r *http.Request) (key []byte, ok bool) {
	key, err := a.keys.get(r.Context())
	if err != nil {
		a.log.Warn("the key of sessions cannot be read; no page has a session until it can", zap.Error(err))
	}
	return key, err == nil
}
