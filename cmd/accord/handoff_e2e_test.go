package main_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// soon is how quickly a card must stand in Slack.
const soon = 5 * time.Second

// TestAHandoff goes through a whole hand-off: the card at a glance, who may
// take it, who hears what, and how it ends.
func TestAHandoff(t *testing.T) { bothWays(t, aHandoff) }

func aHandoff(t *testing.T, m mode) {
	r := setup(t, m)
	ann := r.telegram.Customer(1001, "Ann", "en")
	anna, ben := r.slack.AddAgent("U0ANNA", "Anna"), r.slack.AddAgent("U0BEN", "Ben")
	card := r.refused(ann)
	r.glance(card)

	r.clicks(anna, card, "Take")
	r.next(ann, "@owned.taken", "Anna")
	r.posted("Anna has taken this")
	r.tooLate(ben, card)
	if m := r.posted("was a moment faster"); m.EphemeralTo != "U0BEN" || !strings.Contains(m.PlainText(), "Anna") {
		t.Errorf("%q reads %q", m.EphemeralTo, m.PlainText())
	}
	hello := r.says(anna, card, "Hello Ann, <b>I</b> have read it & see it all *through*")
	r.next(ann, "Hello Ann, <b>I</b> have read it & see it all *through*")
	r.marked(hello, "white_check_mark")

	r.says(ben, card, "she was angry yesterday")
	for _, note := range []string{"// check the stock first", "／／ 先查库存", "NOTE: call her instead"} {
		r.says(anna, card, note)
	}
	r.posted("it looks like a note for colleagues")
	ann.Says("thank you Anna")
	r.posted("thank you Anna")
	r.fills(anna, card, "Return to bot", map[string]string{"text": "a new lamp leaves today"})
	r.next(ann, "Anna", "a new lamp leaves today")
	r.marked(r.says(anna, card, "one more thing"), "raised_hand")
	ann.Says("/status")
	r.next(ann, "@side.status.none")
	if now, _ := r.slack.Message(card.TS); len(now.Buttons()) != 0 {
		t.Errorf("a card given back has the buttons %v", now.Buttons())
	}
	unheard(t, ann, "angry yesterday", "stock first", "库存", "call her", "one more thing")
	r.behaved()
}

// refused takes a customer past an offer they do not want to a hand-off.
func (r *rig) refused(c *telegramfake.Customer) slackfake.Message {
	r.t.Helper()
	c.Says("My lamp arrived broken, order 48213. I need a new one by tomorrow!!")
	restate := r.next(c, "48213", "white lamp")
	r.taps(c, restate.Labels()[0])
	r.next(c, "black lamp", "?")
	c.Says("no, I want to talk to a human, this is a scandal")
	asked := time.Now()
	r.next(c, "colleague")
	card := r.posted(c.Name + " needs a person")
	if took := time.Since(asked); took > soon {
		r.t.Errorf("the card stands after %v", took)
	}
	return card
}

// tooLate presses the button that an agent still sees on a card somebody has
// just taken.
func (r *rig) tooLate(a *slackfake.Agent, card slackfake.Message) {
	r.t.Helper()
	if err := a.ClicksStale(card.TS, card.Buttons()[0]); err != nil {
		r.t.Fatal(err)
	}
}

// glance checks what an agent sees before taking a card.
func (r *rig) glance(card slackfake.Message) {
	r.t.Helper()
	text := card.PlainText()
	for _, want := range []string{
		"Customer: Ann", "Language: English", "Order: 48213", "Mood: ", "Why: ", // who and what
		"My lamp arrived broken",       // in their words
		"a new white lamp",             // what is expected
		"and not taken",                // what was tried
		"black lamp", "Waiting since ", // and since when
	} {
		if !strings.Contains(text, want) {
			r.t.Errorf("the card lacks %q:\n%s", want, text)
		}
	}
	if b := card.Buttons(); len(b) != 1 || b[0].Label != "Take" {
		r.t.Errorf("the card's buttons are %v", b)
	}
}

// unheard checks that a customer has none of these words.
func unheard(t *testing.T, c *telegramfake.Customer, words ...string) {
	t.Helper()
	for _, m := range c.Inbox() {
		for _, w := range words {
			if strings.Contains(m.Text, w) {
				t.Errorf("%s reads %q", c.Name, m.Text)
			}
		}
	}
}

func TestClosingAHandoffTellsTheCustomer(t *testing.T) { bothWays(t, closingAHandoffTellsTheCustomer) }

