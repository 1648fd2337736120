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
		{message.English, "I can’t do that.", []tone.Finding{{tone.Refusal, "I can’t"}}},
		{message.English, "Sorry, I  do not\nknow.", []tone.Finding{{tone.Refusal, "I  do not\nknow"}}},
		{message.English, "YOU MUST pay, and you should hurry up", []tone.Finding{{tone.Order, "YOU MUST"}, {tone.Order, "you should"}, {tone.Impatient, "hurry up"}}},
		{message.English, "You're wrong there.", []tone.Finding{{tone.Wrong, "You're wrong"}}},
		{message.English, "As I told you, I'm busy.", []tone.Finding{{tone.Impatient, "As I told you"}, {tone.Impatient, "I'm busy"}}},
		{message.English, "Why don't you read it? It is not my fault.", []tone.Finding{{tone.Impatient, "Why don't you"}, {tone.Excuse, "not my fault"}}},
		{message.English, "Calm down, it is only a lamp.", []tone.Finding{{tone.Belittle, "Calm down"}, {tone.Belittle, "it is only a"}}},
		{message.English, "After all we did, that is only fair", []tone.Finding{{tone.Guilt, "After all we"}, {tone.Belittle, "that is only fair"}}},
		{message.English, "It is certainly there tomorrow, 100%.", []tone.Finding{{tone.Certain, "certainly"}, {tone.Certain, "100%"}}},
		{message.English, "I am delighted to hear it", []tone.Finding{{tone.Feelings, "I am delighted"}}},
		{message.Simplified, "这我不能答应,您应该先看规定。", []tone.Finding{{tone.Refusal, "我不能"}, {tone.Order, "您应该"}}},
		{message.Simplified, "你放心,马上到", []tone.Finding{{tone.Address, "你"}, {tone.Certain, "放心"}, {tone.Certain, "马上"}}},
		{message.Simplified, "你肯定弄错了", []tone.Finding{{tone.Address, "你"}, {tone.Wrong, "肯定弄错"}}},
		{message.Simplified, "我跟你说,那不是我的错", []tone.Finding{{tone.Impatient, "我跟你说"}, {tone.Excuse, "不是我的错"}}},
		{message.Simplified, "别激动,体谅一下我们", []tone.Finding{{tone.Belittle, "别激动"}, {tone.Guilt, "体谅一下我们"}}},
		{message.Simplified, "我很高兴", []tone.Finding{{tone.Feelings, "我很高兴"}}},
		{message.Traditional, "我不會,您必須自己處理", []tone.Finding{{tone.Refusal, "我不會"}, {tone.Order, "您必須"}}},
		{message.Traditional, "您搞錯了,公司規定如此", []tone.Finding{{tone.Wrong, "您搞錯"}, {tone.Excuse, "公司規定"}}},
		{message.Traditional, "妳想太多,讓我很為難", []tone.Finding{{tone.Address, "妳"}, {tone.Belittle, "想太多"}, {tone.Guilt, "讓我很為難"}}},
		{message.Traditional, "我說過了,我很樂意,保證到", []tone.Finding{{tone.Impatient, "我說過了"}, {tone.Feelings, "我很樂意"}, {tone.Certain, "保證"}}},
	} {
		if diff := cmp.Diff(c.want, tone.Check(c.lang, c.text)); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", c.lang, c.text, diff)
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
			tone.Excuse: "company policy", tone.Belittle: "no big deal", tone.Guilt: "because of you", tone.Certain: "right away", tone.Feelings: "I feel"},
		message.Simplified: {tone.Refusal: "我没办法", tone.Order: "您必须", tone.Wrong: "您误会了", tone.Impatient: "别催", tone.Excuse: "不归我管",
			tone.Belittle: "这点小事", tone.Guilt: "我们已经尽力", tone.Certain: "立刻", tone.Feelings: "我很难过", tone.Address: "你"},
		message.Traditional: {tone.Refusal: "我沒辦法", tone.Order: "您必須", tone.Wrong: "您誤會了", tone.Impatient: "別催", tone.Excuse: "不歸我管",
			tone.Belittle: "這點小事", tone.Guilt: "我們已經盡力", tone.Certain: "立刻", tone.Feelings: "我很難過", tone.Address: "你"},
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
