package bot_test

import (
	"testing"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// While the reader still learns its examples, messages are taken in and
// acknowledged, from everybody; only their answers wait.
func TestMessagesAreTakenInWhileTheReaderLearns(t *testing.T) {
	learned := make(chan struct{})
	r := setup(t, func(c *bot.Config) {
		read := c.Understand
		c.Understand = func(text string, ctx intents.Context) message.Reading {
			<-learned
			return read(text, ctx)
		}
	})
	mei, ann := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Ann", "en")
	mei.Says("the lamp in order 48213 is broken, I want my money back")
	mei.Says("are you there?")
	ann.Says("the lamp in order 48213 is broken")
	err := r.telegram.Await(deadline(t), func() bool { return r.telegram.Waiting() == 0 })
	if n := len(mei.Inbox()) + len(ann.Inbox()); n > 0 {
		t.Errorf("%d messages were answered before they could be read", n)
	}
	close(learned)
	if err != nil {
		t.Fatalf("the messages were not taken in: %v", err)
	}
	r.waitText(mei, "Have I understood you?")
	r.settled()
	r.replays()
}
