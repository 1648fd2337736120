package telegram

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

// brisk are pauses short enough for tests.
var brisk = Timeouts{RetryMin: time.Millisecond, RetryMax: 5 * time.Millisecond, HookCheck: 20 * time.Millisecond}

// inBothModes runs a test with updates that are polled and with updates that
// are delivered: whatever it asks must hold in both.
func inBothModes(t *testing.T, test func(t *testing.T, mode string)) {
	for _, mode := range []string{ModePoll, ModeWebhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			test(t, mode)
		})
	}
}

const hookSecret = "a-secret_of_32_letters_and_digit"

func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func newFake(t *testing.T) *telegramfake.Server {
	t.Helper()
	tg := telegramfake.New()
	t.Cleanup(func() {
		tg.Close()
		for _, v := range tg.Violations() {
			t.Errorf("broke a rule of Telegram: %s", v)
		}
	})
	return tg
}

func newAdapter(t *testing.T, url string, times Timeouts) (*Adapter, *observer.ObservedLogs) {
	t.Helper()
	return newAdapterIn(t, ModePoll, url, times)
}

// newAdapterIn makes an adapter that receives in mode, with a server of its
// own where it needs one.
func newAdapterIn(t *testing.T, mode, url string, times Timeouts) (*Adapter, *observer.ObservedLogs) {
	t.Helper()
	return newAdapterOf(t, Config{Token: telegramfake.Token, APIURL: url, Mode: mode, Timeouts: times})
}

func newAdapterOf(t *testing.T, c Config) (*Adapter, *observer.ObservedLogs) {
	t.Helper()
	core, logs := observer.New(zapcore.DebugLevel)
	c.Logger = zap.New(core)
	if c.Mode != ModeWebhook {
		return newOne(t, c), logs
	}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	c.WebhookSecret, c.WebhookURL = cmp.Or(c.WebhookSecret, hookSecret), server.URL+HookPath
	a := newOne(t, c)
	for pattern, handler := range a.Routes() {
		mux.Handle(pattern, handler)
	}
	return a, logs
}

func newOne(t *testing.T, c Config) *Adapter {
	t.Helper()
	a, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.api.client.CloseIdleConnections)
	return a
}

// receiving waits until a receives.
func receiving(ctx context.Context, t *testing.T, tg *telegramfake.Server, a *Adapter) {
	t.Helper()
	ready := tg.Polling
	if a.hook != nil {
		ready = func() bool { return tg.Webhook().URL == a.hook.url }
	}
	if err := tg.Await(ctx, ready); err != nil {
		t.Fatal(err)
	}
}

// run runs a until the test ends or the returned function is called, which
// gives Run's result.
func run(t *testing.T, a *Adapter, sink adapters.Sink) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, sink) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(20 * time.Second):
			t.Error("Run does not end with its context")
			return nil
		}
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

// memSink keeps what it is given. It refuses the first `failures` batches.
type memSink struct {
	mu       sync.Mutex
	failures int
	refused  int
	stored   []adapters.Raw
	changed  chan struct{}
	before   func() // runs at the start of every Receive
}

func newSink() *memSink { return &memSink{changed: make(chan struct{})} }

func (s *memSink) Receive(_ context.Context, channel message.Channel, batch []adapters.Raw) error {
	if s.before != nil {
		s.before()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { close(s.changed); s.changed = make(chan struct{}) }()
	if channel != Channel {
		return errors.New("wrong channel")
	}
	if s.refused < s.failures {
		s.refused++
		return errors.New("disk full")
	}
	s.stored = append(s.stored, batch...)
	return nil
}

// wait blocks until n raws are stored and gives them.
func (s *memSink) wait(ctx context.Context, t *testing.T, n int) []adapters.Raw {
	t.Helper()
	for {
		s.mu.Lock()
		stored, changed := append([]adapters.Raw(nil), s.stored...), s.changed
		s.mu.Unlock()
		if len(stored) >= n {
			return stored
		}
		select {
		case <-ctx.Done():
			t.Fatalf("stored %d of %d: %v", len(stored), n, ctx.Err())
		case <-changed:
		}
	}
}

func settleOf(id message.PlatformID) *adapters.Settle { return &adapters.Settle{Message: id} }
