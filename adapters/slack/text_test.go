package slack

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"a &lt;b&gt; &amp; c":               "a <b> & c",
		"&amp;lt;":                          "&lt;", // typed as "&lt;": decoded once
		"<@U1> and <@U1|anna>":              "@U1 and @anna",
		"<#C1|general> <#C1>":               "#general #C1",
		"<!here> <!channel|channel>":        "@here @channel",
		"<!subteam^S1|@crew> <!subteam^S1>": "@crew @S1",
		"<!date^1392734382^{date}|Feb 18>":  "Feb 18",
		"<http://x.y>":                      "http://x.y",
		"<http://x.y|x.y>":                  "x.y",
		"<https://x.y/|https://x.y>":        "https://x.y (https://x.y/)",
		"<https://x.y/?a=1&amp;b=2|here>":   "here (https://x.y/?a=1&b=2)",
		"<mailto:a@b.c|a@b.c>":              "a@b.c",
		"<mailto:a@b.c|write us>":           "write us (a@b.c)",
		"<tel:+491|+49 1>":                  "+49 1 (+491)",
		"*bold* :ok: `x`":                   "*bold* :ok: `x`",
		"open < bracket":                    "open < bracket",
		"open &lt; <":                       "open < <",
		"a > b":                             "a > b",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	if got := cut("abcdef", 4); got != "abc…" {
		t.Errorf("cut = %q", got)
	}
	if got := cut("a😀😀", 4); got != "a😀…" { // an emoji is two units and never halved
		t.Errorf("cut = %q", got)
	}
	if got := cut("漢字", 2); got != "漢字" {
		t.Errorf("cut = %q", got)
	}
}

// Reading back what was escaped gives what was typed; nothing in the escaped
// text can open a mention, a link or an entity; the limit holds.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "<!channel> &amp;", "<@U1|x>", "a&b<c>d", "😀\u202e\x00", strings.Repeat("&", 900), "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		const limit = 3000
		e := escape(s, limit)
		if size(e) > limit || !utf8.ValidString(e) || strings.ContainsAny(e, "<>") {
			t.Fatalf("escape(%q) = %q", s, e)
		}
		if back := plain(e); back != message.Visible(s) && !strings.HasSuffix(e, ellipsis) {
			t.Fatalf("escape(%q) reads back as %q", s, back)
		}
		if c := cut(s, 10); utf8.ValidString(s) && size(c) > 10 {
			t.Fatalf("cut(%q) = %q", s, c)
		}
		plain(s)
	})
}
