package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// assets are the files beside the page, with their types: the type is never
// guessed.
func assets() map[string]string {
	const js = "text/javascript; charset=utf-8"
	return map[string]string{
		"app.js": js, "field.js": js, "files.js": js, "frame.js": js, "log.js": js, "node.js": js, "outbox.js": js, "row.js": js,
		"stream.js": js, "words.js": js,
		"style.css": "text/css; charset=utf-8",
		"icon.svg":  "image/svg+xml",
	}
}

// policy lets the page load from this server and nothing else; no script or
// style inside the page, no strings made into markup. framePolicy adds who may
// put it into a frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"

// routes builds the handler. public is a further origin from which posts are
// taken, because behind a proxy the Host we see may differ from the browser's.
func (a *Adapter) routes(public string) (http.Handler, error) {
	page, err := a.page()
	if err != nil {
		return nil, err
	}
	script, err := embedScript(a.cfg.Embed)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /chat", page)
	mux.Handle("GET /chat/embed.js", script)
	mux.HandleFunc("POST /chat/files", a.serveUpload)
	mux.HandleFunc("GET /chat/files/{row}/{n}", a.serveFile)
	mux.Handle("GET /chat/{$}", http.RedirectHandler("/chat", http.StatusPermanentRedirect))
	mux.HandleFunc("POST /chat/messages", a.serveMessage)
	mux.HandleFunc("GET /chat/events", a.serveEvents)
	for name, kind := range assets() {
		h, err := asset(name, kind)
		if err != nil {
			return nil, err
		}
		mux.Handle("GET /chat/"+name, h)
	}
	guarded, err := sameOrigin(mux, public)
	if err != nil {
		return nil, err
	}
	return headers(guarded, framePolicy(nil)), nil
}

// page serves the page. Where no session can be begun just now it comes all the
// same, without one: it says so in the customer's language and tries again.
func (a *Adapter) page() (http.Handler, error) {
	plain, err := renderPage(a.cfg, false)
	if err != nil {
		return nil, err
	}
	framed, err := renderPage(a.cfg, true)
	if err != nil {
		return nil, err
	}
	frames := framePolicy(a.cfg.Embed)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := http.StatusOK, plain
		if a.embedded(r) {
			w.Header().Set("Content-Security-Policy", frames)
			body = framed
		}
		wait := a.setSession(w, r)
		if r.Method == http.MethodHead && a.hub.crowded(a.address(r)) {
			wait = fullPause // a page asks like this when its stream was refused, and cannot see why
		}
		if wait > 0 {
			if !strings.Contains(r.Header.Get("Accept"), "text/html") {
				tooMany(w, wait, codeSessions, manySessions)
				return
			}
			w.Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
			status = http.StatusTooManyRequests
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}), nil
}

func renderPage(cfg Config, embedded bool) ([]byte, error) {
	t, err := template.ParseFS(pageFiles, "page/index.html")
	if err != nil {
		return nil, fmt.Errorf("web: page: %w", err)
	}
	business := strings.TrimSpace(cfg.Business)
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{
		"Business": business, "Initial": string([]rune(business)[:1]), "Lang": string(cfg.Lang),
		"Embedded": embedded, "Files": cfg.Files != "",
	})
	if err != nil {
		return nil, fmt.Errorf("web: page: %w", err)
	}
	return b.Bytes(), nil
}

// asset serves one embedded file; browsers keep it and ask whether it changed,
// so that a new version is never mixed with an old one for long.
func asset(name, kind string) (http.Handler, error) {
	b, err := pageFiles.ReadFile(path.Join("page", name))
	if err != nil {
		return nil, fmt.Errorf("web: page: %w", err)
	}
	tag := etag(b)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	}), nil
}

func etag(b []byte) string {
	sum := sha256.Sum256(b)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// sameOrigin refuses posts that a page of another site made a browser send.
func sameOrigin(h http.Handler, public string) (http.Handler, error) {
	guard := http.NewCrossOriginProtection()
	if public != "" {
		if err := guard.AddTrustedOrigin(public); err != nil {
			return nil, fmt.Errorf("web: PublicURL: %w", err)
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusForbidden, crossSite)
	}))
	return guard.Handler(h), nil
}

// headers sets what every answer carries. Nothing is kept in a cache unless
// its own handler says so: pages set cookies, streams hold conversations.
func headers(h http.Handler, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Cache-Control", "no-store")
		set("Content-Security-Policy", policy)
		set("Cross-Origin-Opener-Policy", "same-origin")
		set("Cross-Origin-Resource-Policy", "same-origin")
		set("Referrer-Policy", "no-referrer")
		set("X-Content-Type-Options", "nosniff")
		h.ServeHTTP(w, r)
	})
}
