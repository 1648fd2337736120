package main_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestABrokenLampComesToAnAgreement is the whole conversation in English,
// reply by reply.
func TestABrokenLampComesToAnAgreement(t *testing.T) { bothWays(t, aBrokenLampComesToAnAgreement) }

func aBrokenLampComesToAnAgreement(t *testing.T, m mode) {
	r := setup(t, m)
	ann := r.telegram.Customer(1001, "Ann", "en")
	ann.Says("/start")
	r.next(ann, "@greet.full", "Ann", "Fernhill")
	// One message: whether two count as one breath hangs on how fast the
	// machine is, and has tests with a clock of their own.
	ann.Says("My lamp arrived broken! I need a new one by tomorrow, it is a birthday present, or my money back")
	r.next(ann, "@ask.order")
	ann.Says("48213")
	restate := r.next(ann, "48213", "white lamp", "1. ", "2. ")
	if got, want := restate.Labels(), []string{label("button.yes"), label("button.change")}; !slices.Equal(got, want) {
		t.Errorf("the buttons are %q, want %q", got, want)
	}
	r.taps(ann, label("button.yes"))
	r.next(ann, "@rank.conflict")
	r.taps(ann, "New white lamp")
	offer := r.next(ann, "The black lamp", "?")
	if n := len(offer.Labels()); n < 3 {
		t.Errorf("the offer's buttons are %q", offer.Labels())
	}
	r.taps(ann, "black lamp")
	r.next(ann, "the black lamp is with you by", "A-")
	r.next(ann, "@reask.close")
	r.posted("the black lamp is with you by")
	if stale := press(t, r, ann, restate, label("button.yes")); !holds(stale.Answer, "@side.stale") {
		t.Errorf("a stale button is answered with %q", stale.Answer)
	}
	r.next(ann, "@side.stale")
	r.taps(ann, label("button.all"))
	r.next(ann, "@end", "A-")
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

func TestCommands(t *testing.T) { bothWays(t, commands) }

func commands(t *testing.T, m mode) {
	r := setup(t, m)
	bo := r.telegram.Customer(1002, "Bo", "en")
	for _, turn := range [][2]string{
		{"/start", "@greet.full"},
		{"/help", "@side.help"},
		{"/status", "@side.status.none"},
		{"/language", "@language.ask"},
	} {
		bo.Says(turn[0])
		r.next(bo, turn[1])
	}
	r.taps(bo, "繁體中文")
	r.next(bo, "@zh-Hant/language.switched")
	bo.Says("/cancel")
	r.next(bo, "@zh-Hant/side.cancel")
	bo.Says("/start")
	r.next(bo, "@zh-Hant/greet.full")
	bo.Says("in English please")
	r.next(bo, "@language.switched")
	bo.Says("/cancel")
	r.next(bo, "@side.cancel")
	bo.Says("/human")
	r.next(bo, "@hand.asked")
	r.posted("Bo needs a person")
	r.behaved()
	if len(bo.Menu()) == 0 {
		t.Error("there is no menu of commands")
	}
}

// TestWhatPeopleSendBesideWords: each gets a sensible answer, as the first
// message and later on, and none breaks the conversation.
func TestWhatPeopleSendBesideWords(t *testing.T) { bothWays(t, whatPeopleSendBesideWords) }

func whatPeopleSendBesideWords(t *testing.T, m mode) {
	r := setup(t, m)
	const hello, order = "@greet.full", "@ask.order"
	for i, c := range []struct {
		name         string
		send         func(*telegramfake.Customer)
		first, later string
	}{
		{"photo", func(c *telegramfake.Customer) { c.SendsPhoto("") }, "@media.photo", "@media.photo"},
		{"photo with words", func(c *telegramfake.Customer) { c.SendsPhoto("my lamp arrived broken") }, order, order},
		{"location", func(c *telegramfake.Customer) { c.SendsLocation(25.03, 121.56) }, "@media.location", "@media.location"},
		{"voice", func(c *telegramfake.Customer) { c.SendsVoice() }, "@media.voice", "@media.voice"},
		{"sticker", func(c *telegramfake.Customer) { c.SendsSticker("👍") }, "@media.sticker", "@media.sticker"},
		{"document", func(c *telegramfake.Customer) { c.SendsDocument("receipt.pdf", "") }, "@media.document", "@media.document"},
		{"ten thousand characters", says(strings.Repeat("blah wug ", 1112)), "@misread.long", "@misread.long"},
		{"long with a matter", says(strings.Repeat("so it goes. ", 800) + "my lamp arrived broken"), order, order},
		{"blank", says(" \n "), "@misread.empty", "@misread.empty"},
		{"invisible", says("\u200b\u2060\u200d"), "@misread.empty", "@misread.empty"},
		{"emoji", says("🔥🫖"), "@misread.1", "@misread.1"},
		{"right to left", says("\u202eהמנורה שבורה"), "@misread.1", "@misread.1"},
		{"markup", says("<b>*_[lamp](tg://user?id=1)_*</b> arrived broken"), order, order},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, later := r.telegram.Customer(int64(2000+i), "Cy", "en"), r.telegram.Customer(int64(3000+i), "Di", "en")
			c.send(first)
			r.reads(t, first, c.first)
			later.Says("/start")
			r.reads(t, later, hello)
			c.send(later)
			r.reads(t, later, c.later)
			later.Says("/help") // the conversation goes on
			r.reads(t, later, "@side.help")
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
	if err != nil || !holds(m.Text, part) {
		t.Errorf("%s reads %q, want %q in it (%v)", c.Name, m.Text, part, err)
	}
}

// TestWhatCannotBeReadIsKeptAsideAndPassedOver: a malformed update holds up
// nobody and is not lost.
func TestWhatCannotBeReadIsKeptAsideAndPassedOver(t *testing.T) {
	bothWays(t, whatCannotBeReadIsKeptAsideAndPassedOver)
}

func whatCannotBeReadIsKeptAsideAndPassedOver(t *testing.T, m mode) {
	r := setup(t, m)
	di := r.telegram.Customer(1004, "Di", "en")
	r.telegram.InjectRaw(`{"update_id": 1, "message": {"message_id": "seven", "chat": 9}}`)
	r.telegram.InjectRaw(`["not an update"]`)
	r.telegram.Inject(map[string]any{"message": map[string]any{"message_id": 1, "chat": map[string]any{"id": di.ID, "type": "private"}, "text": "no sender"}})
	di.Says("/help")
	r.next(di, "@side.help")
	// They are confirmed with the next poll, which may still be on its way.
	if err := r.telegram.Await(deadline(t), func() bool { return r.telegram.Waiting() == 0 }); err != nil {
		t.Errorf("%d updates are held up", r.telegram.Waiting())
	}
	forged := r.answered(di.TapsData("9999:yes"))
	if !holds(forged.Answer, "@side.stale") {
		t.Errorf("a forged press is answered with %q", forged.Answer)
	}
	r.proc.stop()
	if dead := r.deadLetters(); len(dead) != 3 {
		t.Errorf("%d updates are kept aside, want 3: %q", len(dead), dead)
	}
	r.behaved()
}

// TestACustomerWhoBlocksIsLeftAlone and is served again when they are back.
func TestACustomerWhoBlocksIsLeftAlone(t *testing.T) { bothWays(t, aCustomerWhoBlocksIsLeftAlone) }

func aCustomerWhoBlocksIsLeftAlone(t *testing.T, m mode) {
	r := setup(t, m)
	eve, fay := r.telegram.Customer(1005, "Eve", "en"), r.telegram.Customer(1006, "Fay", "en")
	eve.Says("/human")
	r.next(eve, "@hand.asked")
	card := r.posted("Eve needs a person")
	anna := r.slack.AddAgent("U0ANNA", "Anna")
	r.clicks(anna, card, "Take")
	r.next(eve, "@owned.taken")
	eve.Blocks()
	r.posted("has blocked us")
	ts := r.says(anna, card, "are you still there?")
	r.marked(ts, "x")
	if n := len(eve.Inbox()); n != 2 {
		t.Errorf("Eve has %d messages, want 2", n)
	}
	fay.Says("/help") // the others are served as ever
	r.next(fay, "@side.help")
	eve.Unblocks()
	eve.Says("sorry, here I am")
	r.posted("sorry, here I am")
	r.marked(r.says(anna, card, "welcome back"), "white_check_mark")
	r.next(eve, "welcome back")
	r.behaved()
}
