package admin_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TestTheFirstLink: made once, on an empty table, and for an admin.
func TestTheFirstLink(t *testing.T) {
	r := setup(t, options{})
	token, made, err := admin.FirstLink(t.Context(), r.store, r.clock.now())
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	v := r.visitor()
	v.open(admin.Link("", token))
	v.press("Sign in", nil)
	v.sees(r, "/admin/state", "Ready: messages are taken and answered.", "Conversations")
	if token, made, err = admin.FirstLink(t.Context(), r.store, r.clock.now()); err != nil || made || token != "" {
		t.Errorf("a second first link: %v, %v", made, err)
	}
	if _, err := admin.NewLink(t.Context(), r.store, 99, r.clock.now()); !errors.Is(err, admin.ErrNoUser) {
		t.Errorf("a link for nobody: %v", err)
	}
}

// TestPeople: an admin adds somebody, who comes in by the link on the page, and
// shuts them out again; all of it is in the audit.
func TestPeople(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAdmin)
	anna.open("/admin/people")
	anna.press("Add and make a link", map[string]string{"name": "Ben <b>", "role": "agent"})
	link := regexp.MustCompile(`value="http://[^"]*/admin/sign-in\?t=([^"]*)"`).FindStringSubmatch(anna.page)
	if link == nil {
		t.Fatalf("there is no link: %s", anna.text())
	}
	ben := r.visitor()
	ben.post("/admin/sign-in", url.Values{"t": {link[1]}})
	ben.sees(r, "/admin/desk", "Signed in as Ben <b>")
	for field, bad := range map[string][]string{"name": {"", strings.Repeat("x", 61), "anna", "a\nb"}, "role": {"owner", ""}} {
		for _, v := range bad {
			form := url.Values{"name": {"Carla"}, "role": {"agent"}}
			form.Set(field, v)
			anna.post("/admin/people", form)
			if anna.status != http.StatusUnprocessableEntity {
				t.Errorf("%s %q answers %d", field, v, anna.status)
			}
		}
	}
	for _, id := range []string{"0", "-1", "99", "x", "2x", "%2e"} {
		for _, act := range []string{"link", "disable"} {
			anna.post("/admin/people/"+id+"/"+act, nil)
			if anna.status != http.StatusNotFound {
				t.Errorf("%s of %s answers %d", act, id, anna.status)
			}
		}
	}
	anna.post("/admin/people/1/disable", nil)
	if anna.status != http.StatusForbidden {
		t.Errorf("shutting oneself out answers %d", anna.status)
	}
	anna.post("/admin/people/2/disable", nil)
	anna.post("/admin/people/2/link", nil)
	if anna.status != http.StatusNotFound {
		t.Errorf("a link for somebody shut out answers %d", anna.status)
	}
	anna.sees(r, "/admin/audit", "add_user", "make_link", "disable_user", "console:1 (Anna)", "on console:2")
	if _, err := r.frame.Agent(context.Background(), "console:2"); !errors.Is(err, adapters.ErrDenied) {
		t.Errorf("somebody shut out: %v", err)
	}
	for _, ref := range []string{"console:02", "console:", "console:-1", "U1", "T/U", "console:99", ""} {
		if _, err := r.frame.Agent(context.Background(), message.UserRef(ref)); !errors.Is(err, adapters.ErrDenied) {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if p, err := r.frame.Agent(context.Background(), "console:1"); err != nil || p.Name != "Anna" {
		t.Errorf("Anna is %v, %v", p, err)
	}
}
