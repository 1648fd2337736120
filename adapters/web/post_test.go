package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func TestPostIsStoredBeforeItIsAccepted(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	r := s.post(t, cookie, `{"id":"message-0001","text":"the lamp is broken"}`)
	r.Header.Set("Accept-Language", "fr, zh-TW;q=0.9, en;q=0.1")
	resp := s.do(t, r)
	if resp.StatusCode != http.StatusAccepted {
		t.Fatalf("status %d, want 202", resp.StatusCode)
	}
	var got stored
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "message-0001" || !got.At.Equal(noon) {
		t.Errorf("answer %+v", got)
	}
	rows := s.sink.stored()
	if len(rows) != 1 {
		t.Fatalf("%d rows stored, want 1", len(rows))
	}
	chat := s.chat(t, cookie)
	if want := "web:" + string(chat) + ":message-0001"; rows[0].Dedup != want || rows[0].Chat != chat {
		t.Errorf("row %q in %q, want %q in %q", rows[0].Dedup, rows[0].Chat, want, chat)
	}
	in, err := s.a.Decode(rows[0].Payload)
	if err != nil {
		t.Fatal(err)
	}
	if in.Text != "the lamp is broken" || in.From.Lang != message.Traditional || in.Chat != chat || !in.At.Equal(noon) {
		t.Errorf("decoded %+v", in)
	}
}

func TestFailedPostIsTriedAgainAndStoredOnce(t *testing.T) {
	s := serve(t)
	s.sink.fails = 2
	cookie := s.visit(t)
	const body = `{"id":"message-0001","text":"canary-text"}`
	var codes []int
	for range 4 { // two failures, the success, and a copy whose answer got lost
		resp := s.do(t, s.post(t, cookie, body))
		codes = append(codes, resp.StatusCode)
		if resp.StatusCode == http.StatusServiceUnavailable {
			wantWords(t, resp)
			if resp.Header.Get("Retry-After") == "" {
				t.Error("503 without Retry-After")
			}
		}
	}
	want := []int{503, 503, 202, 202}
	for i := range want {
		if codes[i] != want[i] {
			t.Fatalf("statuses %v, want %v", codes, want)
		}
	}
	if n := len(s.sink.stored()); n != 1 {
		t.Errorf("%d rows stored, want 1", n)
	}
	if s.sink.calls != 3 { // what is known to be stored is not stored again
		t.Errorf("the sink was asked %d times, want 3", s.sink.calls)
	}
	wantSilent(t, s, "canary-text", cookie.Value)
	if s.logs.Len() == 0 {
		t.Error("a failing store was not logged")
	}
}

func TestPostOutsideOfRunIsRefused(t *testing.T) {
	s := idle(t, Config{})
	cookie := s.visit(t)
	const body = `{"id":"message-0001","text":"hello"}`
	if resp := s.do(t, s.post(t, cookie, body)); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("before Run: status %d, want 503", resp.StatusCode)
	}
	s.run(t)
	if resp := s.do(t, s.post(t, cookie, body)); resp.StatusCode != http.StatusAccepted {
		t.Errorf("in Run: status %d, want 202", resp.StatusCode)
	}
	s.stop()
	const another = `{"id":"message-0002","text":"hello"}`
	if resp := s.do(t, s.post(t, cookie, another)); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("after Run: status %d, want 503", resp.StatusCode)
	}
}

