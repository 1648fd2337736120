package telegram

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap/zapcore"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

func TestTheWebhookIsSetAsItShouldBe(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	stop := run(t, a, newSink())
	receiving(ctx, t, tg, a)
	w := tg.Webhook()
	if w.Secret != hookSecret || w.MaxConnections != 40 || strings.Join(w.Allowed, " ") != "message edited_message callback_query my_chat_member" {
		t.Errorf("set %+v", w)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if tg.Webhook().URL == "" {
		t.Error("the webhook was taken off at the end; what comes meanwhile would not be delivered")
	}
}

// until waits until something holds, looking after every call to the fake.
func until(ctx context.Context, t *testing.T, tg *telegramfake.Server, has func() bool) {
	t.Helper()
	if err := tg.Await(ctx, has); err != nil {
		t.Fatal(err)
	}
}

func TestAWebhookThatSomebodyChangesIsSetAgain(t *testing.T) {
	for name, change := range map[string]func(*telegramfake.Server){
		"changed": func(tg *telegramfake.Server) { tg.SetWebhook("https://example.org/stray") },
		"removed": func(tg *telegramfake.Server) { tg.DropWebhook() },
		"deaf": func(tg *telegramfake.Server) {
			w := tg.Webhook()
			body := `{"ok":true,"result":{"url":"` + w.URL + `","allowed_updates":["poll"]}}`
			tg.Fail(telegramfake.Fault{Method: "getWebhookInfo", Status: http.StatusOK, Body: body})
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, tg, sink := deadline(t), newFake(t), newSink()
			a, logs := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
			run(t, a, sink)
			receiving(ctx, t, tg, a)
			change(tg)
			tg.Customer(1, "Ann", "en").Says("hello?")
			sink.wait(ctx, t, 1)
			until(ctx, t, tg, func() bool { return len(tg.Calls("setWebhook")) == 2 })
			if n := logs.FilterMessageSnippet("changed or removed").Len(); n != 1 {
				t.Errorf("noted %d times", n)
			}
		})
	}
}

func TestAFailedDeliveryIsNotedAndTheWebhookSetAgain(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	tg.HookTrouble("Connection timed out, long ago", time.Now().Add(-time.Hour))
	a, logs := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	run(t, a, sink)
	asked := func(n int) func() bool { return func() bool { return len(tg.Calls("getWebhookInfo")) >= n } }
	until(ctx, t, tg, asked(2))
	if logs.FilterLevelExact(zapcore.WarnLevel).Len() != 0 {
		t.Errorf("history is no news: %v", logs.All())
	}
	set := len(tg.Calls("setWebhook"))
	tg.HookTrouble("SSL error with "+hookSecret, time.Now().Add(time.Minute))
	until(ctx, t, tg, func() bool { return len(tg.Calls("setWebhook")) > set })
	until(ctx, t, tg, asked(len(tg.Calls("getWebhookInfo"))+3))
	notes := logs.FilterMessageSnippet("could not deliver").All()
	if len(notes) != 1 || notes[0].ContextMap()["waiting"] == nil || notes[0].ContextMap()["error"] != "SSL error with "+mask {
		t.Errorf("noted %+v", notes)
	}
}

func TestSettingTheWebhookGoesOnThroughTrouble(t *testing.T) {
	for name, fault := range map[string]telegramfake.Fault{
		"html":    {Status: 502, Body: "<html>"},
		"500":     {Status: 500},
		"cut":     {Cut: true},
		"lost":    {Cut: true, After: true},
		"429":     {Status: 429, RetryAfter: 1, Times: 1},
		"refused": {Status: 400},
	} {
		for _, method := range []string{"setWebhook", "getWebhookInfo"} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				ctx, tg, sink := deadline(t), newFake(t), newSink()
				fault := fault // the methods' own
				fault.Method = method
				if fault.Times == 0 {
					fault.Times = 3
				}
				tg.Fail(fault)
				tg.Customer(1, "Ann", "en").Says("still there?")
				a, logs := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
				run(t, a, sink)
				sink.wait(ctx, t, 1)
				until(ctx, t, tg, func() bool { return logs.FilterMessageSnippet("trouble is over").Len() > 0 })
				if n := logs.FilterLevelExact(zapcore.WarnLevel).Len() + logs.FilterLevelExact(zapcore.ErrorLevel).Len(); n != 1 {
					t.Errorf("%d notes, want one: %v", n, logs.All())
				}
			})
		}
	}
}

