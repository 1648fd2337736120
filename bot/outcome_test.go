package bot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
)

const welcome = "I can look into orders"

func count(c *telegramfake.Customer, part string) int {
	n := 0
	for _, m := range c.Inbox() {
		if strings.Contains(m.Text, part) {
			n++
		}
	}
	return n
}

func TestAThrottledChatWaitsAndOthersDoNot(t *testing.T) {
	r := setup(t)
	mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
	r.telegram.Fail(telegramfake.Fault{Chat: 7, Status: http.StatusTooManyRequests, RetryAfter: 1})
	start := time.Now()
	mei.Says("/start")
	tom.Says("/start")
	r.waitText(tom, welcome)
	quick := time.Since(start)
	r.waitText(mei, welcome)
	if slow := time.Since(start); slow < time.Second || quick > slow/2 {
		t.Errorf("the throttled chat waited %v, the other %v", slow, quick)
	}
	if st := r.settled(); st.Unknown != 0 || st.Dead != 0 || count(mei, welcome) != 1 {
		t.Errorf("%+v, %d copies", st, count(mei, welcome))
	}
}

func TestUnclearAnswersAreResentOnceAndCounted(t *testing.T) {
	for name, fault := range map[string]telegramfake.Fault{
		"500":                    {Status: http.StatusInternalServerError},
		"cut after it was done":  {After: true, Cut: true},
		"silence":                {Hang: true},
		"a gateway's error page": {Status: http.StatusBadGateway, Body: "<html>no</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			r := blank(t)
			r.sending = time.Second
			r.start()
			mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
			fault.Chat = 7
			r.telegram.Fail(fault)
			mei.Says("/start")
			untilUnknown(r, 1)
			r.clock.advance(11 * time.Second)
			tom.Says("/start") // any news makes the sender look at its clock
			r.waitText(tom, welcome)
			st := r.settled()
			want := 1
			if fault.After {
				want = 2 // both copies: Telegram knows no idempotency key
			}
			if st.Unknown != 1 || st.Dead != 0 || count(mei, welcome) != want {
				t.Errorf("%+v, %d copies", st, count(mei, welcome))
			}
		})
	}
}

func TestASecondUnclearAnswerEndsInADeadLetter(t *testing.T) {
	r := setup(t)
	mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
	r.telegram.Fail(telegramfake.Fault{Chat: 7, Status: http.StatusInternalServerError, Times: 2})
	mei.Says("/start")
	untilUnknown(r, 1)
	r.clock.advance(11 * time.Second)
	tom.Says("/start")
	r.waitText(tom, welcome)
	if st := r.settled(); st.Unknown != 1 || st.Dead != 1 || count(mei, welcome) != 0 {
		t.Errorf("%+v, %d copies", st, count(mei, welcome))
	}
	mei.Says("/help") // the chat goes on
	r.waitText(mei, "at any time")
}

func TestWhoBlocksUsIsLeftAloneUntilTheyAreBack(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	card := waiting(r, mei)
	press(t, anna, card, "Take")
	r.waitText(mei, "Anna takes over now.")
	r.telegram.Fail(telegramfake.Fault{Chat: 7, Status: http.StatusForbidden}) // blocked, and we were not told
	ts, err := anna.Says(card.TS, "hello?")
	if err != nil {
		t.Fatal(err)
	}
	r.waitReaction(ts, "x")
	r.waitPost("has blocked us or left the chat")
	second, err := anna.Says(card.TS, "hello again?")
	if err != nil {
		t.Fatal(err)
	}
	r.waitReaction(second, "x")
	mei.Says("sorry, here I am")
	r.waitPost("sorry, here I am")
	third, err := anna.Says(card.TS, "welcome back")
	if err != nil {
		t.Fatal(err)
	}
	r.waitReaction(third, "white_check_mark")
	if count(mei, "welcome back") != 1 || count(mei, "hello?") != 0 {
		t.Error("not the words they should have read")
	}
	r.settled()
	r.replays()
}

// untilUnknown waits until so many sends ended unknown.
func untilUnknown(r *rig, n int64) {
	r.t.Helper()
	ctx := deadline(r.t)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		st, err := r.store.Stats(ctx)
		if err != nil {
			r.t.Fatal(err)
		}
		if st.Unknown >= n {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			r.t.Fatalf("nothing unknown: %+v", st)
		}
	}
}

func TestANetworkThatIsGoneLosesNothing(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("/start")
	r.waitText(mei, welcome)
	r.telegram.Down(true)
	mei.Says("/help")
	mei.Says("/human")
	r.telegram.Down(false)
	r.waitText(mei, "at any time")
	r.waitText(mei, "A colleague takes over.")
	r.settled()
	r.replays()
}

func TestWithoutADeskHandoffsAreKept(t *testing.T) {
	r := setup(t, func(c *bot.Config) { c.Desk = nil })
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("/human")
	r.waitText(mei, "A colleague takes over.")
	if st := r.settled(); st.Handoffs != 1 || st.Dead != 0 {
		t.Errorf("%+v", st)
	}
	if err := r.bot.Ready(deadline(t)); err != nil {
		t.Error(err)
	}
}
