package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/accord-chat/accord/bot/store"
)

func accountRules() []rule {
	return []rule{
		{"users are listed in the order in which they were made", usersListed},
		{"the name customers read is kept, and is what a session finds", usersNamed},
		{"a user needs a name and a known role", usersRefused},
		{"a link makes one session, once", linkOnce},
		{"a link is used once, whoever comes at the same time", linkRace},
		{"links and sessions expire, at the moment that was named", expiry},
		{"a link that expired is not found again by an earlier clock", linkCleared},
		{"a refused session leaves its link", linkKept},
		{"disabling a user ends links and sessions, for good", disabling},
		{"a session ends by itself only", sessionEnds},
		{"the audit is kept in order, newest first", auditOrder},
		{"a turn's audit comes with the turn, or not at all", auditTurn},
		{"nothing changes an audit row", auditStays},
	}
}

// user makes one.
func (e *env) user(name string, role store.Role) store.User {
	e.Helper()
	u := store.User{Name: name, Role: role, Created: 5}
	id, err := e.st.AddUser(e.ctx, u)
	e.ok(err)
	u.ID = id
	return u
}

// session wants u, or nobody, behind a session.
func (e *env) session(hash string, at int64, want store.User) {
	e.Helper()
	got, err := e.st.Session(e.ctx, hash, at)
	if want.ID == 0 {
		same(e, "no session", errors.Is(err, store.ErrNotFound), true)
		return
	}
	e.ok(err)
	same(e, "session", got, want)
}

func (e *env) noLink(hash string, at int64) {
	e.Helper()
	_, err := e.st.UseLink(e.ctx, hash, fmt.Sprint("for ", hash, at), at, at+1000)
	same(e, "no link", errors.Is(err, store.ErrNotFound), true)
	e.session(fmt.Sprint("for ", hash, at), at, store.User{})
}

func usersListed(e *env) {
	ann, bob := e.user("Ann", store.RoleAdmin), e.user("Bob", store.RoleAgent)
	also := e.user("Ann", store.RoleAgent) // a name proves nothing, so it may come twice
	e.ok(e.st.DisableUser(e.ctx, bob.ID, 9))
	bob.Disabled = true
	e.reopen()
	got, err := e.st.Users(e.ctx)
	e.ok(err)
	list(e, "users", got, ann, bob, also)
	next := e.user("Cid", store.RoleAgent)
	same(e, "ids rise", ann.ID > 0 && ann.ID < bob.ID && bob.ID < also.ID && also.ID < next.ID, true)
}

func usersNamed(e *env) {
	ann := e.user("ann.lee", store.RoleAdmin)
	bob := e.user("bob", store.RoleAgent)
	e.ok(e.st.NameUser(e.ctx, ann.ID, "Ann"))
	e.ok(e.st.AddLink(e.ctx, "link", ann.ID, 1000))
	e.reopen()
	ann.Display = "Ann"
	got, err := e.st.UseLink(e.ctx, "link", "session", 500, 5000)
	e.ok(err)
	same(e, "who used the link", got, ann)
	e.session("session", 600, ann)
	users, err := e.st.Users(e.ctx)
	e.ok(err)
	list(e, "users", users, ann, bob)
	e.ok(e.st.NameUser(e.ctx, ann.ID, ""))
	ann.Display = ""
	e.session("session", 600, ann)
	same(e, "nobody is named", errors.Is(e.st.NameUser(e.ctx, bob.ID+1, "x"), store.ErrNotFound), true)
}

func usersRefused(e *env) {
	for _, u := range []store.User{{Role: store.RoleAdmin}, {Name: "Ann"}, {Name: "Ann", Role: "root"}} {
		if id, err := e.st.AddUser(e.ctx, u); err == nil {
			e.Errorf("%+v became user %d", u, id)
		}
	}
	got, err := e.st.Users(e.ctx)
	e.ok(err)
	same(e, "users", len(got), 0)
	before := now()
	id, err := e.st.AddUser(e.ctx, store.User{Name: "Ann", Role: store.RoleAdmin})
	e.ok(err)
	got, err = e.st.Users(e.ctx)
	e.ok(err)
	same(e, "dated", got[0].ID == id && got[0].Created >= before, true)
}

