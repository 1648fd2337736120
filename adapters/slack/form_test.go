package slack

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

func someForms(action string) (adapters.Form, bool) {
	switch action {
	case "promise":
		return adapters.Form{Title: "Make a promise to the customer", Submit: "Promise", Fields: []adapters.Field{
			{Name: "what", Kind: adapters.FieldLine, Label: "What", Value: "We call back"},
			{Name: "note", Kind: adapters.FieldText, Label: "For us", Hint: "They do not see it", Optional: true},
			{Name: "when", Kind: adapters.FieldWhen, Label: "By when", Value: "3600"},
		}}, true
	case "close":
		return adapters.Form{Title: "Close", Submit: "Close", Fields: []adapters.Field{{Name: "why", Kind: adapters.FieldText, Label: "Why", Optional: true}}}, true
	}
	return adapters.Form{}, false
}

func formButtons() []adapters.Button {
	return []adapters.Button{
		{Action: "take", Value: "12", Label: "Take"},
		{Action: "promise", Value: "12 x", Label: "Promise", Form: true},
		{Action: "close", Value: "12", Label: "Close", Form: true},
		{Action: "odd", Value: "12", Label: "Odd", Form: true}, // there is no form of it
	}
}

// A button with a form opens a window; the press counts for nothing and what is
// sent with the window counts as the press would have.
func TestForms(t *testing.T) { eachMode(t, tryForms) }

func tryForms(t *testing.T, mode string) {
	fake := newFake(t, slackfake.Options{AckTimeout: patience})
	agent := fake.AddAgent("U1ANNA", "Anna")
	cfg := configIn(mode, fake)
	cfg.Forms = someForms
	a, sink := newAdapter(t, cfg), newMemory()
	runOn(t, fake, a, sink)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)})
	reply := mustSend(t, a, adapters.Delivery{ID: 2, Thread: root, Post: &adapters.Post{Fallback: "x", Buttons: formButtons()}})

	if err := agent.Clicks(string(reply), "Promise"); err != nil {
		t.Fatal(err)
	}
	v, err := agent.WaitView(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if v.Title != cut("Make a promise to the customer", 24) || len(v.Fields) != 3 || v.Fields[0].Lines || !v.Fields[1].Lines || !v.Fields[1].Optional {
		t.Fatalf("view %+v", v)
	}
	if in, err := strconv.ParseInt(v.Fields[2].Initial, 10, 64); err != nil || time.Until(time.Unix(in, 0)) < 58*time.Minute || time.Until(time.Unix(in, 0)) > 62*time.Minute {
		t.Errorf("by when: %q", v.Fields[2].Initial)
	}
	if got := heard(t, a, sink.wait(t, "the press", func(r []adapters.Raw) bool { return len(r) >= 3 })); len(got) != 0 {
		t.Fatalf("the press itself was heard: %+v", got)
	}
	if err := agent.Submits(map[string]string{"what": "We <call> & write", "when": "1700003600"}); err != nil {
		t.Fatal(err)
	}
	got := hears(t, a, sink, 1)[0]
	want := message.Inbound{
		Channel: Channel, Chat: message.Chat(root), Kind: message.KindAgentTap, From: message.Person{Ref: "T0ACCORD/U1ANNA"},
		ID: reply, Thread: root, Tap: &message.Tap{Data: "promise 12 x"},
		Fields: map[string]string{"what": "We <call> & write", "when": "1700003600"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if err := fake.Wait(within(t), func(*slackfake.Server) bool { return agent.Views() == 0 }); err != nil {
		t.Fatal("the window stays open:", err)
	}

	if err := agent.Clicks(string(root), "Close"); err != nil {
		t.Fatal(err)
	}
	if _, err := agent.WaitView(within(t)); err != nil {
		t.Fatal(err)
	}
	if err := agent.Submits(nil); err != nil {
		t.Fatal(err)
	}
	empty := hears(t, a, sink, 2)[1]
	if empty.Fields == nil || len(empty.Fields) != 0 || empty.ID != root || empty.Tap.Data != "close 12" {
		t.Errorf("an empty form: %+v", empty)
	}
	for _, r := range sink.rows {
		for _, secret := range []string{slackfake.VerificationToken, slackfake.ResponseURL, "trigger_id"} {
			if strings.Contains(string(r.Payload), secret) {
				t.Errorf("%q was stored in %s", secret, r.Dedup)
			}
		}
	}
}

// Where a form cannot be opened, nothing happens but a line to whoever pressed.
func TestFormsThatDoNotOpen(t *testing.T) {
	for name, c := range map[string]struct {
		user   string
		button string
		fault  slackfake.Fault
		hint   string
	}{
		"a guest":           {user: "U2GUEST", button: "Promise", hint: "Only agents"},
		"no such form":      {user: "U1ANNA", button: "Odd", hint: "does not work"},
		"too late":          {user: "U1ANNA", button: "Promise", fault: slackfake.Fault{Method: "views.open", Code: "expired_trigger_id"}, hint: "press the button again"},
		"Slack has trouble": {user: "U1ANNA", button: "Promise", fault: slackfake.Fault{Method: "views.open", Status: 500}, hint: "press the button again"},
	} {
		t.Run(name, func(t *testing.T) {
			eachMode(t, func(t *testing.T, mode string) {
				fake := newFake(t, slackfake.Options{AckTimeout: patience})
				fake.AddAgent("U1ANNA", "Anna")
				fake.AddUser(slackfake.User{ID: "U2GUEST", Restricted: true})
				fake.Join(slackfake.Queue, "U2GUEST")
				cfg := configIn(mode, fake)
				cfg.Forms = someForms
				a, sink := newAdapter(t, cfg), newMemory()
				runOn(t, fake, a, sink)
				root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)})
				if c.fault.Method != "" {
					fake.Fail(c.fault)
				}
				if err := fake.Agent(c.user).Clicks(string(root), c.button); err != nil {
					t.Fatal(err)
				}
				if _, err := fake.WaitMessage(within(t), slackfake.Queue, func(m slackfake.Message) bool {
					return m.EphemeralTo == c.user && strings.Contains(m.PlainText(), c.hint)
				}); err != nil {
					t.Fatal(err)
				}
				if n := fake.Agent(c.user).Views(); n != 0 {
					t.Errorf("%d windows are open", n)
				}
				rows := sink.wait(t, "card and press", func(r []adapters.Raw) bool { return len(r) == 2 })
				if got := heard(t, a, rows); len(got) != 0 {
					t.Errorf("heard %+v", got)
				}
			})
		})
	}
}

