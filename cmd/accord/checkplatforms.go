package main

import (
	"fmt"
	"strings"
)

func (c *config) checkTelegram(add adder) {
	if t := string(c.TelegramToken); t != "" && !telegramToken.MatchString(t) {
		add("ACCORD_TELEGRAM_TOKEN does not look like a bot token", "BotFather gives one of the form 123456789:letters-and-digits")
	}
	if s := string(c.TelegramSecret); s != "" && !telegramSecret.MatchString(s) {
		add("ACCORD_TELEGRAM_WEBHOOK_SECRET is not one that can be used", "Telegram takes 1 to 256 letters, digits, _ and -; for example from: openssl rand -hex 32")
	}
	switch c.TelegramMode {
	case modePoll:
	case modeWebhook:
		c.checkWebhook(add)
	default:
		add(fmt.Sprintf("ACCORD_TELEGRAM_MODE: there is no mode %q", c.TelegramMode), "use poll or webhook")
	}
}

// checkWebhook fails closed: without a secret anybody could speak for
// Telegram, and without https anybody on the way could read it.
func (c *config) checkWebhook(add adder) {
	if c.TelegramSecret == "" {
		add("ACCORD_TELEGRAM_WEBHOOK_SECRET is missing, and webhook mode needs it", "make one up, for example with: openssl rand -hex 32")
	}
	rehearsal := local(c.PublicURL) && local(c.TelegramAPIURL) // nothing leaves this machine
	switch {
	case c.PublicURL == "":
		add("ACCORD_PUBLIC_URL is missing, and webhook mode needs it", "the https address under which Telegram reaches this server, for example https://chat.example.com")
	case !strings.HasPrefix(c.PublicURL, "https://") && !rehearsal:
		add("ACCORD_PUBLIC_URL must begin with https:// in webhook mode", "Telegram calls nothing else; put a proxy with TLS in front, or use poll")
	}
}

// checkSlack looks at everything that was given, also where it has no effect:
// whoever corrects one setting should not find the next mistake then.
func (c *config) checkSlack(add adder) {
	if c.SlackMode != modeSocket && c.SlackMode != modeHTTP {
		add(fmt.Sprintf("ACCORD_SLACK_MODE: there is no mode %q", c.SlackMode), "use socket or http")
	}
	bot, app, signing := string(c.SlackBotToken), string(c.SlackAppToken), string(c.SlackSigning)
	wanted := bot != "" || app != "" || signing != "" || c.SlackChannel != ""
	if wanted {
		checkSlackBot(add, bot)
	}
	if app != "" || wanted && c.SlackMode != modeHTTP {
		checkSlackApp(add, app)
	}
	if signing != "" || wanted && c.SlackMode == modeHTTP {
		checkSlackSigning(add, signing)
	}
	switch {
	case !wanted:
	case c.SlackChannel == "":
		add("ACCORD_SLACK_CHANNEL is missing", "open the channel's details in Slack: its id (C…) stands at the end")
	case !slackChannel.MatchString(c.SlackChannel):
		add(fmt.Sprintf("ACCORD_SLACK_CHANNEL: %q is not a channel id", c.SlackChannel), "an id starts with C or G; a name does not work")
	}
	checkSlackPeople(add, "ACCORD_SLACK_AGENTS", c.SlackAgents)
	checkSlackPeople(add, "ACCORD_SLACK_SUPERVISORS", c.SlackSupervisors)
}

func checkSlackBot(add adder, token string) {
	switch {
	case token == "":
		add("ACCORD_SLACK_BOT_TOKEN is missing", "the bot token (xoxb-…) stands under OAuth & Permissions of your app")
	case slackApp.MatchString(token):
		add("ACCORD_SLACK_BOT_TOKEN holds an app-level token", "it starts with xapp-; the bot token starts with xoxb-")
	case !slackBot.MatchString(token):
		add("ACCORD_SLACK_BOT_TOKEN does not look like a bot token", "a bot token starts with xoxb-")
	}
}

func checkSlackApp(add adder, token string) {
	switch {
	case token == "":
		add("ACCORD_SLACK_APP_TOKEN is missing, and socket mode needs it", "make an app-level token with connections:write under Basic Information of your app")
	case slackBot.MatchString(token):
		add("ACCORD_SLACK_APP_TOKEN holds a bot token", "it starts with xoxb-; the app-level token starts with xapp-")
	case !slackApp.MatchString(token):
		add("ACCORD_SLACK_APP_TOKEN does not look like an app-level token", "an app-level token starts with xapp-")
	}
}

// checkSlackSigning fails closed: without it anybody could act as an agent.
func checkSlackSigning(add adder, signing string) {
	switch {
	case signing == "":
		add("ACCORD_SLACK_SIGNING_SECRET is missing, and http mode needs it", "it stands under Basic Information of your app, App Credentials")
	case !slackSigning.MatchString(signing), slackBot.MatchString(signing), slackApp.MatchString(signing):
		add("ACCORD_SLACK_SIGNING_SECRET does not look like a signing secret", "it is 32 letters and digits and no token; it stands under Basic Information of your app")
	}
}

// checkSlackPeople wants ids: a name can be taken by anybody.
func checkSlackPeople(add adder, setting string, ids []string) {
	for _, id := range ids {
		if !slackAgent.MatchString(id) {
			add(fmt.Sprintf("%s: %q is not a user or user-group id", setting, id), "ids start with U, W or S; names prove nothing")
		}
	}
}
