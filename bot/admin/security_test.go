package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

const badLink = "This link does not work."

// TestALinkSignsInOnce: opening it does not use it up, pressing the button
// does, and whoever comes later hears the same as with a link that never was.
func TestALinkSignsInOnce(t *testing.T) {
	r := setup(t, options{})
	_, token := r.user("Anna", store.RoleAgent)
	link := admin.Link("", token)
	preview := r.visitor()
	for range 3 { // a chat program draws a preview
		preview.open(link)
	}
	if preview.status != http.StatusOK || strings.Contains(preview.page, "Sign out") {
		t.Fatalf("opening the link answers %d and shows %s", preview.status, preview.text())
	}
	anna := r.visitor()
	anna.open(link)
	anna.press("Sign in", nil)
	anna.sees(r, "/admin/desk", "Signed in as Anna")

	_, late := r.user("Late", store.RoleAgent)
	id, disabled := r.user("Gone", store.RoleAgent)
	if err := r.store.DisableUser(t.Context(), id, r.clock.now().UnixMilli()); err != nil {
		t.Fatal(err)
	}
	r.clock.advance(admin.LinkLasts + time.Second)
	answers := map[string]bool{}
	for what, token := range map[string]string{
		"used": token, "expired": late, "disabled": disabled, "unknown": strings.Repeat("A", 43), "no token at all": "x", "none": "",
	} {
		v := r.visitor()
		v.post("/admin/sign-in", url.Values{"t": {token}})
		if v.status != http.StatusForbidden || len(v.header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: answers %d with cookies %q", what, v.status, v.header.Values("Set-Cookie"))
		}
		answers[v.page] = true
		if !strings.Contains(v.page, badLink) {
			t.Errorf("%s: the page says %s", what, v.text())
		}
		r.clock.advance(16 * time.Minute) // another quarter of an hour of tries
	}
	if len(answers) != 1 {
		t.Errorf("there are %d different answers to links that do not work", len(answers))
	}
}

// TestFiveTries: after five failed tries in a quarter of an hour further ones
// are told to wait and not noted; a good link passes whatever failed before.
func TestFiveTries(t *testing.T) {
	r := setup(t, options{})
	v := r.visitor()
	for range 5 {
		v.post("/admin/sign-in", url.Values{"t": {"wrong"}})
	}
	wrong := func(want int) {
		t.Helper()
		v.post("/admin/sign-in", url.Values{"t": {"wrong"}})
		if v.status != want || (want == http.StatusTooManyRequests) != (v.header.Get("Retry-After") != "") {
			t.Fatalf("a wrong try answers %d and %q, want %d", v.status, v.header.Get("Retry-After"), want)
		}
	}
	wrong(http.StatusTooManyRequests)
	r.clock.advance(14 * time.Minute)
	wrong(http.StatusTooManyRequests)
	_, token := r.user("Anna", store.RoleAgent)
	good := r.visitor()
	good.post("/admin/sign-in", url.Values{"t": {token}})
	if good.status != http.StatusOK || good.path != "/admin/desk" {
		t.Errorf("a good link answers %d", good.status)
	}
	wrong(http.StatusTooManyRequests)
	rows, err := r.store.Audits(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	noted := 0
	for _, a := range rows {
		if a.Act == "sign_in" && a.Verdict == "denied" {
			noted++
		}
	}
	if noted != 5 {
		t.Errorf("%d refusals are in the audit", noted)
	}
	r.clock.advance(time.Minute + time.Second)
	wrong(http.StatusForbidden)
}

// TestTriesBehindAProxy: everybody comes from the proxy's address, so that its
// word counts; without a public address nobody's does.
func TestTriesBehindAProxy(t *testing.T) {
	for _, public := range []string{"", "https://desk.example"} {
		r := setup(t, options{public: public})
		v := r.visitor()
		statuses := map[int]int{}
		for i := range 8 {
			header := http.Header{"X-Forwarded-For": {"6.6.6.6, 203.0.113." + string(rune('1'+i))}}
			if public != "" {
				header.Set("Sec-Fetch-Site", "same-origin")
			}
			v.do(http.MethodPost, "/admin/sign-in", "t=wrong", header)
			statuses[v.status]++
		}
		want := 3
		if public != "" {
			want = 0
		}
		if statuses[http.StatusTooManyRequests] != want {
			t.Errorf("behind %q the answers were %v", public, statuses)
		}
	}
}

// TestCookies: what a session's cookie must be, here and behind https.
func TestCookies(t *testing.T) {
	for _, c := range []struct {
		public, head, says string
		name               string
		secure             bool
	}{
		{"", "", "", "accord_console", false},
		{"https://desk.example", "", "", "accord_console", false}, // on this machine itself
		{"https://desk.example", "X-Forwarded-Proto", "https", "__Host-accord", true},
		{"https://desk.example", "Origin", "https://desk.example", "__Host-accord", true}, // a proxy that says nothing
	} {
		r := setup(t, options{public: c.public})
		_, token := r.user("Anna", store.RoleAgent)
		v := r.visitor()
		v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		header := http.Header{}
		if c.head != "" {
			header.Set(c.head, c.says)
		}
		v.do(http.MethodPost, "/admin/sign-in", "t="+token, header)
		cookies := (&http.Response{Header: v.header}).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%q: %d cookies", c.public, len(cookies))
		}
		got := cookies[0]
		if got.Name != c.name || got.Secure != c.secure || !got.HttpOnly || got.SameSite != http.SameSiteStrictMode ||
			got.Path != "/" || got.Domain != "" || got.MaxAge != 12*60*60 || len(got.Value) < 43 || strings.Contains(got.Value, token) {
			t.Errorf("%q: the cookie is %v", c.public, got)
		}
		v.do(http.MethodGet, "/admin/desk", "", http.Header{"Cookie": {got.Name + "=" + got.Value}}) // it names no origin
		if v.status != http.StatusOK {
			t.Errorf("%q, %q: with its cookie the desk answers %d", c.public, c.head, v.status)
		}
	}
}

