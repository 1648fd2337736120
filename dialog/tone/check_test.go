package tone_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/dialog/tone"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		lang message.Lang
		text string
		want []tone.Finding
	}{
		{message.English, "I can’t do that.", []tone.Finding{{Rule: tone.Refusal, Match: "I can’t"}}},
		{message.English, "Sorry, I  do not\nknow.", []tone.Finding{{Rule: tone.Refusal, Match: "I  do not\nknow"}}},
		{message.English, "YOU MUST pay, and you should hurry up", []tone.Finding{{Rule: tone.Order, Match: "YOU MUST"}, {Rule: tone.Order, Match: "you should"}, {Rule: tone.Impatient, Match: "hurry up"}}},
		{message.English, "You're wrong there.", []tone.Finding{{Rule: tone.Wrong, Match: "You're wrong"}}},
		{message.English, "As I told you, I'm busy.", []tone.Finding{{Rule: tone.Impatient, Match: "As I told you"}, {Rule: tone.Impatient, Match: "I'm busy"}}},
		{message.English, "Why don't you read it? It is not my fault.", []tone.Finding{{Rule: tone.Impatient, Match: "Why don't you"}, {Rule: tone.Excuse, Match: "not my fault"}}},
		{message.English, "Calm down, it is only a lamp.", []tone.Finding{{Rule: tone.Belittle, Match: "Calm down"}, {Rule: tone.Belittle, Match: "it is only a"}}},
		{message.English, "After all we did, that is only fair", []tone.Finding{{Rule: tone.Guilt, Match: "After all we"}, {Rule: tone.Belittle, Match: "that is only fair"}}},
		{message.English, "It is certainly there tomorrow, 100%.", []tone.Finding{{Rule: tone.Certain, Match: "certainly"}, {Rule: tone.Certain, Match: "100%"}}},
		{message.English, "I am delighted to hear it", []tone.Finding{{Rule: tone.Feelings, Match: "I am delighted"}}},
		{message.Simplified, "这我不能答应,您应该先看规定。", []tone.Finding{{Rule: tone.Refusal, Match: "我不能"}, {Rule: tone.Order, Match: "您应该"}}},
		{message.Simplified, "你放心,马上到", []tone.Finding{{Rule: tone.Address, Match: "你"}, {Rule: tone.Certain, Match: "放心"}, {Rule: tone.Certain, Match: "马上"}}},
		{message.Simplified, "你肯定弄错了", []tone.Finding{{Rule: tone.Address, Match: "你"}, {Rule: tone.Wrong, Match: "肯定弄错"}}},
		{message.Simplified, "我跟你说,那不是我的错", []tone.Finding{{Rule: tone.Impatient, Match: "我跟你说"}, {Rule: tone.Excuse, Match: "不是我的错"}}},
		{message.Simplified, "别激动,体谅一下我们", []tone.Finding{{Rule: tone.Belittle, Match: "别激动"}, {Rule: tone.Guilt, Match: "体谅一下我们"}}},
		{message.Simplified, "我很高兴", []tone.Finding{{Rule: tone.Feelings, Match: "我很高兴"}}},
		{message.Traditional, "我不會,您必須自己處理", []tone.Finding{{Rule: tone.Refusal, Match: "我不會"}, {Rule: tone.Order, Match: "您必須"}}},
		{message.Traditional, "您搞錯了,公司規定如此", []tone.Finding{{Rule: tone.Wrong, Match: "您搞錯"}, {Rule: tone.Excuse, Match: "公司規定"}}},
		{message.Traditional, "妳想太多,讓我很為難", []tone.Finding{{Rule: tone.Address, Match: "妳"}, {Rule: tone.Belittle, Match: "想太多"}, {Rule: tone.Guilt, Match: "讓我很為難"}}},
		{message.Traditional, "我說過了,我很樂意,保證到", []tone.Finding{{Rule: tone.Impatient, Match: "我說過了"}, {Rule: tone.Feelings, Match: "我很樂意"}, {Rule: tone.Certain, Match: "保證"}}},
	} {
		if diff := cmp.Diff(c.want, bare(tone.Check(c.lang, c.text))); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", c.lang, c.text, diff)
		}
	}
}

// bare leaves what to say instead out, which another test looks at.
func bare(found []tone.Finding) []tone.Finding {
	for i := range found {
		found[i].Better, found[i].At = "", 0
	}
	return found
}

