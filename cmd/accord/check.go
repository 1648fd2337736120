package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Forms of what platforms hand out. They catch a token pasted in the wrong
// place before a platform refuses it.
var (
	telegramToken  = regexp.MustCompile(`^\d{3,}:[A-Za-z0-9_-]{6,}$`)
	telegramSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	slackBot       = regexp.MustCompile(`^xoxb-\S+$`)
	slackApp       = regexp.MustCompile(`^xapp-\S+$`)
	slackSigning   = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	slackChannel   = regexp.MustCompile(`^[CG][A-Z0-9]+$`)
	slackAgent     = regexp.MustCompile(`^[UWS][A-Z0-9]+$`)
)

// adder takes one mistake: what it is, and what to do about it.
type adder func(what, hint string)

// check finds everything that is wrong with a configuration. No message holds
// a secret.
func (c *config) check() problems {
	var ps problems
	add := adder(func(what, hint string) { ps = append(ps, &problem{what: what, hint: hint}) })
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		add(fmt.Sprintf("ACCORD_TIMEZONE: unknown time zone %q", c.Timezone), "use an IANA name such as Europe/Berlin or Asia/Taipei")
	}
	c.Zone = zone
	if folder, err := os.Stat(c.Data); err == nil && !folder.IsDir() {
		add(fmt.Sprintf("ACCORD_DATA: %s is no folder", c.Data), "name a folder; it is made where there is none")
	}
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
	c.checkDatabase(add)
	c.checkEmbed(add)
	c.checkLookup(add)
	c.checkLanguage(add)
	c.checkTelegram(add)
	c.checkSlack(add)
	return ps
}

func (c *config) checkAddresses(add adder) {
	_, port, err := net.SplitHostPort(c.HTTPAddr)
	if n, perr := strconv.Atoi(port); err != nil || perr != nil || n < 0 || n > 65535 {
		add(fmt.Sprintf("ACCORD_HTTP_ADDR: %q is not host:port", c.HTTPAddr), "for example 127.0.0.1:8080, or 127.0.0.1:0 for any free port")
	}
	for _, a := range []struct{ name, v, such string }{
		{"ACCORD_PUBLIC_URL", c.PublicURL, "for example https://chat.example.com"},
		{"ACCORD_TELEGRAM_API_URL", c.TelegramAPIURL, "Telegram's own is https://api.telegram.org; leave it out to use that"},
		{"ACCORD_SLACK_API_URL", c.SlackAPIURL, "Slack's own is https://slack.com/api/; leave it out to use that"},
	} {
		u, err := url.Parse(a.v)
		switch {
		case a.v == "":
		case err != nil || !isWeb(u):
			add(a.name+": not an http or https address", a.such)
		case u.User != nil || u.RawQuery != "" || u.Fragment != "": // it is printed, logged and given to customers
			add(a.name+" must hold no user, password, query or fragment", a.such)
		}
	}
}

// isWeb says whether an address is one of the web.
func isWeb(u *url.URL) bool { return u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") }

// checkEmbed wants bare origins: a path or a wildcard would let in more pages,
// or fewer, than whoever wrote it thinks.
func (c *config) checkEmbed(add adder) {
	for _, o := range c.WebEmbed {
		u, err := url.Parse(o)
		if err != nil || u.Host == "" || o != u.Scheme+"://"+u.Host || strings.Contains(o, "*") ||
			u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
			add(fmt.Sprintf("ACCORD_WEB_EMBED: %q is not an origin", o), "scheme and host of a website and nothing else, for example https://shop.example.com")
		}
	}
}

// loopback says whether a host is this machine, and nothing that leaves it.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// local says whether an address leads to this machine.
func local(address string) bool {
	u, err := url.Parse(address)
	return err == nil && loopback(u.Hostname())
}
