package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// promised takes a customer to an agreement and gives its task.
func promised(r *rig, c *telegramfake.Customer) slackfake.Message {
	r.t.Helper()
	restated(r, c)
	for _, answer := range []struct{ label, next string }{
		{"Yes", "voucher of"}, {"Yes", "Noted as A-"},
	} {
		if _, err := c.Taps(answer.label); err != nil {
			r.t.Fatal(err)
		}
		r.waitText(c, answer.next)
	}
	return r.waitPost("Promise A-")
}

func TestDoneTellsTheCustomer(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	task := promised(r, mei)
	for _, words := range []string{"// who has the vouchers?", "note: ask billing", "The voucher is in your mail."} {
		if _, err := anna.Says(task.TS, words); err != nil {
			t.Fatal(err)
		}
	}
	r.waitPost("It goes to the customer when Done is pressed")
	r.waitPost("it looks like a note for colleagues")
	press(t, anna, task, "Done")
	kept := r.waitText(mei, "The voucher is in your mail.")
	if strings.Contains(kept.Text, "billing") || strings.Contains(kept.Text, "who has") {
		t.Errorf("the customer read %q", kept.Text)
	}
	r.waitPost("Done by Anna")
	r.settled()
	press := anna.ClicksStale(task.TS, task.Buttons()[0])
	if press != nil {
		t.Fatal(press)
	}
	r.waitPost("This promise is closed already")
	st := r.settled()
	if st.Promises != 0 {
		t.Errorf("%d promises are still open", st.Promises)
	}
	r.replays()
}

// TestMoreTimeIsTheCustomersToGive: they are asked, once; after that the
// deadline stands and a supervisor is called.
func TestMoreTimeIsTheCustomersToGive(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	task := promised(r, mei)
	press(t, anna, task, "More time")
	r.waitPost("Anna asked for more time")
	ask := r.waitText(mei, "May it take until")
	if _, err := mei.TapsMessage(ask.ID, ask.Labels()[0]); err != nil {
		t.Fatal(err)
	}
	r.waitPost("Renewed until")
	renewed, err := r.slack.WaitMessage(deadline(t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.TS != task.TS && m.ThreadTS == "" && strings.Contains(m.PlainText(), "Promise A-") && len(m.Buttons()) > 0
	})
	if err != nil {
		t.Fatal(err)
	}
	if old, _ := r.slack.Message(task.TS); len(old.Buttons()) != 0 {
		t.Errorf("the old task still has buttons: %q", old.PlainText())
	}
	press(t, anna, renewed, "What is due")
	if list := r.waitPost("Promised and open, soonest first"); list.EphemeralTo != "U0ANNA" {
		t.Errorf("the list is shown to %q", list.EphemeralTo)
	}
	press(t, anna, renewed, "More time")
	r.waitPost("cannot move again")
	r.clock.advance(5 * 24 * time.Hour) // deadlines are whole days
	due := r.waitPost("The deadline has passed")
	r.waitText(mei, "There is no result yet")
	// Words in the thread of the alarm count as words in the task's.
	if _, err := anna.Says(alarm(r, renewed, due).TS, "It went out today."); err != nil {
		t.Fatal(err)
	}
	r.waitPost("It goes to the customer when Done is pressed")
	press(t, anna, alarm(r, renewed, due), "Done")
	r.waitText(mei, "It went out today.")
	r.settled()
	r.replays()
}

// alarm is the post about a deadline, which is not the task itself.
func alarm(r *rig, task, due slackfake.Message) slackfake.Message {
	r.t.Helper()
	if due.TS != task.TS {
		return due
	}
	m, err := r.slack.WaitMessage(deadline(r.t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.TS != task.TS && m.ThreadTS == "" && strings.Contains(m.PlainText(), "The deadline has passed")
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}
