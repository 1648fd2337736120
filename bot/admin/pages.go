package admin

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
)

//go:embed page
var pageFiles embed.FS

// pages are the parsed templates by name.
type pages map[string]*template.Template

func parsePages() (pages, error) {
	out := pages{}
	for _, name := range []string{"frame", "signin", "desk", "due", "people", "name", "link", "audit", "state", "say"} {
		t, err := template.ParseFS(pageFiles, "page/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("admin: page: %w", err)
		}
		out[name] = t
	}
	return out, nil
}

// frame is what stands around every page.
type frame struct {
	Lang, Title, Business, Initial string
	User                           string // "" = nobody is signed in
	Nav                            []navLink
	Head, Body                     template.HTML
	W                              *words
}

type navLink struct {
	Path, Label string
	Here        bool
}

// Frame writes a page: body under title, inside the console's own frame. head
// goes into the document's head and may name scripts and styles of this server
// only. It is for handlers this console called.
func (a *Admin) Frame(w http.ResponseWriter, r *http.Request, status int, title string, head, body template.HTML) {
	u, signedIn := userOf(r.Context())
	f := frame{
		Lang: string(a.cfg.Lang), Title: title, Business: a.cfg.Business, Initial: string([]rune(strings.TrimSpace(a.cfg.Business))[:1]),
		Head: head, Body: body, W: a.words,
	}
	if signedIn {
		f.User, f.Nav = or(u.Display, u.Name), a.nav(r, u)
	}
	var b bytes.Buffer
	if err := a.pages["frame"].ExecuteTemplate(&b, "frame.html", f); err != nil {
		a.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

func (a *Admin) nav(r *http.Request, u store.User) []navLink {
	w := a.words
	list := []navLink{{Path: deskPath, Label: w.desk}, {Path: "/admin/due", Label: w.due}}
	if u.Role == store.RoleAdmin {
		list = append(list, navLink{Path: "/admin/people", Label: w.People}, navLink{Path: "/admin/audit", Label: w.Audit},
			navLink{Path: "/admin/state", Label: w.State})
	}
	for i := range list {
		p := list[i].Path
		list[i].Here = r.URL.Path == p || len(r.URL.Path) > len(p) && r.URL.Path[:len(p)+1] == p+"/"
	}
	return list
}

// page is what every template of ours is given.
type page struct {
	W    *words
	Data any
}

// show renders the template name with data inside the frame.
func (a *Admin) show(w http.ResponseWriter, r *http.Request, status int, name, title string, data any) {
	var b bytes.Buffer
	if err := a.pages[name].ExecuteTemplate(&b, name+".html", page{W: a.words, Data: data}); err != nil {
		a.broken(w, err)
		return
	}
	a.Frame(w, r, status, title, "", template.HTML(b.String())) //nolint:gosec // our own template has escaped it
}

// say shows a page with one sentence on it.
func (a *Admin) say(w http.ResponseWriter, r *http.Request, status int, text string) {
	a.show(w, r, status, "say", text, text)
}

func (a *Admin) broken(w http.ResponseWriter, err error) {
	a.log.Error("a page could not be made", zap.Error(err))
	http.Error(w, a.words.trouble, http.StatusInternalServerError)
}

func (a *Admin) notFound(w http.ResponseWriter, r *http.Request) {
	a.say(w, r, http.StatusNotFound, a.words.notFound)
}

// asset serves one embedded file; browsers keep it and ask whether it changed.
func asset(name, kind string) (http.Handler, error) {
	b, err := pageFiles.ReadFile(path.Join("page", name))
	if err != nil {
		return nil, fmt.Errorf("admin: page: %w", err)
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
