package bot_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// waiting takes a customer to a hand-off and gives its card.
func waiting(r *rig, c *telegramfake.Customer) slackfake.Message {
	r.t.Helper()
	c.Says("I want to talk to a person")
	r.waitText(c, "A colleague takes over.")
	return r.waitPost(c.Name + " needs a person")
}

func press(t *testing.T, a *slackfake.Agent, m slackfake.Message, label string) {
	t.Helper()
	if err := a.Clicks(m.TS, label); err != nil {
		t.Fatal(err)
	}
}

// fills presses a button that opens a form, and sends it.
func fills(r *rig, a *slackfake.Agent, m slackfake.Message, label string, fields map[string]string) {
	r.t.Helper()
	press(r.t, a, m, label)
	if _, err := a.WaitView(deadline(r.t)); err != nil {
		r.t.Fatalf("the form of %q: %v", label, err)
	}
	if err := a.Submits(fields); err != nil {
		r.t.Fatal(err)
	}
}

func TestAHandoffFromCardToClose(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	card := waiting(r, mei)
	mei.Says("are you there?")
	r.waitPost("are you there?")
	press(t, anna, card, "Take")
	r.waitText(mei, "Anna takes over now.")
	r.waitPost("Anna has taken this")

	ts, err := anna.Says(card.TS, "Hello Mei, <b>I</b> have it & see it all")
	if err != nil {
		t.Fatal(err)
	}
	r.waitText(mei, "Hello Mei, <b>I</b> have it & see it all")
	r.waitReaction(ts, "white_check_mark")
	for _, note := range []string{"// she is angry", "／／ 小心", "Note: call her"} {
		if _, err := anna.Says(card.TS, note); err != nil {
			t.Fatal(err)
		}
	}
	r.waitPost("it looks like a note for colleagues")
	if err := anna.Edits(ts, "Hello Mei, I have it all here"); err != nil {
		t.Fatal(err)
	}
	r.waitText(mei, "I have it all here")

	mei.Says("thank you Anna")
	r.waitPost("thank you Anna")
	fills(r, anna, card, "Close", map[string]string{"text": "solved, and she was not angry any more"})
	r.waitText(mei, "Anna has closed this.")
	r.settled()
	for _, m := range mei.Inbox() {
		for _, secret := range []string{"angry", "小心", "call her"} {
			if strings.Contains(m.Text, secret) {
				t.Errorf("the customer read %q", m.Text)
			}
		}
	}
	now, _ := r.slack.Message(card.TS)
	if len(now.Buttons()) != 0 || !strings.Contains(now.PlainText(), "Anna has closed this") {
		t.Errorf("the closed card is %q with %d buttons", now.PlainText(), len(now.Buttons()))
	}
	r.replays()
}

// TestFilesPassBetweenSlackAndTelegram, both ways and with their content.
func TestFilesPassBetweenSlackAndTelegram(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	card := waiting(r, mei)
	press(t, anna, card, "Take")
	r.waitText(mei, "Anna takes over now.")
	content := telegramfake.Sample("application/pdf", 5_000)
	ts, err := anna.Says(card.TS, "here is your label", slackfake.File{Name: "label.pdf", Mimetype: "application/pdf", Content: content})
	if err != nil {
		t.Fatal(err)
	}
	if m := r.waitText(mei, "here is your label"); m.File == nil || !bytes.Equal(m.File.Content, content) {
		t.Errorf("the customer got %+v", m.File)
	}
	r.waitReaction(ts, "white_check_mark")
	mei.SendsPhoto("this is how it looks")
	r.waitPost("this is how it looks")
	m, err := r.slack.WaitMessage(deadline(t), slackfake.Queue, func(m slackfake.Message) bool { return m.BotID != "" && len(m.Files) > 0 })
	if err != nil || m.ThreadTS != card.TS {
		t.Errorf("the photo is in thread %q: %v", m.ThreadTS, err)
	}
	r.settled()
	r.replays()
}