// Words that come close to a slip and are none, each beside the slip it comes
// close to.
func TestNearMisses(t *testing.T) {
	for _, c := range []struct {
		lang       message.Lang
		slip, near string
	}{
		{message.English, "You should have told us.", "You should have received it on Friday."},
		{message.English, "You should pay now.", "You should receive it by Friday."},
		{message.English, "You shouldn't call.", "You shouldn't have to call twice."},
		{message.English, "You must have lost it.", "You must have been waiting for hours."},
		{message.English, "You have to wait.", "I am sorry that you have to wait."},
		{message.English, "You have to pay.", "All you have to do is open the door. When do you have to leave?"},
		{message.English, "Please be patient.", "Thank you for being patient."},
		{message.English, "That is not true.", "That is true, and I am sorry."},
		{message.English, "It is your fault.", "It is not your fault."},
		{message.English, "It is there, 100%.", "You get 100 % of the price back; it is 100% cotton."},
		{message.English, "That is because of you.", "That is because of your early start."},
		{message.English, "It is just a lamp.", "We adjust a lamp."},
		{message.English, "No big deal.", "A big deal for you, I see."},
		{message.Simplified, "您应该先看规定。", "您应该会在周五收到。"},
		{message.Simplified, "您必须寄回来。", "您可以寄回来。"},
		{message.Simplified, "我不会处理。", "我不会让您白跑一趟。"},
		{message.Simplified, "没办法。", "您没办法来取的话，可以改送。有没有办法当天送？"},
		{message.Simplified, "不准退。", "送货不准时。"},
		{message.Simplified, "这要求无理。", "七天无理由退货。"},
		{message.Simplified, "您想多了。", "您想多了解一点吗？"},
		{message.Simplified, "请放心。", "您不放心的话，可以先验货。"},
		{message.Simplified, "保证到货。", "保证金退回原账户。"},
		{message.Traditional, "您應該先看說明。", "您應該會在週五收到。"},
		{message.Traditional, "我不會處理。", "我不會讓您白跑一趟。"},
		{message.Traditional, "沒辦法。", "您沒辦法來取的話，可以改送。"},
		{message.Traditional, "這要求無理。", "七天無理由退貨。"},
		{message.Traditional, "您想多了。", "您想多了解一點嗎？"},
		{message.Traditional, "請放心。", "您不放心的話，可以先驗貨。"},
		{message.Traditional, "保證到貨。", "保證書在盒子裡。"},
		{message.Traditional, "你的迷你吧", "迷你吧的飲料"},
	} {
		if tone.Check(c.lang, c.slip) == nil {
			t.Errorf("%s %q passes", c.lang, c.slip)
		}
		if found := tone.Check(c.lang, c.near); found != nil {
			t.Errorf("%s %q: %v", c.lang, c.near, found)
		}
	}
}

// Plainly bad lines, as people write them when nobody reads them over, and good
// ones that come close.
func TestRudeLines(t *testing.T) {
	bad := map[message.Lang][]string{
		message.English: {"Stupid late parcel, idiot.", "Obviously you did not read the terms.", "Next time be more careful.", "No.", "Sorry, no. What else?", "You fool!",
			"Sorry for any inconvenience caused.", "Your request has been denied.", "We apologise if you feel upset.", "Kindly do the needful and revert.", "Oops! Haha.",
			"I will try my best to maybe get that done asap.", "ERROR 404: order invalid. Contact support.", "I come back to you as soon as possible."},
		message.Simplified: {"您真笨，滚", "您们必须等", "不行。", "亲，给您带来不便，敬请谅解哦~", "您的请求已被拒绝。", "如果您觉得不满意，我们表示歉意。", "请耐心等待。", "系统错误，请联系客服。",
			"我们会尽快处理的。", "概不退换，一经售出。", "恕不受理。"},
		message.Traditional: {"您真笨，滾", "您們等一下", "不行。", "造成不便之處，敬請見諒", "您的申請已被拒絕。", "請耐心等候。", "系統錯誤，請洽客服。", "我們會盡快處理。", "恕不受理。"},
	}
	good := map[message.Lang][]string{
		message.English: {"I cannot see the parcel from here, so a colleague goes and looks.", "No", "Shall I say yes or no to them?", "No matter: it is done.", "It is a food processor, not foolproof.",
			"I am sorry for what this cost you, and write as soon as there is news.", "There is no charge. No case is open."},
		message.Simplified:  {"不行", "您看行不行？", "感谢您耐心等待。", "洗衣机的滚筒换好了。", "书桌笨重，送货上门。", "如果您觉得合适，就这么定。"},
		message.Traditional: {"不行", "您看這樣行不行？", "謝謝您耐心等候。", "洗衣機的滾筒換好了。", "造成您的不便再次致歉，也謝謝您告訴我。"},
	}
	for lang, lines := range bad {
		for _, line := range lines {
			if tone.Check(lang, line) == nil {
				t.Errorf("%s %q passes", lang, line)
			}
		}
	}
	for lang, lines := range good {
		for _, line := range lines {
			if found := tone.Check(lang, line); found != nil {
				t.Errorf("%s %q: %v", lang, line, found)
			}
		}
	}
}

