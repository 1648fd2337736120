package console

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/dialog/message"
)

//go:embed page
var pageFiles embed.FS

type pages struct{ head, desk *template.Template }

func parsePages() (p pages, err error) {
	if p.head, err = template.ParseFS(pageFiles, "page/head.html"); err != nil {
		return p, fmt.Errorf("console: page: %w", err)
	}
	desk := template.New("desk.html").Funcs(template.FuncMap{"dict": dict, "whole": whole})
	if p.desk, err = desk.ParseFS(pageFiles, "page/desk.html", "page/parts.html"); err != nil {
		return p, fmt.Errorf("console: page: %w", err)
	}
	return p, nil
}

// dict gives a part of a template more than one thing: names and values in
// turn.
func dict(list ...any) (map[string]any, error) {
	out := map[string]any{}
	for i := 0; i+1 < len(list); i += 2 {
		name, ok := list[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is not a name", list[i])
		}
		out[name] = list[i+1]
	}
	return out, nil
}

// routes builds the handler.
func (a *Adapter) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+deskPath, a.serveBoard)
	mux.Handle("GET "+deskPath+"/{$}", http.RedirectHandler(deskPath, http.StatusSeeOther))
	mux.HandleFunc("GET "+deskPath+"/events", a.serveEvents)
	mux.HandleFunc("GET "+deskPath+"/{anchor}", a.serveCard)
	mux.HandleFunc("GET "+deskPath+"/{anchor}/files/{row}/{n}", a.serveFile)
	mux.HandleFunc("POST "+deskPath+"/{anchor}/say", a.serveSay)
	mux.HandleFunc("POST "+deskPath+"/{anchor}/press", a.servePress)
	for name, kind := range map[string]string{"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"} {
		h, err := asset(name, kind)
		if err != nil {
			return nil, err
		}
		mux.Handle("GET "+deskPath+"/"+name, h)
	}
	guard := http.NewCrossOriginProtection()
	public, err := origin(a.cfg.PublicURL)
	if err != nil {
		return nil, err
	}
	if public != "" {
		if err := guard.AddTrustedOrigin(public); err != nil {
			return nil, fmt.Errorf("console: PublicURL: %w", err)
		}
	}
	return guard.Handler(formsOnly(mux)), nil
}

// formsOnly takes posts only as browsers send plain forms.
func formsOnly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
		if r.Method == http.MethodPost && strings.TrimSpace(kind) != "application/x-www-form-urlencoded" {
			http.Error(w, "send a form", http.StatusUnsupportedMediaType)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// deskView is a whole page.
type deskView struct {
	W       *words
	Board   boardPage
	Card    *cardView
	Notices []lineView
	Flash   string // what was wrong with the form that led here
	Missing bool   // the card that was asked for is not there
}

// flash is what a refused form leaves behind: why, and what was typed.
type flash struct {
	status      int
	words, text string
	form        url.Values // of a button's form, which opens again with it
}

func (a *Adapter) serveBoard(w http.ResponseWriter, r *http.Request) {
	me, ok := a.cfg.Who(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	board, _, err := a.readBoard(r.Context(), me.Ref, "")
	if err != nil {
		a.trouble(w, err)
		return
	}
	notices, err := a.notices(r, me.Ref)
	if err != nil {
		a.trouble(w, err)
		return
	}
	a.write(w, r, http.StatusOK, a.words.Desk, deskView{Board: board, Notices: notices})
}

const (
	// noticesLast is how long posts outside of every card are shown.
	noticesLast = 7 * 24 * time.Hour
	// whispersLast is how long what was said to one person is shown: it answers
	// what they just did, and would only be in the way of what follows.
	whispersLast = 10 * time.Minute
)

// stale says whether e was said to one person, long enough ago.
func (a *Adapter) stale(e Entry) bool {
	return e.Post != nil && e.Post.Private != "" && a.cfg.Now().Sub(e.At) > whispersLast
}

// notices are those posts, newest first. They have no buttons: those lead to
// cards, which have their own.
func (a *Adapter) notices(r *http.Request, me message.UserRef) ([]lineView, error) {
	list, err := a.cfg.Notices(r.Context())
	if err != nil {
		return nil, fmt.Errorf("console: notices: %w", err)
	}
	since := a.cfg.Now().Add(-noticesLast)
	var out []lineView
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		if e.Post == nil || e.At.Before(since) || (e.Post.Private != "" && e.Post.Private != me) || a.stale(e) {
			continue
		}
		l := a.line(thread{}, line{shown: shown{id: postID(e.ID), Entry: e}}, me)
		l.Buttons = nil
		out = append(out, l)
	}
	return out, nil
}

func (a *Adapter) serveCard(w http.ResponseWriter, r *http.Request) {
	me, ok := a.cfg.Who(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	a.showCard(w, r, me, flash{})
}

// showCard writes the page of a card, with what a refused form left behind.
func (a *Adapter) showCard(w http.ResponseWriter, r *http.Request, me message.Person, left flash) {
	anchor := r.PathValue("anchor")
	t, found, err := a.read(r.Context(), anchor, me.Ref)
	if err != nil {
		a.trouble(w, err)
		return
	}
	board, cards, err := a.readBoard(r.Context(), me.Ref, anchor)
	if err != nil {
		a.trouble(w, err)
		return
	}
	v := deskView{Board: board, Flash: left.words}
	if !found {
		v.Missing = true
		a.write(w, r, http.StatusNotFound, a.words.NoCard, v)
		return
	}
	card, open := cardOf(cards, anchor)
	c := a.view(t, card, open, me.Ref)
	c.Say.Once, c.Say.Text = rand.Text(), left.text
	c.Say.Open = left.text != ""
	c.reopen(left.form)
	if c.Links, err = a.links(r.Context(), cards, anchor); err != nil {
		a.trouble(w, err)
		return
	}
	v.Card = &c
	status := http.StatusOK
	if left.status != 0 {
		status = left.status
	}
	a.write(w, r, status, message.Visible(c.Title), v)
}

// write renders the page into the console's frame.
func (a *Adapter) write(w http.ResponseWriter, r *http.Request, status int, title string, v deskView) {
	v.W = a.words
	var head, body bytes.Buffer
	err := a.pages.head.Execute(&head, v)
	if err == nil {
		err = a.pages.desk.ExecuteTemplate(&body, "desk.html", v)
	}
	if err != nil {
		a.log.Error("the desk's page could not be made", zap.Error(err))
		http.Error(w, a.words.NotNow, http.StatusInternalServerError)
		return
	}
	a.cfg.Frame(w, r, status, title, template.HTML(head.String()), template.HTML(body.String())) //nolint:gosec // our own templates have escaped it
}

// trouble answers where the store failed; what failed is for the log.
func (a *Adapter) trouble(w http.ResponseWriter, err error) {
	a.log.Error("the desk could not be read", zap.Error(err))
	w.Header().Set("Retry-After", "2")
	http.Error(w, a.words.NotNow, http.StatusServiceUnavailable)
}

// asset serves one embedded file; browsers keep it and ask whether it changed.
func asset(name, kind string) (http.Handler, error) {
	b, err := pageFiles.ReadFile(path.Join("page", name))
	if err != nil {
		return nil, fmt.Errorf("console: page: %w", err)
	}
	sum := sha256.Sum256(b)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	}), nil
}
