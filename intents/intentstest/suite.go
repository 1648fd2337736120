package intentstest

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Understander is what is tested.
type Understander interface {
	Understand(text string, ctx intents.Context) message.Reading
}

// now is the moment that the suite reads texts at: a Wednesday.
var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// Run checks the contract. newUnderstander is called once for each part; it
// must understand the words it is given, in all three languages.
func Run(t *testing.T, newUnderstander func(testing.TB, intents.Words) Understander) {
	t.Helper()
	words := intents.Words{
		"refund":      {message.English: {"refund", "money back"}, message.Simplified: {"退款", "退钱"}},
		"drop:refund": {message.English: {"keep the money"}, message.Simplified: {"钱不要了"}},
	}
	for _, part := range []struct {
		name string
		test func(*testing.T, Understander)
	}{
		{"NoFalseAcceptance", noFalseAcceptance},
		{"PlainAnswers", plainAnswers},
		{"Mentions", mentions},
		{"Empty", empty},
		{"Slots", slots},
		{"Person", person},
		{"Languages", languages},
		{"Safe", safe},
		{"Concurrent", concurrent},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, newUnderstander(t, words)) })
	}
}

// offer is a question that can be accepted, with an amount open.
func offer() intents.Context {
	return intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "USD"}}
}

// noFalseAcceptance is the part that no accuracy elsewhere makes up for.
func noFalseAcceptance(t *testing.T, u Understander) {
	for _, s := range []string{
		"no", "not really", "no thanks", "I can't accept", "that doesn't work", "yes but it's late", "ok if it is free", "yes, 30", "fine!!", "yeah right",
		"sure, whatever", "ok but monday is too late", "can I get it sooner?", "is that ok?", "no, problem is the colour", "neither", "maybe", "I agree that you are liars",
		"yes no", "ok, transfer me to a human", "I'll take you to court", "sounds good on paper", "great, now it's worse", "deal with it",
		"不行", "不可以", "好不了", "可以吗?", "可以吗", "好的但是太远", "可以,不过要再便宜点", "不是不可以", "算了", "有问题", "没问题才怪", "好慢", "同意个屁", "补300我就去拿",
		"也要我老公同意", "要看", "it is down", "ok and then", "不同意会怎样", "唔好", "我不能同意", "可以才怪", "I'd be a fool to accept that", "I suppose that's fine",
		"不行啦", "可以嗎", "好是好,可是太遠了", "呵呵,好的", "最好是", "沒問題才怪", "可以的話再說",
	} {
		if r := u.Understand(s, offer()); r.Answer == message.Accept {
			t.Errorf("%q was read as an acceptance; why %v", s, r.Why)
		}
	}
}

func plainAnswers(t *testing.T, u Understander) {
	for want, texts := range map[message.Answer][]string{
		message.Accept:  {"yes", "ok", "sure, thanks", "sounds good", "no problem", "好的", "可以", "没问题", "沒問題", "行吧", "同意", "👍", "no objection from me", "I wouldn't say no to that", "没什么不行的", "不用再说了,我同意", "我要", "冇問題"},
		message.Refuse:  {"no", "no thanks", "neither", "I can't accept that", "不行", "不要", "都不合适", "都不適合", "算了", "👎", "好的,不用了", "thanks but no thanks", "我不能同意", "絕對不行", "唔使啦"},
		message.Counter: {"20 for the taxi and I'll go", "make it 20", "补300我就去拿", "補 300 我就去拿", "可以,不过要再便宜点"},
		message.Unsure:  {"maybe", "I don't know", "let me think", "不知道", "考虑一下", "不是不可以"},
	} {
		for _, s := range texts {
			if r := u.Understand(s, offer()); r.Answer != want {
				t.Errorf("%q was read as %q, want %q; why %v", s, r.Answer, want, r.Why)
			}
		}
	}
}

