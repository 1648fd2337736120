package slack

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

func TestMarks(t *testing.T) {
	for name, c := range map[string]struct {
		state  adapters.MarkState
		reason string
		code   string // Slack's refusal of the reaction
		emoji  string
		note   string
		lang   message.Lang
		want   adapters.Outcome
	}{
		"delivered":                 {state: adapters.MarkDelivered, emoji: "white_check_mark", want: adapters.Delivered},
		"delivered twice":           {state: adapters.MarkDelivered, code: "already_reacted", want: adapters.Delivered},
		"delivered, may not react":  {state: adapters.MarkDelivered, code: "missing_scope", want: adapters.Delivered},
		"delivered, message gone":   {state: adapters.MarkDelivered, code: "message_not_found", want: adapters.Refused},
		"failed":                    {state: adapters.MarkFailed, reason: "they blocked us", emoji: "x", note: "Not delivered: they blocked us", want: adapters.Delivered},
		"failed, may not react":     {state: adapters.MarkFailed, reason: "r", code: "missing_scope", note: "Not delivered: r", want: adapters.Delivered},
		"failed, cannot react":      {state: adapters.MarkFailed, code: "unknown_method", note: "Not delivered", want: adapters.Delivered},
		"failed, revoked":           {state: adapters.MarkFailed, reason: "r", code: "token_revoked", want: adapters.Refused},
		"held":                      {state: adapters.MarkHeld, reason: "<!here> is this a note?", emoji: "raised_hand", note: "Held back: <!here> is this a note?", want: adapters.Delivered},
		"kept":                      {state: adapters.MarkKept, emoji: "lock", want: adapters.Delivered},
		"held without a reason":     {state: adapters.MarkHeld, emoji: "raised_hand", want: adapters.Delivered},
		"failed, in Chinese":        {state: adapters.MarkFailed, reason: "r", emoji: "x", note: "未送达: r", lang: message.Simplified, want: adapters.Delivered},
		"throttled reaction":        {state: adapters.MarkFailed, reason: "r", code: "ratelimited", want: adapters.Throttled},
		"reaction of unknown state": {state: adapters.MarkFailed, reason: "r", code: "internal_error", want: adapters.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			agent := fake.AddAgent("U1ANNA", "Anna")
			cfg := configFor(fake)
			cfg.Lang = c.lang
			a := newAdapter(t, cfg)
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			ts, err := agent.Says(string(root), "hello")
			if err != nil {
				t.Fatal(err)
			}
			if c.code != "" {
				fake.Fail(slackfake.Fault{Method: "reactions.add", Code: c.code})
			}
			d := adapters.Delivery{ID: 2, Mark: &adapters.Mark{Message: platformID(slackfake.Queue, ts), State: c.state, Reason: c.reason, Thread: root}}
			_, err = a.Send(within(t), d)
			if got := adapters.OutcomeOf(err); got != c.want {
				t.Fatalf("outcome %s (%v), want %s", got, err, c.want)
			}
			if got := strings.Join(fake.Reactions(ts), " "); got != c.emoji {
				t.Errorf("reactions %q, want %q", got, c.emoji)
			}
			note := ""
			if replies := fake.Thread(string(root)); len(replies) == 2 {
				note = replies[1].PlainText()
			}
			if note != c.note {
				t.Errorf("note %q, want %q", note, c.note)
			}
		})
	}
}

