package slack

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Envelopes the library cannot read are kept aside and acknowledged, and do
// not hold up their neighbours; broken frames do no harm.
func TestPoison(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	fake.Poison("brand_new_type", map[string]any{"a": 1, "token": slackfake.VerificationToken})
	fake.Poison("events_api", map[string]any{"type": "event_callback", "team_id": slackfake.Team, "event": map[string]any{"type": "never_heard_of"}})
	fake.Poison("events_api", map[string]any{"type": "event_callback", "event": nil})
	run(t, a, sink)
	if err := fake.Wait(within(t), func(s *slackfake.Server) bool { open, _ := s.Sockets(); return open == 1 }); err != nil {
		t.Fatal(err)
	}
	fake.Frame(`{"envelope_id": "half`)
	fake.Frame(`[1,2,3]`)
	fake.Frame(`"just a string"`)
	fake.Frame(`{"type":"events_api","payload":"text"}`)
	if _, err := agent.Says(string(root), "still here"); err != nil {
		t.Fatal(err)
	}
	if got := hears(t, a, sink, 1); got[0].Text != "still here" {
		t.Fatalf("heard %+v", got)
	}
	if err := fake.Wait(within(t), func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
		t.Fatal("poison was not acknowledged:", err)
	}
	rows := sink.wait(t, "dead letters", func(rows []adapters.Raw) bool { return deadLetters(rows) >= 5 })
	for _, r := range rows {
		if r.Dedup == "" || r.Chat == "" && r.Err == "" {
			t.Errorf("row without key or place: %+v", r)
		}
		if strings.Contains(string(r.Payload), slackfake.VerificationToken) {
			t.Error("the verification token was stored")
		}
	}
}

func deadLetters(rows []adapters.Raw) (n int) {
	for _, r := range rows {
		if r.Err != "" {
			n++
		}
	}
	return n
}

// Slack refreshes connections and networks break; nothing said meanwhile is
// lost, and a program that was killed hears what it missed.
func TestReconnects(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	cfg := configFor(fake)
	log, logs := logged()
	cfg.Logger = log
	a, sink := newAdapter(t, cfg), newMemory()
	root := string(mustSend(t, a, adapters.Delivery{ID: 1, Post: card()}))
	stop := run(t, a, sink)
	say := func(text string) {
		t.Helper()
		if _, err := agent.Says(root, text); err != nil {
			t.Fatal(err)
		}
	}
	connections := func(n int) {
		t.Helper()
		if err := fake.Wait(within(t), func(s *slackfake.Server) bool { open, ever := s.Sockets(); return open == 1 && ever >= n }); err != nil {
			t.Fatal(err)
		}
	}
	connections(1)
	say("one")
	fake.Disconnect("refresh_requested")
	say("two")
	connections(2)
	fake.Drop()
	say("three")
	connections(3)
	fake.Fail(slackfake.Fault{Method: "apps.connections.open", Times: 2, Status: 500, Body: "<html>"})
	fake.Fail(slackfake.Fault{Method: "apps.connections.open", Cut: true})
	fake.Drop()
	say("four")
	connections(4)
	hears(t, a, sink, 4)
	if err := stop(); err != nil {
		t.Fatal(err)
	}

	// Every new connection was ours to pace; none was the library's own.
	ended, up := logs.FilterField(zap.Bool("was_up", true)).Len(), logs.FilterMessage("connected to Slack").Len()
	if _, ever := fake.Sockets(); up != ever || ended != up-1 {
		t.Fatalf("%d connections, of which we know %d begun and %d ended", ever, up, ended)
	}

	say("five") // nobody listens
	b := newAdapter(t, configFor(fake))
	run(t, b, sink)
	var texts []string
	for _, in := range hears(t, b, sink, 5) {
		texts = append(texts, in.Text)
	}
	slices.Sort(texts)
	if got := strings.Join(texts, " "); got != "five four one three two" {
		t.Fatalf("heard %q", got)
	}
}

// Only a refused token ends Run.
func TestRunEndsOnRefusedToken(t *testing.T) {
	for _, c := range []string{"invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"} {
		t.Run(c, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			fake.Fail(slackfake.Fault{Method: "apps.connections.open", Times: 100, Code: c})
			a := newAdapter(t, configFor(fake))
			if err := a.Run(within(t), newMemory()); !errors.Is(err, adapters.ErrRefused) {
				t.Fatalf("Run = %v, want ErrRefused", err)
			}
		})
	}
	t.Run("revoked while running", func(t *testing.T) {
		fake := newFake(t, slackfake.Options{})
		a := newAdapter(t, configFor(fake))
		done := make(chan error, 1)
		go func() { done <- a.Run(within(t), newMemory()) }()
		if err := fake.Wait(within(t), func(s *slackfake.Server) bool { open, _ := s.Sockets(); return open == 1 }); err != nil {
			t.Fatal(err)
		}
		fake.Revoke()
		select {
		case err := <-done:
			if !errors.Is(err, adapters.ErrRefused) {
				t.Fatalf("Run = %v, want ErrRefused", err)
			}
		case <-time.After(patience):
			t.Fatal("Run went on with a revoked token")
		}
	})
}

// A flood with a stuck store must not stop the reader: pongs and the reconnect
// depend on it. Everything arrives in the end.
func TestFloodWithASlowStore(t *testing.T) {
	const n = 400 // more than the queue holds
	fake := newFake(t, slackfake.Options{Retries: 1000, PingEvery: 20 * time.Millisecond})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	a.budget = 50 * time.Millisecond
	sink.hang = 3
	for i := range n {
		agent.SaysInChannel(slackfake.Queue, strconv.Itoa(i))
	}
	run(t, a, sink)
	sink.wait(t, "the whole flood", func(rows []adapters.Raw) bool { return len(rows) == n })
	if err := fake.Wait(within(t), func(s *slackfake.Server) bool { acked, _, lost := s.Events(); return acked == n && lost == 0 }); err != nil {
		t.Fatal(err)
	}
	if _, ever := fake.Sockets(); ever != 1 {
		t.Fatalf("%d connections, want 1", ever)
	}
}
