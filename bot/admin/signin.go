package admin

import (
	"errors"
	"net/http"
	"strconv"
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
	from := a.remote(r)
	if wait, ok := a.tries.left(from); !ok {
		a.log.Warn("too many failed sign-ins from one address")
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		a.show(w, r, http.StatusTooManyRequests, "signin", a.words.signIn, signInPage{Refuse: a.words.tooMany})
		return
	}
	token, session, now := r.PostFormValue("t"), newToken(), a.cfg.Now()
	u, err := store.User{}, store.ErrNotFound
	if wellFormed(token) {
		u, err = a.cfg.Store.UseLink(r.Context(), hashOf(token), hashOf(session), now.UnixMilli(), now.Add(sessionLasts).UnixMilli())
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		a.tries.failed(from)
		a.audit(r, "", "sign_in", "", denied)
		a.show(w, r, http.StatusForbidden, "signin", a.words.signIn, signInPage{Refuse: a.words.badLink})
		return
	case err != nil:
		a.trouble(w, err)
		return
	}
	a.endOld(r)
	a.audit(r, refOf(u.ID), "sign_in", "", allowed)
	http.SetCookie(w, a.cookie(r, session))
	http.Redirect(w, r, deskPath, http.StatusSeeOther)
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
