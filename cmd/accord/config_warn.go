package main

import "strings"

// strangers warns of variables that look like ours and are not: a mistyped name
// would otherwise just do nothing. ACCORD_FAULT belongs to crash tests.
func strangers(environ []string) (list problems) {
	known := map[string]bool{"ACCORD_FAULT": true}
	for _, st := range settings() {
		known[st.name] = true
	}
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		key, ours := strings.CutPrefix(name, "ACCORD_")
		if !ours || strings.HasPrefix(name, secretPrefix) || known[name] || known[strings.TrimSuffix(name, "_FILE")] {
			continue
		}
		list = append(list, &problem{what: "there is no setting " + name,
			hint: nearestSetting(strings.ToLower(key), func(s setting) string { return s.name })})
	}
	return list
}

// warnings lists settings that are taken and help nobody, or should stand
// elsewhere.
func (c *config) warnings() (list problems) {
	for _, st := range settings() {
		from, ok := c.given[st.name]
		switch {
		case !ok:
		case st.secret && from.file:
			list = append(list, &problem{what: from.where + " is a secret, and many can read such a file",
				hint: "write it into a file of its own, and name that in " + st.name + "_FILE"})
		}
	}
	return append(list, c.idle()...)
}

// idle lists what was given and has no effect beside the other settings.
func (c *config) idle() (list problems) {
	telegram, slack := c.TelegramToken != "", c.SlackBotToken != ""
	for _, r := range []struct {
		off   bool
		why   string
		names []string
	}{
		{!telegram, "Telegram is off without ACCORD_TELEGRAM_TOKEN", []string{"ACCORD_TELEGRAM_API_URL", "ACCORD_TELEGRAM_MODE", "ACCORD_TELEGRAM_WEBHOOK_SECRET"}},
		{telegram && c.TelegramMode != modeWebhook, "only webhook mode uses it", []string{"ACCORD_TELEGRAM_WEBHOOK_SECRET"}},
		{c.LLMURL == "", "no language model is asked without ACCORD_LLM_URL", []string{"ACCORD_LLM_KEY", "ACCORD_LLM_MODEL", "ACCORD_LLM_PER_DAY"}},
		{!slack, "Slack is off without ACCORD_SLACK_BOT_TOKEN", []string{"ACCORD_SLACK_API_URL", "ACCORD_SLACK_MODE", "ACCORD_SLACK_AGENTS", "ACCORD_SLACK_SUPERVISORS"}},
		{slack && c.SlackMode != modeHTTP, "only http mode uses it", []string{"ACCORD_SLACK_SIGNING_SECRET"}},
		{slack && c.SlackMode != modeSocket, "only socket mode uses it", []string{"ACCORD_SLACK_APP_TOKEN"}},
	} {
		for _, name := range r.names {
			if from, ok := c.given[name]; ok && r.off && !from.usual {
				list = append(list, &problem{what: from.where + " has no effect: " + r.why, hint: "leave it out, or set what it belongs to"})
			}
		}
	}
	return list
}
