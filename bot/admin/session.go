package admin

import (
	"context"
	"errors"
	"fmt"
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
// this machine itself: a proxy may pass on its own name for us and say nothing
// of whom it serves, but browsers say with each form under which address they
// show its page.
func (a *Admin) transportOf(r *http.Request) transport {
	switch here := loopback(r.Host); {
	case r.TLS != nil:
		return tls
	case a.https && (!here || forwarded(r) || strings.HasPrefix(r.Header.Get("Origin"), "https://")):
		return tls
	case here:
		return local
	}
	return openNet
}

// forwarded says whether a proxy tells that it passes on a request.
func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Proto") != "" || r.Header.Get("Forwarded") != ""
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
// a page in the clear cannot have set. Where the public address is https that
// name comes first in any case: pages that are only looked at do not say where
// they stand, so behind a silent proxy they seem to be asked for from here.
func (a *Admin) sessionOf(r *http.Request) (string, bool) {
	names := []string{plainCookie}
	switch from := a.transportOf(r); {
	case from == openNet:
		return "", false
	case from == tls:
		names = []string{secureCookie}
	case a.https:
		names = []string{secureCookie, plainCookie}
	}
	for _, name := range names {
		if c, err := r.Cookie(name); err == nil {
			return c.Value, wellFormed(c.Value)
		}
	}
	return "", false
}

// SignedIn says whether the session a request came with still stands. The error
// is the store's, which then knows nothing either way.
func (a *Admin) SignedIn(r *http.Request) (bool, error) {
	session, ok := a.sessionOf(r)
	if !ok {
		return false, nil
	}
	_, err := a.cfg.Store.Session(r.Context(), hashOf(session), a.cfg.Now().UnixMilli())
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("admin: session: %w", err)
	}
	return true, nil
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
			a.audit(r, refOf(u.ID), opened(r), "", denied)
			a.say(w, r, http.StatusForbidden, a.words.adminsOnly)
			return
		}
		h(w, r)
	})
}

// maxAct bounds what is noted of a refused request, in bytes.
const maxAct = 100

// opened names for the audit what a request asked for: by the pattern, because
// the address is of the asker's choosing, and the audit keeps it for good.
func opened(r *http.Request) string {
	act := "open " + r.Pattern
	return act[:min(len(act), maxAct)]
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