func TestReturningGivesTheBotItsVoiceBack(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	card := waiting(r, mei)
	press(t, anna, card, "Take")
	r.waitText(mei, "Anna takes over now.")
	r.waitPost("Anna has taken this")
	fills(r, anna, card, "Return to bot", nil)
	r.waitPost("Anna has given it back")
	mei.Says("the lamp in order 48213 is broken, I want my money back")
	r.waitText(mei, "Have I understood you?")
	late, err := anna.Says(card.TS, "one more thing")
	if err != nil {
		t.Fatal(err)
	}
	r.waitReaction(late, "raised_hand")
	r.replays()
}

func TestOfTwoWhoTakeOneWinsAndTheOtherHears(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	agents := []*slackfake.Agent{r.slack.AddAgent("U0ANNA", "Anna"), r.slack.AddAgent("U0BEN", "Ben")}
	card := waiting(r, mei)
	var wg sync.WaitGroup
	for _, a := range agents {
		wg.Go(func() {
			if err := a.Clicks(card.TS, "Take"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r.waitText(mei, "takes over now.")
	lost := r.waitPost("was a moment faster")
	r.settled()
	taken := 0
	for _, m := range mei.Inbox() {
		if strings.Contains(m.Text, "takes over now.") {
			taken++
			if strings.HasPrefix(m.Text, "Anna") != (lost.EphemeralTo == "U0BEN") {
				t.Errorf("customer read %q, the loser was %s", m.Text, lost.EphemeralTo)
			}
		}
	}
	if taken != 1 || lost.EphemeralTo == "" {
		t.Errorf("taken %d times, the loser %q", taken, lost.EphemeralTo)
	}
}

func TestStrangersAreTurnedAway(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	r.slack.AddUser(slackfake.User{ID: "U0GUEST", Name: "guest", Restricted: true})
	r.slack.Join(slackfake.Queue, "U0GUEST")
	guest, anna := r.slack.Agent("U0GUEST"), r.slack.AddAgent("U0ANNA", "Anna")
	card := waiting(r, mei)
	press(t, guest, card, "Take")
	if m := r.waitPost("You are not on this queue"); m.EphemeralTo != "U0GUEST" {
		t.Errorf("shown to %q", m.EphemeralTo)
	}
	press(t, anna, card, "Take")
	r.waitText(mei, "Anna takes over now.")
	if _, err := guest.Says(card.TS, "psst, customer"); err != nil {
		t.Fatal(err)
	}
	ts, err := anna.Says(card.TS, "how can I help?")
	if err != nil {
		t.Fatal(err)
	}
	r.waitReaction(ts, "white_check_mark")
	r.settled()
	for _, m := range mei.Inbox() {
		if strings.Contains(m.Text, "psst") {
			t.Error("a stranger's words reached the customer")
		}
	}
}

// TestTheBotIsSilentOnceTaken races what a customer writes, which the bot
// would answer, with the agent who takes the conversation: 200 times, in small
// workspaces, because the fakes look through all they hold.
func TestTheBotIsSilentOnceTaken(t *testing.T) {
	for range 10 {
		claims(t, 20)
	}
}

func claims(t *testing.T, trials int) {
	r := setup(t)
	anna := r.slack.AddAgent("U0ANNA", "Anna")
	customers := make([]*telegramfake.Customer, trials)
	var wg sync.WaitGroup
	for i := range customers {
		c := r.telegram.Customer(int64(1000+i), fmt.Sprintf("Mei%d", i), "en")
		customers[i] = c
		wg.Go(func() {
			card := waiting(r, c)
			var race sync.WaitGroup
			race.Go(func() {
				if err := anna.Clicks(card.TS, "Take"); err != nil {
					t.Error(err)
				}
			})
			race.Go(func() {
				for range 3 {
					c.Says("/help")
					c.Says("hello?")
				}
			})
			race.Wait()
			r.waitText(c, "Anna takes over now.")
		})
	}
	wg.Wait()
	r.settled()
	for i, c := range customers {
		silent := false
		for _, m := range c.Inbox() {
			if silent {
				t.Errorf("customer %d: the bot said %q after the claim", i, m.Text)
			}
			silent = silent || strings.Contains(m.Text, "takes over now.")
		}
	}
	r.replays()
	r.stop()
}
