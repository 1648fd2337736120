package slack

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

// knock sends a request by hand, with less of its body than it announces.
type knock struct {
	length      int // announced
	body        string
	stamp       string // "-" = none
	signature   string // "-" = none
	contentType string
}

// at opens the connection and leaves it open.
func (k knock) at(t *testing.T, srv *httptest.Server) net.Conn {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(within(t), "tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	lines := []string{"POST /slack/events HTTP/1.1", "Host: x", fmt.Sprint("Content-Length: ", k.length), "Content-Type: " + first(k.contentType, jsonType)}
	for name, v := range map[string]string{
		stampHeader:     first(k.stamp, fmt.Sprint(time.Now().Unix())),
		signatureHeader: first(k.signature, "v0="+strings.Repeat("ab", 32)),
	} {
		if v != "-" {
			lines = append(lines, name+": "+v)
		}
	}
	if _, err := io.WriteString(c, strings.Join(lines, "\r\n")+"\r\n\r\n"+k.body); err != nil {
		t.Fatal(err)
	}
	return c
}

func response(t *testing.T, c net.Conn) *http.Response {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// gated gives an adapter whose routes are served and which waits for bodies as
// long as is said.
func gated(t *testing.T, fake *slackfake.Server, wait time.Duration) (*Adapter, *httptest.Server) {
	t.Helper()
	a := newAdapter(t, configIn(ModeHTTP, fake))
	a.gate.time = wait
	srv := mounted(t, a)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	run(t, a, newMemory())
	waitOpen(t, a)
	return a, srv
}

// Who cannot be Slack is answered by the headers alone: the body they announce
// never comes, and is not waited for.
func TestStrangersAreNotRead(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	_, srv := gated(t, fake, time.Hour)
	for name, c := range map[string]struct {
		knock  knock
		status int
	}{
		"no signature":          {knock{length: 1000, signature: "-"}, 401},
		"no timestamp":          {knock{length: 1000, stamp: "-"}, 401},
		"a signature too short": {knock{length: 1000, signature: "v0=abcd"}, 401},
		"of another version":    {knock{length: 1000, signature: "v1=" + strings.Repeat("ab", 32)}, 401},
		"no digits":             {knock{length: 1000, signature: "v0=" + strings.Repeat("xy", 32)}, 401},
		"too old":               {knock{length: 1000, stamp: fmt.Sprint(time.Now().Add(-6 * time.Minute).Unix())}, 401},
		"from the future":       {knock{length: 1000, stamp: fmt.Sprint(time.Now().Add(6 * time.Minute).Unix())}, 401},
		"at the end of time":    {knock{length: 1000, stamp: "9223372036854775807"}, 401},
		"no number":             {knock{length: 1000, stamp: "now"}, 401},
		"too large":             {knock{length: maxRequest + 1}, 413},
		"of another type":       {knock{length: 1000, contentType: "text/plain"}, 415},
	} {
		resp := response(t, c.knock.at(t, srv))
		if resp.StatusCode != c.status || !resp.Close {
			t.Errorf("%s: status %d, closed %t; want %d", name, resp.StatusCode, resp.Close, c.status)
		}
	}
}

// So many who look like Slack may keep us waiting, and no more; when they are
// gone Slack is let in again.
func TestBodiesAreBounded(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a, srv := gated(t, fake, time.Hour)
	var open []net.Conn
	for range maxBodies {
		open = append(open, knock{length: 1000, body: "{"}.at(t, srv))
	}
	reading := func(n int) {
		for ctx := within(t); len(a.gate.places) != n; runtime.Gosched() {
			if ctx.Err() != nil {
				t.Fatalf("%d bodies are being read, want %d", len(a.gate.places), n)
			}
		}
	}
	reading(maxBodies)
	good := hook{path: "/slack/events", contentType: jsonType, body: fmt.Sprintf(aMessage, "Ev1")}
	if status, _ := good.bring(t, fake, srv.URL); status != 503 {
		t.Errorf("one too many: status %d", status)
	}
	for _, c := range open {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	reading(0)
	if status, _ := good.bring(t, fake, srv.URL); status != 200 {
		t.Errorf("afterwards: status %d", status)
	}
}

// A body that does not arrive is not waited for, and gives its place back; one
// that has arrived is stored without regard to that.
func TestBodiesHaveADeadline(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a, srv := gated(t, fake, 30*time.Millisecond)
	if resp := response(t, knock{length: 1000, body: "{"}.at(t, srv)); resp.StatusCode != 400 {
		t.Errorf("status %d", resp.StatusCode)
	}
	if n := len(a.gate.places); n != 0 {
		t.Errorf("%d places are taken", n)
	}
	slow := newAdapter(t, configIn(ModeHTTP, fake))
	slow.gate.time, slow.budget = 200*time.Millisecond, 500*time.Millisecond
	sink := newMemory()
	sink.hang = 1 // until the budget is used up, long after the deadline
	slowServer := mounted(t, slow)
	run(t, slow, sink)
	waitOpen(t, slow)
	began := time.Now()
	h := hook{path: "/slack/events", contentType: jsonType, body: fmt.Sprintf(aMessage, "Ev1")}
	if status, _ := h.bring(t, fake, slowServer.URL); status != 503 || time.Since(began) < slow.budget {
		t.Errorf("status %d after %s: storing was cut short", status, time.Since(began))
	}
}

// Two thousand strangers make one line.
func TestStrangersDoNotFillTheLog(t *testing.T) {
	log, logs := logged()
	fake := newFake(t, slackfake.Options{})
	cfg := configIn(ModeHTTP, fake)
	cfg.Logger = log
	a := newAdapter(t, cfg)
	for range 2000 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/slack/events", strings.NewReader("{}"))
		r.Header.Set("Content-Type", jsonType)
		w := httptest.NewRecorder()
		if a.route(jsonType, a.readEvent).ServeHTTP(w, r); w.Code != 401 {
			t.Fatalf("status %d", w.Code)
		}
	}
	if n := logs.FilterMessageSnippet("turned away").Len(); n != 1 {
		t.Errorf("%d lines", n)
	}
}

func TestSpell(t *testing.T) {
	var s adapters.Spell
	now := time.Unix(1700000000, 0)
	note := func(after time.Duration, want int) {
		t.Helper()
		now = now.Add(after)
		if n, say := s.Note(now); say != (want > 0) || n != want {
			t.Errorf("%d, %t; want %d", n, say, want)
		}
	}
	note(0, 1)
	note(time.Second, 0)
	note(time.Second, 0)
	note(adapters.SpellPause, 3)
	note(time.Second, 0)
	if n := s.Over(now.Add(time.Second)); n != 0 {
		t.Errorf("%d were said in the middle of a spell", n)
	}
	if n := s.Over(now.Add(adapters.SpellPause)); n != 1 {
		t.Errorf("%d at its end, want 1", n)
	}
	if n := s.Over(now.Add(time.Hour)); n != 0 {
		t.Errorf("%d were said again", n)
	}
	note(2*time.Hour, 1)
}
