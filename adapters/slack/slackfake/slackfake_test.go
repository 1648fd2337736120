package slackfake

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T) *Server {
	t.Helper()
	s, err := New(Options{AckTimeout: 50 * time.Millisecond, PingEvery: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); http.DefaultClient.CloseIdleConnections() })
	return s
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// api calls a method with pairs of names and values.
func api(t *testing.T, s *Server, token, method string, pairs ...string) map[string]any {
	t.Helper()
	form := url.Values{"token": {token}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(within(t), http.MethodPost, s.URL()+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRefusesWhatSlackRefuses(t *testing.T) {
	s := start(t)
	agent := s.AddAgent("U1", "Anna")
	bot := s.BotToken()
	root, _ := api(t, s, bot, "chat.postMessage", "channel", Queue, "text", "root")["ts"].(string)
	reply, err := agent.Says(root, "reply")
	if err != nil {
		t.Fatal(err)
	}
	many := `[` + strings.Repeat(`{"type":"divider"},`, 50) + `{"type":"divider"}]`
	header := `[{"type":"header","text":{"type":"plain_text","text":"` + strings.Repeat("h", 151) + `"}}]`
	rich := `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"` + strings.Repeat("r", 4001) + `"}]}]}]`
	twins := `[{"type":"actions","elements":[` + strings.Repeat(`{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},`, 1) +
		`{"type":"button","action_id":"a","text":{"type":"plain_text","text":"y"}}]}]`
	for name, c := range map[string]struct {
		token, method string
		form          []string
		want          string
	}{
		"no token":          {"", "auth.test", nil, "not_authed"},
		"unknown token":     {"xoxb-x", "auth.test", nil, "invalid_auth"},
		"app token":         {s.AppToken(), "auth.test", nil, "not_allowed_token_type"},
		"bot token":         {bot, "apps.connections.open", nil, "not_allowed_token_type"},
		"unknown method":    {bot, "chat.sing", nil, "unknown_method"},
		"unknown channel":   {bot, "chat.postMessage", []string{"channel", "C9", "text", "x"}, "channel_not_found"},
		"nothing":           {bot, "chat.postMessage", []string{"channel", Queue}, "no_text"},
		"51 blocks":         {bot, "chat.postMessage", []string{"channel", Queue, "blocks", many}, "invalid_blocks"},
		"long header":       {bot, "chat.postMessage", []string{"channel", Queue, "blocks", header}, "invalid_blocks"},
		"long rich text":    {bot, "chat.postMessage", []string{"channel", Queue, "blocks", rich}, "invalid_blocks"},
		"twin action ids":   {bot, "chat.postMessage", []string{"channel", Queue, "blocks", twins}, "invalid_blocks"},
		"blocks of no form": {bot, "chat.postMessage", []string{"channel", Queue, "blocks", "{"}, "invalid_blocks_format"},
		"no such thread":    {bot, "chat.postMessage", []string{"channel", Queue, "text", "x", "thread_ts", "1.1"}, "thread_not_found"},
		"a reply as thread": {bot, "chat.postMessage", []string{"channel", Queue, "text", "x", "thread_ts", reply}, "thread_not_found"},
		"another's message": {bot, "chat.update", []string{"channel", Queue, "text", "x", "ts", reply}, "cant_update_message"},
		"private, outsider": {bot, "chat.postEphemeral", []string{"channel", Queue, "text", "x", "user", "U9"}, "user_not_in_channel"},
		"reaction, nothing": {bot, "reactions.add", []string{"channel", Queue, "timestamp", "1.1", "name", "x"}, "message_not_found"},
	} {
		if got := api(t, s, c.token, c.method, c.form...)["error"]; got != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
	if n := len(s.Posted()); n != 1 {
		t.Errorf("%d messages were posted, want 1", n)
	}
}

// dial opens a socket the way a program does.
func dial(t *testing.T, s *Server) *websocket.Conn {
	t.Helper()
	addr, _ := api(t, s, s.AppToken(), "apps.connections.open")["url"].(string)
	ws, resp, err := websocket.DefaultDialer.DialContext(within(t), addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	if err := ws.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, second, err := websocket.DefaultDialer.DialContext(within(t), addr, nil); err == nil || second == nil || second.StatusCode != http.StatusForbidden {
		t.Error("an address served twice")
	}
	var hello map[string]any
	if err := ws.ReadJSON(&hello); err != nil || hello["type"] != "hello" {
		t.Fatalf("hello = %v, %v", hello, err)
	}
	return ws
}

type envelope struct {
	ID      string `json:"envelope_id"`
	Payload struct {
		EventID string `json:"event_id"`
		Event   struct {
			TS string `json:"ts"`
		} `json:"event"`
	} `json:"payload"`
}

func next(t *testing.T, ws *websocket.Conn) envelope {
	t.Helper()
	var e envelope
	if err := ws.ReadJSON(&e); err != nil {
		t.Fatal(err)
	}
	return e
}

// Without an acknowledgement an event comes again under new ids, also on the
// next connection, until it is acknowledged.
func TestRedelivers(t *testing.T) {
	s := start(t)
	s.AddAgent("U1", "Anna").SaysInChannel(Queue, "hello")
	ws := dial(t, s)
	one, two := next(t, ws), next(t, ws)
	if one.ID == two.ID || one.Payload.EventID == two.Payload.EventID || one.Payload.Event.TS != two.Payload.Event.TS {
		t.Fatalf("copies %+v and %+v", one, two)
	}
	_ = ws.Close()
	ws = dial(t, s)
	three := next(t, ws)
	if three.Payload.Event.TS != one.Payload.Event.TS {
		t.Fatalf("after a reconnect: %+v", three)
	}
	if err := ws.WriteJSON(map[string]string{"envelope_id": three.ID}); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(within(t), func(s *Server) bool {
		acked, waiting, lost := s.Events()
		return acked == 1 && waiting == 0 && lost == 0
	}); err != nil {
		t.Fatal(err)
	}
}

func TestPingsAndDisconnects(t *testing.T) {
	s := start(t)
	ws := dial(t, s)
	pinged := false
	pong := ws.PingHandler()
	ws.SetPingHandler(func(data string) error {
		if !pinged {
			pinged = true
			s.Disconnect("warning")
		}
		return pong(data)
	})
	var m map[string]any
	if err := ws.ReadJSON(&m); err != nil || !pinged || m["type"] != "disconnect" || m["reason"] != "warning" {
		t.Fatalf("pinged %v, then %v, %v", pinged, m, err)
	}
	s.Drop()
	if err := ws.ReadJSON(&m); err == nil {
		t.Fatal("the connection lives on")
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	s := start(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Wait(ctx, func(*Server) bool { return false }); err == nil {
		t.Fatal("waited for nothing")
	}
}
