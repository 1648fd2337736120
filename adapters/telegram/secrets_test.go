package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	canaryKey   = "CANARY-key_that_must_never_show"
	canaryToken = "815:" + canaryKey
	canaryHook  = "CANARY-hook_secret_of_the_webhook"
	canaryText  = "CANARY words of a customer"
)

// leaks says whether any way of printing v gives a canary away.
func leaks(v any) string {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		s := fmt.Sprintf(verb, v)
		for _, canary := range []string{canaryKey, canaryText, canaryHook, fmt.Sprintf("%x", canaryKey)} {
			if strings.Contains(s, canary) {
				return verb + ": " + s
			}
		}
	}
	return ""
}

func checkError(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		if l := leaks(err); l != "" {
			t.Errorf("an error leaks: %s", l)
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range many.Unwrap() {
				checkError(t, e)
			}
			return
		}
	}
}

func checkLogs(t *testing.T, logs *observer.ObservedLogs) {
	t.Helper()
	encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
	for _, entry := range logs.All() {
		line, err := encoder.EncodeEntry(entry.Entry, entry.Context)
		if err != nil {
			t.Fatal(err)
		}
		if l := leaks(line.String()); l != "" {
			t.Errorf("the log leaks: %s", l)
		}
	}
}

// everyCall makes each kind of call once and checks what it says on failing.
func everyCall(t *testing.T, a *Adapter) {
	t.Helper()
	ctx := deadline(t)
	_, err := a.Send(ctx, say("1", canaryText))
	checkError(t, err)
	settle := say("1", "")
	settle.Say, settle.Settle = nil, settleOf("5")
	_, err = a.Send(ctx, settle)
	checkError(t, err)
	for _, amend := range []adapters.Delivery{amendTo("5", canaryText), takeBack("5+6")} {
		_, err = a.Send(ctx, amend)
		checkError(t, err)
	}
	_, err = a.Send(ctx, withFile(message.Photo, canaryText, fileOf(telegramfake.Sample("image/png", 900))))
	checkError(t, err)
	place := say("1", "")
	place.Say.Attachments = []message.Attachment{{Kind: message.Location}}
	_, err = a.Send(ctx, place)
	checkError(t, err)
	f, err := a.Open(ctx, message.Attachment{Kind: message.Document, Held: Channel, File: "document-1"})
	checkError(t, err)
	if err == nil {
		_, err = io.ReadAll(f.Body)
		checkError(t, err)
		checkError(t, f.Body.Close())
	}
	_, _, err = a.api.download(ctx, "documents/document-1.pdf", a.timeouts.File)
	checkError(t, err)
	if a.hook != nil {
		checkError(t, a.setHook(ctx))
	}
	for _, finding := range a.Examine(ctx) {
		if l := leaks(finding); l != "" {
			t.Errorf("a finding leaks: %s", l)
		}
	}
	checkError(t, a.Check(ctx))
	checkError(t, a.Typing(ctx, "1"))
	checkError(t, a.AnswerTap(ctx, message.Tap{CallbackID: "1"}, canaryText))
	checkError(t, a.SetMenu(ctx, "1", message.English))
	_, err = a.api.getUpdates(ctx, 1, 0)
	checkError(t, err)
}

