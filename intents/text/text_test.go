package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"Hello World":           "hello world",
		"ＹＥＳ　ｐｌｅａｓｅ":            "yes please",
		"pleeeease!!!":          "please!!!",
		"noooo":                 "no",
		"can’t":                 "can not",
		"I'm sure it's ok":      "i am sure it is ok",
		"don't won't doesnt":    "do not will not does not",
		"dad's lamp":            "dad lamp",
		"y\u200be\u200ds\u202e": "yes",
		"全額退費，謝謝！":              "全额退费,谢谢!",
		"訂單 ３５５２０":              "订单35520",
		"“ok”":                  "\"ok\"",
		"👍🏽":                    "👍",
		"ﬁne":                   "fine",
		"a\xffb":                "a b",
		"妳好":                    "你好",
	} {
		if got := text.Normalize(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// TestNormalizeTwice: what is normal stays as it is.
func TestNormalizeTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abcdeeelloo'’ 12,.!?好額謝們ＡＢ１\u200b\u0301éﬁ👍🏽\n")), 0, 40, -1).Draw(t, "text")
		once := text.Normalize(s)
		if twice := text.Normalize(once); twice != once {
			t.Fatalf("%q became %q, then %q", s, once, twice)
		}
	})
}

// TestOffsets: every token knows where it stood, in order and within bounds.
func TestOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		last := 0
		for _, tok := range text.Parse(s).Tokens {
			if tok.Start < last && tok.Kind != text.Word && tok.Start != tok.End && tok.End > len(s) || tok.End < tok.Start || tok.End > len(s) {
				t.Fatalf("%q: token %+v after byte %d", s, tok, last)
			}
			last = tok.Start
		}
	})
}

func TestStem(t *testing.T) {
	for _, group := range [][]string{
		{"refund", "refunds", "refunded", "refunding"},
		{"arrive", "arrives", "arrived", "arriving"},
		{"cancel", "cancels", "cancelled", "cancelling", "canceled"},
		{"delivery", "deliveries"},
		{"box", "boxes"},
		{"stop", "stopped", "stopping"},
		{"reply", "replies", "replied"},
	} {
		for _, w := range group[1:] {
			if text.Stem(w) != text.Stem(group[0]) {
				t.Errorf("%s: %q, %s: %q", w, text.Stem(w), group[0], text.Stem(group[0]))
			}
		}
	}
	for _, pair := range [][2]string{{"string", "str"}, {"used", "us"}, {"king", "k"}, {"refuse", "refund"}, {"is", "i"}} {
		if text.Stem(pair[0]) == text.Stem(pair[1]) {
			t.Errorf("%s and %s share a stem", pair[0], pair[1])
		}
	}
}

func TestLang(t *testing.T) {
	for _, c := range []struct {
		in     string
		before message.Lang
		want   message.Lang
	}{
		{"where is it", "", message.English},
		{"这个坏了", "", message.Simplified},
		{"這個壞了", "", message.Traditional},
		{"好", message.Traditional, message.Traditional},
		{"好", message.English, message.Simplified},
		{"12:30", message.English, ""},
		{"🙏", message.Simplified, ""},
		{"AB1234", "", ""},
		{"", message.English, ""},
	} {
		if got := text.Parse(c.in).Lang(c.before); got != c.want {
			t.Errorf("%q after %q: %q, want %q", c.in, c.before, got, c.want)
		}
	}
}

// TestLongText: both ends are read, the middle is not.
func TestLongText(t *testing.T) {
	s := "first " + strings.Repeat("x ", 50_000) + "middle " + strings.Repeat("y ", 50_000) + "last"
	d := text.Parse(s)
	has := func(w string) bool {
		for _, t := range d.Tokens {
			if t.Norm == w {
				return true
			}
		}
		return false
	}
	if !has("first") || !has("last") || has("middle") || len(d.Tokens) > 2600 {
		t.Errorf("%d tokens; first %v, last %v, middle %v", len(d.Tokens), has("first"), has("last"), has("middle"))
	}
}

func TestBlank(t *testing.T) {
	for s, want := range map[string]bool{"": true, " \n ": true, "\u200b": true, "\u3164": true, "\x07": true, ".": false, "好": false, "👍": false} {
		if got := text.Parse(s).Blank(); got != want {
			t.Errorf("%q: blank %v, want %v", s, got, want)
		}
	}
}

func TestShout(t *testing.T) {
	d := text.Parse("it is BROKEN Now OK")
	for _, tok := range d.Tokens {
		if tok.Shout != (tok.Norm == "broken") {
			t.Errorf("%q: shout %v", tok.Norm, tok.Shout)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for name, s := range map[string]string{
		"en":   "the lamp you sent is BROKEN. second problem in a month!!",
		"hant": "咖啡機才三天就漏水,上次說會回電也沒人回,很誇張耶",
		"huge": strings.Repeat("好 yes ", 20_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Parse(s)
			}
		})
	}
}
