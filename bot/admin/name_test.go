package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TestTheNameCustomersRead is asked for at the first sign-in, and an admin can
// set it.
func TestTheNameCustomersRead(t *testing.T) {
	r := setup(t, options{})
	token, _, err := admin.FirstLink(t.Context(), r.store, r.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	v := r.visitor()
	v.open(admin.Link("", token))
	v.press("Sign in", nil)
	if v.path != "/admin/name" || !strings.Contains(v.text(), "Which name shall customers read?") {
		t.Fatalf("signing in led to %s", v.path)
	}
	for _, bad := range []string{"", "  ", strings.Repeat("x", 61), "a\nb"} {
		if v.post("/admin/name", url.Values{"display": {bad}}); v.status != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", bad, v.status)
		}
	}
	v.open("/admin/name")
	v.press("Save the name", map[string]string{"display": "Anna from the shop"})
	if v.path != "/admin/desk" {
		t.Errorf("saving led to %s", v.path)
	}
	v.open(r.waiting("Mei"))
	v.press("Take", nil)
	r.hears("Anna from the shop takes over now.")
	if p, err := r.frame.Agent(t.Context(), "console:1"); err != nil || p.Name != "Anna from the shop" {
		t.Errorf("the agent is %v, %v", p, err)
	}
	v.post("/admin/people/1/name", url.Values{"display": {"Anna"}})
	v.sees(r, "/admin/people", "Customers read: Anna", "admin")
	if v.post("/admin/people/1/name", url.Values{"display": {" "}}); v.status != http.StatusUnprocessableEntity {
		t.Errorf("an empty name answers %d", v.status)
	}
	if v.post("/admin/people/9/name", url.Values{"display": {"x"}}); v.status != http.StatusNotFound {
		t.Errorf("nobody's name answers %d", v.status)
	}
	v.sees(r, "/admin/audit", "name_user")
	ben := r.signedIn("Ben", store.RoleAgent)
	if ben.post("/admin/people/1/name", url.Values{"display": {"x"}}); ben.status != http.StatusForbidden {
		t.Errorf("an agent who names others is answered %d", ben.status)
	}
}

// TestTheLastAdmin is who nobody else could follow.
func TestTheLastAdmin(t *testing.T) {
	r := setup(t, options{})
	last := func(id int64) bool {
		t.Helper()
		is, err := admin.LastAdmin(t.Context(), r.store, id)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	anna, _ := r.user("Anna", store.RoleAdmin)
	ben, _ := r.user("Ben", store.RoleAgent)
	if !last(anna) || last(ben) {
		t.Errorf("Anna %v, Ben %v", last(anna), last(ben))
	}
	carla, _ := r.user("Carla", store.RoleAdmin)
	if last(anna) || last(carla) {
		t.Error("one of two is the last")
	}
	if err := r.store.DisableUser(t.Context(), anna, 5); err != nil {
		t.Fatal(err)
	}
	if last(anna) || !last(carla) {
		t.Errorf("after Anna: Anna %v, Carla %v", last(anna), last(carla))
	}
}

// promise presses the form of a promise on the page that is shown.
func (v *visitor) promise(r *rig, text string) {
	v.t.Helper()
	form, ok := desk.Forms(message.English)("promise")
	if !ok {
		v.t.Fatal("there is no form for promises")
	}
	v.press(form.Submit, map[string]string{"f.text": text})
	r.hears(text)
}

// TestTwoPromisesInARow: both reach the customer and both are tasks, though
// nobody has written anything between them.
func TestTwoPromisesInARow(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	card := r.waiting("Mei")
	anna.open(card)
	anna.press("Take", nil)
	r.hears("Anna takes over now.")
	anna.sees(r, card, "Answer to the customer")
	anna.promise(r, "a van on Tuesday")
	anna.open(card)
	anna.promise(r, "the old pair is taken back")
	anna.promise(r, "$5 for the trouble")
	rows, err := r.store.OpenPromises(t.Context(), 0, 10)
	if err != nil || len(rows) != 3 {
		t.Errorf("%d promises stand, %v", len(rows), err)
	}
}

// TestDoneTellsWhatWasTyped: also where it was not saved first.
func TestDoneTellsWhatWasTyped(t *testing.T) {
	r := setup(t, options{})
	_, address := r.promised("Mei")
	anna := r.signedIn("Anna", store.RoleAgent)
	anna.sees(r, address, "Save the answer")
	anna.press("Done", map[string]string{"text": "the white lamp is back on Friday"})
	r.hears("the white lamp is back on Friday")
	anna.sees(r, address, "This is closed.")
}
