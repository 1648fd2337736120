package main_test

import (
	"bufio"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestAHandoffInTheConsole is a fresh machine without Slack: the first start
// prints a link that signs in, and a person does from take to close what agents
// do elsewhere in Slack.
func TestAHandoffInTheConsole(t *testing.T) {
	t.Parallel()
	r := blank(t, asked)
	r.env = r.env[:6] // no platform is configured
	r.start()
	b := open(t, r.proc.base)
	s := b.events(deadline(t))
	b.post("text", "/human")
	b.reads(s, "@hand.asked")

	desk := visit(t, r.firstLink())
	desk.press("Sign in")
	card := desk.finds("/admin/desk", regexp.MustCompile(`href="(/admin/desk/handoff:[^"]+)"`))
	desk.get(card)
	desk.press("Take")
	b.reads(s, "@owned.taken")
	desk.waits(card, "Close")
	desk.send("text", "how can I help?", `<textarea id="text"`)
	b.hears(s, "how can I help?")
	desk.waits(card, "Delivered")
	b.post("text", "thank you, that is all")
	desk.waits(card, "thank you, that is all")
	desk.send("f.text", "all is well", "/press", "Close")
	b.reads(s, "@owned.closed")

	again := visit(t, strings.Fields(r.command("user", "link", "admin"))[0])
	again.press("Sign in")
	again.waits("/admin/audit", "console:1")
	r.restart()
	if !strings.Contains(r.proc.out.String(), "accord user link NAME") {
		t.Errorf("a later start prints\n%s", r.proc.out.String())
	}
	desk.base = r.proc.base
	desk.waits("/admin/desk", "Signed in as")
}

// firstLink is the link the first start prints.
func (r *rig) firstLink() string {
	r.t.Helper()
	for _, line := range strings.Split(r.proc.out.String(), "\n") {
		if v, ok := strings.CutPrefix(line, "sign in:"); ok {
			return strings.Fields(v)[0]
		}
	}
	r.t.Fatalf("no link was printed:\n%s", r.proc.out.String())
	return ""
}

// command runs a command of the built program beside the server and gives what
// it printed.
func (r *rig) command(args ...string) string {
	r.t.Helper()
	c := exec.CommandContext(deadline(r.t), r.program, args...)
	c.Env = r.env
	out, err := c.Output()
	if err != nil {
		r.t.Fatalf("accord %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// hears waits until an agent has said something with part in it.
func (b *browser) hears(s *bufio.Scanner, part string) {
	b.t.Helper()
	for {
		if _, e := b.event(s); e.From == "agent" && strings.Contains(e.Text, part) {
			return
		}
	}
}

// visitor is a browser without JavaScript at the console.
type visitor struct {
	t      *testing.T
	base   string
	client http.Client
	page   string // what it shows
}

// visit opens an address of the console.
func visit(t *testing.T, address string) *visitor {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, base: u.Scheme + "://" + u.Host, client: http.Client{Jar: jar}}
	v.get(u.RequestURI())
	return v
}

func (v *visitor) get(path string) {
	v.t.Helper()
	v.do(http.MethodGet, path, nil)
}

func (v *visitor) do(method, path string, form url.Values) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(deadline(v.t), method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		v.t.Fatalf("%s %s answers %d (%v): %s", method, path, resp.StatusCode, err, body)
	}
	v.page = string(body)
}

var (
	forms   = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)".*?</form>`)
	hiddens = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// press sends the form whose button has this label.
func (v *visitor) press(label string) { v.t.Helper(); v.send("", "", ">"+label+"</button>") }

// send fills in a field of the form that holds all of these, and sends it.
func (v *visitor) send(field, value string, holds ...string) {
	v.t.Helper()
search:
	for _, f := range forms.FindAllStringSubmatch(v.page, -1) {
		for _, part := range holds {
			if !strings.Contains(f[0], part) {
				continue search
			}
		}
		values := url.Values{}
		for _, h := range hiddens.FindAllStringSubmatch(f[0], -1) {
			values.Set(html.UnescapeString(h[1]), html.UnescapeString(h[2]))
		}
		if field != "" {
			values.Set(field, value)
		}
		v.do(http.MethodPost, html.UnescapeString(f[1]), values)
		return
	}
	v.t.Fatalf("there is no form with %q on\n%s", holds, v.page)
}

// waits loads a page until it holds part, as somebody who waits for it would.
func (v *visitor) waits(path, part string) {
	v.t.Helper()
	v.finds(path, regexp.MustCompile("("+regexp.QuoteMeta(html.EscapeString(part))+")"))
}

// finds loads a page until it matches, and gives the first group of the match.
func (v *visitor) finds(path string, want *regexp.Regexp) string {
	v.t.Helper()
	ctx := deadline(v.t)
	for tick := time.NewTicker(50 * time.Millisecond); ; {
		v.get(path)
		if m := want.FindStringSubmatch(v.page); m != nil {
			tick.Stop()
			return html.UnescapeString(m[1])
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			v.t.Fatalf("%s never shows %v; it shows\n%s", path, want, v.page)
		}
	}
}
