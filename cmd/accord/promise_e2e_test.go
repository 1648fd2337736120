package main_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// hasty are promises that fall due in seconds.
func hasty(answer, remind, escalate string) []string {
	return []string{"remind: 1h ", "remind: " + remind + " ", "answer: 1d ", "answer: " + answer + " ", "escalate: 2d ", "escalate: " + escalate + " "}
}

// promised takes a customer to a matter that somebody must answer, and gives
// its task.
func (r *rig) promised(c *telegramfake.Customer) slackfake.Message {
	r.t.Helper()
	c.Says("My lamp arrived broken, order 48213. I want an explanation of how this could happen")
	for range 6 {
		m := r.next(c)
		switch b := m.Labels(); {
		case holds(m.Text, "@ask.need_by"):
			c.Says("no hurry")
		case holds(m.Text, "@ask.wish"), holds(m.Text, "@ask.wish.again"):
			c.Says("just an explanation")
		case holds(m.Text, "@reask.close"):
			return r.posted("Promise A-")
		case len(b) == 0:
			r.t.Fatalf("%s has nothing to agree to:\n%s", c.Name, transcript(c))
		default: // it is said back; an answer by a time is offered
			r.taps(c, b[0])
		}
	}
	r.t.Fatalf("%s comes to no agreement:\n%s", c.Name, transcript(c))
	return slackfake.Message{}
}

// TestAPromiseAcrossARestart follows one promise from its task to its end:
// nobody acts in time, the deadline passes, the process is stopped and started,
// and the result reaches the customer.
func TestAPromiseAcrossARestart(t *testing.T) { bothWays(t, aPromiseAcrossARestart) }

func aPromiseAcrossARestart(t *testing.T, m mode) {
	r := setup(t, m, hasty("3s", "1s", "2s")...)
	ann, anna := r.telegram.Customer(1001, "Ann", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	task := r.promised(ann)
	for _, want := range []string{"an explanation", "Customer: Ann", "Case: A-"} {
		if !strings.Contains(task.PlainText(), want) {
			t.Errorf("the task lacks %q:\n%s", want, task.PlainText())
		}
	}
	if b := task.Buttons(); len(b) != 3 || b[0].Label != "Done" || b[1].Label != "More time" || b[2].Label != "What is due" {
		t.Errorf("the task's buttons are %v", b)
	}
	if code, _ := r.proc.stop(); code != 0 { // it falls due while nobody is there
		t.Errorf("stopping ended with code %d", code)
	}
	r.start()
	r.sees(ann, "@promise.due")
	r.posted("The deadline has passed without a result")
	r.posted("A supervisor should look at this now")
	r.restart()
	for _, words := range []string{"// ask the workshop", "It fell off a forklift; we have changed the route."} {
		r.says(anna, task, words)
	}
	r.posted("It goes to the customer when Done is pressed")
	r.clicks(anna, task, "Done")
	kept := r.sees(ann, "@promise.kept")
	if !strings.Contains(kept.Text, "It fell off a forklift; we have changed the route.") || strings.Contains(kept.Text, "workshop") {
		t.Errorf("the customer reads %q", kept.Text)
	}
	r.posted("Done by Anna")
	ann.Says("/status")
	r.sees(ann, "@side.status.none")
	r.behaved()
}

// TestMoreTimeNeedsTheCustomersConsent, is given once, and leaves a new task in
// the place of the old one.
func TestMoreTimeNeedsTheCustomersConsent(t *testing.T) {
	bothWays(t, moreTimeNeedsTheCustomersConsent)
}

func moreTimeNeedsTheCustomersConsent(t *testing.T, m mode) {
	r := setup(t, m, hasty("15s", "8s", "1h")...)
	bo, anna := r.telegram.Customer(1002, "Bo", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	task := r.promised(bo)
	r.posted("Due soon")
	r.clicks(anna, task, "More time")
	r.posted("The customer is being asked")
	asked := r.sees(bo, "@promise.ask")
	r.taps(bo, asked.Labels()[0])
	r.sees(bo, "@promise.renewed")
	r.posted("Renewed until")
	renewed := r.another(task)
	r.restart()
	r.clicks(anna, renewed, "More time")
	r.posted("cannot move again")
	r.clicks(anna, renewed, "Done")
	r.sees(bo, "@promise.kept")
	r.posted("Done by Anna")
	for _, m := range bo.Inbox() {
		if holds(m.Text, "@promise.due") {
			t.Errorf("Bo was told of a deadline that had moved: %q", m.Text)
		}
	}
	r.behaved()
}

// another waits for a task that is not this one.
func (r *rig) another(task slackfake.Message) slackfake.Message {
	r.t.Helper()
	m, err := r.slack.WaitMessage(deadline(r.t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.TS != task.TS && len(m.Buttons()) > 0 && strings.HasPrefix(m.PlainText(), "Promise A-")
	})
	if err != nil {
		r.t.Fatalf("no new task: %v", err)
	}
	return m
}