func closingAHandoffTellsTheCustomer(t *testing.T, m mode) {
	r := setup(t, m)
	bo, anna := r.telegram.Customer(1002, "Bo", "zh-hant"), r.slack.AddAgent("U0ANNA", "Anna")
	bo.Says("我要找真人")
	r.next(bo, "同事")
	card := r.posted("Bo needs a person")
	r.clicks(anna, card, "Take")
	r.next(bo, "@zh-Hant/owned.taken", "Anna")
	r.posted("Anna has taken this")
	sent := bo.Says("燈壞了")
	r.posted("燈壞了")
	if err := bo.Edits(sent, "檯燈壞了"); err != nil {
		t.Fatal(err)
	}
	r.posted("檯燈壞了")
	bo.SendsPhoto("看")
	r.posted("看") // the file follows its words
	edited := r.says(anna, card, "我們寄一個新的給您")
	r.next(bo, "我們寄一個新的給您")
	r.marked(edited, "white_check_mark")
	if err := anna.Edits(edited, "我們不寄"); err != nil {
		t.Fatal(err)
	}
	r.shows(bo, "我們不寄") // in the place of what was said first
	withdrawn := r.says(anna, card, "說錯了")
	r.next(bo, "說錯了")
	if err := anna.Deletes(withdrawn); err != nil {
		t.Fatal(err)
	}
	r.gone(bo, "說錯了")
	r.fills(anna, card, "Close", map[string]string{"text": "settled-on-the-phone"})
	r.next(bo, "@zh-Hant/owned.closed")
	r.posted("Anna has closed this")
	unheard(t, bo, "settled-on-the-phone")
	r.behaved()
}

// shows waits until a customer's chat holds a message of the bot's with exactly
// this text; it may have come by an edit.
func (r *rig) shows(c *telegramfake.Customer, text string) {
	r.t.Helper()
	r.chat(c, text, true)
}

// gone waits until a customer's chat holds no message with this text any more.
func (r *rig) gone(c *telegramfake.Customer, text string) {
	r.t.Helper()
	r.chat(c, text, false)
}

func (r *rig) chat(c *telegramfake.Customer, text string, there bool) {
	r.t.Helper()
	err := r.telegram.Await(deadline(r.t), func() bool {
		return there == slices.ContainsFunc(c.Chat(), func(m telegramfake.Message) bool { return m.FromBot && m.Text == text && !m.Deleted })
	})
	if err != nil {
		r.t.Fatalf("waiting for %q in the chat of %s (%t): %v\n%s", text, c.Name, there, err, transcript(c))
	}
}

// TestOnlyAgentsAct: guests, strangers, bots and people outside the channel
// change nothing and reach nobody, by button or by word.
func TestOnlyAgentsAct(t *testing.T) { bothWays(t, onlyAgentsAct) }

func onlyAgentsAct(t *testing.T, m mode) {
	r := setup(t, m)
	cy, anna := r.telegram.Customer(1003, "Cy", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	intruders := map[string]slackfake.User{
		"U0GUEST": {Restricted: true}, "U0STRANGER": {Stranger: true, Team: "T0OTHER"}, "U0MACHINE": {Bot: true}, "U0GONE": {Deleted: true},
		"U0OUTSIDE": {},
	}
	for id, u := range intruders {
		u.ID, u.Name, u.DisplayName = id, strings.ToLower(id), id
		r.slack.AddUser(u)
		if id != "U0OUTSIDE" {
			r.slack.Join(slackfake.Queue, id)
		}
	}
	cy.Says("/human")
	r.next(cy, "@hand.asked")
	card := r.posted("Cy needs a person")
	for id := range intruders {
		r.clicks(r.slack.Agent(id), card, "Take")
		r.says(r.slack.Agent(id), card, "intruding words of "+id)
	}
	r.clicks(anna, card, "Take")
	r.next(cy, "@owned.taken", "Anna")
	for id := range intruders {
		r.says(r.slack.Agent(id), card, "intruding words of "+id)
		r.tooLate(r.slack.Agent(id), card)
	}
	r.marked(r.says(anna, card, "how can I help?"), "white_check_mark")
	r.next(cy, "how can I help?")
	unheard(t, cy, "intruding", "U0")
	if n := strings.Count(r.log.String(), `"verdict": "denied"`); n < 4*len(intruders)-8 {
		t.Errorf("the audit log has %d denials", n)
	}
	r.behaved()
}

// TestCustomersWordsAreInertInSlack: nothing a customer writes can mention,
// link, format or be taken for ours.
func TestCustomersWordsAreInertInSlack(t *testing.T) { bothWays(t, customersWordsAreInertInSlack) }

func customersWordsAreInertInSlack(t *testing.T, m mode) {
	r := setup(t, m)
	const bad = "<!channel> @here <@U0ANNA> *bold* `code` https://evil.example/x <https://evil.example|ok> :tada: &lt;!everyone&gt;"
	di := r.telegram.Customer(1004, "<!here> *Di*", "en")
	di.Says("my lamp is broken " + bad)
	r.next(di, "@ask.order")
	di.Says("/human")
	r.next(di, "@hand.asked")
	card := r.posted("needs a person")
	di.Says("and more: " + bad)
	relayed := r.posted("and more: ")
	for _, m := range []slackfake.Message{card, relayed} {
		if err := inert(m); err != nil {
			t.Error(err)
		}
		if !strings.Contains(m.PlainText(), bad) {
			t.Errorf("the words are changed:\n%s", m.PlainText())
		}
	}
	r.behaved()
}
