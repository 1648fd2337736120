package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// TestSharedWordsChooseNothing holds that a menu's button is chosen by a text
// that is about it, and not by one that merely has a word in common with it.
func TestSharedWordsChooseNothing(t *testing.T) {
	shop := choices("late", "It is late", "damaged", "It arrived damaged", "much", "I paid too much", "missing", "Something is missing")
	desk := choices("none", "There is no room for me", "loud", "It is too loud", "lost", "I left something behind", "park", "I need parking", "eat", "Early breakfast")
	hans := choices("late", "东西还没到", "damaged", "收到是坏的", "much", "钱扣多了", "fault", "房里有问题")
	hant := choices("late", "商品還沒到", "damaged", "收到時已損壞", "room", "到了卻沒房間", "fault", "房內有問題")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		want    string
	}{
		{"thank you very much", shop, ""},
		{"thanks so much for nothing", shop, ""},
		{"it is not damaged", shop, ""},
		{"it isn't late", shop, ""},
		{"I paid way too much", shop, "much"},
		{"paid too much!", shop, "much"},
		{"damaged", shop, "damaged"},
		{"the thing arrived damaged", shop, "damaged"},
		{"it came late", shop, "late"},
		{"I paid by card and my husband signed for it", shop, ""},
		{"is anybody there", desk, ""},
		{"there is somebody in the lobby for us", desk, ""},
		{"I left work early to come here", desk, ""},
		{"we left early this morning", desk, ""},
		{"I need a taxi", desk, ""},
		{"parking please", desk, "park"},
		{"no room for me", desk, "none"},
		{"much too loud", desk, "loud"},
		{"not too loud", desk, ""},
		{"breakfast", desk, "eat"},
		{"谢谢你们了", hans, ""},
		{"不是坏的", hans, ""},
		{"没扣多", hans, ""},
		{"钱扣多了吧", hans, "much"},
		{"还没到", hans, "late"},
		{"我家里有两个孩子要照顾", hans, ""},
		{"非常感謝", hant, ""},
		{"沒有損壞", hant, ""},
		{"損壞了", hant, "damaged"},
		{"還沒到耶", hant, "late"},
		{"我們到了之後還要去機場接我媽", hant, ""},
	} {
		r := bare(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: "intent", Choices: c.choices}})
		if r.Choice != c.want {
			t.Errorf("%q: choice %q, want %q; why %v", c.text, r.Choice, c.want, r.Why)
		}
	}
}

// TestTalkOfAnOffer holds that what is said or asked about something on offer
// takes nothing, in the words of each language.
func TestTalkOfAnOffer(t *testing.T) {
	en := choices("linden", "The Linden Hotel", "sister", "The sister house", "no", "Neither")
	hans := choices("linden", "临江酒店", "sister", "姐妹店", "no", "都不要")
	hant := choices("linden", "林蔭飯店", "sister", "姊妹館", "no", "都不適合")
	voucher := choices("card", "To my card", "voucher", "The voucher", "no", "Neither")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		choice  string
		answer  message.Answer
	}{
		{"the Linden Hotel is a dump", en, "", message.Refuse},
		{"last time in the sister house I got food poisoning", en, "", message.Refuse},
		{"the Linden Hotel is next to a building site", en, "", message.Unsure},
		{"the sister house poisoned my wife", en, "", message.Unsure},
		{"does the Linden Hotel have parking", en, "", message.NoAnswer},
		{"is the Linden Hotel clean", en, "", message.NoAnswer},
		{"is the voucher valid online", voucher, "", message.NoAnswer},
		{"forget the sister house", en, "", message.NoAnswer},
		{"not the sister house", en, "", message.NoAnswer},
		{"I detest the Linden Hotel", en, "linden", message.Unsure},
		{"my wife will sleep badly in the sister house", en, "sister", message.Unsure},
		{"the Linden Hotel", en, "linden", message.NoAnswer},
		{"the Linden Hotel please, my wife is tired", en, "linden", message.NoAnswer},
		{"put us in the sister house please", en, "sister", message.NoAnswer},
		{"I'll take the sister house", en, "sister", message.Accept},
		{"ok, the Linden", en, "linden", message.Accept},
		{"上次住姐妹店被咬了一身包", hans, "", message.Refuse},
		{"姐妹店跟狗窝似的", hans, "", message.Refuse},
		{"姐妹店门口天天堵车", hans, "", message.Unsure},
		{"临江酒店有停车位吗", hans, "", message.NoAnswer},
		{"姐妹店太破了", hans, "", message.NoAnswer},
		{"别给我姐妹店", hans, "", message.Refuse},
		{"那就去姐妹店", hans, "sister", message.NoAnswer},
		{"临江酒店吧", hans, "linden", message.NoAnswer},
		{"好,就临江酒店", hans, "linden", message.Accept},
		{"上次住姊妹館被咬了一身包", hant, "", message.Refuse},
		{"林蔭飯店那邊有蟑螂", hant, "", message.Refuse},
		{"姊妹館門口天天塞車", hant, "", message.Unsure},
		{"林蔭飯店有停車場嗎", hant, "", message.NoAnswer},
		{"姊妹館好了", hant, "sister", message.NoAnswer},
	} {
		r := bare(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: "choice", Currency: "USD", Choices: c.choices}})
		if r.Choice != c.choice || r.Answer != c.answer {
			t.Errorf("%q: choice %q, answer %q; want %q, %q; why %v", c.text, r.Choice, r.Answer, c.choice, c.answer, r.Why)
		}
	}
}

// TestDeniedTrouble holds that what is said not to be so is not told, while a
// wish in the same words stays one.
func TestDeniedTrouble(t *testing.T) {
	u, err := intents.New(intents.Words{
		"damaged": both([]string{"damaged"}, []string{"坏", "损坏"}),
		"late":    both([]string{"late"}, []string{"迟到"}),
		"wrong":   both([]string{"wrong one"}, []string{"发错"}),
		"refund":  both([]string{"refunded"}, []string{"退款"}),
	}, intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"it is not damaged": "-damaged", "I don't think it is damaged": "-damaged", "it did not arrive damaged": "-damaged", "not damaged": "-damaged",
		"not only damaged": "damaged", "it's not the first time it is late": "late", "is it not damaged?": "damaged", "it is damaged, not late": "damaged",
		"my order is not refunded": "refund",
		"没坏":                       "-damaged", "不是坏的": "-damaged", "没有损坏,谢谢": "-damaged", "沒有損壞": "-damaged", "不是發錯": "-wrong", "没有发错货": "-wrong",
		"是不是坏了": "damaged", "有没有损坏": "damaged", "不是坏了就是发错": "damaged", "不是迟到一次了": "late", "又不是不坏": "damaged", "没退款": "refund",
	} {
		r := u.Understand(text, intents.Context{Now: now})
		got := ""
		if len(r.Mentions) > 0 {
			got = r.Mentions[0].Name
			if r.Mentions[0].Dropped {
				got = "-" + got
			}
		}
		if got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
