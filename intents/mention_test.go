package intents_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func en(cues ...string) map[message.Lang][]string {
	return map[message.Lang][]string{message.English: cues}
}

func both(e, zh []string) map[message.Lang][]string {
	return map[message.Lang][]string{message.English: e, message.Simplified: zh}
}

func shopWords() intents.Words {
	return intents.Words{
		"refund":           both([]string{"refund", "money back", "give me back … money"}, []string{"退款", "退费", "退钱", "全额退费", "退…费"}),
		"drop:refund":      both([]string{"keep the money"}, []string{"钱不要了"}),
		"replacement":      both([]string{"replacement", "replace", "exchange", "new one"}, []string{"换新", "换货", "换一台", "换新机"}),
		"explanation":      both([]string{"explain", "explanation"}, []string{"说明", "给个说法", "解释"}),
		"incident.damaged": both([]string{"broken", "cracked", "damaged"}, []string{"坏了", "漏水", "破了", "裂了"}),
		"delivery":         both([]string{"delivery", "deliver", "shipping"}, []string{"送货", "配送", "运费"}),
	}
}

func shop(t testing.TB) *intents.Understander {
	t.Helper()
	u, err := intents.New(shopWords(), intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestMentions writes a mention as its name, one that is given up with a minus.
func TestMentions(t *testing.T) {
	for _, c := range []struct{ text, want, intent string }{
		{"I want a refund", "refund", "refund"},
		{"REFUNDS please", "refund", "refund"},
		{"refunded yet?", "refund", "refund"},
		{"I want a refudn", "refund", "refund"},
		{"I want my replacment", "replacement", "replacement"},
		{"my money back please", "refund", "refund"},
		{"give me back all of my money", "refund", "refund"},
		{"the lamp is cracked", "incident.damaged", "incident.damaged"},
		{"the lamp is cracked, I want a refund", "incident.damaged refund", "refund"},
		{"keep the money", "-refund", ""},
		{"the lamp. keep the money if dad gets it in time", "-refund", ""},
		{"forget the refund", "-refund", ""},
		{"don't forget the refund", "refund", "refund"},
		{"I don't want a refund, I want a replacement", "-refund replacement", "replacement"},
		{"no need for a replacement", "-replacement", ""},
		{"replacement instead of a refund", "replacement -refund", "replacement"},
		{"refundable deposit", "", ""},
		{"change my mind", "", ""},
		{"我要退款", "refund", "refund"},
		{"我要全額退費", "refund", "refund"},
		{"運費安裝費都退我,退掉安裝費", "delivery refund", "refund"},
		{"退费可以不用,但要有机器", "-refund", ""},
		{"茶會啦,退費可以不用,但要有機器", "-refund", ""},
		{"不要换货,要退款", "-replacement refund", "refund"},
		{"退款不用了", "-refund", ""},
		{"要不要换货?", "replacement", "replacement"},
		{"咖啡機漏水,我要換新機", "incident.damaged replacement", "replacement"},
		{"退 款", "refund", "refund"},
		{"hello", "", ""},
	} {
		r := shop(t).Understand(c.text, intents.Context{Now: now})
		var got []string
		for _, m := range r.Mentions {
			if m.Score <= 0 || m.Score > 1 || m.Cue == "" {
				t.Errorf("%q: mention %+v", c.text, m)
			}
			if m.Dropped {
				got = append(got, "-"+m.Name)
			} else {
				got = append(got, m.Name)
			}
		}
		if c.want == "delivery refund" {
			slices.Sort(got)
		}
		if strings.Join(got, " ") != c.want || r.Intent != c.intent {
			t.Errorf("%q: mentions %v, intent %q; want %q, %q", c.text, got, r.Intent, c.want, c.intent)
		}
	}
}

func TestNewNamesTheBadCue(t *testing.T) {
	_, err := intents.New(intents.Words{"refund": en("money", " … !")}, intents.Options{})
	if err == nil || !strings.Contains(err.Error(), `"refund"`) || !strings.Contains(err.Error(), `" … !"`) {
		t.Errorf("error %v, want one that names section and cue", err)
	}
	if _, err := intents.New(intents.Words{"drop:": en("x")}, intents.Options{}); err == nil {
		t.Error("a section without a name was taken")
	}
}

// TestTranscripts reads what the customers of the handbook's conversations
// say, in the states they say it in.
func TestTranscripts(t *testing.T) {
	u := shop(t)
	offer := message.Expect{Kind: "yesno", Currency: "USD"}
	for _, c := range []struct {
		text      string
		expect    message.Expect
		answer    message.Answer
		objection message.Objection
		low, high float64
	}{
		{"the lamp you sent is BROKEN. second problem in a month!!", message.Expect{}, "", "", 0.45, 0.75},
		{"glass cracked right through. it's my dad's birthday present", message.Expect{}, "", "", 0, 0.2},
		{"saturday. and my money back too, and someone to explain how you pack glass like that", message.Expect{Kind: "slot:date"}, "", "", 0, 0.2},
		{"riverside is an hour away, I'd need a taxi", offer, "refuse", "effort", 0, 0.2},
		{"neither. monday is too late and he hates black", offer, "refuse", "time", 0, 0.2},
		{"20 for the taxi and I'll go", offer, "counter", "", 0, 0.2},
		{"说好周五送婴儿床,现在显示下周二,你们搞什么??", message.Expect{}, "", "", 0.45, 0.75},
		{"来回折腾两趟,多麻烦", offer, "refuse", "effort", 0, 0.3},
		{"再退80的安装费我就同意", message.Expect{Kind: "yesno", Currency: "CNY"}, "counter", "", 0, 0.2},
		{"行吧", offer, "accept", "", 0, 0.2},
		{"咖啡機才三天就漏水,上次說會回電也沒人回,很誇張耶", message.Expect{}, "", "trust", 0.45, 0.75},
		{"中午茶會都結束了", offer, "refuse", "time", 0, 0.2},
		{"補 300 我就去拿", message.Expect{Kind: "yesno", Currency: "TWD"}, "counter", "", 0, 0.2},
	} {
		r := u.Understand(c.text, intents.Context{Now: now, Expect: c.expect})
		if r.Answer != c.answer || r.Objection != c.objection || r.Anger < c.low || r.Anger > c.high || r.Person {
			t.Errorf("%q: answer %q objection %q anger %.2f person %v; want %q %q %.2f–%.2f; %v",
				c.text, r.Answer, r.Objection, r.Anger, r.Person, c.answer, c.objection, c.low, c.high, r.Why)
		}
	}
}