// A later mark takes the place of the earlier ones, new before old; what is not
// there to be taken away is no trouble.
func TestMarksTakeEachOthersPlace(t *testing.T) {
	for name, start := range map[string]time.Duration{"of this life": -time.Hour, "of another": time.Hour} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			agent := fake.AddAgent("U1ANNA", "Anna")
			cfg := configFor(fake)
			cfg.Now = func() time.Time { return time.Now().Add(start) }
			a := newAdapter(t, cfg)
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			ts, err := agent.Says(string(root), "hello")
			if err != nil {
				t.Fatal(err)
			}
			mark := func(state adapters.MarkState) error {
				_, err := a.Send(within(t), adapters.Delivery{ID: 2, Mark: &adapters.Mark{Message: platformID(slackfake.Queue, ts), State: state, Thread: root}})
				return err
			}
			expect := func(want string) {
				t.Helper()
				if got := strings.Join(fake.Reactions(ts), " "); got != want {
					t.Fatalf("reactions %q, want %q", got, want)
				}
			}
			for _, c := range []struct {
				state adapters.MarkState
				want  string
			}{
				{adapters.MarkSent, "hourglass"}, {adapters.MarkFailed, "x"}, {adapters.MarkSent, "hourglass"}, {adapters.MarkHeld, "raised_hand"},
				{adapters.MarkDelivered, "white_check_mark"}, {adapters.MarkDelivered, "white_check_mark"},
			} {
				if err := mark(c.state); err != nil {
					t.Fatal(err)
				}
				expect(c.want)
			}
			fake.Fail(slackfake.Fault{Method: "reactions.remove", Status: 429, RetryAfter: "3"})
			if err := mark(adapters.MarkFailed); adapters.OutcomeOf(err) != adapters.Throttled {
				t.Fatalf("throttled: %v", err)
			}
			expect("white_check_mark x") // never without one
			if err := mark(adapters.MarkFailed); err != nil {
				t.Fatal(err)
			}
			expect("x")
			fake.Fail(slackfake.Fault{Method: "reactions.add", Cut: true, Process: true})
			if err := mark(adapters.MarkSent); adapters.OutcomeOf(err) != adapters.Unknown {
				t.Fatalf("cut: %v", err)
			}
			if err := mark(adapters.MarkDelivered); err != nil {
				t.Fatal(err)
			}
			expect("white_check_mark") // also without the one nobody was sure of
		})
	}
}

// Most messages have one mark only: nothing is asked of Slack for those.
func TestAFirstMarkTakesNothingAway(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	cfg := configFor(fake)
	cfg.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	a := newAdapter(t, cfg)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	ts, err := agent.Says(string(root), "hello")
	if err != nil {
		t.Fatal(err)
	}
	mustSend(t, a, adapters.Delivery{ID: 2, Mark: &adapters.Mark{Message: platformID(slackfake.Queue, ts), State: adapters.MarkDelivered}})
	if n := fake.Calls("reactions.remove"); n != 0 {
		t.Errorf("%d calls", n)
	}
}

// The reason stands in the thread with what can be done about it.
func TestMarksBringButtons(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a := newAdapter(t, configFor(fake))
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	ts, err := agent.Says(string(root), "hello")
	if err != nil {
		t.Fatal(err)
	}
	mustSend(t, a, adapters.Delivery{ID: 2, Mark: &adapters.Mark{Message: platformID(slackfake.Queue, ts), State: adapters.MarkFailed, Reason: "no network",
		Thread: root, Buttons: []adapters.Button{{Action: "retry", Value: "7", Label: "Try again"}}}})
	got := fake.Thread(string(root))
	if len(got) != 2 || got[1].PlainText() != "Not delivered: no network\n[Try again]" || got[1].EphemeralTo != "" {
		t.Fatalf("thread %+v", got)
	}
}

// A mark whose note got through although its answer did not is not said twice.
func TestMarkResend(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a := newAdapter(t, configFor(fake))
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	ts, err := agent.Says(string(root), "hello")
	if err != nil {
		t.Fatal(err)
	}
	d := adapters.Delivery{ID: 2, Mark: &adapters.Mark{Message: platformID(slackfake.Queue, ts), State: adapters.MarkFailed, Reason: "r", Thread: root}}
	fake.Fail(slackfake.Fault{Method: "chat.postMessage", Cut: true, Process: true})
	if se := sendErr(t, a, d); se.Outcome != adapters.Unknown {
		t.Fatalf("first: %+v", se)
	}
	d.Resend = true
	mustSend(t, a, d)
	if got := fake.Thread(string(root)); len(got) != 2 {
		t.Fatalf("%d replies, want the message and one note", len(got))
	}
}
