package main

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/bot/facts"
)

// secret is a setting that is never printed: not in logs, errors or dumps.
type secret string

// String hides the secret.
func (secret) String() string { return "***" }

// GoString hides it from %#v too.
func (secret) GoString() string { return "***" }

// config is the whole configuration after defaults, file, environment and
// flags, checked.
type config struct {
	Data        string
	DatabaseURL string
	HTTPAddr    string
	PublicURL   string
	Flows       string

	Name      string
	Timezone  string
	Zone      *time.Location
	AgentLang string

	WebEmbed []string // origins that may show the web chat in a frame

	TelegramToken  secret
	TelegramAPIURL string
	TelegramMode   string // modePoll or modeWebhook
	TelegramSecret secret

	SlackBotToken    secret
	SlackAppToken    secret
	SlackSigning     secret
	SlackAPIURL      string
	SlackMode        string // modeSocket or modeHTTP
	SlackChannel     string
	SlackAgents      []string
	SlackSupervisors []string

	LookupAllow   []string // addresses beside public ones that look-ups may ask
	lookupGuard   facts.Guard
	lookupSecrets map[string]secret

	LLMURL    string
	LLMKey    secret
	LLMModel  string
	LLMPerDay string
	llmCalls  int // LLMPerDay, read

	LogLevel  string
	LogFormat string

	given    map[string]given // by the variable's name, what was given at all
	Warnings problems         // what is taken all the same, and somebody should know
}

// given says where a setting comes from.
type given struct {
	where string // "ACCORD_NAME", "--name" or "accord.yaml: line 3: name"
	file  bool   // it stands in the configuration file
	usual bool   // it is what the default is
}

// How platforms reach us: we ask them, or they call us.
const (
	modePoll    = "poll"
	modeWebhook = "webhook"
	modeSocket  = "socket"
	modeHTTP    = "http"
)

// setting describes one variable: the only list of them. README's table, the
// checks and the loader all follow it.
type setting struct {
	name   string
	help   string
	def    string
	secret bool
	list   bool // a list in accord.yaml is one, too
	set    func(*config, string)
}