// Two copies of one press open one window, and a form is stored before its
// window closes: while the store fails it stays open.
func TestFormsOpenOnceAndCloseWhenStored(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	cfg := configFor(fake)
	cfg.Forms = someForms
	a, sink := newAdapter(t, cfg), newMemory()
	run(t, a, sink)
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)})
	sink.wait(t, "the card", func(r []adapters.Raw) bool { return len(r) == 1 })
	fake.Duplicate(1)
	fake.LoseAcks(1)
	if err := agent.Clicks(string(root), "Promise"); err != nil {
		t.Fatal(err)
	}
	if err := fake.Wait(within(t), func(s *slackfake.Server) bool { acked, waiting, _ := s.Events(); return acked == 2 && waiting == 0 }); err != nil {
		t.Fatal(err)
	}
	if _, err := agent.WaitView(within(t)); err != nil {
		t.Fatal(err)
	}
	a.modals.wait()
	if n := fake.Calls("views.open"); n != 1 {
		t.Fatalf("opened %d times", n)
	}
	sink.set(func(m *memory) { m.fail = 2 })
	if err := agent.Submits(map[string]string{"when": "1700003600"}); err != nil {
		t.Fatal(err)
	}
	sink.wait(t, "failures", func([]adapters.Raw) bool { return sink.failures() == 0 })
	hears(t, a, sink, 1)
	if err := fake.Wait(within(t), func(*slackfake.Server) bool { return agent.Views() == 0 }); err != nil {
		t.Fatal(err)
	}
}

// A button's value that would not fit into a window's memory does not open one.
func TestModalRefusesWhatDoesNotFit(t *testing.T) {
	f, _ := someForms("close")
	if _, ok := modal(f, origin{Channel: "C1", Message: "1.2", Root: "1.2", Action: "close", Value: strings.Repeat("v", maxMetadata)}, wordsOf(""), time.Unix(1700000000, 0)); ok {
		t.Error("it fits")
	}
	if _, ok := modal(adapters.Form{Title: "x"}, origin{Channel: "C1"}, wordsOf(""), time.Now()); ok {
		t.Error("a form without fields is a form")
	}
}
