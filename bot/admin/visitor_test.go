package admin_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
)

// visitor is a browser without JavaScript: it keeps cookies, reads pages and
// sends the forms that stand on them.
type visitor struct {
	t      *testing.T
	base   string
	client http.Client
	path   string // of the page that is shown
	status int
	page   string
	header http.Header
}

func (r *rig) visitor() *visitor {
	r.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	return &visitor{t: r.t, base: r.server.URL, client: http.Client{Jar: jar}}
}

// signedIn gives a visitor who came in by a link.
func (r *rig) signedIn(name string, role store.Role) *visitor {
	r.t.Helper()
	_, token := r.user(name, role)
	v := r.visitor()
	v.open(strings.TrimPrefix(admin.Link("", token), "/"))
	v.press("Sign in", nil)
	if v.path != "/admin/desk" || v.status != http.StatusOK {
		r.t.Fatalf("signing in led to %s with %d", v.path, v.status)
	}
	return v
}

func (v *visitor) do(method, path, body string, header http.Header) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, v.base+"/"+strings.TrimPrefix(path, "/"), strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	if body != "" || method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, list := range header {
		req.Header[k] = list
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.page, v.status, v.path, v.header = string(b), resp.StatusCode, resp.Request.URL.Path, resp.Header
}

func (v *visitor) open(path string) { v.t.Helper(); v.do(http.MethodGet, path, "", nil) }

func (v *visitor) post(path string, form url.Values) {
	v.t.Helper()
	v.do(http.MethodPost, path, form.Encode(), nil)
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)".*?</form>`)
	inputTag = regexp.MustCompile(`<(?:input|textarea|button)([^>]*)>`)
	attr     = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	tags     = regexp.MustCompile(`(?s)<[^>]*>`)
	spaces   = regexp.MustCompile(`\s+`)
)

// form finds the form with a button of that label.
func (v *visitor) form(label string) (action string, fields url.Values, ok bool) {
	for _, m := range formTag.FindAllStringSubmatch(v.page, -1) {
		button := regexp.MustCompile(`<button([^>]*)>` + regexp.QuoteMeta(html.EscapeString(label)) + `</button>`).FindStringSubmatch(m[0])
		if button == nil {
			continue
		}
		fields = url.Values{}
		if kv := regexp.MustCompile(`name="([^"]*)" value="([^"]*)"`).FindStringSubmatch(button[1]); kv != nil {
			fields.Set(kv[1], kv[2])
		}
		for _, in := range inputTag.FindAllStringSubmatch(m[0], -1) {
			a := map[string]string{}
			for _, kv := range attr.FindAllStringSubmatch(in[1], -1) {
				a[kv[1]] = html.UnescapeString(kv[2])
			}
			if a["name"] != "" && !strings.HasPrefix(in[0], "<button") {
				fields.Set(a["name"], a["value"])
			}
		}
		return html.UnescapeString(m[1]), fields, true
	}
	return "", nil, false
}

// press sends the form with a button of that label, with these fields filled
// in.
func (v *visitor) press(label string, fill map[string]string) {
	v.t.Helper()
	action, fields, ok := v.form(label)
	if !ok {
		v.t.Fatalf("%s has no button %q: %s", v.path, label, v.text())
	}
	for k, x := range fill {
		fields.Set(k, x)
	}
	v.post(action, fields)
}

// text is the page as it reads.
func (v *visitor) text() string {
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(v.page, " ")), " ")
}

// sees waits until the page shows all parts.
func (v *visitor) sees(r *rig, path string, parts ...string) {
	v.t.Helper()
	defer func() {
		if v.t.Failed() {
			v.t.Logf("%s shows: %s", path, v.text())
		}
	}()
	r.eventually(path+" never showed "+strings.Join(parts, ", "), func() bool {
		v.open(path)
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(v.text(), p) })
	})
}
