package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	// cookieName is that of the session on plain http, secureName over https.
	// The prefix makes browsers take it from this host alone: without it a
	// sister host could put a customer into a chat that somebody else reads. It
	// demands the path "/", also inside other pages.
	cookieName = "accord_chat"
	secureName = "__Host-accord_chat"
	cookieAge  = 180 * 24 * 60 * 60 // seconds; a promise may be kept months later
)

// setSession renews the session of a page that has one and begins one
// otherwise. wait is how long a new one has to wait; 0 = the cookie is set. A
// page that shows two different sessions on plain http gets none: one of them
// was put there by another host, and nobody can say which.
func (a *Adapter) setSession(w http.ResponseWriter, r *http.Request) (wait time.Duration) {
	key, ok := a.key(r)
	if !ok {
		return fullPause
	}
	known := a.sessions(r, key)
	if len(known) > 1 && !a.https(r) {
		return fullPause
	}
	if len(known) == 0 {
		if wait = a.limits.sessions.take(a.address(r), a.cfg.Now()); wait > 0 {
			return wait
		}
		known = []string{rand.Text()}
	}
	c := a.cookie(r, sealed(key, known[0])) //nolint:gosec // see cookie
	framed := a.embedded(r) && a.trusted(r)
	if !framed || len(known) > 1 {
		http.SetCookie(w, c)
	}
	if framed || len(known) > 1 {
		// Inside a page of another site a browser keeps only this kind: one jar
		// for each site around us, so that it cannot follow anybody from site
		// to site. Posts are still taken from our own page alone. Pages of one
		// site see both jars; should they have come apart, both get one session.
		c.SameSite, c.Secure, c.Partitioned = http.SameSiteNoneMode, true, true
		http.SetCookie(w, c)
	}
	return 0
}

// cookie makes the cookie of a page by itself.
func (a *Adapter) cookie(r *http.Request, value string) *http.Cookie {
	if a.https(r) {
		return &http.Cookie{Name: secureName, Value: value, Path: "/", MaxAge: cookieAge, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: true}
	}
	// The own machine must work, too.
	return &http.Cookie{Name: cookieName, Value: value, Path: "/chat", MaxAge: cookieAge, HttpOnly: true, SameSite: http.SameSiteLaxMode} //nolint:gosec // see above
}

// https says whether the browser came over https.
func (a *Adapter) https(r *http.Request) bool { return a.secure || r.TLS != nil }

// sessions lists the different sessions of a request that we gave out.
func (a *Adapter) sessions(r *http.Request, key []byte) (list []string) {
	name := cookieName
	if a.https(r) {
		name = secureName
	}
	for _, c := range r.CookiesNamed(name) {
		if s, ok := unseal(key, c.Value); ok && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// chatOf gives the chat a request belongs to; none where it shows no session
// that we gave out, or two.
func (a *Adapter) chatOf(r *http.Request) (message.Chat, bool) {
	key, ok := a.key(r)
	if !ok {
		return "", false
	}
	if list := a.sessions(r, key); len(list) == 1 {
		return chatID(list[0]), true
	}
	return "", false
}

// chatID is a hash of a session: whoever reads chat ids in a database or a log
// cannot make the cookie from them.
func chatID(session string) message.Chat {
	sum := sha256.Sum256([]byte("accord web chat\x00" + session))
	return message.Chat(hex.EncodeToString(sum[:16]))
}
