package slack

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// patience bounds every wait of a test; a test that passes never uses it up.
const patience = 20 * time.Second

func newFake(t *testing.T, opt slackfake.Options) *slackfake.Server {
	t.Helper()
	if opt.AckTimeout == 0 {
		opt.AckTimeout = 200 * time.Millisecond
	}
	fake, err := slackfake.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	return fake
}

func configFor(fake *slackfake.Server) Config {
	return Config{
		BotToken: Token(fake.BotToken()), AppToken: Token(fake.AppToken()),
		APIURL: fake.URL(), Channel: slackfake.Queue, Timeout: 5 * time.Second,
	}
}

// eachMode runs a test once for every way in which Slack brings things.
func eachMode(t *testing.T, test func(t *testing.T, mode string)) {
	t.Helper()
	for _, mode := range []string{ModeSocket, ModeHTTP} {
		t.Run(mode, func(t *testing.T) { test(t, mode) })
	}
}

func configIn(mode string, fake *slackfake.Server) Config {
	cfg := configFor(fake)
	if cfg.Mode = mode; mode == ModeHTTP {
		cfg.AppToken, cfg.SigningSecret = "", Token(fake.SigningSecret())
	}
	return cfg
}

// runOn is run, and in ModeHTTP lets the fake call the adapter's routes.
func runOn(t *testing.T, fake *slackfake.Server, a *Adapter, sink adapters.Sink) (stop func() error) {
	t.Helper()
	if a.cfg.Mode != ModeHTTP {
		return run(t, a, sink)
	}
	srv := mounted(t, a)
	stop = run(t, a, sink)
	waitOpen(t, a) // a press that comes before is not brought again
	fake.DeliverTo(srv.URL)
	t.Cleanup(func() { fake.DeliverTo("") }) // before the server closes
	return stop
}

func mounted(t *testing.T, a *Adapter) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range a.Routes() {
		mux.Handle(pattern, h)
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

func newAdapter(t *testing.T, cfg Config) *Adapter {
	t.Helper()
	a, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.http.CloseIdleConnections) // those of files are the same
	a.reconnect.first, a.reconnect.longest, a.reconnect.burst = 5*time.Millisecond, 50*time.Millisecond, 1000
	return a
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// run starts the adapter and stops it at the end of the test, or earlier with
// the function returned, which gives Run's error.
func run(t *testing.T, a *Adapter, sink adapters.Sink) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, sink) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(patience):
			return errors.New("Run did not stop")
		}
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return stop
}

// memory is a Sink that keeps what it is given, once for each key, and does
// wrong on demand.
type memory struct {
	mu      sync.Mutex
	changed chan struct{}
	rows    []adapters.Raw
	seen    map[string]int
	fail    int // so many calls fail
	hang    int // so many calls wait until their context ends
	calls   int
}

func newMemory() *memory { return &memory{changed: make(chan struct{}), seen: map[string]int{}} }

func (m *memory) Receive(ctx context.Context, _ message.Channel, batch []adapters.Raw) error {
	m.mu.Lock()
	m.calls++
	defer m.mu.Unlock()
	defer func() { close(m.changed); m.changed = make(chan struct{}) }()
	switch {
	case m.fail > 0:
		m.fail--
		return errors.New("disk full")
	case m.hang > 0:
		m.hang--
		m.mu.Unlock()
		<-ctx.Done()
		m.mu.Lock()
		return ctx.Err()
	}
	for _, r := range batch {
		if m.seen[r.Dedup]++; m.seen[r.Dedup] == 1 {
			m.rows = append(m.rows, r)
		}
	}
	return nil
}

func (m *memory) set(change func(*memory)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(m)
}

// copy gives the rows there are now.
func (m *memory) copy() []adapters.Raw {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]adapters.Raw(nil), m.rows...)
}

// failures says how many calls are still to fail.
func (m *memory) failures() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fail
}

// count says how many rows there are.
func (m *memory) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.rows)
}

func (m *memory) tries() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// wait returns the rows once pred accepts them.
func (m *memory) wait(t *testing.T, what string, pred func([]adapters.Raw) bool) []adapters.Raw {
	t.Helper()
	deadline := time.After(patience)
	for {
		m.mu.Lock()
		rows, changed := append([]adapters.Raw(nil), m.rows...), m.changed
		m.mu.Unlock()
		if pred(rows) {
			return rows
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("%s: did not happen; %d rows", what, len(rows))
		}
	}
}

// heard decodes the rows and gives what is not ignored.
func heard(t *testing.T, a *Adapter, rows []adapters.Raw) []message.Inbound {
	t.Helper()
	var out []message.Inbound
	for _, r := range rows {
		if r.Err != "" {
			continue
		}
		in, err := a.Decode(r.Payload)
		if err != nil {
			t.Fatalf("Decode of a stored row: %v", err)
		}
		if in.Kind != message.KindIgnored {
			out = append(out, in)
		}
	}
	return out
}

// hears waits until n things that matter were stored.
func hears(t *testing.T, a *Adapter, m *memory, n int) []message.Inbound {
	t.Helper()
	rows := m.wait(t, "things heard", func(rows []adapters.Raw) bool { return len(heard(t, a, rows)) >= n })
	return heard(t, a, rows)
}

func card(buttons ...adapters.Button) *adapters.Post {
	return &adapters.Post{
		Anchor: "handoff:1", Title: "Anna needs a person", Fallback: "A hand-off waits",
		Blocks: []adapters.Block{
			{Kind: adapters.Fields, Items: []string{"Order: A100", "Mood: calm"}},
			{Kind: adapters.Quote, Label: "They wrote", Text: "Where is my parcel?"},
			{Kind: adapters.List, Label: "Offered", Items: []string{"refund", "replacement"}},
			{Kind: adapters.Note, Text: "waiting for 2 minutes"},
		},
		Buttons: buttons,
	}
}

// mustSend sends and gives the id.
func mustSend(t *testing.T, a *Adapter, d adapters.Delivery) message.PlatformID {
	t.Helper()
	r, err := a.Send(within(t), d)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return r.ID
}

func logged() (*zap.Logger, *observer.ObservedLogs) {
	core, logs := observer.New(zap.DebugLevel)
	return zap.New(core), logs
}