func TestSwitchingModesLosesAndDoublesNothing(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	ann := tg.Customer(1, "Ann", "en")
	const rounds, each = 4, 5
	seen := make(map[string]int)
	for round := range rounds {
		for range each {
			ann.Says("while nobody listens")
		}
		a, _ := newAdapterIn(t, []string{ModePoll, ModeWebhook}[round%2], tg.URL(), brisk)
		stop := run(t, a, sink)
		sink.wait(ctx, t, (round+1)*each)
		if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
			t.Fatal(err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
	for _, r := range sink.wait(ctx, t, rounds*each) {
		seen[r.Dedup]++
	}
	if len(seen) != rounds*each {
		t.Errorf("%d different updates, want %d", len(seen), rounds*each)
	}
}

func TestWebhookModeFailsClosed(t *testing.T) {
	good := Config{Token: telegramfake.Token, Mode: ModeWebhook, WebhookSecret: hookSecret, WebhookURL: "https://chat.example.org" + HookPath}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Config){
		"no secret":     func(c *Config) { c.WebhookSecret = "" },
		"odd secret":    func(c *Config) { c.WebhookSecret = canaryKey + "!" },
		"long secret":   func(c *Config) { c.WebhookSecret = Secret(strings.Repeat("a", 257)) },
		"no address":    func(c *Config) { c.WebhookURL = "" },
		"no host":       func(c *Config) { c.WebhookURL = "https://" + HookPath },
		"http":          func(c *Config) { c.WebhookURL = "http://chat.example.org" + HookPath },
		"http loopback": func(c *Config) { c.WebhookURL = "http://127.0.0.1:8080" + HookPath },
		"odd scheme":    func(c *Config) { c.APIURL, c.WebhookURL = "http://127.0.0.1:1", "ftp://127.0.0.1"+HookPath },
		"credentials":   func(c *Config) { c.WebhookURL = "https://u:" + canaryKey + "@chat.example.org" + HookPath },
		"query":         func(c *Config) { c.WebhookURL += "?key=" + canaryKey },
		"mode":          func(c *Config) { c.Mode = "pull" },
	} {
		c := good
		change(&c)
		_, err := New(c)
		if err == nil || !strings.Contains(err.Error(), "hint") {
			t.Errorf("%s: %v", name, err)
		}
		checkError(t, err)
	}
	for _, api := range []string{"http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"} {
		c := good
		c.APIURL, c.WebhookURL = api, "http://127.0.0.1:8080"+HookPath
		if _, err := New(c); err != nil {
			t.Errorf("%s: %v", api, err)
		}
	}
}

func TestWebhookModeLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ctx, tg, sink := deadline(t), telegramfake.New(), newSink()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	a := newOne(t, Config{Token: telegramfake.Token, APIURL: tg.URL(), Mode: ModeWebhook, WebhookSecret: hookSecret, WebhookURL: server.URL + HookPath, Timeouts: brisk})
	for pattern, handler := range a.Routes() {
		mux.Handle(pattern, handler)
	}
	stop := run(t, a, sink)
	tg.Customer(1, "Ann", "en").Says("hello")
	sink.wait(ctx, t, 1)
	if err := stop(); err != nil {
		t.Error(err)
	}
	tg.Close()
	server.Close()
	goleak.VerifyNone(t, before)
}