// TestNobodySignsInInTheClear: over a network without TLS a session could be
// read on the way.
func TestNobodySignsInInTheClear(t *testing.T) {
	r := setup(t, options{})
	_, token := r.user("Anna", store.RoleAgent)
	for _, host := range []string{"192.0.2.7:8080", "desk.example"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.server.URL+"/admin/sign-in", strings.NewReader("t="+token))
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden || len(resp.Cookies()) > 0 {
			t.Errorf("%s: answers %d with %d cookies", host, resp.StatusCode, len(resp.Cookies()))
		}
	}
}

// everyPage are all addresses, with who may see them: 0 anybody, 1 agents, 2
// admins.
func everyPage(card string) []struct {
	method, path string
	level        int
} {
	return []struct {
		method, path string
		level        int
	}{
		{"GET", "/admin/sign-in", 0}, {"GET", "/admin/style.css", 0}, {"GET", "/admin/icon.svg", 0},
		{"GET", "/admin/desk", 1}, {"GET", card, 1}, {"GET", card + "/files/1/0", 1}, {"GET", "/admin/due", 1},
		{"POST", card + "/say", 1}, {"POST", card + "/press", 1},
		{"GET", "/admin/people", 2}, {"GET", "/admin/audit", 2}, {"GET", "/admin/state", 2}, {"POST", "/admin/people", 2},
		{"POST", "/admin/people/1/link", 2}, {"POST", "/admin/people/1/disable", 2}, {"GET", "/admin/nothing", 1},
		{"POST", "/admin/sign-out", 1},
	}
}

// TestEveryPageIsGuarded: strangers, agents and admins before every address,
// and what every answer carries.
func TestEveryPageIsGuarded(t *testing.T) {
	r := setup(t, options{})
	card := r.waiting("Mei")
	agent, stranger := r.signedIn("Anna", store.RoleAgent), r.visitor()
	stranger.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, p := range everyPage(card) {
		stranger.do(p.method, p.path, "", nil)
		shut := stranger.status == http.StatusUnauthorized ||
			stranger.status == http.StatusSeeOther && stranger.header.Get("Location") == "/admin/sign-in"
		if shut != (p.level > 0) {
			t.Errorf("a stranger's %s %s answers %d", p.method, p.path, stranger.status)
		}
		policies(t, p.path, stranger.header)
		if p.path == "/admin/sign-out" {
			continue
		}
		agent.do(p.method, p.path, "", nil)
		if (agent.status == http.StatusForbidden) != (p.level > 1) {
			t.Errorf("an agent's %s %s answers %d", p.method, p.path, agent.status)
		}
		policies(t, p.path, agent.header)
	}
	rows, err := r.store.Audits(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(a store.AuditRow) bool {
		return a.Act == "open GET /admin/audit" && a.Verdict == "denied" && a.Who == "console:1"
	}) {
		t.Errorf("a denial is not in the audit: %+v", rows)
	}
}

