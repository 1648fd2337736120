package admin

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

const (
	// secureCookie is kept by browsers only with Secure, for the whole host
	// and nobody below or beside it.
	secureCookie = "__Host-accord"
	// plainCookie is for this machine itself, where there is no TLS.
	plainCookie = "accord_console"
	// sessionLasts is a working day; there is no renewing.
	sessionLasts = 12 * time.Hour
)

type contextKey struct{}

func userOf(ctx context.Context) (store.User, bool) {
	u, ok := ctx.Value(contextKey{}).(store.User)
	return u, ok
}

// transport says how safely a request came.
type transport int

const (
	openNet transport = iota // over a network in the clear: nobody signs in
	local                    // from this machine to itself
	tls                      // over https, perhaps to a proxy in front
)

// transportOf judges by the name the browser asked for. Where the public
// address is https, a request counts as such unless it was plainly made to
// this machine itself.
func (a *Admin) transportOf(r *http.Request) transport {
	forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Proto") != "" || r.Header.Get("Forwarded") != ""
	switch here := loopback(r.Host); {
	case r.TLS != nil:
		return tls
	case a.https && (!here || forwarded):
		return tls
	case here:
		return local
	}
	return openNet
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// cookie makes a session's cookie; an empty session takes it away.
func (a *Admin) cookie(r *http.Request, session string) *http.Cookie {
	c := &http.Cookie{
		Name: plainCookie, Value: session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		MaxAge: int(sessionLasts / time.Second),
	}
	if a.transportOf(r) == tls {
		c.Name, c.Secure = secureCookie, true
	}
	if session == "" {
		c.MaxAge = -1
	}
	return c
}

// sessionOf reads the session of a request. Over TLS only the name counts that
// a page in the clear cannot have set.
func (a *Admin) sessionOf(r *http.Request) (string, bool) {
	name := plainCookie
	switch a.transportOf(r) {
	case tls:
		name = secureCookie
	case openNet:
		return "", false
	}
	c, err := r.Cookie(name)
	if err != nil || !wellFormed(c.Value) {
		return "", false
	}
	return c.Value, true
}

// only lets h be seen by users of that role. An admin may do what an agent may.
func (a *Admin) only(role store.Role, h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, ok := a.sessionOf(r)
		if !ok {
			a.ask(w, r)
			return
		}
		u, err := a.cfg.Store.Session(r.Context(), hashOf(session), a.cfg.Now().UnixMilli())
		switch {
		case errors.Is(err, store.ErrNotFound):
			a.ask(w, r)
			return
		case err != nil:
			a.trouble(w, err)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), contextKey{}, u))
		if u.Role != store.RoleAdmin && u.Role != role {
			a.audit(r, refOf(u.ID), "open "+r.URL.Path, "", denied)
			a.say(w, r, http.StatusForbidden, a.words.adminsOnly)
			return
		}
		h(w, r)
	})
}

// ask sends whoever is not signed in to where that is done. Streams and
// scripts are told so, since to them a page would be nonsense.
func (a *Admin) ask(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Redirect(w, r, signInPath, http.StatusSeeOther)
		return
	}
	http.Error(w, "sign in first", http.StatusUnauthorized)
}

// trouble answers where the store failed; what failed is for the log.
func (a *Admin) trouble(w http.ResponseWriter, err error) {
	a.log.Error("the console could not read or write", zap.Error(err))
	w.Header().Set("Retry-After", "2")
	http.Error(w, a.words.trouble, http.StatusServiceUnavailable)
}

// Verdicts of the audit.
const (
	allowed = "allowed"
	denied  = "denied"
)

// audit notes an act. One that cannot be noted stands in the log instead: by
// then it has happened.
func (a *Admin) audit(r *http.Request, who, act, about, verdict string) {
	row := store.AuditRow{At: a.cfg.Now().UnixMilli(), Who: who, Act: act, About: about, Verdict: verdict}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), auditTimeout)
	defer cancel()
	if err := a.cfg.Store.Audit(ctx, []store.AuditRow{row}); err != nil {
		a.log.Error("an act could not be noted in the audit", zap.String("who", who), zap.String("act", act),
			zap.String("verdict", verdict), zap.Error(err))
	}
}

const auditTimeout = 5 * time.Second
