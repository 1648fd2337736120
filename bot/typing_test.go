package bot_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/flow"
)

// TestSomebodyIsSeenWritingUntilTheAnswerComes: a customer whose burst is heard
// out does not face an empty chat; who is answered at once sees the answer.
func TestSomebodyIsSeenWritingUntilTheAnswerComes(t *testing.T) {
	files := smallFlow()
	files["flow.yaml"] = bytes.Replace(files["flow.yaml"], []byte("quiet: 5ms"), []byte("quiet: 9s"), 1)
	slow, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	r := setup(t, func(c *bot.Config) { c.Flow = slow })
	mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
	tom.Says("/start")
	r.waitText(tom, welcome)
	mei.Says("the lamp in order 48213 is broken")
	if err := r.telegram.Await(deadline(t), func() bool { return mei.Typings() == 1 }); err != nil {
		t.Fatalf("seen writing %d times: %v", mei.Typings(), err)
	}
	if n := len(mei.Inbox()); n != 0 || tom.Typings() != 0 {
		t.Errorf("%d answers came first; writing was shown %d times to who was answered at once", n, tom.Typings())
	}
	r.clock.advance(10 * time.Second)
	r.waitText(mei, "What would help you most?")
}
