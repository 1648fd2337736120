package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func choices(pairs ...string) []message.Choice {
	var out []message.Choice
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, message.Choice{ID: pairs[i], Label: pairs[i+1]})
	}
	return out
}

func TestChoices(t *testing.T) {
	lamp := choices("white", "White, Monday", "black", "Black, Friday", "none", "Neither")
	rank := choices("w1", "Lamp by Saturday", "w2", "Price back", "w3", "Explanation")
	desk := choices("w1", "升降书桌按时到", "w2", "退货款")
	bed := choices("wood", "原木色,周六", "white", "白色,周二", "none", "都不合适")
	coffee := choices("other", "另一款,明天", "same", "同款,12月3日", "none", "都不適合")
	yes := choices("yes", "Yes", "no", "No", "other", "Other idea")
	ja := choices("yes", "可以", "no", "不行", "other", "我有想法")
	shelve := choices("yes", "Yes", "person", "A person, please")
	repair := choices("check", "The free check", "trade", "Trade it in", "no", "Neither")
	money := choices("card", "To my card", "voucher", "The voucher", "no", "Neither")
	card := choices("card", "退到原卡", "voucher", "购物券", "no", "都不合适")
	voucher := choices("card", "退回信用卡", "voucher", "購物金", "no", "都不適合")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		want    string
	}{
		{"White, Monday", lamp, "white"},
		{"the white one please", lamp, "white"},
		{"black", lamp, "black"},
		{"I'll take the black one", lamp, "black"},
		{"the first", lamp, "white"},
		{"the second one", lamp, "black"},
		{"2", lamp, "black"},
		{"option 1", lamp, "white"},
		{"friday", lamp, "black"},
		{"monday works for me", lamp, "white"},
		{"neither", lamp, "none"},
		{"neither. monday is too late and he hates black", lamp, "none"},
		{"not the black one", lamp, ""},
		{"he hates black", lamp, ""},
		{"the white one but by friday", lamp, ""},
		{"white or black?", lamp, ""},
		{"white if it comes on saturday", lamp, ""},
		{"hmm", lamp, ""},
		{"this is the second time", lamp, ""},
		{"the lamp. keep the money if dad gets it in time", rank, "w1"},
		{"price back", rank, "w2"},
		{"an explanation", rank, "w3"},
		{"the lamp, if that is possible", rank, "w1"},
		{"先把书桌弄来", desk, "w1"},
		{"要是只能一样就退货款", desk, "w2"},
		{"退货款先不说", desk, ""},
		{"原木的", bed, "wood"},
		{"要白色", bed, "white"},
		{"第二个", bed, "white"},
		{"第一个吧", bed, "wood"},
		{"周六的那个", bed, "wood"},
		{"都不合适,家里家具全是白的,周二又太晚", bed, "none"},
		{"不要白色的", bed, ""},
		{"2", bed, "white"},
		{"同款", coffee, "same"},
		{"明天那個", coffee, "other"},
		{"12/3", coffee, "same"},
		{"都不適合,膠囊都買好了", coffee, "none"},
		{"yes", yes, "yes"},
		{"sure, go ahead", yes, "yes"},
		{"no", yes, "no"},
		{"no problem", yes, "yes"},
		{"no, problem is I have no car", yes, "no"},
		{"other idea", yes, "other"},
		{"20 for the taxi and I'll go", yes, ""},
		{"行吧", ja, "yes"},
		{"不太行", ja, "no"},
		{"可以吗", ja, ""},
		{"a person, please", shelve, "person"},
		{"ok", shelve, "yes"},
		{"the free check is fine", repair, "check"},
		{"is the check free?", repair, ""},
		{"to my card please", money, "card"},
		{"15 on the card and we're done", money, ""},
		{"to my card, but 60", money, "card"},
		{"the voucher, but make it 80", money, "voucher"},
		{"to my card? 60", money, ""},
		{"15 on the card? no way", money, ""},
		{"to my card, but 15 is too little", money, ""},
		{"to my card, but 60 if it takes longer", money, ""},
		{"退到卡里,但要60", card, "card"},
		{"退到卡里,60太少了", card, ""},
		{"購物金,但要 300", voucher, "voucher"},
		{"購物金 300 不行", voucher, ""},
	} {
		kind := "choice"
		if c.choices[0].ID == "yes" {
			kind = "yesno"
		}
		r := bare(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: kind, Choices: c.choices, Currency: "USD"}})
		if r.Choice != c.want {
			t.Errorf("%q: choice %q, want %q; answer %q, why %v", c.text, r.Choice, c.want, r.Answer, r.Why)
		}
	}
}

// TestRemarks holds that a choice somebody merely talks about is not taken at
// all, that one among words nobody knows is asked back, and that one that is
// named to have it is not asked about again.
func TestRemarks(t *testing.T) {
	bag := choices("swap", "深藍色書包", "voucher", "購物金", "none", "都不適合")
	lamp := choices("white", "White, Monday", "black", "Black, Friday", "none", "Neither")
	fryer := choices("same", "同款氣炸鍋", "big", "大容量氣炸鍋", "none", "都不適合")
	for _, c := range []struct {
		text    string
		choices []message.Choice
		choice  string
		unsure  bool
	}{
		{"深藍色聞起來怪怪的耶", bag, "", true},
		{"深藍色給我弟弟用", bag, "swap", true},
		{"購物金哪裡能花", bag, "", false},
		{"深藍色書包", bag, "swap", false},
		{"那就深藍色的", bag, "swap", false},
		{"購物金好了", bag, "voucher", false},
		{"我女兒愛深藍色", bag, "swap", true},
		{"大容量的就好,不用同款", fryer, "big", false},
		{"不要同款,大容量那個", fryer, "big", false},
		{"大容量的太佔空間,不要同款", fryer, "", false},
		{"大容量的不要,同款也不要", fryer, "", false},
		{"not the black one, the white one please", lamp, "white", false},
		{"black clashes with his furniture", lamp, "", true},
		{"I detest black", lamp, "black", true},
		{"the black one for my dad", lamp, "black", true},
		{"black please", lamp, "black", false},
	} {
		r := bare(t).Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: "choice", Choices: c.choices, Currency: "TWD"}})
		if r.Choice != c.choice || r.Answer == message.Unsure != c.unsure {
			t.Errorf("%q: choice %q, answer %q, want %q, unsure %v; why %v", c.text, r.Choice, r.Answer, c.choice, c.unsure, r.Why)
		}
	}
}
