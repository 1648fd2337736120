package admin

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

// signInPage is the page at the end of a one-time link.
type signInPage struct {
	Token  string // "" = no link was followed
	Refuse string // why not
}

// showSignIn shows the button. It looks nothing up: whether the token is good
// is said only to whoever presses, and a look would tell them apart in time.
func (a *Admin) showSignIn(w http.ResponseWriter, r *http.Request) {
	p := signInPage{Token: r.URL.Query().Get("t")}
	if a.transportOf(r) == openNet {
		p = signInPage{Refuse: a.words.needTLS}
	}
	a.show(w, r, http.StatusOK, "signin", a.words.signIn, p)
}

// signIn uses a link up and begins a session, whose name nobody knew before.
func (a *Admin) signIn(w http.ResponseWriter, r *http.Request) {
	if a.transportOf(r) == openNet {
		a.show(w, r, http.StatusForbidden, "signin", a.words.signIn, signInPage{Refuse: a.words.needTLS})
		return
	}
	a.silentProxy(r)
	token, session, now := r.PostFormValue("t"), newToken(), a.cfg.Now()
	u, err := store.User{}, store.ErrNotFound
	if wellFormed(token) {
		u, err = a.cfg.Store.UseLink(r.Context(), hashOf(token), hashOf(session), now.UnixMilli(), now.Add(sessionLasts).UnixMilli())
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		a.refuse(w, r)
		return
	case err != nil:
		a.trouble(w, err)
		return
	}
	a.endOld(r)
	a.audit(r, refOf(u.ID), "sign_in", "", allowed)
	http.SetCookie(w, a.cookie(r, session))
	if u.Display == "" { // before the first customer reads the account's name
		http.Redirect(w, r, namePath, http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, deskPath, http.StatusSeeOther)
}

// refuse answers a link that is none. Too many from one address are told to
// wait and are noted no more; a good link passes all the same, since behind a
// proxy one address may be everybody.
func (a *Admin) refuse(w http.ResponseWriter, r *http.Request) {
	from := a.remote(r)
	if wait, ok := a.tries.left(from); !ok {
		a.log.Warn("too many failed sign-ins from one address")
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		a.show(w, r, http.StatusTooManyRequests, "signin", a.words.signIn, signInPage{Refuse: a.words.tooMany})
		return
	}
	a.tries.failed(from)
	a.audit(r, "", "sign_in", "", denied)
	a.show(w, r, http.StatusForbidden, "signin", a.words.signIn, signInPage{Refuse: a.words.badLink})
}

// silentProxy says once that the proxy does not tell for whom it asks: limits
// by address then count all the world as one.
func (a *Admin) silentProxy(r *http.Request) {
	if a.https && r.TLS == nil && strings.HasPrefix(r.Header.Get("Origin"), "https://") && !forwarded(r) {
		a.silent.Do(func() {
			a.log.Warn("the proxy in front does not say for whom it asks; have it set X-Forwarded-For, X-Forwarded-Proto and Host, as README.md shows")
		})
	}
}

// endOld ends the session this browser had before.
func (a *Admin) endOld(r *http.Request) {
	old, ok := a.sessionOf(r)
	if !ok {
		return
	}
	if err := a.cfg.Store.EndSession(r.Context(), hashOf(old)); err != nil {
		a.log.Warn("an old session could not be ended; it ends by itself", zap.Error(err))
	}
}

// signOut ends the session here and takes the cookie away. The order matters:
// a cookie without a session is harmless, the other way round is not.
func (a *Admin) signOut(w http.ResponseWriter, r *http.Request) {
	session, _ := a.sessionOf(r)
	if err := a.cfg.Store.EndSession(r.Context(), hashOf(session)); err != nil {
		a.trouble(w, err)
		return
	}
	u, _ := userOf(r.Context())
	a.audit(r, refOf(u.ID), "sign_out", "", allowed)
	http.SetCookie(w, a.cookie(r, ""))
	http.Redirect(w, r, signInPath, http.StatusSeeOther)
}