// TestRefusalsAreShortInTheAudit: an agent cannot write what they like into
// what is kept for good.
func TestRefusalsAreShortInTheAudit(t *testing.T) {
	r := setup(t, options{})
	anna := r.signedIn("Anna", store.RoleAgent)
	anna.do(http.MethodPost, "/admin/people/"+strings.Repeat("B", 5000)+"/link", "", nil)
	if anna.status != http.StatusForbidden {
		t.Fatalf("it answers %d", anna.status)
	}
	rows, err := r.store.Audits(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(a store.AuditRow) bool {
		return a.Act == "open POST /admin/people/{id}/link" && a.Verdict == "denied"
	}) {
		t.Error("the refusal is not in the audit")
	}
	for _, a := range rows {
		if len(a.Act) > 100 {
			t.Errorf("an act of %d bytes is in the audit", len(a.Act))
		}
	}
}

func policies(t *testing.T, path string, h http.Header) {
	t.Helper()
	csp := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, part) {
			t.Errorf("%s: the policy %q has no %q", path, csp, part)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Errorf("%s: the policy is %q", path, csp)
	}
	cache := h.Get("Cache-Control")
	if cache != "no-store" && cache != "no-cache" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" {
		t.Errorf("%s: headers are %v", path, h)
	}
}

// TestOtherSitesCannotPost: what another page makes a browser send is refused,
// also with the session, and also where it is called something else.
func TestOtherSitesCannotPost(t *testing.T) {
	r := setup(t, options{})
	card := r.waiting("Mei")
	anna := r.signedIn("Anna", store.RoleAdmin)
	for _, p := range everyPage(card) {
		if p.method != http.MethodPost {
			continue
		}
		for _, header := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"null"}},
		} {
			anna.do(p.method, p.path, "name=Eve&role=admin", header)
			if anna.status != http.StatusForbidden {
				t.Errorf("%s with %v answers %d", p.path, header, anna.status)
			}
		}
		anna.do(p.method, p.path, `{"name":"Eve"}`, http.Header{"Content-Type": {"application/json"}})
		if anna.status != http.StatusUnsupportedMediaType {
			t.Errorf("%s as JSON answers %d", p.path, anna.status)
		}
	}
	anna.sees(r, "/admin/desk", "Signed in as Anna")
}

// TestSigningOutAndBeingShutOut: a session ends for good.
func TestSigningOutAndBeingShutOut(t *testing.T) {
	r := setup(t, options{})
	anna, ben := r.signedIn("Anna", store.RoleAdmin), r.signedIn("Ben", store.RoleAgent)
	base, err := url.Parse(r.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	kept := anna.client.Jar.Cookies(base)
	if len(kept) != 1 {
		t.Fatalf("%d cookies", len(kept))
	}
	anna.open("/admin/people")
	anna.press("Disable", nil)
	ben.open("/admin/desk")
	if ben.path != "/admin/sign-in" {
		t.Errorf("a disabled user is shown %s", ben.path)
	}
	anna.open("/admin/desk")
	anna.press("Sign out", nil)
	if len(anna.client.Jar.Cookies(base)) != 0 {
		t.Error("the cookie is still there")
	}
	anna.client.Jar.SetCookies(base, kept) // somebody kept a copy
	anna.open("/admin/desk")
	if anna.path != "/admin/sign-in" {
		t.Errorf("an ended session is shown %s", anna.path)
	}
}

// TestSigningInEndsTheOldSession: a browser has one session, with a name that
// nobody knew before.
func TestSigningInEndsTheOldSession(t *testing.T) {
	r := setup(t, options{})
	v := r.signedIn("Anna", store.RoleAdmin)
	base, err := url.Parse(r.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	first := v.client.Jar.Cookies(base)
	_, token := r.user("Ben", store.RoleAgent)
	v.open(admin.Link("", token))
	v.press("Sign in", nil)
	second := v.client.Jar.Cookies(base)
	if first[0].Value == second[0].Value {
		t.Error("two sessions have one name")
	}
	v.client.Jar.SetCookies(base, first)
	v.open("/admin/people")
	if v.path != "/admin/sign-in" {
		t.Errorf("the session before is shown %s", v.path)
	}
}

// TestEveryLanguageHasEveryWord: a page never has a gap where a word belongs.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	for _, lang := range message.Langs() {
		for _, name := range admin.MissingWords(lang) {
			t.Errorf("%s: %s is empty", lang, name)
		}
	}
}
