package telegram

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// finding picks the one finding about what.
func finding(t *testing.T, list []adapters.Finding, what string) adapters.Finding {
	t.Helper()
	var found []adapters.Finding
	for _, f := range list {
		if f.What == what {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d findings about %q in %+v", len(found), what, list)
	}
	return found[0]
}

func TestExamineFindsNothingWhereAllIsWell(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg := deadline(t), newFake(t)
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, newSink())
		receiving(ctx, t, tg, a)
		list := a.Examine(ctx)
		if want := map[string]int{ModePoll: 4, ModeWebhook: 6}[mode]; len(list) != want {
			t.Errorf("%d findings, want %d: %+v", len(list), want, list)
		}
		for _, f := range list {
			if !f.OK || f.Hint != "" || f.Says == "" {
				t.Errorf("%+v", f)
			}
		}
	})
}

func TestExamineFindsWhatIsWrong(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		mode       string
		upset      func(*telegramfake.Server, *Adapter)
		what, says string
		hint       string
		ok         bool
	}{
		"revoked": {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.Revoke() }, "Telegram bot token", "refused", "@BotFather", false},
		"down":    {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.Down(true) }, "Telegram bot token", "could not be checked", "reachable", false},
		"webhook fails": {ModePoll, func(tg *telegramfake.Server, _ *Adapter) {
			tg.Fail(telegramfake.Fault{Method: "getWebhookInfo", Status: 500})
		}, "Telegram webhook", "could not be asked", "again", false},
		"poll, webhook":  {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.SetWebhook("https://example.org/" + telegramfake.Token) }, "Telegram webhook", "at example.org,", "mode to webhook", false},
		"none set":       {ModeWebhook, func(*telegramfake.Server, *Adapter) {}, "Telegram webhook", "none is set", "start the server", false},
		"other address":  {ModeWebhook, func(tg *telegramfake.Server, _ *Adapter) { tg.SetWebhook("https://example.org/x") }, "Telegram webhook", "another address, at example.org,", "another program", false},
		"backlog":        {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { crowd(tg) }, "Telegram updates waiting", "101", "24 hours", false},
		"certificate":    {ModeWebhook, failedWith("SSL error {certificate verify failed}", now), "Telegram webhook deliveries", "certificate", "chain", false},
		"resolve":        {ModeWebhook, failedWith("Failed to resolve host: Name or service not known", now), "Telegram webhook deliveries", "resolve", "DNS", false},
		"private":        {ModeWebhook, failedWith("IP address 10.0.0.1 is reserved", now), "Telegram webhook deliveries", "reserved", "public address", false},
		"timeout":        {ModeWebhook, failedWith("Connection timed out", now), "Telegram webhook deliveries", "timed out", "firewall", false},
		"secret":         {ModeWebhook, failedWith("Wrong response from the webhook: 401 Unauthorized", now), "Telegram webhook deliveries", "401", "secret", false},
		"odd":            {ModeWebhook, failedWith("Something else", now), "Telegram webhook deliveries", "Something", "from outside", false},
		"history":        {ModeWebhook, failedWith("Connection refused", now.Add(-5*time.Hour)), "Telegram webhook deliveries", "5h0m0s ago", "", true},
		"clock behind":   {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.Skew(5 * time.Minute) }, "Clock against Telegram's", "behind by", "NTP", false},
		"clock ahead":    {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.Skew(-5 * time.Minute) }, "Clock against Telegram's", "ahead by", "NTP", false},
		"clock a little": {ModePoll, func(tg *telegramfake.Server, _ *Adapter) { tg.Skew(20 * time.Second) }, "Clock against Telegram's", "behind by", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, tg := deadline(t), newFake(t)
			a, _ := newAdapterIn(t, c.mode, tg.URL(), brisk)
			c.upset(tg, a)
			f := finding(t, a.Examine(ctx), c.what)
			if f.OK != c.ok || !strings.Contains(f.Says, c.says) || !strings.Contains(f.Hint, c.hint) || c.hint == "" && f.Hint != "" {
				t.Errorf("found %+v", f)
			}
			if strings.Contains(f.Says+f.Hint, "AAFake") {
				t.Errorf("tells the token: %+v", f)
			}
		})
	}
}

func crowd(tg *telegramfake.Server) {
	ann := tg.Customer(1, "Ann", "en")
	for range 101 {
		ann.Says("hello?")
	}
}

func failedWith(words string, at time.Time) func(*telegramfake.Server, *Adapter) {
	return func(tg *telegramfake.Server, _ *Adapter) { tg.HookTrouble(words, at) }
}

func TestExamineSeesKindsOfUpdatesThatAreMissing(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	body := `{"ok":true,"result":{"url":"` + a.hook.url + `","allowed_updates":["message"]}}`
	tg.Fail(telegramfake.Fault{Method: "getWebhookInfo", Status: http.StatusOK, Body: body})
	f := finding(t, a.Examine(ctx), "Telegram kinds of updates")
	if f.OK || !strings.Contains(f.Says, "edited_message, callback_query, my_chat_member") {
		t.Errorf("%+v", f)
	}
}

func TestExamineChangesNothing(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	tg.SetWebhook("https://example.org/x")
	a, _ := newAdapter(t, tg.URL(), brisk)
	a.Examine(ctx)
	for _, c := range tg.Calls("") {
		if !strings.HasPrefix(c.Method, "get") {
			t.Errorf("called %s", c.Method)
		}
	}
	if tg.Webhook().URL == "" {
		t.Error("the webhook is gone")
	}
}