func mentions(t *testing.T, u Understander) {
	for s, dropped := range map[string]bool{"I want a refund": false, "我要退款": false, "keep the money": true, "forget the refund": true, "退款不用了": true} {
		r := u.Understand(s, intents.Context{Now: now})
		m, ok := r.Mentioned("refund")
		if !ok || m.Dropped != dropped || m.Score <= 0 || m.Score > 1 || !r.InScope {
			t.Errorf("%q: %+v, want refund with dropped=%v", s, r, dropped)
		}
		if !dropped && r.Intent != "refund" {
			t.Errorf("%q: intent %q", s, r.Intent)
		}
	}
}

func empty(t *testing.T, u Understander) {
	for _, s := range []string{"", "  \n", "\u200b\u200d", "\u202e", "\x00"} {
		r := u.Understand(s, offer())
		if !r.Empty || r.InScope || r.Answer != message.NoAnswer {
			t.Errorf("%q: %+v, want Empty and nothing else", s, r)
		}
	}
	if r := u.Understand("yes", offer()); r.Empty {
		t.Error("a word was called empty")
	}
}

func slots(t *testing.T, u Understander) {
	r := u.Understand("order 48213, by tomorrow, and $20", intents.Context{Now: now})
	order, _ := r.Slot(message.SlotOrder)
	day, _ := r.Slot(message.SlotDate)
	money, _ := r.Slot(message.SlotMoney)
	if order.Text != "48213" || !day.Time.Equal(time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)) || money.Amount != 2000 || money.Currency != "USD" {
		t.Errorf("slots %+v", r.Slots)
	}
	if r := u.Understand("80", intents.Context{Now: now, Expect: message.Expect{Kind: "slot:money", Currency: "CNY"}}); len(r.Slots) != 1 || r.Slots[0].Amount != 8000 || r.Slots[0].Currency != "CNY" {
		t.Errorf("bare amount: %+v", r.Slots)
	}
}

func person(t *testing.T, u Understander) {
	for s, want := range map[string]bool{"I want to speak to a human": true, "转人工": true, "找真人": true, "I want someone to explain": false, "the delivery person was late": false, "不用转人工": false} {
		if r := u.Understand(s, offer()); r.Person != want {
			t.Errorf("%q: person %v, want %v", s, r.Person, want)
		}
	}
}

func languages(t *testing.T, u Understander) {
	for s, want := range map[string]message.Lang{"where is my order": message.English, "这个坏了": message.Simplified, "這個壞了": message.Traditional, "123": "", "👍": ""} {
		if r := u.Understand(s, intents.Context{Now: now}); r.Lang != want {
			t.Errorf("%q: language %q, want %q", s, r.Lang, want)
		}
	}
	if r := u.Understand("好", intents.Context{Now: now, Lang: message.Traditional}); r.Lang != message.Traditional {
		t.Errorf("a character both scripts share left the conversation's language for %q", r.Lang)
	}
}

func safe(t *testing.T, u Understander) {
	for _, s := range []string{
		strings.Repeat("yes but ", 12_500), strings.Repeat("\xff", 10_000), strings.Repeat("1", 100_000), strings.Repeat("好", 30_000),
		"e" + strings.Repeat("\u0301", 50_000), "\u202eyes", "$$$$$", "///", "11/99/0000", "@@@", "第", "周", "at", "'",
	} {
		a, b := u.Understand(s, offer()), u.Understand(s, offer())
		if !reflect.DeepEqual(a, b) {
			t.Errorf("two readings of %.20q differ", s)
		}
		if a.Anger < 0 || a.Anger > 1 || a.Confidence < 0 || a.Confidence > 1 {
			t.Errorf("%.20q: out of range: %+v", s, a)
		}
		for _, sl := range a.Slots {
			if sl.Span == "" || !strings.Contains(strings.ToValidUTF8(s, ""), sl.Span) {
				t.Errorf("%.20q: span %q is not in the text", s, sl.Span)
			}
		}
	}
}

func concurrent(t *testing.T, u Understander) {
	want := u.Understand("I want a refund by saturday", offer())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if got := u.Understand("I want a refund by saturday", offer()); !reflect.DeepEqual(got, want) {
					t.Errorf("read as %+v, want %+v", got, want)
				}
			}
		})
	}
	wg.Wait()
}
