package intents_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

var assents = []string{
	"yes", "ok", "sure", "great", "deal", "I agree", "sounds good", "that works for me", "fine", "no problem", "perfect, thank you", "👍",
	"好的", "可以", "行", "同意", "没问题", "好啊", "就这样吧", "成交", "沒問題", "可以喔", "就這麼辦", "好",
}

// doubts make an assent less than one, whatever stands before them.
var doubts = []string{
	" but it is too late", ", but", " except the price", " however I want more", " if you pay the taxi", ", only if it is free", " unless it is late",
	", as long as it is white", " but not on monday", ", not", ", I can't accept that", ", no", ", no thanks", "? no", "... not really", ", provided it is free",
	", 30", ", for $30", " for 30 dollars", ", make it 40", ", never", ", although I hate it", ", though he won't like it", " yeah right", ", whatever",
	", can I get it sooner?", ", how much?", ", you liars", ", I don't think so", ", neither", "但是太晚了", ",不过要再便宜点", ",可是", ",但我不同意",
	"才怪", "个鬼", "吗", "吗?", ",不行", ",不要", ",算了", ",除非免费", ",如果周六能到", ",只要免运费", ",不可以", ",再便宜点", ",补300", ",80块",
	",但是", ",不過太遠", ",可是沒車", ",除非免運", ",先退款", ",能不能快点", ",呵呵", ",我不接受", ",有问题", ",太贵了", "的话", ",不是不可以",
}

var offers = []message.Expect{
	{Kind: "yesno", Currency: "USD"}, {Kind: "choice", Currency: "CNY"}, {}, {Kind: "intent"},
}

// TestNoAcceptanceWithADoubt tries every assent with every doubt in every
// order, with rubbish in between: none may be read as an acceptance.
func TestNoAcceptanceWithADoubt(t *testing.T) {
	u := bare(t)
	for _, a := range assents {
		for _, d := range doubts {
			for _, e := range offers {
				for _, s := range []string{a + d, a + " " + d, a + ", " + a + d, strings.ToUpper(a) + d, a + d + " ok", "\u200b" + a + d + "!"} {
					if r := u.Understand(s, intents.Context{Now: now, Expect: e}); r.Answer == message.Accept {
						t.Errorf("%q (%s) read as an acceptance; %v", s, e.Kind, r.Why)
					}
				}
			}
		}
	}
}

// TestDeterministicAndSafe feeds anything at all: Understand never panics, and
// says the same each time and about the normal spelling of the same bytes.
func TestDeterministicAndSafe(t *testing.T) {
	u := shop(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anything().Draw(t, "text")
		ctx := intents.Context{Now: now, Expect: rapid.SampledFrom(append(offers,
			message.Expect{Kind: "slot:date"}, message.Expect{Kind: "slot:name"}, message.Expect{Kind: "slot:address"}, message.Expect{Kind: "slot:money", Currency: "JPY"})).Draw(t, "expect")}
		a, b := u.Understand(s, ctx), u.Understand(s, ctx)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%q read twice:\n%+v\n%+v", s, a, b)
		}
		if a.Anger < 0 || a.Anger > 1 || a.Confidence < 0 || a.Confidence > 1 {
			t.Fatalf("%q: out of range: %+v", s, a)
		}
		if len(a.Slots) > 32 {
			t.Fatalf("%q: %d slots", s, len(a.Slots))
		}
	})
}

// anything mixes whole phrases with single characters of many kinds.
func anything() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom(assents), rapid.SampledFrom(doubts), rapid.String(),
		rapid.SampledFrom([]string{"20", "$", "元", "块", "周", "六", "点", "半", "下", "年", "月", "日", "一", "百", "万", ":", "/", "-", ".", "@", "#", "order", "订单", "next", "tuesday", "in", "days", "'", "’s", "\xff\xfe", "\u202e", "１２", "第", "二", "a", "m", "pm", "at", "5", "11", "28", "2026", "零", "!!", "BROKEN", "…", "not", "不是"}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		sep := rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "sep")
		return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), sep)
	})
}

func FuzzUnderstand(f *testing.F) {
	for _, s := range append(append([]string{"11/28 at 17:00", "周六下午三点半", "NT$1,200.50", "a@b.c", "A-7K3Q", "二〇二六年十一月"}, assents...), doubts...) {
		f.Add(s)
	}
	u := shop(f)
	f.Fuzz(func(t *testing.T, s string) {
		r := u.Understand(s, intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "USD"}})
		if r.Empty && r.Answer != message.NoAnswer {
			t.Errorf("%q is empty and answers", s)
		}
	})
}

// TestConcurrent reads with one Understander from many goroutines.
func TestConcurrent(t *testing.T) {
	u := shop(t)
	want := u.Understand("the lamp is cracked, I want a refund by saturday", intents.Context{Now: now})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := u.Understand("the lamp is cracked, I want a refund by saturday", intents.Context{Now: now}); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestHugeAndBroken(t *testing.T) {
	u := shop(t)
	ctx := intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "USD"}}
	for name, s := range map[string]string{
		"100 kB of words":   strings.Repeat("yes but ", 12_500),
		"100 kB of yes":     strings.Repeat("yes ", 25_000),
		"100 kB of marks":   strings.Repeat("!", 100_000),
		"100 kB of digits":  strings.Repeat("1", 100_000),
		"100 kB of accents": "e" + strings.Repeat("\u0301", 50_000),
		"100 kB of Han":     strings.Repeat("好", 33_000),
		"broken bytes":      strings.Repeat("\xff\xfe yes", 1000),
	} {
		if r := u.Understand(s, ctx); r.Answer == message.Accept && len(s) > 4000 {
			t.Errorf("%s: read as an acceptance", name)
		}
	}
	for _, s := range []string{"", " \n\t", "\u200b\u200d\ufeff", "\u202e", "\x00\x01", "\u3164", "\ufe0f"} {
		if r := u.Understand(s, ctx); !r.Empty || r.InScope {
			t.Errorf("%q: %+v, want empty", s, r)
		}
	}
	if r := u.Understand(strings.Repeat("blah ", 5000)+" I want a refund", ctx); r.Intent != "refund" {
		t.Errorf("the end of a long text was not read: %+v", r.Mentions)
	}
}
