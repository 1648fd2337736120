package remote

import (
	"strings"
	"testing"
	"testing/quick"
)

func TestWhatIsPrivateStaysHere(t *testing.T) {
	for _, c := range []struct{ said, private, kept string }{
		{"call me on +1 (555) 010-2030 please", "555", "call me on"},
		{"打我电话１３８００１３８０００谢谢", "１３８", "打我电话"},
		{"我的號碼是零九一二三四五六七八", "零九一二", "我的號碼是"},
		{"my number is five five five, oh one oh two", "five five", "my number is"},
		{"mail ann.lee+shop@example.co.uk or ann＠example.com", "ann", "mail"},
		{"card 4111 1111 1111 1111 exp 12/27", "4111", "card"},
		{"order AB-48213-x is late", "48213", "is late"},
		{"訂單48213還沒到", "48213", "還沒到"},
		{"see https://shop.example/o/abc?token=s3cret now", "s3cret", "now"},
		{"I am @annlee77 on telegram", "annlee", "on telegram"},
		{"ring 0800.555.1234", "555", "ring"},
		{"hidden 4\u200b8\u200b2\u200b1\u200b3 number", "8", "hidden"},
	} {
		m := mask(c.said)
		if strings.Contains(m.text, c.private) || !strings.Contains(m.text, c.kept) {
			t.Errorf("%q is sent as %q", c.said, m.text)
		}
		if got := m.back(m.text); got != printable(c.said) {
			t.Errorf("%q comes back as %q", c.said, got)
		}
	}
	for _, plain := range []string{"I'd take 20 back", "two or three days", "十天了", "还差一两天", "12 of them"} {
		if m := mask(plain); m.text != plain {
			t.Errorf("%q is sent as %q", plain, m.text)
		}
	}
	if m := mask("[NUMBER_A] and 48213"); m.text != "[NUMBER_A] and [NUMBER_B]" {
		t.Errorf("a written placeholder is taken for ours: %q", m.text)
	}
	if m := mask("48213, I said 48213"); m.text != "[NUMBER_A], I said [NUMBER_A]" {
		t.Errorf("one number has two names: %q", m.text)
	}
}

func TestHugeAndBrokenTextsAreMasked(t *testing.T) {
	if m := mask(strings.Repeat("a1b2c3 \xff\u202e", 20_000)); len(m.text) > 6*(textHead+textTail) || strings.ContainsAny(m.text, "\u202e\ufffd") {
		t.Errorf("%d bytes are sent", len(m.text))
	}
	if err := quick.Check(func(s string) bool { m := mask(s); return m.back(m.text) == ends(printable(s)) }, nil); err != nil {
		t.Error(err)
	}
}
