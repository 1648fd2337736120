package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Forms of what platforms hand out. They catch a token pasted in the wrong
// place before a platform refuses it.
var (
	telegramToken = regexp.MustCompile(`^\d{3,}:[A-Za-z0-9_-]{6,}$`)
	slackBot      = regexp.MustCompile(`^xoxb-\S+$`)
	slackApp      = regexp.MustCompile(`^xapp-\S+$`)
	slackChannel  = regexp.MustCompile(`^[CG][A-Z0-9]+$`)
	slackAgent    = regexp.MustCompile(`^[UWS][A-Z0-9]+$`)
)

// check finds everything that is wrong with a configuration. No message holds
// a secret.
func (c *config) check() problems {
	var ps problems
	add := func(what, hint string) { ps = append(ps, &problem{what: what, hint: hint}) }
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		add(fmt.Sprintf("ACCORD_TIMEZONE: unknown time zone %q", c.Timezone), "use an IANA name such as Europe/Berlin or Asia/Taipei")
	}
	c.Zone = zone
	c.checkAddresses(add)
	if !slices.Contains([]string{"en", "zh-Hans", "zh-Hant"}, c.AgentLang) {
		add(fmt.Sprintf("ACCORD_AGENT_LANGUAGE: unknown language %q", c.AgentLang), "use en, zh-Hans or zh-Hant")
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.LogLevel) {
		add(fmt.Sprintf("ACCORD_LOG_LEVEL: unknown level %q", c.LogLevel), "use debug, info, warn or error")
	}
	if !slices.Contains([]string{"console", "json"}, c.LogFormat) {
		add(fmt.Sprintf("ACCORD_LOG_FORMAT: unknown format %q", c.LogFormat), "use console or json")
	}
	if c.Flows != "" {
		if dir, err := os.Stat(c.Flows); err != nil || !dir.IsDir() {
			add(fmt.Sprintf("ACCORD_FLOWS: %s is no folder that can be read", c.Flows), "make one with: accord flow init DIR; or leave it empty for the built-in flow")
		}
	}
	if c.DatabaseURL != "" {
		add("ACCORD_DATABASE_URL: this build keeps its data in SQLite only", "leave it empty; PostgreSQL comes with a later version")
	}
	c.checkTelegram(add)
	c.checkSlack(add)
	return ps
}

func (c *config) checkAddresses(add func(what, hint string)) {
	_, port, err := net.SplitHostPort(c.HTTPAddr)
	if n, perr := strconv.Atoi(port); err != nil || perr != nil || n < 0 || n > 65535 {
		add(fmt.Sprintf("ACCORD_HTTP_ADDR: %q is not host:port", c.HTTPAddr), "for example 127.0.0.1:8080, or 127.0.0.1:0 for any free port")
	}
	for _, a := range []struct{ name, v string }{{"ACCORD_PUBLIC_URL", c.PublicURL}, {"ACCORD_TELEGRAM_API_URL", c.TelegramAPIURL}, {"ACCORD_SLACK_API_URL", c.SlackAPIURL}} {
		if a.v == "" {
			continue
		}
		u, err := url.Parse(a.v)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			add(fmt.Sprintf("%s: not an http or https address", a.name), "for example https://chat.example.com")
			continue
		}
		if u.User != nil || u.RawQuery != "" || u.Fragment != "" { // it is printed, logged and given to customers
			add(fmt.Sprintf("%s must hold no user, password, query or fragment", a.name), "only the base, for example https://chat.example.com")
		}
	}
}

func (c *config) checkTelegram(add func(what, hint string)) {
	if c.TelegramMode != "poll" {
		add(fmt.Sprintf("ACCORD_TELEGRAM_MODE: %q is not supported", c.TelegramMode), "use poll")
	}
	if t := string(c.TelegramToken); t != "" && !telegramToken.MatchString(t) {
		add("ACCORD_TELEGRAM_TOKEN does not look like a bot token", "BotFather gives one of the form 123456789:letters-and-digits")
	}
}

func (c *config) checkSlack(add func(what, hint string)) {
	if c.SlackMode != "socket" {
		add(fmt.Sprintf("ACCORD_SLACK_MODE: %q is not supported", c.SlackMode), "use socket")
	}
	bot, app := string(c.SlackBotToken), string(c.SlackAppToken)
	if bot == "" && app == "" && c.SlackChannel == "" {
		return
	}
	c.checkSlackTokens(add, bot, app)
	switch {
	case c.SlackChannel == "":
		add("ACCORD_SLACK_CHANNEL is missing", "open the channel's details in Slack: its id (C…) stands at the end")
	case !slackChannel.MatchString(c.SlackChannel):
		add(fmt.Sprintf("ACCORD_SLACK_CHANNEL: %q is not a channel id", c.SlackChannel), "an id starts with C or G; a name does not work")
	}
	for _, a := range c.SlackAgents {
		if !slackAgent.MatchString(a) {
			add(fmt.Sprintf("ACCORD_SLACK_AGENTS: %q is not a user or user-group id", a), "ids start with U, W or S; names prove nothing")
		}
	}
}

func (c *config) checkSlackTokens(add func(what, hint string), bot, app string) {
	switch {
	case bot == "":
		add("ACCORD_SLACK_BOT_TOKEN is missing", "the bot token (xoxb-…) stands under OAuth & Permissions of your app")
	case slackApp.MatchString(bot):
		add("ACCORD_SLACK_BOT_TOKEN holds an app-level token", "it starts with xapp-; the bot token starts with xoxb-")
	case !slackBot.MatchString(bot):
		add("ACCORD_SLACK_BOT_TOKEN does not look like a bot token", "a bot token starts with xoxb-")
	}
	switch {
	case app == "":
		add("ACCORD_SLACK_APP_TOKEN is missing", "make an app-level token with connections:write under Basic Information of your app")
	case slackBot.MatchString(app):
		add("ACCORD_SLACK_APP_TOKEN holds a bot token", "it starts with xoxb-; the app-level token starts with xapp-")
	case !slackApp.MatchString(app):
		add("ACCORD_SLACK_APP_TOKEN does not look like an app-level token", "an app-level token starts with xapp-")
	}
}