// settings lists every variable in the order in which it is documented.
func settings() []setting {
	return []setting{
		{name: "ACCORD_DATA", def: "./accord-data", help: "folder of the embedded database and files",
			set: func(c *config, v string) { c.Data = v }},
		{name: "ACCORD_DATABASE_URL", help: "empty = SQLite in ACCORD_DATA; postgres://user@host/database = PostgreSQL (15 or newer)", secret: true,
			set: func(c *config, v string) { c.DatabaseURL = v }},
		{name: "ACCORD_HTTP_ADDR", def: "127.0.0.1:8080", help: "listen address; port 0 picks a free one and prints it",
			set: func(c *config, v string) { c.HTTPAddr = v }},
		{name: "ACCORD_PUBLIC_URL", help: "address the outside reaches us under; https, needed for webhooks",
			set: func(c *config, v string) { c.PublicURL = v }},
		{name: "ACCORD_FLOWS", help: "folder of flow files; empty = the built-in flow",
			set: func(c *config, v string) { c.Flows = v }},
		{name: "ACCORD_NAME", def: "Fernhill", help: "the business's name",
			set: func(c *config, v string) { c.Name = v }},
		{name: "ACCORD_TIMEZONE", def: "UTC", help: "IANA zone in which promised times are written",
			set: func(c *config, v string) { c.Timezone = v }},
		{name: "ACCORD_AGENT_LANGUAGE", def: "en", help: "language of agents' cards: en, zh-Hans or zh-Hant",
			set: func(c *config, v string) { c.AgentLang = v }},
		{name: "ACCORD_WEB_EMBED", help: "origins of websites that may embed the web chat (https://shop.example), comma-separated; empty = none", list: true,
			set: func(c *config, v string) { c.WebEmbed = fields(v) }},
		{name: "ACCORD_TELEGRAM_TOKEN", help: "bot token; empty = no Telegram", secret: true,
			set: func(c *config, v string) { c.TelegramToken = secret(v) }},
		{name: "ACCORD_TELEGRAM_API_URL", def: "https://api.telegram.org", help: "base of the Bot API",
			set: func(c *config, v string) { c.TelegramAPIURL = strings.TrimRight(v, "/") }},
		{name: "ACCORD_TELEGRAM_MODE", def: modePoll, help: "how updates come: poll (we ask) or webhook (Telegram calls us)",
			set: func(c *config, v string) { c.TelegramMode = v }},
		{name: "ACCORD_TELEGRAM_WEBHOOK_SECRET", help: "webhook mode: what Telegram proves itself with, 1 to 256 letters, digits, _ and - of your own choice, the longer the better", secret: true,
			set: func(c *config, v string) { c.TelegramSecret = secret(v) }},
		{name: "ACCORD_SLACK_BOT_TOKEN", help: "bot token (xoxb-…); empty = no Slack", secret: true,
			set: func(c *config, v string) { c.SlackBotToken = secret(v) }},
		{name: "ACCORD_SLACK_APP_TOKEN", help: "socket mode: app-level token (xapp-…)", secret: true,
			set: func(c *config, v string) { c.SlackAppToken = secret(v) }},
		{name: "ACCORD_SLACK_SIGNING_SECRET", help: "http mode: what Slack signs its calls with", secret: true,
			set: func(c *config, v string) { c.SlackSigning = secret(v) }},
		{name: "ACCORD_SLACK_API_URL", def: "https://slack.com/api/", help: "base of the Web API",
			set: func(c *config, v string) { c.SlackAPIURL = v }},
		{name: "ACCORD_SLACK_MODE", def: modeSocket, help: "how events come: socket (we ask) or http (Slack calls us)",
			set: func(c *config, v string) { c.SlackMode = v }},
		{name: "ACCORD_SLACK_CHANNEL", help: "id of the channel that is the default queue (C…)",
			set: func(c *config, v string) { c.SlackChannel = v }},
		{name: "ACCORD_SLACK_AGENTS", help: "user (U…) or user-group (S…) ids that narrow who is an agent, comma-separated", list: true,
			set: func(c *config, v string) { c.SlackAgents = fields(v) }},
		{name: "ACCORD_SLACK_SUPERVISORS", help: "user (U…) or user-group (S…) ids called when a hand-off or a promise is late, comma-separated; empty = the channel", list: true,
			set: func(c *config, v string) { c.SlackSupervisors = fields(v) }},
		{name: "ACCORD_LOOKUP_ALLOW", help: "addresses of your own network that a flow's look-up may ask (10.1.2.3, 10.1.0.0/16, 127.0.0.1:8090), comma-separated; empty = public addresses over https only", list: true,
			set: func(c *config, v string) { c.LookupAllow = fields(v) }},
		{name: "ACCORD_LLM_URL", help: "base address of an OpenAI-compatible service (https://…/v1) that is asked about texts we are unsure of; empty = none",
			set: func(c *config, v string) { c.LLMURL = v }},
		{name: "ACCORD_LLM_KEY", help: "its key; empty = it wants none", secret: true,
			set: func(c *config, v string) { c.LLMKey = secret(v) }},
		{name: "ACCORD_LLM_MODEL", help: "the name of its model",
			set: func(c *config, v string) { c.LLMModel = v }},
		{name: "ACCORD_LLM_PER_DAY", def: "2000", help: "the most calls to it in a day (UTC), so that it costs no more than is meant",
			set: func(c *config, v string) { c.LLMPerDay = v }},
		{name: "ACCORD_LOG_LEVEL", def: "info", help: "debug, info, warn or error",
			set: func(c *config, v string) { c.LogLevel = v }},
		{name: "ACCORD_LOG_FORMAT", def: "console", help: "console or json",
			set: func(c *config, v string) { c.LogFormat = v }},
	}
}

// fields splits a list at commas and spaces.
func fields(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
}

// key is how a variable is called in accord.yaml and, with dashes, as a flag:
// ACCORD_HTTP_ADDR is http_addr and --http-addr.
func (s setting) key() string { return strings.ToLower(strings.TrimPrefix(s.name, "ACCORD_")) }

func (s setting) flag() string { return strings.ReplaceAll(s.key(), "_", "-") }
