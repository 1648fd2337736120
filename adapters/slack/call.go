package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
)

// callFor gives the elements that notify whom a post calls. They are the only
// mentions we ever make, and they come from the configuration, never from words.
func (a *Adapter) callFor(c adapters.Call) []slackapi.RichTextSectionElement {
	switch c {
	case adapters.CallSupervisor:
		if len(a.cfg.Supervisors) > 0 {
			return mentions(a.cfg.Supervisors)
		}
	case adapters.CallChannel:
	default:
		return nil
	}
	return []slackapi.RichTextSectionElement{slackapi.NewRichTextSectionBroadcastElement("here")}
}

func mentions(ids []string) []slackapi.RichTextSectionElement {
	var out []slackapi.RichTextSectionElement
	for n, id := range ids {
		if n > 0 {
			out = append(out, slackapi.NewRichTextSectionTextElement(" ", nil))
		}
		if strings.HasPrefix(id, "S") {
			out = append(out, slackapi.NewRichTextSectionUserGroupElement(id))
		} else {
			out = append(out, slackapi.NewRichTextSectionUserElement(id, nil))
		}
	}
	return out
}