func TestPostRefusals(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	const good = `{"id":"message-0001","text":"hello"}`
	edge, wide := strings.Repeat("x", maxChars), strings.Repeat("长", maxText/3)
	cases := []struct {
		name string
		body string
		edit func(*http.Request)
		want int
	}{
		{"as the page sends it", good, nil, 202},
		{"a tap", `{"id":"message-0002","tap":"tok"}`, nil, 202},
		{"as long as can be", `{"id":"message-0003","text":"` + edge + `"}`, nil, 202},
		{"one character more", `{"id":"message-0004","text":"` + edge + `x"}`, nil, 413},
		{"as many bytes as can be", `{"id":"message-0005","text":"` + wide + `"}`, nil, 202},
		{"too many bytes", `{"id":"message-0006","text":"` + wide + `长"}`, nil, 413},
		{"too large to be read", `{"id":"message-0007","text":"` + strings.Repeat("x", maxBody) + `"}`, nil, 413},
		{"a session that was made up", good, func(r *http.Request) {
			r.Header.Set("Cookie", cookieName+"="+strings.Repeat("A", sessionLen))
		}, 401},
		{"a session with the seal of another key", good, func(r *http.Request) {
			r.Header.Set("Cookie", cookieName+"="+sealed([]byte(strings.Repeat("k", keyLen)), strings.Repeat("A", sessionLen)))
		}, 401},
		{"two sessions", good, func(r *http.Request) {
			r.AddCookie(&http.Cookie{Name: cookieName, Value: s.visit(t).Value})
		}, 401},
		{"no cookie", good, func(r *http.Request) { r.Header.Del("Cookie") }, 401},
		{"a cookie that is not ours", good, func(r *http.Request) { r.Header.Set("Cookie", cookieName+"=me") }, 401},
		{"another origin", good, func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "https://elsewhere.example")
		}, 403},
		{"another site", good, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a sister site", good, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		{"a form", good, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"no type", good, func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		{"nearly the type", good, func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }, 415},
		{"not JSON", "hello", nil, 400},
		{"nothing", "", nil, 400},
		{"two values", good + good, nil, 400},
		{"an unknown field", `{"id":"message-0001","text":"x","chat":"other"}`, nil, 400},
		{"text and tap", `{"id":"message-0001","text":"x","tap":"tok"}`, nil, 400},
		{"neither", `{"id":"message-0001"}`, nil, 400},
		{"blank text", `{"id":"message-0001","text":" \n\t"}`, nil, 400},
		{"no id", `{"text":"x"}`, nil, 400},
		{"a short id", `{"id":"1234567","text":"x"}`, nil, 400},
		{"an id with a colon", `{"id":"message:0001","text":"x"}`, nil, 400},
		{"a long tap", `{"id":"message-0001","tap":"` + strings.Repeat("x", maxTap+1) + `"}`, nil, 400},
	}
	accepted := 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := s.post(t, cookie, c.body)
			if c.edit != nil {
				c.edit(r)
			}
			resp := s.do(t, r)
			if resp.StatusCode != c.want {
				t.Fatalf("status %d, want %d", resp.StatusCode, c.want)
			}
			if c.want == http.StatusAccepted {
				accepted++
				return
			}
			wantWords(t, resp)
		})
	}
	if n := len(s.sink.stored()); n != accepted {
		t.Errorf("%d rows stored, want %d", n, accepted)
	}
}

func TestPublicAddressIsTrusted(t *testing.T) {
	s := idle(t, Config{PublicURL: "https://shop.example/help"})
	s.run(t)
	cookie := s.visit(t)
	for origin, want := range map[string]int{"https://shop.example": 202, "https://shop.example.evil": 403} {
		r := s.post(t, cookie, `{"id":"message-0001","text":"x"}`)
		r.Header.Del("Sec-Fetch-Site")
		r.Header.Set("Origin", origin)
		if resp := s.do(t, r); resp.StatusCode != want {
			t.Errorf("origin %s: status %d, want %d", origin, resp.StatusCode, want)
		}
	}
}

// blockingSink holds Receive until it is let go.
type blockingSink struct {
	fakeSink
	entered chan struct{}
	let     chan struct{}
}

func (s *blockingSink) Receive(ctx context.Context, channel message.Channel, batch []adapters.Raw) error {
	close(s.entered)
	<-s.let
	return s.fakeSink.Receive(ctx, channel, batch)
}

func TestRunEndsAfterTheLastReceive(t *testing.T) {
	s := idle(t, Config{})
	cookie := s.visit(t)
	sink := &blockingSink{entered: make(chan struct{}), let: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.a.Run(ctx, sink) }()
	s.await(t)
	code := make(chan int, 1)
	go func() {
		resp, err := s.Client().Do(s.post(t, cookie, `{"id":"message-0001","text":"x"}`))
		if err != nil {
			code <- 0
			return
		}
		_ = resp.Body.Close()
		code <- resp.StatusCode
	}()
	<-sink.entered
	cancel()
	if err := s.a.Run(t.Context(), sink); err == nil {
		t.Error("a second Run beside the first was let in")
	}
	select {
	case err := <-ended:
		t.Fatalf("Run ended while a message was being stored: %v", err)
	default:
	}
	close(sink.let)
	if got := receive(t, code); got != http.StatusAccepted {
		t.Errorf("status %d, want 202", got)
	}
	if err := receive(t, ended); err != nil {
		t.Errorf("Run: %v", err)
	}
	if n := len(sink.stored()); n != 1 {
		t.Errorf("%d rows stored, want 1", n)
	}
}

// receive waits for a value.
func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// wantWords checks that a refusal is JSON with words in it.
func wantWords(t *testing.T, resp *http.Response) {
	t.Helper()
	var v struct{ Error string }
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil || v.Error == "" {
		t.Errorf("status %d carries no words (%v)", resp.StatusCode, err)
	}
}

// wantSilent checks that no log line holds any of secrets.
func wantSilent(t *testing.T, s *chatServer, secrets ...string) {
	t.Helper()
	for _, line := range s.logs.All() {
		b, err := json.Marshal(line.ContextMap())
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(line.Message+string(b), secret) {
				t.Errorf("the log line %q holds %q", line.Message, secret)
			}
		}
	}
}
