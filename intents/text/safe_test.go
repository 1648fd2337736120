package text_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// TestRegions: a word of Taiwan and the mainland's have one normal form.
func TestRegions(t *testing.T) {
	for _, pair := range [][2]string{
		{"螢幕", "屏幕"}, {"資訊", "信息"}, {"訊息", "消息"}, {"軟體", "软件"}, {"網路", "网络"}, {"品質", "质量"}, {"簡訊", "短信"}, {"計程車", "出租车"},
		{"行動網路", "移动网络"}, {"帳號", "账号"}, {"賬號", "账号"}, {"登入帳戶", "登录账户"}, {"寬頻斷線", "宽带断线"}, {"網路連線", "网络连接"}, {"妳的檔案", "你的文件"}, {"當機了", "死机了"},
	} {
		if a, b := text.Normalize(pair[0]), text.Normalize(pair[1]); a != b {
			t.Errorf("%s is %q, %s is %q", pair[0], a, pair[1], b)
		}
	}
	d := text.Parse("收不到簡訊！")
	if got := d.Span(3, 4); got != "簡訊" {
		t.Errorf("the span of the normalised word is %q", got)
	}
}

// TestHostile: what nobody can see or that only looks like a letter changes
// nothing, and nothing is too odd to be read.
func TestHostile(t *testing.T) {
	for in, want := range map[string]string{
		"re\u00adfund":                        "refund", // soft hyphen
		"r\u200ce\u200dfund\ufeff":            "refund",
		"\u202ednufer\u202c":                  "dnufer",
		"\u2066refund\u2069":                  "refund",
		"r\u0336e\u0336fund":                  "refund",
		"z\u0351\u036b\u0343a\u0300\u0315lgo": "zalgo",
		"ｒｅｆｕｎｄ":                              "refund",
		"𝐫𝐞𝐟𝐮𝐧𝐝":                              "refund",
		"退\u200b款":                            "退款",
		"退\ufe0f款":                            "退款",
		"⑤天":                                  "5天",
		"👨\u200d👩\u200d👧":                     "👨👩👧",
		"❤\ufe0f":                             "❤",
		"\xc3\x28":                            "(",
		"ok\x00":                              "ok",
		"\U000e0041ok":                        "ok",
	} {
		if got := text.Normalize(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// TestCost: however long a text is, the number of tokens and the length of what
// they hold are bounded.
func TestCost(t *testing.T) {
	for name, piece := range map[string]string{
		"words": "word ", "han": "退", "marks": "!", "zalgo": "a\u0300\u0301\u0302", "invisible": "\u200b", "bidi": "\u202e\u202c", "broken": "\xff\xfe", "emoji": "👨\u200d👩\u200d👧",
		"one word": "ab", "digits": "12", "ligatures": "ﷺ", "combining": "\u0301", "quotes": "a'",
	} {
		for _, size := range []int{10_000, 100_000} {
			s := strings.Repeat(piece, size/len(piece))
			d := text.Parse(s)
			held := 0
			for i := range d.Tokens {
				held += len(d.Tokens[i].Norm)
			}
			if len(d.Tokens) > 20*2501 || held > 64*2501 {
				t.Errorf("%s of %d bytes: %d tokens holding %d bytes", name, size, len(d.Tokens), held)
			}
		}
	}
}

// FuzzParse: offsets lie within the text and in order, and what is normal stays
// valid text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "hello", "訂單 ３５５２０", "\xff\xfe", "a\u0300\u0301", "can't won't", "👨\u200d👩", "簡訊收不到", "\u202eabc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := text.Parse(s)
		for i, tok := range d.Tokens {
			if tok.Start < 0 || tok.End < tok.Start || tok.End > len(s) {
				t.Fatalf("token %d lies at %d to %d of %d", i, tok.Start, tok.End, len(s))
			}
			if !utf8.ValidString(tok.Norm) {
				t.Fatalf("token %d is no valid text", i)
			}
		}
		d.Lang(message.Traditional)
	})
}

// TestShortTexts reads testdata/lang.tsv: a text, the language before, the
// language wanted; "-" for none.
func TestShortTexts(t *testing.T) {
	counts := map[message.Lang]int{}
	for _, row := range langRows(t) {
		before, want := known(row[1]), known(row[2])
		counts[want]++
		if got := text.Parse(row[0]).Lang(before); got != want {
			t.Errorf("%q after %q: %q, want %q", row[0], before, got, want)
		}
	}
	for _, l := range []message.Lang{message.English, message.Simplified, message.Traditional} {
		if counts[l] < 80 {
			t.Errorf("%d rows in %s, want 80", counts[l], l)
		}
	}
}

func known(l string) message.Lang {
	if l == "-" {
		return ""
	}
	return message.Lang(l)
}

func langRows(t *testing.T) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "lang.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		if line[0] != '#' {
			out = append(out, strings.Split(strings.TrimRight(line, "\n"), "\t"))
		}
	}
	return out
}
