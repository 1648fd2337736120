package bot_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

func TestAMessageIsAnsweredAndADuplicateChangesNothing(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	r.telegram.Double(1)
	mei.Says("/start")
	r.waitText(mei, "I can look into orders")
	r.telegram.Redeliver(1)
	mei.Says("/help")
	r.waitText(mei, "at any time")
	r.settled()
	count := 0
	for _, m := range mei.Inbox() {
		if strings.Contains(m.Text, "I can look into orders") {
			count++
		}
	}
	if count != 1 {
		t.Errorf("answered %d times", count)
	}
	r.replays()
}

// agreed takes Mei to an open question with buttons.
func restated(r *rig, c *telegramfake.Customer) telegramfake.Message {
	r.t.Helper()
	c.Says("the lamp in order 48213 is broken, I want my money back")
	return r.waitText(c, "Have I understood you?")
}

func TestATapIsAnsweredAndAStaleOneToo(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	q := restated(r, mei)
	if _, err := mei.Taps("Yes"); err != nil {
		t.Fatal(err)
	}
	r.waitText(mei, "voucher")
	r.settled()
	if open := r.telegram.Unanswered(); len(open) > 0 {
		t.Errorf("taps nobody answered: %+v", open)
	}
	for _, m := range mei.Inbox() { // buttons of answered questions are gone
		if m.ID == q.ID && len(m.Labels()) > 0 {
			t.Errorf("the answered question still has buttons %v", m.Labels())
		}
	}
	before := len(r.telegram.Taps())
	if _, err := mei.TapsMessage(q.ID, "Yes"); err != nil {
		t.Fatal(err)
	}
	tap, err := waitTap(r, before)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(tap.Answer, "earlier question") {
		t.Errorf("a stale tap was answered with %q", tap.Answer)
	}
	r.replays()
}

func TestAnothersButtonIsStale(t *testing.T) {
	r := setup(t)
	mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
	q := restated(r, mei)
	tom.Says("/start")
	r.waitText(tom, "I can look into orders")
	b, ok := q.Button("Yes")
	if !ok {
		t.Fatal("no button")
	}
	before := len(r.telegram.Taps())
	tom.TapsData(b.Data)
	tap, err := waitTap(r, before)
	if err != nil {
		t.Fatal(err)
	}
	if tap.Answer == "" {
		t.Error("a button of somebody else's was not called stale")
	}
	r.settled()
	if len(mei.Inbox()) != 1 {
		t.Error("another's tap moved the conversation on")
	}
}
