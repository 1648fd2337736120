package main_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestStoppingLosesNothing stops the program while twenty customers write and
// the network hangs, and looks for their messages afterwards.
func TestStoppingLosesNothing(t *testing.T) { bothWays(t, stoppingLosesNothing) }

func stoppingLosesNothing(t *testing.T, m mode) {
	r := setup(t, m)
	open(t, r.proc.base).events(deadline(t)) // a page that stays open does not keep us
	r.telegram.Fail(telegramfake.Fault{Chat: 4000, Hang: true, Times: -1})
	var all []*telegramfake.Customer
	for i := range 20 {
		c := r.telegram.Customer(int64(4000+i), fmt.Sprintf("Cy%d", i), "en")
		c.Says("/help")
		all = append(all, c)
	}
	r.next(all[10], "@side.help")
	code, took := r.proc.stop()
	if code != 0 || took > 16*time.Second {
		t.Errorf("stopping ended with code %d after %v", code, took)
	}
	if log := r.log.String(); strings.Contains(log, "ERROR") || !strings.Contains(log, "stopped") {
		t.Errorf("the log of an orderly stop:\n%s", log)
	}
	r.telegram.Heal()
	r.start()
	for _, c := range all {
		r.sees(c, "@side.help")
	}
	r.behaved()
}

// TestStoppingIsQuick where nothing is under way.
func TestStoppingIsQuick(t *testing.T) { bothWays(t, stoppingIsQuick) }

func stoppingIsQuick(t *testing.T, m mode) {
	r := setup(t, m)
	open(t, r.proc.base).events(deadline(t))
	if code, took := r.proc.stop(); code != 0 || took > 3*time.Second {
		t.Errorf("stopping ended with code %d after %v", code, took)
	}
	if log := r.log.String(); strings.Contains(log, "ERROR") || strings.Contains(log, "WARN") {
		t.Errorf("the log of an orderly stop:\n%s", log)
	}
}

// TestNothingSecretIsLogged runs canaries through whatever writes to the log
// at level info: tokens, what people write, and every trouble a platform makes.
func TestNothingSecretIsLogged(t *testing.T) { bothWays(t, nothingSecretIsLogged) }

func nothingSecretIsLogged(t *testing.T, m mode) {
	r := setup(t, m)
	const canary = "canary-7b1e-words"
	ann, anna := r.telegram.Customer(1001, "Name-"+canary, "en"), r.slack.AddAgent("U0ANNA", "Anna-"+canary)
	r.telegram.InjectRaw(`{"update_id": 1, "message": {"message_id": "` + canary + `", "chat": 9}}`)
	r.telegram.HTML(1)
	ann.Says(canary + " my lamp arrived broken")
	r.sees(ann, "@ask.order")
	r.slack.Fail(slackfake.Fault{Method: "chat.postMessage", Status: 500, Body: canary})
	ann.Says("/human " + canary)
	card := r.posted("needs a person")
	r.clicks(anna, card, "Take")
	r.sees(ann, "@owned.taken")
	r.says(anna, card, canary+" for you")
	r.sees(ann, canary+" for you")
	ann.Says(strings.Repeat(canary, 3))
	r.posted(strings.Repeat(canary, 3))
	r.telegram.Down(true)
	r.slack.Drop()
	r.says(anna, card, canary+" while it is down")
	r.telegram.Down(false)
	r.sees(ann, canary+" while it is down")
	r.slack.Poison("events_api", map[string]any{"type": canary, "event": canary})
	page := open(t, r.proc.base)
	page.post("text", canary)
	page.reads(page.events(deadline(t)), "Hello")
	r.telegram.Revoke()
	r.proc.stop()
	for _, secret := range []string{canary, telegramfake.Token, strings.SplitN(telegramfake.Token, ":", 2)[1], r.slack.BotToken(), r.slack.AppToken(),
		slackfake.VerificationToken, "response-canary", r.telegram.URL() + "/bot"} {
		if log := r.log.String() + r.proc.out.String(); strings.Contains(log, secret) {
			t.Errorf("%q is in the log:\n%s", secret, log)
		}
	}
}