func linkOnce(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	e.ok(e.st.AddLink(e.ctx, "link", ann.ID, 1000))
	if e.st.AddLink(e.ctx, "link", ann.ID, 2000) == nil {
		e.Error("the same link twice")
	}
	e.session("link", 500, store.User{}) // a link is no session
	e.reopen()
	got, err := e.st.UseLink(e.ctx, "link", "session", 500, 5000)
	e.ok(err)
	same(e, "user", got, ann)
	e.session("session", 600, ann)
	e.noLink("link", 600)
	e.session("session", 600, ann)
	e.reopen()
	e.session("session", 600, ann)
	e.noLink("session", 600)
}

func linkRace(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	const rounds, comers = 20, 8
	for round := range rounds {
		link := fmt.Sprint("link ", round)
		e.ok(e.st.AddLink(e.ctx, link, ann.ID, 1000))
		var in atomic.Int32
		var group sync.WaitGroup
		for i := range comers {
			group.Go(func() {
				_, err := e.st.UseLink(e.ctx, link, fmt.Sprint(round, i), 500, 1000)
				switch {
				case err == nil:
					in.Add(1)
				case !errors.Is(err, store.ErrNotFound):
					e.Error(err)
				}
			})
		}
		group.Wait()
		same(e, "came in", in.Load(), 1)
		sessions := 0
		for i := range comers {
			if _, err := e.st.Session(e.ctx, fmt.Sprint(round, i), 600); err == nil {
				sessions++
			}
		}
		same(e, "sessions", sessions, 1)
	}
}

func expiry(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	e.ok(e.st.AddLink(e.ctx, "late", ann.ID, 1000))
	e.noLink("late", 1000)
	e.ok(e.st.AddLink(e.ctx, "in time", ann.ID, 1000))
	_, err := e.st.UseLink(e.ctx, "in time", "session", 999, 2000)
	e.ok(err)
	e.session("session", 1999, ann)
	e.session("session", 2000, store.User{})
}

func linkCleared(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	e.ok(e.st.AddLink(e.ctx, "old", ann.ID, 1000))
	e.ok(e.st.AddLink(e.ctx, "new", ann.ID, 3000))
	_, err := e.st.UseLink(e.ctx, "new", "session", 2000, 2500)
	e.ok(err)
	e.noLink("old", 500)
	e.ok(e.st.AddLink(e.ctx, "third", ann.ID, 9000))
	_, err = e.st.UseLink(e.ctx, "third", "second session", 2500, 5000)
	e.ok(err)
	e.session("session", 2100, store.User{})
	e.session("second session", 2600, ann)
}

func linkKept(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	for _, link := range []string{"one", "two"} {
		e.ok(e.st.AddLink(e.ctx, link, ann.ID, 1000))
	}
	_, err := e.st.UseLink(e.ctx, "one", "session", 500, 5000)
	e.ok(err)
	for _, taken := range []string{"session", ""} {
		if _, err := e.st.UseLink(e.ctx, "two", taken, 500, 5000); err == nil {
			e.Errorf("a link began the session %q", taken)
		}
	}
	_, err = e.st.UseLink(e.ctx, "two", "another", 500, 5000)
	e.ok(err)
}

func disabling(e *env) {
	ann, bob := e.user("Ann", store.RoleAdmin), e.user("Bob", store.RoleAgent)
	for _, u := range []store.User{ann, bob} {
		e.ok(e.st.AddLink(e.ctx, "used "+u.Name, u.ID, 1000))
		e.ok(e.st.AddLink(e.ctx, "open "+u.Name, u.ID, 1000))
		_, err := e.st.UseLink(e.ctx, "used "+u.Name, "session "+u.Name, 500, 5000)
		e.ok(err)
	}
	e.ok(e.st.DisableUser(e.ctx, ann.ID, 600))
	e.ok(e.st.DisableUser(e.ctx, ann.ID, 700))
	e.session("session Ann", 650, store.User{})
	e.noLink("open Ann", 650)
	err := e.st.AddLink(e.ctx, "new", ann.ID, 1000)
	same(e, "a link for a disabled user", errors.Is(err, store.ErrNotFound), true)
	e.session("session Bob", 650, bob)
	_, err = e.st.UseLink(e.ctx, "open Bob", "second", 650, 5000)
	e.ok(err)
}

