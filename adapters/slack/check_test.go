package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*slackfake.Server, *Config)
		refused bool
		says    string // "" = fine
	}{
		"fine":      {func(*slackfake.Server, *Config) {}, false, ""},
		"bot token": {func(_ *slackfake.Server, c *Config) { c.BotToken = "xoxb-other-token" }, true, "bot token was refused"},
		"app token": {func(_ *slackfake.Server, c *Config) { c.AppToken = "xapp-other-token" }, true, "app token was refused"},
		"swapped": {func(f *slackfake.Server, _ *Config) {
			f.Fail(slackfake.Fault{Method: "auth.test", Code: "not_allowed_token_type"})
		}, true, "swapped"},
		"revoked":           {func(f *slackfake.Server, _ *Config) { f.Revoke() }, true, "token_revoked"},
		"not in channel":    {func(f *slackfake.Server, _ *Config) { f.Leave(slackfake.Queue, slackfake.BotUser) }, false, "invite it"},
		"no such channel":   {func(_ *slackfake.Server, c *Config) { c.Channel = "C0NOWHERE" }, false, "not found"},
		"archived":          {func(f *slackfake.Server, _ *Config) { f.Archive(slackfake.Queue) }, false, "archived"},
		"Slack has trouble": {func(f *slackfake.Server, _ *Config) { f.Fail(slackfake.Fault{Method: "auth.test", Status: 503}) }, false, "HTTP status 503"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			cfg := configFor(fake)
			c.change(fake, &cfg)
			err := newAdapter(t, cfg).Check(within(t))
			switch {
			case c.says == "" && err != nil:
				t.Fatal(err)
			case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || errors.Is(err, adapters.ErrRefused) != c.refused):
				t.Fatalf("err = %v", err)
			}
		})
	}
}

func TestNewChecksForms(t *testing.T) {
	good := Config{BotToken: "xoxb-canary-1", AppToken: "xapp-canary-2", Channel: "C012AB"}
	for name, c := range map[string]struct {
		change  func(*Config)
		setting string // "" = fine
		hint    string
	}{
		"fine":          {func(*Config) {}, "", ""},
		"private":       {func(c *Config) { c.Channel = "G012AB" }, "", ""},
		"agents":        {func(c *Config) { c.Agents = []string{"U12", "S12", "W12"} }, "", ""},
		"no slash":      {func(c *Config) { c.APIURL = "http://127.0.0.1:1/api" }, "", ""},
		"no bot token":  {func(c *Config) { c.BotToken = "" }, "ACCORD_SLACK_BOT_TOKEN", "OAuth"},
		"user token":    {func(c *Config) { c.BotToken = "xoxp-canary" }, "ACCORD_SLACK_BOT_TOKEN", "OAuth"},
		"broken token":  {func(c *Config) { c.BotToken = "xoxb-canary\n" }, "ACCORD_SLACK_BOT_TOKEN", "OAuth"},
		"no app token":  {func(c *Config) { c.AppToken = "" }, "ACCORD_SLACK_APP_TOKEN", "connections:write"},
		"swapped":       {func(c *Config) { c.AppToken = c.BotToken }, "ACCORD_SLACK_APP_TOKEN", "swapped"},
		"channel name":  {func(c *Config) { c.Channel = "#queue" }, "ACCORD_SLACK_CHANNEL", "not the name"},
		"no channel":    {func(c *Config) { c.Channel = "" }, "ACCORD_SLACK_CHANNEL", "id"},
		"agent by name": {func(c *Config) { c.Agents = []string{"anna"} }, "ACCORD_SLACK_AGENTS", "ids"},
		"supervisor":    {func(c *Config) { c.Supervisors = []string{"@boss"} }, "ACCORD_SLACK_SUPERVISORS", "ids"},
		"http": {func(c *Config) {
			c.Mode, c.AppToken, c.SigningSecret = ModeHTTP, "", "0123456789abcdef0123456789abcdef"
		}, "", ""},
		"no secret":     {func(c *Config) { c.Mode = ModeHTTP }, "ACCORD_SLACK_SIGNING_SECRET", "Basic Information"},
		"broken secret": {func(c *Config) { c.Mode, c.SigningSecret = ModeHTTP, "can ary" }, "ACCORD_SLACK_SIGNING_SECRET", "Basic Information"},
		"token, secret": {func(c *Config) { c.Mode, c.SigningSecret = ModeHTTP, c.BotToken }, "ACCORD_SLACK_SIGNING_SECRET", "Basic Information"},
		"no such mode":  {func(c *Config) { c.Mode = "poll" }, "ACCORD_SLACK_MODE", "socket"},
		"no address":    {func(c *Config) { c.APIURL = "slack.com" }, "ACCORD_SLACK_API_URL", "leave it empty"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := good
			c.change(&cfg)
			_, err := New(cfg)
			if c.setting == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var ce *ConfigError
			if !errors.As(err, &ce) || ce.Setting != c.setting || !strings.Contains(ce.Hint(), c.hint) {
				t.Fatalf("err = %v, hint %q", err, ce.Hint())
			}
			if strings.Contains(err.Error()+ce.Hint(), "canary") {
				t.Errorf("a secret in %v", err)
			}
		})
	}
	if _, err := New(Config{}); len(err.(interface{ Unwrap() []error }).Unwrap()) != 3 {
		t.Errorf("not every mistake is reported at once: %v", err)
	}
}

