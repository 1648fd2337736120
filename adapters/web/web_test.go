package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// patience bounds every wait in these tests; none of them comes near it unless
// something is broken.
const patience = 10 * time.Second

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeSink keeps what it is given once for each Dedup, as the inbox does.
type fakeSink struct {
	mu    sync.Mutex
	fails int // so many calls fail before one is stored
	calls int
	rows  []adapters.Raw
}

var errStore = errors.New("disk is full")

func (s *fakeSink) Receive(_ context.Context, channel message.Channel, batch []adapters.Raw) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if channel != Channel {
		return errors.New("wrong channel")
	}
	if s.fails > 0 {
		s.fails--
		return errStore
	}
	for _, raw := range batch {
		if !s.has(raw.Dedup) {
			s.rows = append(s.rows, raw)
		}
	}
	return nil
}

func (s *fakeSink) has(dedup string) bool {
	for _, r := range s.rows {
		if r.Dedup == dedup {
			return true
		}
	}
	return false
}

func (s *fakeSink) stored() []adapters.Raw {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]adapters.Raw(nil), s.rows...)
}

// fakeOutbox is the stored side of what is said: rows come in here before they
// are sent, and History reads them.
type fakeOutbox struct {
	mu      sync.Mutex
	rows    map[message.Chat][]Entry
	err     error
	reading func() // called inside History
}

func (o *fakeOutbox) history(_ context.Context, chat message.Chat, after int64) ([]Entry, error) {
	if o.reading != nil {
		o.reading()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []Entry
	for _, e := range o.rows[chat] {
		if e.From == Customer || e.ID > after {
			found = append(found, e)
		}
	}
	return found, o.err
}

func (o *fakeOutbox) add(chat message.Chat, e Entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.rows == nil {
		o.rows = make(map[message.Chat][]Entry)
	}
	o.rows[chat] = append(o.rows[chat], e)
}

func (o *fakeOutbox) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.err = err
}

// chatServer is an adapter behind a real server.
type chatServer struct {
	*httptest.Server
	a      *Adapter
	sink   *fakeSink
	outbox *fakeOutbox
	logs   *observer.ObservedLogs
	stop   func() // ends Run and waits for it
}

// serve starts a chat and its Run.
func serve(t *testing.T) *chatServer {
	t.Helper()
	s := idle(t, Config{})
	s.run(t)
	return s
}

// idle starts a chat without Run.
func idle(t *testing.T, cfg Config) *chatServer {
	t.Helper()
	core, logs := observer.New(zapcore.DebugLevel)
	s := &chatServer{sink: &fakeSink{}, outbox: &fakeOutbox{}, logs: logs}
	cfg.Business, cfg.History, cfg.Logger = "Harbour & Sons", s.outbox.history, zap.New(core)
	cfg.Now = func() time.Time { return noon }
	a, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.a = a
	s.Server = httptest.NewServer(a.Handler())
	t.Cleanup(s.Close)
	return s
}

func (s *chatServer) run(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	up := make(chan struct{})
	go func() {
		close(up)
		done <- s.a.Run(ctx, s.sink)
	}()
	<-up
	s.await(t)
	s.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run did not end")
		}
	})
	t.Cleanup(s.stop)
}

// await returns once Run takes messages.
func (s *chatServer) await(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if _, _, leave, ok := s.a.enter(); ok {
			leave()
			return
		}
		runtime.Gosched()
	}
	t.Fatal("Run did not begin")
}

// visit opens the page and gives the session cookie.
func (s *chatServer) visit(t *testing.T) *http.Cookie {
	t.Helper()
	resp := s.do(t, s.request(t, http.MethodGet, "/chat", "", nil))
	for _, c := range resp.Cookies() {
		if c.Name == cookieName || c.Name == secureName {
			return c
		}
	}
	t.Fatal("the page set no session cookie")
	return nil
}

func (s *chatServer) chat(t *testing.T, cookie *http.Cookie) message.Chat {
	t.Helper()
	chat, ok := s.a.chatOf(s.request(t, http.MethodGet, "/chat", "", cookie))
	if !ok {
		t.Fatal("the cookie names no chat")
	}
	return chat
}

func (s *chatServer) request(t *testing.T, method, path, body string, cookie *http.Cookie) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if cookie != nil {
		r.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	return r
}

// post builds what the page sends.
func (s *chatServer) post(t *testing.T, cookie *http.Cookie, body string) *http.Request {
	t.Helper()
	r := s.request(t, http.MethodPost, "/chat/messages", body, cookie)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", s.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// do makes a request whose body is closed when the test ends.
func (s *chatServer) do(t *testing.T, r *http.Request) *http.Response {
	t.Helper()
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// say stores a row and sends it, as the runtime does.
func (s *chatServer) say(t *testing.T, chat message.Chat, id int64, text string) {
	t.Helper()
	d := adapters.Delivery{ID: id, Chat: chat, Say: &message.Outbound{Text: text, From: message.Bot, Lang: message.English}}
	e, _ := Said(d, noon)
	s.outbox.add(chat, e)
	if _, err := s.a.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}
