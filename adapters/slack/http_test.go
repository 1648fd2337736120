package slack

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

// hook is one request to a route; the zero value of a field is what Slack sends.
type hook struct {
	method, path, contentType, body string
	unsigned                        bool
	signature                       string
	signed                          time.Time
	otherBody                       string // what was signed instead
}

// bring makes the request and gives the status and the body of the answer.
func (h hook) bring(t *testing.T, fake *slackfake.Server, base string) (int, string) {
	t.Helper()
	if h.signed.IsZero() {
		h.signed = time.Now()
	}
	signed := h.body
	if h.otherBody != "" {
		signed = h.otherBody
	}
	stamp, signature := fake.Sign([]byte(signed), h.signed)
	if h.signature != "" {
		signature = h.signature
	}
	method := h.method
	if method == "" {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(within(t), method, base+h.path, strings.NewReader(h.body))
	if err != nil {
		t.Fatal(err)
	}
	if h.contentType != "-" {
		req.Header.Set("Content-Type", h.contentType)
	}
	if !h.unsigned {
		req.Header.Set("X-Slack-Request-Timestamp", stamp)
		req.Header.Set("X-Slack-Signature", signature)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

const aMessage = `{"type":"event_callback","team_id":"T0ACCORD","event_id":"%s","event":{"type":"message","channel":"C0QUEUE","user":"U1ANNA","ts":"1700000002.000300","thread_ts":"1700000001.000100","text":"hi"}}`

// What is not Slack's, or not of the form Slack sends, is turned away and
// leaves nothing behind; only then does a request mean anything.
func TestRoutesFailClosed(t *testing.T) {
	const json, form = "application/json", "application/x-www-form-urlencoded"
	message := fmt.Sprintf(aMessage, "Ev1")
	press := "payload=" + url.QueryEscape(`{"type":"block_actions","team":{"id":"T0ACCORD"},"user":{"id":"U1"},"container":{"message_ts":"1.2","channel_id":"C0QUEUE"},"actions":[{"action_id":"take#0","action_ts":"5.5"}]}`)
	challenge := `{"type":"url_verification","challenge":"abc"}`
	for name, c := range map[string]struct {
		hook   hook
		status int
		stored int
		answer string
	}{
		"an event":                {hook{path: "/slack/events", contentType: json, body: message}, 200, 1, ""},
		"with a charset":          {hook{path: "/slack/events", contentType: json + "; charset=utf-8", body: message}, 200, 1, ""},
		"a press":                 {hook{path: "/slack/interactions", contentType: form, body: press}, 200, 1, ""},
		"a command":               {hook{path: "/slack/commands", contentType: form, body: "command=%2Fx&team_id=T0ACCORD&trigger_id=1"}, 200, 1, ""},
		"the challenge":           {hook{path: "/slack/events", contentType: json, body: challenge}, 200, 0, "abc"},
		"no signature":            {hook{path: "/slack/events", contentType: json, body: message, unsigned: true}, 401, 0, ""},
		"challenge, no signature": {hook{path: "/slack/events", contentType: json, body: challenge, unsigned: true}, 401, 0, ""},
		"another's signature":     {hook{path: "/slack/events", contentType: json, body: message, signature: "v0=" + strings.Repeat("ab", 32)}, 401, 0, ""},
		"a signature of no form":  {hook{path: "/slack/events", contentType: json, body: message, signature: "x"}, 401, 0, ""},
		"another body":            {hook{path: "/slack/events", contentType: json, body: message, otherBody: challenge}, 401, 0, ""},
		"too old":                 {hook{path: "/slack/events", contentType: json, body: message, signed: time.Now().Add(-6 * time.Minute)}, 401, 0, ""},
		"from the future":         {hook{path: "/slack/events", contentType: json, body: message, signed: time.Now().Add(6 * time.Minute)}, 401, 0, ""},
		"four minutes old":        {hook{path: "/slack/events", contentType: json, body: message, signed: time.Now().Add(-4 * time.Minute)}, 200, 1, ""},
		"an event as a form":      {hook{path: "/slack/events", contentType: form, body: message}, 415, 0, ""},
		"a press as JSON":         {hook{path: "/slack/interactions", contentType: json, body: press}, 415, 0, ""},
		"of no type":              {hook{path: "/slack/events", contentType: "-", body: message}, 415, 0, ""},
		"too large":               {hook{path: "/slack/events", contentType: json, body: strings.Repeat(" ", maxRequest) + message}, 413, 0, ""},
		"not JSON":                {hook{path: "/slack/events", contentType: json, body: "{"}, 400, 0, ""},
		"no payload":              {hook{path: "/slack/interactions", contentType: form, body: "x=1"}, 400, 0, ""},
		"a payload of no form":    {hook{path: "/slack/interactions", contentType: form, body: "payload=%7B"}, 400, 0, ""},
		"no command":              {hook{path: "/slack/commands", contentType: form, body: "x=1"}, 400, 0, ""},
		"GET":                     {hook{method: http.MethodGet, path: "/slack/events", contentType: json, body: message}, 405, 0, ""},
		"an event nobody knows":   {hook{path: "/slack/events", contentType: json, body: `{"type":"event_callback"}`}, 200, 1, ""}, // kept aside
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a, sink := newAdapter(t, configIn(ModeHTTP, fake)), newMemory()
			srv := mounted(t, a)
			t.Cleanup(http.DefaultClient.CloseIdleConnections)
			run(t, a, sink)
			waitOpen(t, a)
			status, answer := c.hook.bring(t, fake, srv.URL)
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			if status == 200 && answer != c.answer {
				t.Errorf("answer %q, want %q", answer, c.answer)
			}
			if got := sink.count(); got != c.stored {
				t.Errorf("%d stored, want %d", got, c.stored)
			}
		})
	}
}

// waitOpen waits until Run has begun: before, requests are refused.
func waitOpen(t *testing.T, a *Adapter) {
	t.Helper()
	ctx := within(t)
	for ctx.Err() == nil {
		if _, _, leave, ok := a.door.enter(); ok {
			leave()
			return
		}
		runtime.Gosched()
	}
	t.Fatal("Run did not begin")
}

// A copy of a request inside the five minutes passes the signature and changes
// nothing; nor does one under another event id.
func TestReplaysChangeNothing(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a, sink := newAdapter(t, configIn(ModeHTTP, fake)), newMemory()
	srv := mounted(t, a)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	run(t, a, sink)
	waitOpen(t, a)
	for _, id := range []string{"Ev1", "Ev1", "Ev2"} {
		h := hook{path: "/slack/events", contentType: "application/json", body: fmt.Sprintf(aMessage, id)}
		if status, _ := h.bring(t, fake, srv.URL); status != 200 {
			t.Fatalf("status %d", status)
		}
	}
	if n := sink.count(); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

// While nothing can be stored Slack is told so, and keeps it for us; once it can
// be again, something may have been given up meanwhile.
func TestRefusesWhatItCannotStore(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a, sink := newAdapter(t, configIn(ModeHTTP, fake)), newMemory()
	srv := mounted(t, a)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	h := hook{path: "/slack/events", contentType: "application/json", body: fmt.Sprintf(aMessage, "Ev1")}
	expect := func(step string, want int) {
		t.Helper()
		if status, _ := h.bring(t, fake, srv.URL); status != want {
			t.Fatalf("%s: status %d, want %d", step, status, want)
		}
	}
	expect("before Run", 503)
	stop := run(t, a, sink)
	waitOpen(t, a)
	sink.set(func(m *memory) { m.fail = 1 })
	expect("store fails", 503)
	expect("store works", 200)
	select {
	case <-a.Gap():
	default:
		t.Error("no gap was signalled")
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	expect("after Run", 503)
}

// The same thing has the same key, whichever way it comes.
func TestKeysAreTheSameInBothModes(t *testing.T) {
	keys := map[string][]string{}
	eachMode(t, func(t *testing.T, mode string) {
		fake := newFake(t, slackfake.Options{AckTimeout: patience})
		a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
		runOn(t, fake, a, sink)
		fake.Poison("events_api", map[string]any{"type": "event_callback", "team_id": "T1", "event": map[string]any{
			"type": "message", "channel": "C0QUEUE", "user": "U1", "ts": "2.000003", "thread_ts": "1.000001", "text": "x"}})
		fake.Poison("events_api", map[string]any{"type": "event_callback", "team_id": "T1", "event": map[string]any{
			"type": "message", "subtype": "message_changed", "channel": "C0QUEUE", "ts": "9.9", "message": map[string]any{"ts": "2.000003", "edited": map[string]any{"ts": "4.000004"}}}})
		fake.Poison("interactive", map[string]any{"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"},
			"container": map[string]any{"message_ts": "2.3", "channel_id": "C1"}, "actions": []map[string]any{{"action_id": "take#0", "action_ts": "5.5"}}})
		sink.wait(t, "three", func(rows []adapters.Raw) bool { return len(rows) == 3 })
		for _, k := range []string{"slack:T1:C0QUEUE:2.000003", "slack:T1:C0QUEUE:2.000003:4.000004", "slack:T1:C1:2.3:take#0:5.5"} {
			if sink.seen[k] == 1 {
				keys[mode] = append(keys[mode], k)
			}
		}
	})
	for mode, got := range keys {
		if len(got) != 3 {
			t.Errorf("%s: keys %v", mode, got)
		}
	}
	if len(keys) != 2 {
		t.Error("a mode has none of the keys")
	}
}

func TestSocketModeHasNoRoutes(t *testing.T) {
	if r := newAdapter(t, configFor(newFake(t, slackfake.Options{}))).Routes(); len(r) != 0 {
		t.Errorf("routes %v", r)
	}
}

// The fake asks as Slack does when the address is entered.
func TestChallenge(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a := newAdapter(t, configIn(ModeHTTP, fake))
	runOn(t, fake, a, newMemory())
	if err := fake.Verify(within(t)); err != nil {
		t.Fatal(err)
	}
}