// How a word is typed makes no difference: full-width forms, spaces between
// characters, invisible characters, curly quotes.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		lang        message.Lang
		text, match string
		at          int
	}{
		{message.English, "Well, Ｉ ｃａｎ＇ｔ.", "Ｉ ｃａｎ＇ｔ", 6},
		{message.English, "I ca\u200bn’t.", "I ca\u200bn’t", 0},
		{message.Simplified, "这 我 不 能 做", "我 不 能", 2},
		{message.Simplified, "是１００％的", "１００％", 1},
		{message.Traditional, "請放\n心", "放\n心", 1},
	} {
		found := tone.Check(c.lang, c.text)
		if len(found) != 1 || found[0].Match != c.match || found[0].At != c.at || found[0].Better == "" {
			t.Errorf("%s %q: %+v", c.lang, c.text, found)
		}
	}
}

func TestHarmless(t *testing.T) {
	for _, c := range []struct {
		lang message.Lang
		text string
	}{
		{message.English, "A fair wish. I am sorry it broke; can I hold one for you until Friday?"},
		{message.English, "We adjust a lamp. You may have to wait; what do you have in mind?"},
		{message.English, "The relaxed date suits you, mustard or not."},
		{message.English, "我不能"}, // another language's words
		{message.Simplified, "您的要求很合理。白色的周二到,您看可以吗?"},
		{message.Traditional, "您的要求很合理。同款週四到,您想要哪一種呢?"},
		{message.Traditional, "马上"},
		{"fr", "immediately"},
		{message.English, ""},
	} {
		if got := tone.Check(c.lang, c.text); got != nil {
			t.Errorf("%s %q: %v", c.lang, c.text, got)
		}
	}
}

// Each rule must be able to fire in each language it is meant for; a rule
// that no words stand for would pass everything.
func TestEveryRuleHasWords(t *testing.T) {
	probes := map[message.Lang]map[tone.Rule]string{
		message.English: {tone.Refusal: "we are unable to", tone.Order: "you have to", tone.Wrong: "your fault", tone.Impatient: "like I said",
			tone.Excuse: "company policy", tone.Belittle: "no big deal", tone.Guilt: "because of you", tone.Certain: "right away", tone.Judging: "you are being rude", tone.Feelings: "I feel"},
		message.Simplified: {tone.Refusal: "我没办法", tone.Order: "您必须", tone.Wrong: "您误会了", tone.Impatient: "别催", tone.Excuse: "不归我管",
			tone.Belittle: "这点小事", tone.Guilt: "我们已经尽力", tone.Certain: "立刻", tone.Judging: "您太敏感", tone.Feelings: "我很难过", tone.Address: "你"},
		message.Traditional: {tone.Refusal: "我沒辦法", tone.Order: "您必須", tone.Wrong: "您誤會了", tone.Impatient: "別催", tone.Excuse: "不歸我管",
			tone.Belittle: "這點小事", tone.Guilt: "我們已經盡力", tone.Certain: "立刻", tone.Judging: "您太敏感", tone.Feelings: "我很難過", tone.Address: "你"},
	}
	for _, lang := range message.Langs() {
		for _, rule := range tone.Rules() {
			probe, ok := probes[lang][rule]
			if !ok && rule == tone.Address && lang == message.English {
				continue // English has one word for both
			}
			if got := tone.Check(lang, probe); len(got) != 1 || got[0].Rule != rule {
				t.Errorf("%s %s %q: %v", lang, rule, probe, got)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("I can’t, 我不能 \xff\u200b你")
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range message.Langs() {
			got := tone.Check(lang, text)
			if !slices.Equal(got, tone.Check(lang, text)) {
				t.Fatal("not the same twice")
			}
			if utf8.ValidString(text) && len(got) > utf8.RuneCountInString(text) {
				t.Fatal("more findings than characters")
			}
		}
	})
}
