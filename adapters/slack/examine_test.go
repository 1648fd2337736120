package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

func TestExamine(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*slackfake.Server, *Config)
		bad    string // What of the finding; "" = all is well
		says   string
		hint   string
	}{
		"all is well": {func(*slackfake.Server, *Config) {}, "", "", ""},
		"bot token":   {func(_ *slackfake.Server, c *Config) { c.BotToken = "xoxb-other-token" }, "bot token", "was refused", "copy the token"},
		"app token":   {func(_ *slackfake.Server, c *Config) { c.AppToken = "xapp-other-token" }, "app token", "was refused", "copy the token"},
		"no network":  {func(f *slackfake.Server, _ *Config) { f.Fail(slackfake.Fault{Method: "auth.test", Cut: true}) }, "bot token", "connection broke off", "network"},
		"scopes": {func(f *slackfake.Server, _ *Config) {
			f.SetScopes(slices.DeleteFunc(NeededScopes(), func(s string) bool { return strings.HasPrefix(s, "files") })...)
		}, "scopes", "missing: files:read, files:write", "OAuth & Permissions"},
		"not in channel": {func(f *slackfake.Server, _ *Config) { f.Leave(slackfake.Queue, slackfake.BotUser) }, "channel C0QUEUE", "invite it", "/invite"},
		"clock ahead":    {func(f *slackfake.Server, _ *Config) { f.SetClock(-2 * time.Minute) }, "clock", "ahead of Slack", "NTP"},
		"clock behind":   {func(f *slackfake.Server, _ *Config) { f.SetClock(6 * time.Minute) }, "clock", "behind Slack", "refused beyond five minutes"},
		"a little off":   {func(f *slackfake.Server, _ *Config) { f.SetClock(30 * time.Second) }, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			cfg := configFor(fake)
			c.change(fake, &cfg)
			var bad []adapters.Finding
			for _, f := range newAdapter(t, cfg).Examine(within(t)) {
				if !f.OK {
					bad = append(bad, f)
				}
				if strings.Contains(f.Says+f.Hint, string(cfg.BotToken)) || strings.Contains(f.Says+f.Hint, "http") {
					t.Errorf("a secret or an address in %+v", f)
				}
			}
			switch {
			case c.bad == "" && len(bad) != 0:
				t.Fatalf("found %+v", bad)
			case c.bad != "" && (len(bad) != 1 || bad[0].What != c.bad || !strings.Contains(bad[0].Says, c.says) || !strings.Contains(bad[0].Hint, c.hint)):
				t.Fatalf("found %+v", bad)
			}
		})
	}
}

// Each mode is examined for what it uses.
func TestExamineByMode(t *testing.T) {
	for mode, want := range map[string]string{
		ModeSocket: "bot token, scopes, clock, channel C0QUEUE, app token", ModeHTTP: "bot token, scopes, clock, channel C0QUEUE",
	} {
		fake := newFake(t, slackfake.Options{})
		var what []string
		for _, f := range newAdapter(t, configIn(mode, fake)).Examine(within(t)) {
			what = append(what, f.What)
		}
		if got := strings.Join(what, ", "); got != want {
			t.Errorf("%s: %s", mode, got)
		}
		if open, ever := fake.Sockets(); open+ever != 0 {
			t.Error("a connection was opened")
		}
	}
}
