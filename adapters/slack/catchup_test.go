package slack

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// What Slack never brought is read from the threads, under the keys it would
// have had: what came all the same is not doubled by it.
func TestCatchUpFindsWhatWasMissed(t *testing.T) { eachMode(t, tryCatchUpFindsWhatWasMissed) }

func tryCatchUpFindsWhatWasMissed(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
	runOn(t, fake, a, sink)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	other := mustSend(t, a, adapters.Delivery{ID: 2, Post: card()})
	mustSend(t, a, filePost(3, root, "p.png", holds(png, int64(len(png)))))
	say := func(thread message.PlatformID, text string) string {
		t.Helper()
		ts, err := agent.Says(string(thread), text)
		if err != nil {
			t.Fatal(err)
		}
		return ts
	}
	first := say(root, "came")
	hears(t, a, sink, 1)
	for range 250 { // more than one page
		say(other, "came too")
	}
	hears(t, a, sink, 251)
	before := sink.count()

	fake.Swallow(4)
	say(root, "missed")
	late := say(root, "mised")
	if err := agent.Edits(late, "missed, then mended"); err != nil {
		t.Fatal(err)
	}
	if err := agent.Edits(first, "came, then mended"); err != nil {
		t.Fatal(err)
	}
	fake.Fail(slackfake.Fault{Method: "conversations.replies", Status: 429, RetryAfter: "1"})
	if err := a.CatchUp(within(t), sink, []message.PlatformID{root, other}); err != nil {
		t.Fatal(err)
	}
	if err := a.CatchUp(within(t), sink, []message.PlatformID{root, other}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range heard(t, a, sink.copy()[before:]) {
		if in.Thread != root || in.From.Ref != "T0ACCORD/U1ANNA" || in.Chat != message.Chat(root) {
			t.Errorf("caught %+v", in)
		}
		got = append(got, string(in.Kind)+" "+in.Text)
	}
	slices.Sort(got)
	want := "agent_text missed|agent_text missed, then mended|edited came, then mended|edited missed, then mended"
	if strings.Join(got, "|") != want {
		t.Errorf("caught %q", strings.Join(got, "|"))
	}
	if n := fake.Calls("conversations.replies"); n != 7 { // one refused; one page and two; the same again, for it is all recent
		t.Errorf("%d calls", n)
	}
}

// A thread is read on from where it was left, less a little.
func TestCatchUpGoesOn(t *testing.T) {
	c := newCatchUp()
	if from := c.from("C1:1.1"); from != "" {
		t.Fatalf("from %q at first", from)
	}
	c.read("C1:1.1", "1700000900.000300")
	if from := c.from("C1:1.1"); from != "1700000000.000300" {
		t.Fatalf("from %q", from)
	}
}

// One thread that cannot be read does not keep it from the others; what could
// not be stored is read again.
func TestCatchUpTrouble(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	good := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	if _, err := agent.Says(string(good), "here"); err != nil {
		t.Fatal(err)
	}
	if err := a.CatchUp(within(t), sink, []message.PlatformID{"C0QUEUE:1.000001"}); err != nil {
		t.Errorf("a card that was deleted: %v", err)
	}
	fake.Fail(slackfake.Fault{Method: "conversations.replies", Code: "fatal_error"})
	err := a.CatchUp(within(t), sink, []message.PlatformID{good, "nonsense", "C0NOWHERE:1.000001", good})
	if err == nil || sink.count() != 1 {
		t.Fatalf("err %v, %d rows", err, sink.count())
	}
	fresh := newAdapter(t, configFor(fake))
	sink.set(func(m *memory) { m.fail = 1 })
	if err := fresh.CatchUp(within(t), sink, []message.PlatformID{good}); err == nil {
		t.Fatal("a failing store was not reported")
	}
	if fresh.reader.from(good) != "" {
		t.Error("read on past what was not stored")
	}
	fake.Revoke()
	if err := newAdapter(t, configFor(fake)).CatchUp(within(t), sink, nil); !errors.Is(err, adapters.ErrRefused) {
		t.Errorf("revoked: %v", err)
	}
}

// Every connection but the first says that something may have been missed.
func TestGaps(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a, sink := newAdapter(t, configFor(fake)), newMemory()
	run(t, a, sink)
	up := func(n int) {
		t.Helper()
		if err := fake.Wait(within(t), func(s *slackfake.Server) bool { open, ever := s.Sockets(); return open == 1 && ever == n }); err != nil {
			t.Fatal(err)
		}
	}
	up(1)
	agent := fake.AddAgent("U1ANNA", "Anna")
	agent.SaysInChannel(slackfake.Queue, "x")
	sink.wait(t, "one", func(r []adapters.Raw) bool { return len(r) == 1 })
	if len(a.gap) != 0 {
		t.Fatal("a gap before the first connection")
	}
	fake.Drop()
	up(2)
	select {
	case <-a.Gap():
	case <-time.After(patience):
		t.Fatal("no gap after a reconnect")
	}
}

// What was kept aside is read as it would be today.
func TestReread(t *testing.T) {
	a := newAdapter(t, configFor(newFake(t, slackfake.Options{})))
	id, raw := badRaw([]byte(`{"envelope_id":"e1","type":"events_api","payload":{"team_id":"T1","event_id":"E1","event":{"type":"never_heard_of"}}}`))
	if id != "e1" || raw.Err == "" {
		t.Fatalf("%q %+v", id, raw)
	}
	if again := a.Reread(raw.Payload); again.Err != "" || again.Chat == "" || again.Dedup != "slack:E1" {
		t.Errorf("%+v", again)
	}
	for _, lost := range []string{`{`, `[]`, `{"type":"","payload":"x"}`, `{"type":"events_api","payload":{}}`} {
		if again := a.Reread([]byte(lost)); again.Err == "" || again.Dedup == "" {
			t.Errorf("%s: %+v", lost, again)
		}
	}
}
