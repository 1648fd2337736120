package main_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

// mention is what Slack turns into a mention, a link or a shout.
var mention = regexp.MustCompile(`<[!@#]|<(https?|mailto|tel):`)

// inert says whether nothing in a post can act: text is never mrkdwn, has no
// mention or link elements, and the fallback is escaped.
func inert(m slackfake.Message) error {
	if mention.MatchString(m.Text) {
		return fmt.Errorf("the fallback text acts: %q", m.Text)
	}
	for name, want := range map[string]string{"unfurl_links": "false", "unfurl_media": "false", "link_names": ""} {
		if got := m.Form[name]; got != want && !(want == "" && (got == "false" || got == "0")) {
			return fmt.Errorf("posted with %s=%q", name, got)
		}
	}
	var blocks any
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		return fmt.Errorf("blocks: %w", err)
	}
	return inertBlock(blocks)
}

func inertBlock(v any) error {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if err := inertBlock(x); err != nil {
				return err
			}
		}
	case map[string]any:
		switch kind, _ := v["type"].(string); kind {
		case "mrkdwn", "link", "user", "usergroup", "channel", "broadcast", "emoji":
			return fmt.Errorf("a block holds an element of type %q", kind)
		case "plain_text":
			if emoji, ok := v["emoji"].(bool); !ok || emoji {
				return fmt.Errorf("plain text turns :names: into pictures: %v", v)
			}
		}
		for key, x := range v {
			if err := inertBlock(x); err != nil {
				return fmt.Errorf("%s: %w", strings.ToLower(key), err)
			}
		}
	}
	return nil
}
