package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	cookieName = "accord_chat"
	cookieAge  = 180 * 24 * 60 * 60 // seconds; a promise may be kept months later
	sessionLen = 26                 // of rand.Text: 130 bits
)

// setSession renews the session of a page that has one and begins one
// otherwise. wait is how long a new one has to wait; 0 = the cookie is set.
func (a *Adapter) setSession(w http.ResponseWriter, r *http.Request) (wait time.Duration) {
	session, ok := sessionOf(r)
	if !ok {
		session = rand.Text()
		if wait = a.limits.begin(chatID(session), a.address(r), a.cfg.Now()); wait > 0 {
			return wait
		}
	}
	// Not Secure on plain HTTP: the own machine must work, too.
	c := &http.Cookie{
		Name: cookieName, Value: session, Path: "/chat", MaxAge: cookieAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: a.secure || r.TLS != nil,
	}
	if a.embedded(r) && a.trusted(r) {
		// Inside a page of another site a browser keeps only this kind: one jar
		// for each site around us, so that it cannot follow anybody from site
		// to site. Posts are still taken from our own page alone.
		c.SameSite, c.Secure, c.Partitioned = http.SameSiteNoneMode, true, true
	}
	http.SetCookie(w, c)
	return 0
}

// sessionOf reads the first cookie that looks like one of ours.
func sessionOf(r *http.Request) (string, bool) {
	for _, c := range r.CookiesNamed(cookieName) {
		if wellFormed(c.Value) {
			return c.Value, true
		}
	}
	return "", false
}

func wellFormed(session string) bool {
	if len(session) != sessionLen {
		return false
	}
	for _, b := range []byte(session) {
		if (b < 'A' || b > 'Z') && (b < '2' || b > '7') {
			return false
		}
	}
	return true
}

// chatOf gives the chat a request belongs to. It is a hash: whoever reads chat
// ids in a database or a log cannot make the cookie from them.
func chatOf(r *http.Request) (message.Chat, bool) {
	session, ok := sessionOf(r)
	if !ok {
		return "", false
	}
	return chatID(session), true
}

func chatID(session string) message.Chat {
	sum := sha256.Sum256([]byte("accord web chat\x00" + session))
	return message.Chat(hex.EncodeToString(sum[:16]))
}