func TestTokenNeverShows(t *testing.T) {
	cfg := Config{BotToken: "xoxb-canary", AppToken: "xapp-canary"}
	js, err := json.Marshal(map[string]any{"t": cfg.BotToken})
	if err != nil {
		t.Fatal(err)
	}
	all := string(js) + fmt.Sprintf("%v %+v %#v %s %q %x %d", cfg, cfg, cfg.BotToken, cfg.BotToken, cfg.BotToken, cfg.BotToken, cfg.BotToken)
	if strings.Contains(all, "canary") || strings.Contains(all, "63616e617279") {
		t.Errorf("a token in %s", all)
	}
}

func TestContract(t *testing.T) {
	a, err := New(Config{BotToken: "xoxb-canary-1", AppToken: "xapp-canary-2", Channel: "C012AB"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Channel() != "slack" || a.Sender() != "slack/C012AB" {
		t.Errorf("channel %s, sender %s", a.Channel(), a.Sender())
	}
	if p := a.Pace(); p.PerChat != 1 || p.ChatBurst < 2 || p.Rate < 1 {
		t.Errorf("pace = %+v", p)
	}
	for _, k := range []adapters.Kind{adapters.KindMark, adapters.KindUpdate, adapters.KindPrivate} {
		if r := a.Pace().Apart[k]; r <= 0 || r > 1 {
			t.Errorf("%s: %v a second", k, r)
		}
	}
}

// Reconnects: at once after a good connection, ever slower after bad ones, and
// never more than six in any minute.
func TestPacing(t *testing.T) {
	p := defaultPacing()
	now := time.Unix(1700000000, 0)
	p.started(now)
	if d := p.wait(now, true, 0); d != 0 {
		t.Errorf("after a good connection: %v", d)
	}
	if d := p.wait(now, false, 9*time.Second); d < 9*time.Second {
		t.Errorf("asked to wait 9 s: %v", d)
	}
	var last time.Duration
	for range 12 {
		last = p.wait(now, false, 0)
	}
	if last < p.longest/2 || last > p.longest {
		t.Errorf("after many failures: %v", last)
	}

	storm := defaultPacing()
	var starts []time.Time
	for range 40 {
		storm.started(now)
		starts = append(starts, now)
		now = now.Add(time.Millisecond).Add(storm.wait(now, true, 0))
	}
	for i := storm.burst; i < len(starts); i++ {
		if d := starts[i].Sub(starts[i-storm.burst]); d < time.Minute {
			t.Fatalf("seven connections within %v", d)
		}
	}
}
