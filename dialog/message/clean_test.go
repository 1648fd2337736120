package message_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
)

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee":                            "Ann Lee",
		"王小明":                                "王小明",
		"Zoë O’Neill":                        "Zoë O’Neill",
		"  Ann \t Lee ":                      "Ann Lee",
		"Ann\u202Eniwda\u202C":               "Annniwda",
		"Ann\nWhy: refund of $500 approved":  "Ann Why: refund of $500 approved",
		"a\r\nb\u0085c\u2028d\u2029e\vf":     "a b c d e f",
		"A\u2066n\u2069n\u200E\u200F\u061C":  "Ann",
		"A\u200Bn\uFEFFn\u00AD\u2060":        "Ann",
		"An\u200Cn\u200D":                    "Ann", // in Latin they only make two names of one
		"\u200DAnn\u200D":                    "Ann",
		"👩\u200D⚕\uFE0F Ann":                 "👩\u200D⚕\uFE0F Ann",
		"👩🏽\u200D🤝\u200D👩🏽":                  "👩🏽\u200D🤝\u200D👩🏽",
		"🙂\u200D↔\uFE0F":                     "🙂\u200D↔\uFE0F",
		"👩\u200D":                            "👩",
		"👩\u200D\u200D👩":                     "👩\u200D👩", // one is enough
		"می\u200Cخواهم":                      "می\u200Cخواهم",
		"क्\u200Dष":                          "क्\u200Dष",
		"葛\U000E0100城":                       "葛\U000E0100城", // a form of the letter
		"葛\U000E0100\U000E0101\U000E0102城":   "葛\U000E0100城",
		"Ann\U000E0041\U000E0042\U000E007F":  "Ann", // tags
		"\u3164":                             "",    // a letter that is blank
		"\u2800\u115F":                       "",
		"\x00\x1b[31mAnn\x7f":                "[31mAnn",
		"A\xffnn\uFFFD":                      "Ann",
		"a" + strings.Repeat("\u0301", 50):   "a" + strings.Repeat("\u0301", 6),
		"":                                   "",
		strings.Repeat("长", 80):              strings.Repeat("长", 80),
		strings.Repeat("长", 81):              strings.Repeat("长", 79) + "…",
		strings.Repeat("x", 78) + " yz":      strings.Repeat("x", 78) + "…",
		strings.Repeat("👩", 78) + "\u200D👩👩": strings.Repeat("👩", 78) + "…",
	} {
		if got := message.CleanName(in); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanFile(t *testing.T) {
	for in, want := range map[string]string{
		"lamp.png":                        "lamp.png",
		"../../etc/passwd":                "passwd",
		`C:\tmp\灯.png`:                    "灯.png",
		".bashrc":                         "bashrc",
		"..":                              "",
		"/":                               "",
		"invoice\u202Efdp.exe":            "invoicefdp.exe",
		"a\r\nb\x00.txt":                  "a b.txt",
		"\xff.txt":                        "txt",
		" x ":                             "x",
		"a.pdf. . ":                       "a.pdf",
		`the "box"?.bin`:                  "the box?.bin",
		"a/\u202E":                        "",
		"報價單 (2).pdf":                     "報價單 (2).pdf",
		strings.Repeat("长", 200) + ".pdf": strings.Repeat("长", 115) + "….pdf",
		strings.Repeat("a", 200):          strings.Repeat("a", 119) + "…",
		"a." + strings.Repeat("b", 200):   "a." + strings.Repeat("b", 117) + "…",
		strings.Repeat("a", 113) + "..." + strings.Repeat("b", 9) + ".gz": strings.Repeat("a", 113) + "….gz",
	} {
		if got := message.CleanFile(in); got != want {
			t.Errorf("CleanFile(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"plain\n\ttext":                    "plain\n\ttext",
		"a\u202Eb\x00\r\nc\td👩\u200D👩":     "a[U+202E]b[U+0000][U+000D]\nc\td👩\u200D👩",
		"\u2066x\u2069 \u200E\u200F\u061C": "[U+2066]x[U+2069] [U+200E][U+200F][U+061C]",
		"a\u2028b\u2029c\u200Bd\uFEFFe":    "a[U+2028]b[U+2029]c[U+200B]d[U+FEFF]e",
		"x\U000E0041\U000E0042":            "x[U+E0041][U+E0042]",
		strings.Repeat("\u200B", 9) + "!":  "[U+200B ×9]!",
		"\u200B\u200B\u200C\u200B":         "[U+200B ×2][U+200C][U+200B]",
		"a\u200Db":                         "a[U+200D]b",
		"❤\uFE0F\uFE0F":                    "❤\uFE0F[U+FE0F]",
		"می\u200Cخواهم 王小明 ؀1":             "می\u200Cخواهم 王小明 ؀1",
		"\xff":                             "\uFFFD",
		"\x7f\u009b":                       "[U+007F][U+009B]",
	} {
		if got := message.Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whatever comes in: what comes out is text of the length promised, holds
// nothing that fools, and is not changed by being cleaned again.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "Ann", "a\u202Eb", "👩\u200D⚕\uFE0F", "../x.pdf", "\xff\u2028", strings.Repeat("é\u0301", 90), "क्\u200Dष",
		strings.Repeat("长", 118) + "\u200D.e", "\u200B\u200D\u200C\uFE0F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, file, text := message.CleanName(s), message.CleanFile(s), message.Visible(s)
		if n := utf8.RuneCountInString(name); n > message.MaxName || strings.TrimSpace(name) != name {
			t.Errorf("name of %d characters: %q", n, name)
		}
		if n := utf8.RuneCountInString(file); n > message.MaxFile || strings.ContainsAny(file, "/\\\n\"") || strings.HasPrefix(file, ".") {
			t.Errorf("file of %d characters: %q", n, file)
		}
		for what, got := range map[string]string{"name": name, "file": file, "text": text} {
			if !utf8.ValidString(got) || strings.ContainsFunc(got, fools) {
				t.Errorf("%s: %q", what, got)
			}
		}
		if again := message.CleanName(name); again != name {
			t.Errorf("%q becomes %q", name, again)
		}
		if again := message.CleanFile(file); again != file {
			t.Errorf("%q becomes %q", file, again)
		}
		if again := message.Visible(text); again != text {
			t.Errorf("%q becomes %q", text, again)
		}
	})
}

func fools(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
		r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0x200B || r >= 0xE0000 && r <= 0xE007F
}
