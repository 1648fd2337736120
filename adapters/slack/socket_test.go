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
	"github.com/accord-chat/accord/dialog/message"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A hand-off from the card to the last word, as the runtime would see it.
func TestAgentWorksInAThread(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	run(t, a, sink)

	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(
		adapters.Button{Action: "take", Value: "12", Label: "Take it", Style: "primary"},
		adapters.Button{Action: "note", Value: "a", Label: "A"}, adapters.Button{Action: "note", Value: "b", Label: "B"})})
	if err := agent.Clicks(string(root), "Take it"); err != nil {
		t.Fatal(err)
	}
	tap := hears(t, a, sink, 1)[0]
	if tap.Kind != message.KindAgentTap || tap.Tap.Data != "take 12" || tap.ID != root || tap.Thread != root || tap.From.Ref != "T0ACCORD/U1ANNA" {
		t.Fatalf("tap = %+v %+v", tap, tap.Tap)
	}

	ts, err := agent.Says(string(root), "Hello <you> & see https://x.example/a?b=1&c=2", slackfake.File{ID: "F1", Name: "p.png", Mimetype: "image/png", Size: 7})
	if err != nil {
		t.Fatal(err)
	}
	said := hears(t, a, sink, 2)[1]
	if said.Kind != message.KindAgentText || said.Thread != root || said.ID != message.PlatformID(slackfake.Queue+":"+ts) {
		t.Fatalf("said = %+v", said)
	}
	if said.Text != "Hello <you> & see https://x.example/a?b=1&c=2" {
		t.Fatalf("text = %q", said.Text)
	}
	if len(said.Attachments) != 1 || said.Attachments[0].Kind != message.Photo || said.Attachments[0].File != "F1" {
		t.Fatalf("attachments = %+v", said.Attachments)
	}
	if said.Chat != tap.Chat {
		t.Fatalf("one thread has two ordering keys: %q and %q", said.Chat, tap.Chat)
	}

	if err := agent.Edits(ts, "Hello again"); err != nil {
		t.Fatal(err)
	}
	if err := agent.Deletes(ts); err != nil {
		t.Fatal(err)
	}
	all := hears(t, a, sink, 4)
	edited, deleted := all[2], all[3]
	if edited.Kind != message.KindEdited || edited.ID != said.ID || edited.Text != "Hello again" || edited.Thread != root {
		t.Fatalf("edited = %+v", edited)
	}
	if deleted.Kind != message.KindDeleted || deleted.ID != said.ID || deleted.Text != "" || deleted.Thread != root {
		t.Fatalf("deleted = %+v", deleted)
	}
}

// What is no agent's word in a thread is stored and ignored.
func TestChannelTalkAndOwnPostsAreIgnored(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	fake.AddChannel("C0OTHER", "other", slackfake.BotUser, "U1ANNA")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	run(t, a, sink)
	mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	agent.SaysInChannel(slackfake.Queue, "good morning")
	other := agent.SaysInChannel("C0OTHER", "elsewhere")
	if _, err := agent.Says(other, "in another channel's thread"); err != nil {
		t.Fatal(err)
	}
	rows := sink.wait(t, "four rows", func(r []adapters.Raw) bool { return len(r) == 4 })
	if got := heard(t, a, rows); len(got) != 0 {
		t.Fatalf("heard %+v", got)
	}
}

// Invariant: nothing is acknowledged before it is stored. A failing store, a
// hanging one, lost acknowledgements and doubled envelopes all end with one row.
func TestStoredOnceWhateverHappens(t *testing.T) {
	cases := map[string]func(*slackfake.Server, *memory){
		"store fails":     func(_ *slackfake.Server, m *memory) { m.fail = 3 },
		"store hangs":     func(_ *slackfake.Server, m *memory) { m.hang = 2 },
		"lost acks":       func(f *slackfake.Server, _ *memory) { f.LoseAcks(2) },
		"duplicates":      func(f *slackfake.Server, _ *memory) { f.Duplicate(3) },
		"out of order":    func(f *slackfake.Server, _ *memory) { f.Reorder(3) },
		"all is well":     func(*slackfake.Server, *memory) {},
		"fails and twice": func(f *slackfake.Server, m *memory) { m.fail = 2; f.Duplicate(2); f.LoseAcks(1) },
	}
	for name, trouble := range cases {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			agent := fake.AddAgent("U1ANNA", "Anna")
			a, sink := newAdapter(t, configFor(fake)), newMemory()
			a.budget = 50 * time.Millisecond
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(adapters.Button{Action: "take", Value: "1", Label: "Take"})})
			trouble(fake, sink)
			if _, err := agent.Says(string(root), "one"); err != nil {
				t.Fatal(err)
			}
			if err := agent.Clicks(string(root), "take"); err != nil {
				t.Fatal(err)
			}
			run(t, a, sink)
			if got := hears(t, a, sink, 2); len(got) != 2 {
				t.Fatalf("heard %d things, want 2", len(got))
			}
			if err := fake.Wait(within(t), func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
				t.Fatal("not everything was acknowledged:", err)
			}
			rows := sink.wait(t, "rows", func([]adapters.Raw) bool { return true })
			if len(rows) != 3 { // the bot's own card, the word, the press
				t.Fatalf("%d rows, want 3", len(rows))
			}
			if _, _, lost := fake.Events(); lost != 0 {
				t.Fatalf("%d events were given up", lost)
			}
		})
	}
}

// While the store fails nothing at all may be acknowledged.
func TestNoAckWhileTheStoreFails(t *testing.T) {
	fake := newFake(t, slackfake.Options{AckTimeout: 20 * time.Millisecond, Retries: 1000})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	sink.fail = 1 << 30
	agent.SaysInChannel(slackfake.Queue, "x")
	run(t, a, sink)
	sink.wait(t, "several tries", func([]adapters.Raw) bool { return sink.tries() >= 5 })
	if acked, waiting, _ := fake.Events(); acked != 0 || waiting != 1 {
		t.Fatalf("acknowledged %d, waiting %d; want 0 and 1", acked, waiting)
	}
}

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
