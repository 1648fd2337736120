package slack

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// An agent's name stands before the words customers read: it is one clean line,
// and a name in which there is nothing to read is none.
func TestNamesOfAgentsAreCleaned(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	fake.AddUser(slackfake.User{ID: "U1ANNA", DisplayName: "Anna\u202e\nAccord:"})
	fake.AddUser(slackfake.User{ID: "U2BEN", DisplayName: "\u200b\u3164", RealName: "Ben"})
	a := newAdapter(t, configFor(fake))
	for id, want := range map[string]string{"U1ANNA": "Anna Accord:", "U2BEN": "Ben"} {
		fake.Join(slackfake.Queue, id)
		p, err := a.Authorize(within(t), userRef(slackfake.Team, id))
		if err != nil || p.Name != want {
			t.Errorf("%s: %q, %v; want %q", id, p.Name, err, want)
		}
	}
	files := attachments([]file{{ID: "F1", Name: "../invoice\u202efdp.exe"}})
	if len(files) != 1 || files[0].Name != "invoicefdp.exe" {
		t.Errorf("%+v", files)
	}
}

func TestAuthorizeRoles(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	fake.AddAgent("U1ANNA", "Anna")
	fake.AddUser(slackfake.User{ID: "U2REAL", RealName: "Real Name"})
	for _, u := range []slackfake.User{
		{ID: "U3GONE", Deleted: true}, {ID: "U4BOT", Bot: true}, {ID: "U5GUEST", Restricted: true},
		{ID: "U6SINGLE", UltraRestricted: true}, {ID: "U7STRANGER", Stranger: true}, {ID: "U8OTHER", Team: "T9"}, {ID: "UASLY", Team: "T9", Stranger: true},
	} {
		fake.AddUser(u)
	}
	for _, id := range []string{"U2REAL", "U3GONE", "U4BOT", "U5GUEST", "U6SINGLE", "U7STRANGER", "U8OTHER", "UASLY"} {
		fake.Join(slackfake.Queue, id)
	}
	fake.AddUser(slackfake.User{ID: "U9OUT", Name: "out"})
	fake.AddGroup("S1CREW", "U2REAL", "U9OUT", "U5GUEST")

	everybody := newAdapter(t, configFor(fake))
	narrow := configFor(fake)
	narrow.Agents = []string{"U1ANNA", "U4BOT"}
	byID := newAdapter(t, narrow)
	narrow.Agents = []string{"S1CREW"}
	byGroup := newAdapter(t, narrow)

	for _, c := range []struct {
		ref            message.UserRef
		all, id, group string // the name, or "" = denied
	}{
		{"T0ACCORD/U1ANNA", "Anna", "Anna", ""},
		{"T0ACCORD/U2REAL", "Real Name", "", "Real Name"},
		{"T0ACCORD/U3GONE", "", "", ""},
		{"T0ACCORD/U4BOT", "", "", ""},
		{"T0ACCORD/U5GUEST", "", "", ""},
		{"T0ACCORD/U6SINGLE", "", "", ""},
		{"T0ACCORD/U7STRANGER", "", "", ""},
		{"T0ACCORD/U8OTHER", "", "", ""}, // claims our team
		{"T9/U8OTHER", "", "", ""},
		{"T9/U1ANNA", "", "", ""},
		{"T0ACCORD/U9OUT", "", "", ""},
		{"T0ACCORD/U0NOBODY", "", "", ""},
		{"U1ANNA", "", "", ""},
		{"", "", "", ""},
	} {
		for i, a := range []*Adapter{everybody, byID, byGroup} {
			want := []string{c.all, c.id, c.group}[i]
			p, err := a.Authorize(within(t), c.ref)
			switch {
			case want == "" && !errors.Is(err, adapters.ErrDenied):
				t.Errorf("%s by list %d: %v, want denied", c.ref, i, err)
			case want == "" && strings.TrimPrefix(err.Error(), adapters.ErrDenied.Error()+": ") == err.Error():
				t.Errorf("%s by list %d: no reason in %q", c.ref, i, err)
			case want != "" && (err != nil || p.Name != want || p.Ref != c.ref):
				t.Errorf("%s by list %d: %+v %v, want %s", c.ref, i, p, err, want)
			}
		}
	}
}

// A yes holds for five minutes, a no for half a one, trouble not at all.
func TestAuthorizeRemembers(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	fake.AddAgent("U1ANNA", "Anna")
	var mu sync.Mutex
	now := time.Unix(1700000000, 0)
	forward := func(d time.Duration) { mu.Lock(); now = now.Add(d); mu.Unlock() }
	cfg := configFor(fake)
	cfg.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	a := newAdapter(t, cfg)
	const ref = "T0ACCORD/U1ANNA"
	expect := func(step string, allowed bool) {
		t.Helper()
		_, err := a.Authorize(within(t), ref)
		if (err == nil) != allowed || (err != nil && !errors.Is(err, adapters.ErrDenied)) {
			t.Fatalf("%s: %v", step, err)
		}
	}
	expect("at first", true)
	fake.Leave(slackfake.Queue, "U1ANNA")
	forward(5*time.Minute - time.Second)
	expect("just left", true)
	forward(time.Second)
	expect("after five minutes", false)
	fake.Join(slackfake.Queue, "U1ANNA")
	forward(29 * time.Second)
	expect("just back", false)
	forward(time.Second)
	expect("after half a minute", true)
}

// Trouble in asking is neither a yes nor a no.
func TestAuthorizeTrouble(t *testing.T) {
	for _, method := range []string{"auth.test", "users.info", "conversations.members", "usergroups.users.list"} {
		for name, f := range map[string]slackfake.Fault{
			"500": {Status: 500}, "cut": {Cut: true}, "HTML": {Body: "<html>"}, "scope": {Code: "missing_scope"}, "revoked": {Code: "token_revoked"},
		} {
			t.Run(method+" "+name, func(t *testing.T) {
				fake := newFake(t, slackfake.Options{})
				fake.AddAgent("U1ANNA", "Anna")
				fake.AddGroup("S1CREW", "U1ANNA")
				cfg := configFor(fake)
				cfg.Agents = []string{"S1CREW"}
				a := newAdapter(t, cfg)
				f.Method = method
				fake.Fail(f)
				_, err := a.Authorize(within(t), "T0ACCORD/U1ANNA")
				if err == nil || errors.Is(err, adapters.ErrDenied) || errors.Is(err, adapters.ErrRefused) != (name == "revoked") {
					t.Fatalf("err = %v", err)
				}
				if _, err := a.Authorize(within(t), "T0ACCORD/U1ANNA"); err != nil {
					t.Fatalf("afterwards: %v", err)
				}
			})
		}
	}
}

func TestAuthorizeWaitsOutALimitAndReadsEveryPage(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	for i := range 450 {
		fake.Join(slackfake.Queue, fmt.Sprintf("U%05d", i))
	}
	fake.AddAgent("U1ANNA", "Anna") // on the third page
	a := newAdapter(t, configFor(fake))
	fake.Fail(slackfake.Fault{Method: "users.info", Status: 429, RetryAfter: "1"})
	if _, err := a.Authorize(within(t), "T0ACCORD/U1ANNA"); err != nil {
		t.Fatal(err)
	}
	if n := fake.Calls("conversations.members"); n != 3 {
		t.Errorf("%d pages read, want 3", n)
	}
}
