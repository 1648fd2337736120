package main_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestABrokenLampComesToAnAgreement is the whole conversation in English,
// reply by reply.
func TestABrokenLampComesToAnAgreement(t *testing.T) {
	t.Parallel()
	r := setup(t)
	ann := r.telegram.Customer(1001, "Ann", "en")
	ann.Says("/start")
	r.next(ann, "Hello Ann, I am the digital assistant of Fernhill.")
	ann.Says("My lamp arrived broken!")
	ann.Says("I need a new one by tomorrow, it is a birthday present, or my money back")
	r.next(ann, "number")
	ann.Says("48213")
	restate := r.next(ann, "order 48213, the white lamp, arrived damaged")
	if got := strings.Join(restate.Labels(), "|"); got != "Yes|Change something" {
		t.Errorf("the buttons are %q", got)
	}
	r.taps(ann, "Yes")
	r.next(ann, "Two of these seldom go together")
	r.taps(ann, "New white lamp")
	offer := r.next(ann, "The black lamp is packed already")
	if got := offer.Labels(); len(got) < 2 || got[0] != "The white lamp" || got[1] != "The black lamp" {
		t.Errorf("the offer's buttons are %q", got)
	}
	r.taps(ann, "The black lamp")
	agreed := r.next(ann, "the black lamp is with you by")
	if !strings.Contains(agreed.Text, "A-") || !strings.HasSuffix(agreed.Text, "Is there anything else?") {
		t.Errorf("the agreement reads %q", agreed.Text)
	}
	r.posted("the black lamp is with you by")
	stale := press(t, r, ann, restate, "Yes")
	if !strings.Contains(stale.Answer, "earlier question") {
		t.Errorf("a stale button is answered with %q", stale.Answer)
	}
	r.next(ann, "belongs to an earlier question")
	r.taps(ann, "That is all")
	r.next(ann, "Ann.")
	r.behaved()
}

// press presses a button a message has or once had, and waits for the answer.
func press(t *testing.T, r *rig, c *telegramfake.Customer, m telegramfake.Message, label string) telegramfake.Tap {
	t.Helper()
	id, err := c.TapsMessage(m.ID, label)
	if err != nil {
		t.Fatal(err)
	}
	return r.answered(id)
}

// answered waits until a press is answered.
func (r *rig) answered(callback string) telegramfake.Tap {
	r.t.Helper()
	var found telegramfake.Tap
	err := r.telegram.Await(deadline(r.t), func() bool {
		for _, tap := range r.telegram.Taps() {
			if tap.CallbackID == callback && tap.Answered {
				found = tap
				return true
			}
		}
		return false
	})
	if err != nil {
		r.t.Fatalf("a press was not answered: %v", err)
	}
	return found
}

