package intents_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/text"
)

// plain gives the texts of the answer tables whose answer is exactly want.
func plain(t *testing.T, want, lang string) []string {
	t.Helper()
	var out []string
	for _, table := range unseenAnswers {
		for _, row := range rows(t, table.table+"."+lang+".tsv") {
			if row[1] == want {
				out = append(out, row[2])
			}
		}
	}
	if len(out) < 200 {
		t.Fatalf("%d rows of %s in %s, want at least 200", len(out), want, lang)
	}
	return out
}

func offered(currency string) intents.Context {
	return intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: currency}}
}

// variations are what may be put around an answer, per language of the tables.
var variations = map[string]struct{ before, after []string }{
	"en":      {[]string{"thanks, ", "please, ", "hi, ", "I'm sorry but ", "ok ", "thank you so much, "}, []string{", thank you", " please", ", cheers mate", " 🙏", ", have a nice day", " 👍"}},
	"zh-hans": {[]string{"谢谢,", "你好,", "不好意思,", "好的,", "麻烦了,", "嗯,"}, []string{",谢谢", ",辛苦了", ",麻烦您了", "🙏", "~", ",感谢"}},
	"zh-hant": {[]string{"謝謝,", "你好,", "不好意思,", "好的,", "麻煩了,", "嗯,"}, []string{",謝謝", ",辛苦了", ",麻煩您了", "🙏", "~", ",感謝"}},
}

// TestCourtesyNeverAccepts holds that politeness around a refusal makes no
// acceptance of it.
func TestCourtesyNeverAccepts(t *testing.T) {
	u := bare(t)
	for _, l := range tables {
		v := variations[l.name]
		for _, s := range plain(t, "refuse", l.name) {
			for _, p := range v.before {
				neverAccepts(t, u, p+s, l.currency)
			}
			for _, p := range v.after {
				neverAccepts(t, u, s+p, l.currency)
			}
		}
	}
}

func neverAccepts(t *testing.T, u *intents.Understander, s, currency string) {
	t.Helper()
	if r := u.Understand(s, offered(currency)); r.Answer == message.Accept {
		t.Errorf("false acceptance: %q; %v", s, r.Why)
	}
}

// TestTraps holds that words of assent in other company accept nothing.
func TestTraps(t *testing.T) {
	u := bare(t)
	all := rows(t, "traps.tsv")
	for _, row := range all {
		neverAccepts(t, u, row[1], "USD")
	}
	if len(all) < 100 {
		t.Errorf("%d rows, want at least 100", len(all))
	}
}

// reservations take an acceptance back, wherever it stands.
var reservations = map[string]struct{ before, after []string }{
	"en": {
		[]string{"if you pay the postage, ", "unless it is free, ", "I don't think ", "I never said ", "I would hardly say ", "nobody said "},
		[]string{", but it must come today", " but not the blue one", ", if you pay the postage", " unless it is late", ", only when I get my money", " - provided it is free", ", although it is far too late", ", or was it no", "... or not", "? no", ", said nobody ever", ", except the price", " as long as you apologise"},
	},
	"zh-hans": {
		[]string{"如果今天能到,", "除非免费,", "我没说", "谁说", "我才不会说", "要是能便宜点,"},
		[]string{",但是今天要到", ",不过要再便宜点", ",除非你们出运费", ",如果今天能到的话", ",可是来不及了", ",前提是免费", "才怪", "个头", ",才不", "吗", ",是不可能的", ",只是太慢了", ",不然就算了"},
	},
	"zh-hant": {
		[]string{"如果今天能到,", "除非免費,", "我沒說", "誰說", "我才不會說", "要是能便宜點,"},
		[]string{",但是今天要到", ",不過要再便宜一點", ",除非你們出運費", ",如果今天能到的話", ",可是來不及了", ",前提是免費", "才怪", "個頭", ",才不", "嗎", ",是不可能的", ",只是太慢了", ",不然就算了"},
	},
}

// TestReservationNeverAccepts holds that a "but", an "if" or a denial around an
// acceptance leaves none.
func TestReservationNeverAccepts(t *testing.T) {
	u := bare(t)
	for _, l := range tables {
		v := reservations[l.name]
		for _, s := range plain(t, "accept", l.name) {
			for _, p := range v.before {
				neverAccepts(t, u, p+s, l.currency)
			}
			for _, p := range v.after {
				neverAccepts(t, u, strings.TrimRight(s, ".!?！？ ")+p, l.currency)
			}
		}
	}
}

// TestWidthAndScript holds that full-width letters and simplified characters
// are read as their plain and traditional selves.
func TestWidthAndScript(t *testing.T) {
	u := bare(t)
	for _, kind := range []string{"accept", "refuse"} {
		for _, s := range plain(t, kind, "en") {
			same(t, u, s, wide(s), "USD")
		}
		for _, s := range plain(t, kind, "zh-hant") {
			same(t, u, s, simplified(s), "TWD")
		}
	}
}

func same(t *testing.T, u *intents.Understander, a, b, currency string) {
	t.Helper()
	if x, y := u.Understand(a, offered(currency)), u.Understand(b, offered(currency)); x.Answer != y.Answer {
		t.Errorf("%q is read as %q and %q as %q", a, x.Answer, b, y.Answer)
	}
}

// wide gives ASCII letters and digits their full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// simplified rewrites the Chinese characters of s as package text compares them.
func simplified(s string) string {
	doc := text.Parse(s)
	var b strings.Builder
	at := 0
	for i := range doc.Tokens {
		if t := &doc.Tokens[i]; t.Kind == text.Han {
			b.WriteString(doc.Raw[at:t.Start])
			b.WriteString(t.Norm)
			at = t.End
		}
	}
	b.WriteString(doc.Raw[at:])
	return b.String()
}
