package admin

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/bot/store"
)

// maxName bounds the name of a user, in characters.
const maxName = 60

type peoplePage struct {
	People []personRow
	Me     int64
	Wrong  string // what was wrong with the form
	Name   string // what stood in it
}

type personRow struct {
	store.User
	Ref, Role, Since string
	CanAct           bool // a link can be made, and they can be shut out
}

type linkPage struct {
	Name, Address string
}

func (a *Admin) showPeople(w http.ResponseWriter, r *http.Request) {
	a.peoplePage(w, r, http.StatusOK, "", "")
}

func (a *Admin) peoplePage(w http.ResponseWriter, r *http.Request, status int, wrong, name string) {
	users, err := a.cfg.Store.Users(r.Context())
	if err != nil {
		a.trouble(w, err)
		return
	}
	me, _ := userOf(r.Context())
	p := peoplePage{Me: me.ID, Wrong: wrong, Name: name}
	for _, u := range users {
		p.People = append(p.People, personRow{User: u, Ref: refOf(u.ID), Role: a.words.role(u.Role),
			Since: a.when(u.Created), CanAct: !u.Disabled})
	}
	a.show(w, r, status, "people", a.words.People, p)
}

// addPerson makes a user and shows their first link at once: an account nobody
// can sign in to is of no use.
func (a *Admin) addPerson(w http.ResponseWriter, r *http.Request) {
	name, role := strings.TrimSpace(r.PostFormValue("name")), store.Role(r.PostFormValue("role"))
	if !goodName(name) {
		a.peoplePage(w, r, http.StatusUnprocessableEntity, a.words.badName, name)
		return
	}
	if role != store.RoleAdmin && role != store.RoleAgent {
		a.peoplePage(w, r, http.StatusUnprocessableEntity, a.words.badRole, name)
		return
	}
	// A command names people by their names, so that two would be one too many.
	users, err := a.cfg.Store.Users(r.Context())
	if err != nil {
		a.trouble(w, err)
		return
	}
	for _, u := range users {
		if !u.Disabled && strings.EqualFold(u.Name, name) {
			a.peoplePage(w, r, http.StatusUnprocessableEntity, a.words.nameTaken, name)
			return
		}
	}
	id, err := a.cfg.Store.AddUser(r.Context(), store.User{Name: name, Role: role, Created: a.cfg.Now().UnixMilli()})
	if err != nil {
		a.trouble(w, err)
		return
	}
	a.audit(r, a.me(r), "add_user", refOf(id), allowed)
	a.giveLink(w, r, id, name)
}

func control(r rune) bool { return r < ' ' || r == 0x7f }

// makeLink shows a new one-time link of a user, once: it is stored nowhere.
func (a *Admin) makeLink(w http.ResponseWriter, r *http.Request) {
	u, ok := a.named(w, r)
	if ok {
		a.giveLink(w, r, u.ID, u.Name)
	}
}

func (a *Admin) giveLink(w http.ResponseWriter, r *http.Request, id int64, name string) {
	token, err := NewLink(r.Context(), a.cfg.Store, id, a.cfg.Now())
	switch {
	case errors.Is(err, ErrNoUser):
		a.say(w, r, http.StatusNotFound, a.words.noUser)
		return
	case err != nil:
		a.trouble(w, err)
		return
	}
	a.audit(r, a.me(r), "make_link", refOf(id), allowed)
	a.show(w, r, http.StatusOK, "link", a.words.link, linkPage{Name: name, Address: Link(a.base(r), token)})
}

// disablePerson shuts a user out for good. Nobody can shut themselves out, nor
// the last admin, so that somebody is left who can let others in.
func (a *Admin) disablePerson(w http.ResponseWriter, r *http.Request) {
	u, ok := a.named(w, r)
	if !ok {
		return
	}
	if me, _ := userOf(r.Context()); me.ID == u.ID {
		a.audit(r, a.me(r), "disable_user", refOf(u.ID), denied)
		a.say(w, r, http.StatusForbidden, a.words.notYourself)
		return
	}
	a.shut.Lock()
	defer a.shut.Unlock()
	last, err := LastAdmin(r.Context(), a.cfg.Store, u.ID)
	switch {
	case err != nil:
		a.trouble(w, err)
		return
	case last:
		a.audit(r, a.me(r), "disable_user", refOf(u.ID), denied)
		a.say(w, r, http.StatusForbidden, a.words.lastAdmin)
		return
	}
	if err := a.cfg.Store.DisableUser(r.Context(), u.ID, a.cfg.Now().UnixMilli()); err != nil {
		a.trouble(w, err)
		return
	}
	a.audit(r, a.me(r), "disable_user", refOf(u.ID), allowed)
	http.Redirect(w, r, "/admin/people", http.StatusSeeOther)
}

// named finds the user a request is about; it answers by itself where there is
// none that can still be acted on.
func (a *Admin) named(w http.ResponseWriter, r *http.Request) (store.User, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id <= 0 {
		a.say(w, r, http.StatusNotFound, a.words.noUser)
		return store.User{}, false
	}
	u, ok, err := a.user(r.Context(), id)
	switch {
	case err != nil:
		a.trouble(w, err)
		return store.User{}, false
	case !ok || u.Disabled:
		a.say(w, r, http.StatusNotFound, a.words.noUser)
		return store.User{}, false
	}
	return u, true
}

func (a *Admin) me(r *http.Request) string {
	u, _ := userOf(r.Context())
	return refOf(u.ID)
}

// base is the address under which the new user will find us: the public one
// where it is known, else the one this admin came by.
func (a *Admin) base(r *http.Request) string {
	if a.cfg.PublicURL != "" {
		return a.cfg.PublicURL
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
