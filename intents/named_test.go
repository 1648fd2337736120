package intents_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// wired is the flow of somebody who lays lines: its cues hold words that answer
// elsewhere.
func wired(t testing.TB) *intents.Understander {
	t.Helper()
	u, err := intents.New(intents.Words{
		"fee_waiver":  both([]string{"moving fee", "fee for moving"}, []string{"移机费", "移机费免"}),
		"explanation": both([]string{"an explanation", "how could"}, []string{"给个说法", "给我个说法", "怎么会走错"}),
		"wrong_flat":  both([]string{"wrong flat", "wrong door"}, []string{"走错门", "装错"}),
		"wrong_item":  both([]string{"sent the wrong"}, []string{"发错", "寄错"}),
		"outage":      both([]string{"no internet", "payment declined"}, []string{"上不了网", "没有网"}),
		"replacement": both([]string{"a working one", "one that works", "send a new", "replacement"}, []string{"换新", "能用的"}),
		"refund":      both([]string{"refund"}, []string{"退款", "退费"}),
		"other_room":  both([]string{"another room"}, []string{"换一间"}),
		"drop:refund": both([]string{"no refund needed"}, []string{"不用退款"}),
	}, intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// reads is how a text is taken where the matter was said back (no currency),
// or where something is on offer.
type reads struct {
	text    string
	offer   bool
	answer  message.Answer
	mention string // "" none, "-name" given up
}

func check(t *testing.T, u *intents.Understander, all []reads) {
	t.Helper()
	for _, c := range all {
		e := message.Expect{Kind: "yesno"}
		if c.offer {
			e.Currency = "CNY"
		}
		r := u.Understand(c.text, intents.Context{Now: now, Expect: e})
		got := ""
		if len(r.Mentions) > 0 {
			got = r.Mentions[0].Name
			if r.Mentions[0].Dropped {
				got = "-" + got
			}
		}
		if r.Answer != c.answer || got != c.mention {
			t.Errorf("%q (offer %v): answer %q, mention %q; want %q, %q; %v", c.text, c.offer, r.Answer, got, c.answer, c.mention, r.Why)
		}
	}
}

// TestWaiver holds that asking for a charge to be waived neither gives the wish
// up nor turns anything down, while 免了 alone still does.
func TestWaiver(t *testing.T) {
	check(t, wired(t), []reads{
		{"把移机费免了", false, "", "fee_waiver"},
		{"把移机费免了,再给我个说法", false, "", "fee_waiver"},
		{"对,把移机费免了,再给我个说法", false, message.Unsure, "fee_waiver"},
		{"對,移機費免了", false, message.Unsure, "fee_waiver"},
		{"移机费可以免吗", false, "", "fee_waiver"},
		{"移機費幫我免了", false, "", "fee_waiver"},
		{"waive the moving fee", false, "", "fee_waiver"},
		{"please waive the fee for moving", true, message.Counter, "fee_waiver"},
		{"yes, waive the moving fee", false, message.Unsure, "fee_waiver"},
		{"好,移机费免了", true, message.Unsure, "fee_waiver"},
		{"I'll waive the refund", false, "", "-refund"},
		{"免了", true, message.Refuse, ""},
		{"免了,谢谢", true, message.Refuse, ""},
		{"退款免了", true, message.Refuse, "-refund"},
		{"退費就免了", true, message.Refuse, "-refund"},
	})
}

// TestPiecesOfCues holds that words inside a flow's own cue say nothing against
// what was said back, and never agree to anything.
func TestPiecesOfCues(t *testing.T) {
	check(t, wired(t), []reads{
		{"还要给我个说法,怎么会走错门", false, "", "explanation"},
		{"要給我個說法,怎麼會走錯門", false, "", "explanation"},
		{"对,装错了", false, message.Unsure, "wrong_flat"},
		{"yes, wrong flat", false, message.Unsure, "wrong_flat"},
		{"yes, no internet", false, message.Unsure, "outage"},
		{"对,没有网", false, message.Unsure, "outage"},
		{"家裡上不了網", false, "", "outage"},
		{"不对,是走错门", false, message.Refuse, "wrong_flat"},
		{"不行,没有网", true, message.Refuse, "outage"},
		{"家裡上不了網", true, message.Refuse, "outage"},
		{"a working one", true, "", "replacement"},
		{"one that works", true, "", "replacement"},
		{"send a working one", true, "", "replacement"},
		{"ok, send a new one", true, message.Unsure, "replacement"},
		{"I'll go with the replacement", true, message.Unsure, "replacement"},
		{"我就要換新的", true, message.Unsure, "replacement"},
		{"我就要能用的", true, message.Unsure, "replacement"},
		{"我就要这个", true, message.Accept, ""},
		{"不用退款", true, message.Refuse, "-refund"},
	})
}

// TestLabelIsNoAside holds that words of a button do what the button does, also
// where they would call everything off or take something back elsewhere.
func TestLabelIsNoAside(t *testing.T) {
	menu := choices("cancel", "I want to cancel", "bill", "更正帳單", "where", "查配送進度")
	for text, want := range map[string]string{"i want to cancel": "cancel", "更正帳單": "bill", "查配送進度": "where"} {
		r := wired(t).Understand(text, intents.Context{Now: now, Expect: message.Expect{Kind: "intent", Choices: menu}})
		if r.Choice != want || r.Side != message.NoSide || r.Correction {
			t.Errorf("%q: choice %q, side %q, correction %v; want %q and neither", text, r.Choice, r.Side, r.Correction, want)
		}
		if r := wired(t).Understand(text, intents.Context{Now: now}); r.Side == message.NoSide && !r.Correction {
			t.Errorf("%q: no aside where no button says it", text)
		}
	}
}

// TestCuesAgreeToNothing holds that naming what the flow knows, however eagerly,
// accepts no offer: it may be wanted instead of what is on the table.
func TestCuesAgreeToNothing(t *testing.T) {
	u := wired(t)
	for _, e := range []message.Expect{{Kind: "yesno", Currency: "USD"}, {Kind: "choice", Currency: "TWD", Choices: choices("a", "Monday", "b", "Friday", "no", "Neither")}} {
		for _, cue := range []string{"a working one", "one that works", "send a new", "replacement", "refund", "no internet", "能用的", "换新", "換新", "退款", "换一间", "換一間", "给个说法"} {
			for _, f := range []string{"%s", "%s please", "ok, %s", "yes %s", "I'll take the %s", "send %s", "我就要%s", "好,我要%s", "那我就要%s", "我选%s", "好的%s"} {
				s := strings.ReplaceAll(f, "%s", cue)
				if r := u.Understand(s, intents.Context{Now: now, Expect: e}); r.Answer == message.Accept {
					t.Errorf("%q (%s) read as an acceptance; %v", s, e.Kind, r.Why)
				}
			}
		}
	}
}

// TestToldIsNotTakenBack holds that telling of a mistake takes nothing back.
func TestToldIsNotTakenBack(t *testing.T) {
	for text, want := range map[string]bool{
		"是,发错了": false, "對,寄錯了": false, "发错了,订单48214": false, "發錯了,是48214": true, "说错了": true, "wrong flat": false, "no, wrong one, it's 48214": true,
	} {
		r := wired(t).Understand(text, intents.Context{Now: now, Expect: message.Expect{Kind: "yesno"}})
		if r.Correction != want {
			t.Errorf("%q: correction %v, want %v; %v", text, r.Correction, want, r.Why)
		}
	}
}

// TestLabelIsNoWish holds that a label typed is that choice, even where its
// words are a cue; with more beside it the wish counts as well.
func TestLabelIsNoWish(t *testing.T) {
	room := choices("other", "Another room tonight", "hotel", "The hotel next door", "no", "Neither")
	hans := choices("other", "今晚换一间房", "hotel", "隔壁酒店", "no", "都不合适")
	hant := choices("other", "今晚換一間房", "hotel", "隔壁飯店", "no", "都不適合")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		choice  string
		wishes  int
	}{
		{"Another room tonight", room, "other", 0},
		{"another room tonight please", room, "other", 0},
		{"the hotel next door, and another room for my mother", room, "hotel", 1},
		{"今晚换一间房", hans, "other", 0},
		{"今晚換一間房,謝謝", hant, "other", 0},
		{"隔壁飯店,但是明天換一間", hant, "", 1},
	} {
		r := wired(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: "choice", Currency: "USD", Choices: c.choices}})
		if r.Choice != c.choice || len(r.Mentions) != c.wishes {
			t.Errorf("%q: choice %q, mentions %v; want %q, %d; %v", c.text, r.Choice, r.Mentions, c.choice, c.wishes, r.Why)
		}
	}
}