func TestTheTokenNeverShows(t *testing.T) {
	echo := fmt.Sprintf(`{"ok":false,"error_code":400,"description":"no POST /bot%s/x with %s"}`, canaryToken, canaryHook)
	late := fmt.Sprintf(`{"ok":false,"error_code":400,"description":"%s %s"}`, strings.Repeat("x", 190), canaryToken)
	stray := fmt.Sprintf(`{"ok":true,"result":{"url":"https://example.org/%s","last_error_message":"%s %s","last_error_date":9999999999}}`, canaryToken, canaryToken, canaryHook)
	faults := map[string]telegramfake.Fault{
		"echoed":      {Status: 400, Body: echo},
		"echoed 401":  {Status: 401, Body: strings.Replace(echo, "400", "401", 1)},
		"echoed late": {Status: 400, Body: late},
		"stray hook":  {Status: 200, Body: stray},
		"echoed HTML": {Status: 502, Body: "<html>" + canaryToken},
		"odd type":    {Status: 200, Body: `{"ok":"` + canaryToken + `"}`},
		"redirect":    {Status: 302, Body: "moved"},
	}
	for _, o := range outcomes {
		faults[o.name] = o.fault
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			inBothModes(t, func(t *testing.T, mode string) {
				tg := telegramfake.New()
				defer tg.Close()
				bot := tg.AddBot(canaryToken)
				bot.Customer(1, "Ann", "en").Says(canaryText)
				bot.Inject(map[string]any{"message": map[string]any{"text": []string{canaryText}}})
				fault := fault // the modes' own
				times := brisk
				if fault.Hang {
					times.Send = 200 * time.Millisecond
				}
				fault.Method, fault.Times = "*", -1
				if fault.Hang { // the calls with time limits of their own would take long
					fault.Method = "sendMessage"
				}
				a, logs := newAdapterOf(t, Config{Token: canaryToken, APIURL: tg.URL(), Mode: mode, WebhookSecret: canaryHook, Timeouts: times})
				bot.Customer(1, "Ann", "en").SendsDocument("x.pdf", canaryText)
				bot.Fail(fault)
				everyCall(t, a)
				called := func() int { return len(bot.Calls("getUpdates")) + len(bot.Calls("setWebhook")) }
				before := called()
				stop := run(t, a, newSink())
				if err := bot.Await(deadline(t), func() bool { return called() > before || bot.Polling() }); err != nil {
					t.Fatal(err)
				}
				checkError(t, stop())
				checkLogs(t, logs)
			})
		})
	}
}

func TestTheTokenDoesNotShowWhereNothingAnswers(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() { // answers with what it was asked, which is no HTTP
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			request := make([]byte, 4096)
			n, _ := conn.Read(request)
			_, _ = conn.Write([]byte("no " + string(request[:n])))
			_ = conn.Close()
		}
	}()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for name, address := range map[string]string{
		"no HTTP":     "http://" + listener.Addr().String(),
		"no TLS":      "https://" + listener.Addr().String(),
		"closed":      "http://" + closed.Addr().String(),
		"odd address": "http://127.0.0.1:0/%25s%25d",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := New(Config{Token: canaryToken, APIURL: address, Timeouts: brisk})
			if err != nil {
				t.Fatal(err)
			}
			everyCall(t, a)
			if err := a.Check(deadline(t)); err == nil {
				t.Error("Check found a bot where there is none")
			}
		})
	}
}

func TestSecretsPrintAsStars(t *testing.T) {
	config := Config{Token: canaryToken, Mode: ModeWebhook, WebhookSecret: canaryHook, WebhookURL: "https://chat.example.org" + HookPath}
	a, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{config.Token, &config.Token, config, &config, a, struct{ A *Adapter }{a}} {
		if l := leaks(v); l != "" {
			t.Errorf("%T leaks: %s", v, l)
		}
	}
	if data, err := json.Marshal(map[string]any{"t": config.Token}); err != nil || string(data) != `{"t":"***"}` {
		t.Errorf("%s, %v", data, err)
	}
	core, logs := observer.New(zapcore.DebugLevel)
	zap.New(core).Info("x", zap.Any("token", config.Token), zap.Stringer("s", config.Token), zap.Any("config", a))
	checkLogs(t, logs)
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	for name, token := range map[string]Secret{
		"empty": "", "no colon": canaryKey, "no id": ":" + canaryKey, "odd id": "12x:" + canaryKey,
		"zero": "0:" + canaryKey, "negative": "-4:" + canaryKey, "space": "815: " + canaryKey,
		"newline": canaryToken + "\n", "slash": canaryToken + "/x", "short": "815:a", "plus": "+8:" + canaryKey,
	} {
		_, err := New(Config{Token: token})
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if !strings.Contains(err.Error(), "hint") {
			t.Errorf("%s: no hint: %v", name, err)
		}
		checkError(t, err)
	}
	for _, address := range []string{
		"api.telegram.org", "ftp://x", "http://", "http://u:p@x", "http://x?y=1", "http://x/bot" + canaryToken, "http://\x7f" + canaryToken,
	} {
		_, err := New(Config{Token: canaryToken, APIURL: address})
		if err == nil || !strings.Contains(err.Error(), "hint") {
			t.Errorf("%q: %v", address, err)
		}
		checkError(t, err)
	}
	a, err := New(Config{Token: canaryToken})
	if err != nil || a.Sender() != "telegram/815" || a.Channel() != "telegram" {
		t.Errorf("%v, %v", a, err)
	}
	if p := a.Pace(); p.Rate != 28 || p.PerChat != 1 || p.ChatBurst != 3 {
		t.Errorf("pace %+v", p)
	}
}
