package admin

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/accord-chat/accord/bot/store"
)

const namePath = "/admin/name"

// namePage asks which name customers shall read.
type namePage struct {
	Account, Display string
	Wrong            string
}

// showName asks somebody for the name customers read of them: the name of an
// account is often none that one would say to a customer.
func (a *Admin) showName(w http.ResponseWriter, r *http.Request) {
	u, _ := userOf(r.Context())
	a.show(w, r, http.StatusOK, "name", a.words.NameTitle, namePage{Account: u.Name, Display: or(u.Display, suggested(u))})
}

// suggested is what stands in the field at first.
func suggested(u store.User) string {
	if u.Name == FirstName {
		return ""
	}
	return u.Name
}

// setName sets one's own name.
func (a *Admin) setName(w http.ResponseWriter, r *http.Request) {
	u, _ := userOf(r.Context())
	name, ok := displayOf(r)
	if !ok {
		a.show(w, r, http.StatusUnprocessableEntity, "name", a.words.NameTitle, namePage{Account: u.Name, Display: name, Wrong: a.words.badName})
		return
	}
	if a.rename(w, r, u.ID, name) {
		http.Redirect(w, r, deskPath, http.StatusSeeOther)
	}
}

// namePerson sets somebody's name, as an admin.
func (a *Admin) namePerson(w http.ResponseWriter, r *http.Request) {
	u, ok := a.named(w, r)
	if !ok {
		return
	}
	name, ok := displayOf(r)
	if !ok {
		a.peoplePage(w, r, http.StatusUnprocessableEntity, a.words.badName, "")
		return
	}
	if a.rename(w, r, u.ID, name) {
		http.Redirect(w, r, "/admin/people", http.StatusSeeOther)
	}
}

// rename stores a name; it answers by itself where that fails.
func (a *Admin) rename(w http.ResponseWriter, r *http.Request, id int64, name string) bool {
	if err := a.cfg.Store.NameUser(r.Context(), id, name); err != nil {
		a.trouble(w, err)
		return false
	}
	a.audit(r, a.me(r), "name_user", refOf(id), allowed)
	return true
}

// displayOf reads a name from a form; what is not ok is given back as it was
// written, for the field.
func displayOf(r *http.Request) (name string, ok bool) {
	name = strings.TrimSpace(r.PostFormValue("display"))
	return name, goodName(name)
}

func goodName(name string) bool {
	return name != "" && utf8.RuneCountInString(name) <= maxName && !strings.ContainsFunc(name, control)
}
