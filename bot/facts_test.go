package bot_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/prometheus/client_golang/prometheus"
)

// TestAShopIsAskedOutsideTurns: while one customer waits for a slow service,
// another is answered; what the service says is stored before it is acted on,
// and neither its secret nor the customer's number is in the log.
func TestAShopIsAskedOutsideTurns(t *testing.T) {
	const secret = "canary-9fd1"
	hold, asked := make(chan struct{}), make(chan struct{})
	var calls atomic.Int32
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/13579") {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		if calls.Add(1) == 1 {
			close(asked)
			<-hold
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"name": "emerald lamp", "who": "telegram:7"}`))
	}))
	t.Cleanup(shop.Close)
	files := flowtest.WithLookup("lookup:\n  slot: order\n  key: order\n  whose: who\n  http:\n    url: \"" + shop.URL + "/o/{order}\"\n" +
		"    headers: {X-Key: \"{secret:SHOP}\"}\n    answer: {item: name, who: who}\n")
	files["flow.yaml"] = smallFlow()["flow.yaml"]
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	guard, err := facts.ParseGuard([]string{strings.TrimPrefix(shop.URL, "http://")})
	if err != nil {
		t.Fatal(err)
	}
	provider, err := facts.For(f, facts.Config{Guard: guard, Secret: func(string) (string, bool) { return secret, true }})
	if err != nil {
		t.Fatal(err)
	}
	r := blank(t)
	core, logged := observer.New(zap.DebugLevel)
	r.flow, r.log = f, zap.New(core)
	r.tune = func(c *bot.Config) { c.Flow, c.Facts = f, provider }
	r.start()
	mei, ben := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Ben", "en")
	mei.Says("my lamp arrived broken, order 24680, I want my money back")
	<-asked
	ben.Says("/help")
	r.waitText(ben, "at any time")
	close(hold)
	r.waitText(mei, "emerald lamp")
	ben.Says("my lamp arrived broken, order 24680, I want my money back")
	r.waitText(ben, f.Line(message.English, "lookup.other", 0, flow.Vars{"order": "24680"}))
	if count(ben, "emerald") != 0 {
		t.Error("somebody else's order was told")
	}
	zoe := r.telegram.Customer(9, "Zoe", "en")
	zoe.Says("my lamp arrived broken, order 13579, I want my money back")
	r.waitText(zoe, f.Line(message.English, "lookup.unreachable", 0, nil))
	r.settled()
	r.replays()
	for _, e := range logged.All() {
		line := e.Message
		for _, field := range e.Context {
			line += " " + field.String
			if err, ok := field.Interface.(error); ok {
				line += err.Error()
			}
		}
		for _, private := range []string{secret, "24680", "13579", "emerald"} {
			if strings.Contains(line, private) {
				t.Errorf("the log holds %q: %s", private, line)
			}
		}
	}
	if n := counted(t, r.bot, "accord_lookups_total", "unreachable"); n != 1 {
		t.Errorf("%v unreachable look-ups are counted", n)
	}
}

// counted reads one counter by the value of its label.
func counted(t *testing.T, b *bot.Bot, name, label string) (n float64) {
	t.Helper()
	reg := prometheus.NewPedanticRegistry()
	if err := reg.Register(b.Collector()); err != nil {
		t.Fatal(err)
	}
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && m.GetLabel()[0].GetValue() == label {
				n += m.GetCounter().GetValue()
			}
		}
	}
	return n
}
