package admin

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/accord-chat/accord/bot/store"
)

const (
	signInPath = "/admin/sign-in"
	deskPath   = "/admin/desk"
)

// policy lets pages load from this server and nothing else, and be framed by
// nobody; no script or style stands inside a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// maxBody bounds every POST below /admin, in bytes.
const maxBody = 128 << 10

// routes builds the handler. public is a further origin from which posts are
// taken, because behind a proxy the Host we see may differ from the browser's.
func (a *Admin) routes(public string) (http.Handler, error) {
	mux := http.NewServeMux()
	agents := func(h http.HandlerFunc) http.Handler { return a.only(store.RoleAgent, h) }
	admins := func(h http.HandlerFunc) http.Handler { return a.only(store.RoleAdmin, h) }

	mux.HandleFunc("GET "+signInPath, a.showSignIn)
	mux.HandleFunc("POST "+signInPath, a.signIn)
	mux.Handle("POST /admin/sign-out", agents(a.signOut))
	mux.Handle("GET /admin", http.RedirectHandler(deskPath, http.StatusSeeOther))
	mux.Handle("GET /admin/{$}", http.RedirectHandler(deskPath, http.StatusSeeOther))
	mux.Handle(deskPath, agents(a.serveDesk))
	mux.Handle(deskPath+"/", agents(a.serveDesk))
	mux.Handle("GET /admin/due", agents(a.showDue))
	mux.Handle("GET "+namePath, agents(a.showName))
	mux.Handle("POST "+namePath, agents(a.setName))
	mux.Handle("GET /admin/people", admins(a.showPeople))
	mux.Handle("POST /admin/people", admins(a.addPerson))
	mux.Handle("POST /admin/people/{id}/link", admins(a.makeLink))
	mux.Handle("POST /admin/people/{id}/name", admins(a.namePerson))
	mux.Handle("POST /admin/people/{id}/disable", admins(a.disablePerson))
	mux.Handle("GET /admin/audit", admins(a.showAudit))
	mux.Handle("GET /admin/state", admins(a.showState))
	mux.Handle("/admin/", agents(a.notFound))
	for name, kind := range map[string]string{"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"} {
		h, err := asset(name, kind)
		if err != nil {
			return nil, err
		}
		mux.Handle("GET /admin/"+name, h)
	}
	guard := http.NewCrossOriginProtection()
	if public != "" {
		if err := guard.AddTrustedOrigin(public); err != nil {
			return nil, fmt.Errorf("admin: PublicURL: %w", err)
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(a.crossSite))
	return headers(guard.Handler(bounded(mux))), nil
}

// crossSite answers what another site made a browser send. Only what came with
// somebody's session is in the audit: anybody can send the rest, as much as
// they like.
func (a *Admin) crossSite(w http.ResponseWriter, r *http.Request) {
	if session, ok := a.sessionOf(r); ok {
		if u, err := a.cfg.Store.Session(r.Context(), hashOf(session), a.cfg.Now().UnixMilli()); err == nil {
			a.audit(r, refOf(u.ID), "cross_site_post", "", denied)
		}
	}
	http.Error(w, "requests from other sites are refused", http.StatusForbidden)
}

// bounded limits bodies, and takes forms only as browsers send them without
// files: everything else would be a way around what is checked.
func bounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
			if strings.TrimSpace(kind) != "application/x-www-form-urlencoded" {
				http.Error(w, "send a form", http.StatusUnsupportedMediaType)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		h.ServeHTTP(w, r)
	})
}

// headers sets what every answer carries. Nothing is kept in a cache: pages
// show what belongs to those who are signed in.
func headers(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Cache-Control", "no-store")
		set("Content-Security-Policy", policy)
		set("Cross-Origin-Opener-Policy", "same-origin")
		set("Cross-Origin-Resource-Policy", "same-origin")
		set("Referrer-Policy", "same-origin")
		set("X-Content-Type-Options", "nosniff")
		set("X-Frame-Options", "DENY")
		h.ServeHTTP(w, r)
	})
}
