package slack

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// A hand-off from the card to the last word, as the runtime would see it.
func TestAgentWorksInAThread(t *testing.T) { eachMode(t, tryAgentWorksInAThread) }

func tryAgentWorksInAThread(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{AckTimeout: patience})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
	runOn(t, fake, a, sink)

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
	hears(t, a, sink, 3) // requests do not keep the order
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
	eachMode(t, tryChannelTalkAndOwnPostsAreIgnored)
}

func tryChannelTalkAndOwnPostsAreIgnored(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	fake.AddChannel("C0OTHER", "other", slackfake.BotUser, "U1ANNA")
	a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
	runOn(t, fake, a, sink)
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
func TestStoredOnceWhateverHappens(t *testing.T) { eachMode(t, tryStoredOnceWhateverHappens) }

func tryStoredOnceWhateverHappens(t *testing.T, mode string) {
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
			a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
			a.budget = 50 * time.Millisecond
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			trouble(fake, sink)
			if _, err := agent.Says(string(root), "one"); err != nil {
				t.Fatal(err)
			}
			if _, err := agent.Says(string(root), "two"); err != nil {
				t.Fatal(err)
			}
			runOn(t, fake, a, sink)
			if got := hears(t, a, sink, 2); len(got) != 2 {
				t.Fatalf("heard %d things, want 2", len(got))
			}
			if err := fake.Wait(within(t), func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting == 0 }); err != nil {
				t.Fatal("not everything was acknowledged:", err)
			}
			rows := sink.wait(t, "rows", func([]adapters.Raw) bool { return true })
			if len(rows) != 3 { // the bot's own card and two words
				t.Fatalf("%d rows, want 3", len(rows))
			}
			if _, _, lost := fake.Events(); lost != 0 {
				t.Fatalf("%d events were given up", lost)
			}
		})
	}
}

// While the store fails nothing at all may be acknowledged.
func TestNoAckWhileTheStoreFails(t *testing.T) { eachMode(t, tryNoAckWhileTheStoreFails) }

func tryNoAckWhileTheStoreFails(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{AckTimeout: 20 * time.Millisecond, Retries: 1000})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a, sink := newAdapter(t, configIn(mode, fake)), newMemory()
	sink.fail = 1 << 30
	agent.SaysInChannel(slackfake.Queue, "x")
	runOn(t, fake, a, sink)
	sink.wait(t, "several tries", func([]adapters.Raw) bool { return sink.tries() >= 5 })
	if acked, waiting, _ := fake.Events(); acked != 0 || waiting != 1 {
		t.Fatalf("acknowledged %d, waiting %d; want 0 and 1", acked, waiting)
	}
}
