package remote

import (
	"context"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Reword implements intents.Second. What is worded anew is held to the line it
// stands for, and to the rules of tone; anything else is refused.
func (r *Reader) Reword(ctx context.Context, lang message.Lang, line string) (string, error) {
	line = strings.TrimSpace(line)
	if r.cfg.Tone == nil || line == "" {
		return "", intents.TroubleNone
	}
	words := ""
	err := r.call(ctx, rewording(lang, line), func(content string) error {
		got, err := fields(content, []string{fieldLine})
		switch words = got[fieldLine]; {
		case err != nil:
			return err
		case words == line:
			return intents.TroubleNone
		case !faithful(lang, line, words) || !r.cfg.Tone(lang, words):
			return intents.TroubleRefused
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return words, nil
}