func sessionEnds(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	for _, name := range []string{"one", "two"} {
		e.ok(e.st.AddLink(e.ctx, name, ann.ID, 1000))
		_, err := e.st.UseLink(e.ctx, name, "session "+name, 500, 5000)
		e.ok(err)
	}
	for range 2 {
		e.ok(e.st.EndSession(e.ctx, "session one"))
	}
	e.session("session one", 600, store.User{})
	e.session("session two", 600, ann)
}

// audits gives the newest rows as "act verdict".
func (e *env) audits(limit int) []string {
	e.Helper()
	rows, err := e.st.Audits(e.ctx, limit)
	e.ok(err)
	var list []string
	for _, a := range rows {
		list = append(list, a.Act+" "+a.Verdict)
	}
	return list
}

func act(name, verdict string) store.AuditRow {
	return store.AuditRow{At: 7, Who: "slack:T1/U1", Act: name, About: "card:1", Verdict: verdict}
}

func auditOrder(e *env) {
	e.ok(e.st.Audit(e.ctx, nil))
	e.ok(e.st.Audit(e.ctx, []store.AuditRow{act("take", "allowed"), act("reply", "denied")}))
	e.reopen()
	e.ok(e.st.Audit(e.ctx, []store.AuditRow{act("reply", "denied")})) // the same act again is another one
	list(e, "audit", e.audits(10), "reply denied", "reply denied", "take allowed")
	list(e, "at most", e.audits(1), "reply denied")
	list(e, "none", e.audits(0))
	rows, err := e.st.Audits(e.ctx, 3)
	e.ok(err)
	want := act("take", "allowed")
	want.ID = rows[2].ID
	same(e, "row", rows[2], want)
	same(e, "ids rise", rows[0].ID > rows[1].ID && rows[1].ID > rows[2].ID && rows[2].ID > 0, true)
	before := now()
	e.ok(e.st.Audit(e.ctx, []store.AuditRow{{Act: "undated"}}))
	rows, err = e.st.Audits(e.ctx, 1)
	e.ok(err)
	same(e, "dated", rows[0].At >= before && rows[0].At <= now(), true)
}

func auditTurn(e *env) {
	e.once("a", "1", store.Turn{Audit: []store.AuditRow{act("take", "allowed"), act("note", "allowed")}})
	list(e, "audit", e.audits(10), "note allowed", "take allowed")
	e.ingest("b", "1")
	noKey := input("c", "x")
	noKey.Dedup = ""
	e.work(0, gives(store.Turn{State: []byte("s"), Audit: []store.AuditRow{act("lost", "allowed")}, Inputs: []store.New{noKey}}))
	list(e, "a turn that failed leaves none", e.audits(10), "note allowed", "take allowed")
	e.ok(e.st.WaitWork(e.ctx))
	e.work(1, gives(store.Turn{Dead: &store.Dead{Reason: "stranger"}, Audit: []store.AuditRow{act("reply", "denied")}}))
	list(e, "an input that is passed over is audited too", e.audits(1), "reply denied")
}

// auditStays does everything else there is, and looks at the rows again.
func auditStays(e *env) {
	ann := e.user("Ann", store.RoleAdmin)
	e.ok(e.st.Audit(e.ctx, []store.AuditRow{act("take", "allowed"), act("reply", "denied")}))
	before, err := e.st.Audits(e.ctx, 10)
	e.ok(err)
	e.ok(e.st.AddLink(e.ctx, "link", ann.ID, 1000))
	_, err = e.st.UseLink(e.ctx, "link", "session", 500, 600)
	e.ok(err)
	e.ok(e.st.DisableUser(e.ctx, ann.ID, 700))
	e.once("a", "1", says("a", "a1"))
	rows := e.take(1000, 1)
	e.die(rows...)
	e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000))
	again := act("take", "denied")
	again.ID = before[1].ID // an id of ours is not taken for an address
	e.ok(e.st.Audit(e.ctx, []store.AuditRow{again}))
	e.reopen()
	after, err := e.st.Audits(e.ctx, 10)
	e.ok(err)
	same(e, "added", len(after), 3)
	list(e, "the older ones", after[1:], before...)
}