// behaved checks what holds for every use of Telegram: every press is
// answered, nothing is formatted by Telegram, no rule is broken.
func (r *rig) behaved() {
	r.t.Helper()
	for _, tap := range r.telegram.Taps() {
		r.answered(tap.CallbackID)
	}
	for _, c := range r.telegram.Calls("") {
		if c.Fields["parse_mode"] != "" {
			r.t.Errorf("%s uses parse_mode", c.Method)
		}
	}
	if v := r.telegram.Violations(); len(v) > 0 {
		r.t.Errorf("broken rules: %q", v)
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	r := setup(t)
	bo := r.telegram.Customer(1002, "Bo", "en")
	for _, turn := range [][2]string{
		{"/start", "I am the digital assistant"},
		{"/help", "for a colleague"},
		{"/status", "Nothing is open"},
		{"/language", "Which language"},
	} {
		bo.Says(turn[0])
		r.next(bo, turn[1])
	}
	r.taps(bo, "繁體中文")
	switched := r.next(bo, "繁體中文")
	if !hasHan(switched.Text) {
		t.Errorf("after the switch Bo reads %q", switched.Text)
	}
	bo.Says("/cancel")
	if m := r.next(bo, ""); !hasHan(m.Text) {
		t.Errorf("cancelling in Chinese reads %q", m.Text)
	}
	bo.Says("/start")
	if m := r.next(bo, "Fernhill"); !hasHan(m.Text) {
		t.Errorf("the greeting in Chinese reads %q", m.Text)
	}
	bo.Says("in English please")
	r.next(bo, "We go on in English.")
	bo.Says("/cancel")
	r.next(bo, "we stop here")
	bo.Says("/human")
	r.next(bo, "I call a colleague in")
	r.posted("Bo needs a person")
	r.behaved()
	if len(bo.Menu()) == 0 {
		t.Error("there is no menu of commands")
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestWhatPeopleSendBesideWords: each gets a sensible answer, as the first
// message and later on, and none breaks the conversation.
func TestWhatPeopleSendBesideWords(t *testing.T) {
	t.Parallel()
	r := setup(t)
	const hello, kept = "I am the digital assistant", "is kept with your matter"
	for i, c := range []struct {
		name         string
		send         func(*telegramfake.Customer)
		first, later string
	}{
		{"photo", func(c *telegramfake.Customer) { c.SendsPhoto("") }, kept, "Thank you for the picture"},
		{"photo with words", func(c *telegramfake.Customer) { c.SendsPhoto("my lamp arrived broken") }, "number", "number"},
		{"location", func(c *telegramfake.Customer) { c.SendsLocation(25.03, 121.56) }, kept, "Thank you for the location"},
		{"voice", func(c *telegramfake.Customer) { c.SendsVoice() }, kept, "Thank you for the recording"},
		{"sticker", func(c *telegramfake.Customer) { c.SendsSticker("👍") }, "sticker", "sticker"},
		{"document", func(c *telegramfake.Customer) { c.SendsDocument("receipt.pdf", "") }, kept, "Thank you for the file"},
		{"ten thousand characters", says(strings.Repeat("blah wug ", 1112)), hello, "a lot to take in"},
		{"long with a matter", says(strings.Repeat("so it goes. ", 800) + "my lamp arrived broken"), "number", "number"},
		{"blank", says(" \n "), hello, "arrived empty"},
		{"invisible", says("\u200b\u2060\u200d"), hello, "arrived empty"},
		{"emoji", says("😡🔥"), hello, "passed me by"},
		{"right to left", says("\u202eהמנורה שבורה"), hello, "passed me by"},
		{"markup", says("<b>*_[lamp](tg://user?id=1)_*</b> arrived broken"), "number", "number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, later := r.telegram.Customer(int64(2000+i), "Cy", "en"), r.telegram.Customer(int64(3000+i), "Di", "en")
			c.send(first)
			r.reads(t, first, c.first)
			later.Says("/start")
			r.reads(t, later, "Hello Di")
			c.send(later)
			r.reads(t, later, c.later)
			later.Says("/help") // the conversation goes on
			r.reads(t, later, "You can type at any time")
		})
	}
	r.behaved()
}

func says(text string) func(*telegramfake.Customer) {
	return func(c *telegramfake.Customer) { c.Says(text) }
}

// reads is next for a part of a test: what is not as it should be fails that
// part only.
func (r *rig) reads(t *testing.T, c *telegramfake.Customer, part string) {
	t.Helper()
	m, err := c.Next(deadline(t))
	if err != nil || !strings.Contains(m.Text, part) {
		t.Errorf("%s reads %q, want %q in it (%v)", c.Name, m.Text, part, err)
	}
}

// TestWhatCannotBeReadIsKeptAsideAndPassedOver: a malformed update holds up
// nobody and is not lost.
func TestWhatCannotBeReadIsKeptAsideAndPassedOver(t *testing.T) {
	t.Parallel()
	r := setup(t)
	di := r.telegram.Customer(1004, "Di", "en")
	r.telegram.InjectRaw(`{"update_id": 5000, "message": {"message_id": "seven", "chat": 9}}`)
	r.telegram.InjectRaw(`["not an update"]`)
	r.telegram.Inject(map[string]any{"message": map[string]any{"message_id": 1, "chat": map[string]any{"id": di.ID, "type": "private"}, "text": "no sender"}})
	di.Says("/help")
	r.next(di, "for a colleague")
	if n := r.telegram.Waiting(); n > 1 { // the last is confirmed with the next poll
		t.Errorf("%d updates are held up", n)
	}
	forged := r.answered(di.TapsData("9999:yes"))
	if !strings.Contains(forged.Answer, "earlier question") {
		t.Errorf("a forged press is answered with %q", forged.Answer)
	}
	r.proc.stop()
	if dead := r.deadLetters(); len(dead) != 3 {
		t.Errorf("%d updates are kept aside, want 3: %q", len(dead), dead)
	}
	r.behaved()
}

// TestACustomerWhoBlocksIsLeftAlone and is served again when they are back.
func TestACustomerWhoBlocksIsLeftAlone(t *testing.T) {
	t.Parallel()
	r := setup(t)
	eve, fay := r.telegram.Customer(1005, "Eve", "en"), r.telegram.Customer(1006, "Fay", "en")
	eve.Says("/human")
	r.next(eve, "I call a colleague in")
	card := r.posted("Eve needs a person")
	anna := r.slack.AddAgent("U0ANNA", "Anna")
	r.clicks(anna, card, "Take")
	r.next(eve, "Anna is with you now")
	eve.Blocks()
	r.posted("has blocked us")
	ts := r.says(anna, card, "are you still there?")
	r.marked(ts, "x")
	if n := len(eve.Inbox()); n != 2 {
		t.Errorf("Eve has %d messages, want 2", n)
	}
	fay.Says("/help") // the others are served as ever
	r.next(fay, "for a colleague")
	eve.Unblocks()
	eve.Says("sorry, here I am")
	r.posted("sorry, here I am")
	r.marked(r.says(anna, card, "welcome back"), "white_check_mark")
	r.next(eve, "welcome back")
	r.behaved()
}
