package remote

import (
	"errors"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/remote/remotetest"
)

// TestNewWordsAreHeldToTheOld: what is said in other words states, asks and promises
// the same, in the same language and script.
func TestNewWordsAreHeldToTheOld(t *testing.T) {
	const en, hans, hant = message.English, message.Simplified, message.Traditional
	for _, c := range []struct {
		lang    message.Lang
		was, is string
		want    bool
	}{
		{en, "Thank you for telling me.", "Thanks for letting me know.", true},
		{en, "I am sorry about that.", "I'm really sorry to hear that.", true},
		{en, "Which order is it?", "May I ask which order it is?", true},
		{hans, "谢谢您告诉我。", "多谢您跟我说。", true},
		{hant, "謝謝您告訴我。", "多謝您跟我說。", true},

		{en, "Thank you for telling me.", "Thank you for telling me. We will refund you.", false},
		{en, "Thank you for telling me.", "Thank you for telling me, you get it for free.", false},
		{en, "Thank you for telling me.", "Thank you for telling me; I promise it is fine.", false},
		{en, "Thank you for telling me.", "Thank you for telling me. Anything else?", false},
		{en, "Which order is it?", "Tell me which order it is.", false},
		{en, "I can do that.", "I can not do that.", false},
		{en, "I cannot do that.", "I can do that.", false},
		{en, "There are 2 of them.", "There are 3 of them.", false},
		{en, "There are two of them.", "There are three of them.", false},
		{en, "It costs $20 in all.", "It costs €20 in all.", false},
		{en, "It arrives at 9:30 there.", "It arrives at 9:20 there.", false},
		{en, "Please ask Ann for it.", "Please ask Bob for it.", false},
		{en, "Please ask Ann for it.", "Please ask a friend for it.", false},
		{en, "Thank you for telling me.", "Thank you, see www.example.com", false},
		{en, "Thank you for telling me.", "Thank you: https://x.example/y", false},
		{en, "Thank you for telling me.", "Thanks a lot, write to me@example.com", false},
		{en, "Thank you for telling me.", "谢谢您告诉我。", false},
		{en, "Thank you for telling me.", "Спасибо, что сказали мне.", false},
		{en, "Thank you for telling me.", "**Thank** you for telling me.", false},
		{en, "Thank you for telling me.", "Thank you for telling me \U0001f600", false},
		{en, "Thank you for telling me.", "Thank you\nfor telling me.", false},
		{en, "Thank you for telling me.", "Thank you for\u202e telling me.", false},
		{en, "Thank you for telling me.", "Thank {name} for telling me.", false},
		{en, "Thank you for telling me.", "Thank you " + strings.Repeat("so much ", 20) + ".", false},
		{en, "Thank you for telling me.", "Thanks", false},
		{en, "Thank you for telling me.", "It was the courier's fault, thank you.", false},
		{hans, "谢谢您告诉我。", "謝謝您告訴我。", false},
		{hant, "謝謝您告訴我。", "谢谢您告诉我。", false},
		{hans, "谢谢您告诉我。", "谢谢您，我保证处理好。", false},
		{hans, "谢谢您告诉我。", "谢谢您，明天给您。", false},
		{hans, "谢谢您告诉我。", "谢谢您，给您退款。", false},
		{hans, "谢谢您告诉我。", "谢谢您告诉我三件事。", false},
		{hans, "谢谢您告诉我。", "不谢谢您告诉我。", false},
		{hant, "請問是哪一筆訂單？", "請告訴我是哪一筆訂單。", false},
		{hant, "謝謝您告訴我。", "謝謝您 thank you。", false},
	} {
		if got := faithful(c.lang, c.was, c.is); got != c.want {
			t.Errorf("%q for %q: %v", c.is, c.was, got)
		}
	}
}

func TestRewording(t *testing.T) {
	const line = "Thank you for telling me."
	for name, c := range map[string]struct {
		behave remotetest.Behaviour
		tone   bool
		want   string
		err    error
	}{
		"is said":                {remotetest.Says(`{"line":"Thanks for letting me know."}`), true, "Thanks for letting me know.", nil},
		"breaks a rule of tone":  {remotetest.Says(`{"line":"Thanks for letting me know."}`), false, "", intents.TroubleRefused},
		"is the same":            {remotetest.Says(`{"line":"` + line + `"}`), true, "", intents.TroubleNone},
		"promises":               {remotetest.Says(`{"line":"Thanks, I guarantee it is fine."}`), true, "", intents.TroubleRefused},
		"is empty":               {remotetest.Says(`{"line":""}`), true, "", intents.TroubleRefused},
		"is bare":                {remotetest.Says(`Thanks for letting me know.`), true, "", intents.TroubleRefused},
		"comes with more":        {remotetest.Says(`{"line":"Thanks for letting me know.","note":"x"}`), true, "", intents.TroubleRefused},
		"never comes to its end": {remotetest.CutsOff(`{"line":"Thanks for letting me know."}`), true, "", intents.TroubleRefused},
	} {
		t.Run(name, func(t *testing.T) {
			r := reader(t, remotetest.New(c.behave), func(cfg *Config) { cfg.Tone = func(message.Lang, string) bool { return c.tone } })
			got, err := r.Reword(t.Context(), message.English, line)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	s := remotetest.New(remotetest.Says(`{"line":"x"}`))
	r := reader(t, s, func(cfg *Config) { cfg.Tone = nil })
	if _, err := r.Reword(t.Context(), message.English, line); !errors.Is(err, intents.TroubleNone) {
		t.Error("a line is worded anew that nobody checks")
	}
	if asked, _ := s.Asked(); len(asked) > 0 {
		t.Error("it was given away for nothing")
	}
}
