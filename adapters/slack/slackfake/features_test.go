package slackfake

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// program is what the fake calls: it notes requests and answers as told.
type program struct {
	mu     sync.Mutex
	status int
	got    []*http.Request
	bodies []string
	came   chan struct{}
}

func (p *program) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "cannot be read", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got, p.bodies = append(p.got, r), append(p.bodies, string(body))
	w.WriteHeader(p.status)
	select {
	case p.came <- struct{}{}:
	default:
	}
}

func (p *program) answer(status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
}

func (p *program) all() ([]*http.Request, []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]*http.Request(nil), p.got...), append([]string(nil), p.bodies...)
}

func hooked(t *testing.T, s *Server) *program {
	t.Helper()
	p := &program{status: http.StatusOK, came: make(chan struct{}, 64)}
	srv := httptest.NewServer(p)
	t.Cleanup(srv.Close)
	s.DeliverTo(srv.URL)
	t.Cleanup(func() { s.DeliverTo("") })
	return p
}

func settled(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Wait(within(t), func(s *Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
		t.Fatal(err)
	}
}

// An event is brought again, under another id and said to be a retry, until it
// is answered with 200; a press is brought once.
func TestRequestsAreSignedAndRetried(t *testing.T) {
	s := start(t)
	agent := s.AddAgent("U1", "Anna")
	p := hooked(t, s)
	p.answer(http.StatusServiceUnavailable)
	ts := agent.SaysInChannel(Queue, "hello")
	for range 2 {
		select {
		case <-p.came:
		case <-within(t).Done():
			t.Fatal("not brought again")
		}
	}
	if err := agent.ClicksStale(ts, Button{ActionID: "take#0", Value: "7"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(within(t), func(s *Server) bool { return len(s.Refused()) == 1 }); err != nil {
		t.Fatal(err)
	}
	p.answer(http.StatusOK)
	settled(t, s)
	requests, bodies := p.all()
	ids, retries := map[string]bool{}, 0
	for i, r := range requests {
		stamp := r.Header.Get("X-Slack-Request-Timestamp")
		var secs int64
		if _, err := fmt.Sscan(stamp, &secs); err != nil {
			t.Fatal(err)
		}
		if _, want := s.Sign([]byte(bodies[i]), time.Unix(secs, 0)); r.Header.Get("X-Slack-Signature") != want {
			t.Errorf("request %d is not signed", i)
		}
		if r.URL.Path != "/slack/events" {
			continue
		}
		var e envelope
		if err := json.Unmarshal([]byte(`{"payload":`+bodies[i]+`}`), &e); err != nil {
			t.Fatal(err)
		}
		ids[e.Payload.EventID] = true
		if r.Header.Get("X-Slack-Retry-Num") != "" {
			retries++
		}
	}
	if len(ids) < 2 || retries != len(ids)-1 {
		t.Errorf("%d event ids, %d retries", len(ids), retries)
	}
	if got := s.Refused(); len(got) != 1 || got[0] != "7" {
		t.Errorf("refused %v", got)
	}
}

func TestRequestsInTrouble(t *testing.T) {
	s := start(t)
	agent := s.AddAgent("U1", "Anna")
	p := hooked(t, s)
	s.Duplicate(1)
	s.LoseAcks(2)
	agent.SaysInChannel(Queue, "doubled and not heard")
	settled(t, s)
	if _, bodies := p.all(); len(bodies) != 3 {
		t.Errorf("%d copies, want two and one more", len(bodies))
	}
	s.Reorder(3)
	for i := range 3 {
		agent.SaysInChannel(Queue, fmt.Sprint(i))
	}
	s.Swallow(1)
	agent.SaysInChannel(Queue, "never brought")
	settled(t, s)
	if acked, _, lost := s.Events(); acked != 4 || lost != 1 || s.Copies() != 6 {
		t.Errorf("acknowledged %d, lost %d, %d copies", acked, lost, s.Copies())
	}
}

const aView = `{"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"S"},"close":{"type":"plain_text","text":"C"},
	"callback_id":"c","private_metadata":"m","blocks":[
	{"type":"input","block_id":"what","label":{"type":"plain_text","text":"What"},"element":{"type":"plain_text_input","action_id":"a"}},
	{"type":"input","block_id":"when","optional":true,"label":{"type":"plain_text","text":"When"},"element":{"type":"datetimepicker","action_id":"b","initial_date_time":1700000000}}]}`

func TestForms(t *testing.T) {
	s := start(t)
	agent := s.AddAgent("U1", "Anna")
	p := hooked(t, s)
	ts := agent.SaysInChannel(Queue, "x")
	if err := agent.ClicksStale(ts, Button{ActionID: "take#0"}); err != nil {
		t.Fatal(err)
	}
	settled(t, s)
	var trigger string
	for id := range s.triggers {
		trigger = id
	}
	open := func(trigger, view string) any {
		return api(t, s, s.BotToken(), "views.open", "trigger_id", trigger, "view", view)["error"]
	}
	for name, c := range map[string]struct{ trigger, view, want string }{
		"no such trigger":  {"nonsense", aView, "invalid_trigger_id"},
		"no view":          {trigger, `{}`, "invalid_arguments"},
		"a long title":     {trigger, strings.Replace(aView, `"T"`, `"`+strings.Repeat("t", 25)+`"`, 1), "invalid_arguments"},
		"twin fields":      {trigger, strings.Replace(aView, `"when"`, `"what"`, 1), "invalid_arguments"},
		"an odd element":   {trigger, strings.Replace(aView, "datetimepicker", "slider", 1), "invalid_arguments"},
		"a short instant":  {trigger, strings.Replace(aView, "1700000000", "17", 1), "invalid_arguments"},
		"too much to keep": {trigger, strings.Replace(aView, `"m"`, `"`+strings.Repeat("m", 3001)+`"`, 1), "invalid_arguments"},
	} {
		if got := open(c.trigger, c.view); got != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
	if got := open(trigger, aView); got != nil {
		t.Fatalf("refused: %v", got)
	}
	if got := open(trigger, aView); got != "exchanged_trigger_id" {
		t.Errorf("a second time: %v", got)
	}
	if v, ok := agent.View(); !ok || v.Title != "T" || len(v.Fields) != 2 || v.Fields[1].Initial != "1700000000" {
		t.Fatalf("view %+v", v)
	}
	for name, fields := range map[string]map[string]string{"nothing": {}, "no such field": {"what": "x", "why": "y"}, "no instant": {"what": "x", "when": "noon"}} {
		if err := agent.Submits(fields); err == nil {
			t.Errorf("%s was let through", name)
		}
	}
	if err := agent.Submits(map[string]string{"what": "x", "when": ""}); err != nil {
		t.Fatal(err)
	}
	settled(t, s)
	if agent.Views() != 0 {
		t.Error("the form stays open")
	}
	if _, bodies := p.all(); !strings.Contains(bodies[len(bodies)-1], "view_submission") {
		t.Error("the form was not brought")
	}
}

// get fetches an address with a token, following nothing.
func get(t *testing.T, address, token string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(within(t), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

func TestFilesUpAndDown(t *testing.T) {
	s := start(t)
	bot := s.BotToken()
	root, _ := api(t, s, bot, "chat.postMessage", "channel", Queue, "text", "root")["ts"].(string)
	place := api(t, s, bot, "files.getUploadURLExternal", "filename", "a b.txt", "length", "5")
	id, _ := place["file_id"].(string)
	to, _ := place["upload_url"].(string)
	if got := api(t, s, bot, "files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`, "channel_id", Queue)["error"]; got != "file_not_found" {
		t.Errorf("shared before it came: %v", got)
	}
	for _, c := range []struct {
		body string
		want int
	}{{"hell", 400}, {"hello!", 400}, {"hello", 200}} {
		req, err := http.NewRequestWithContext(within(t), http.MethodPost, to, bytes.NewReader([]byte(c.body)))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != c.want {
			t.Errorf("%q: status %d, want %d", c.body, resp.StatusCode, c.want)
		}
	}
	if got := api(t, s, bot, "files.completeUploadExternal", "files", `[{"id":"`+id+`","title":"x"}]`, "channel_id", Queue, "thread_ts", root)["error"]; got != nil {
		t.Fatalf("not shared: %v", got)
	}
	if got := s.Thread(root); len(got) != 1 || len(got[0].Files) != 1 || string(got[0].Files[0].Content) != "hello" {
		t.Fatalf("thread %+v", got)
	}
	info, _ := api(t, s, bot, "files.info", "file", id)["file"].(map[string]any)
	address, _ := info["url_private_download"].(string)
	if status, body := get(t, address, bot); status != 200 || string(body) != "hello" {
		t.Errorf("status %d, %q", status, body)
	}
	if status, _ := get(t, address, "xoxb-other"); status != http.StatusFound {
		t.Errorf("with another token: status %d", status)
	}
	s.DeleteFile(id)
	if got := api(t, s, bot, "files.info", "file", id)["error"]; got != "file_deleted" {
		t.Errorf("deleted: %v", got)
	}
	if got := api(t, s, bot, "reactions.remove", "channel", Queue, "timestamp", root, "name", "x")["error"]; got != "no_reaction" {
		t.Errorf("no reaction: %v", got)
	}
	s.SetScopes("files:read")
	if got := api(t, s, bot, "chat.postMessage", "channel", Queue, "text", "x"); got["error"] != "missing_scope" || got["needed"] != "chat:write" {
		t.Errorf("without the scope: %v", got)
	}
}

func TestRequestsEndWithTheServer(t *testing.T) {
	s := start(t)
	agent := s.AddAgent("U1", "Anna")
	began, release := make(chan struct{}, 8), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(release) })
	s.DeliverTo(srv.URL)
	agent.SaysInChannel(Queue, "x")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	select {
	case <-began:
	case <-ctx.Done():
		t.Fatal("nothing was brought")
	}
	closed := make(chan struct{})
	go func() { s.Close(); close(closed) }()
	select {
	case <-closed:
	case <-ctx.Done():
		t.Fatal("Close waits for a program that does not answer")
	}
}
