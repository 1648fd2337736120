package telegram

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/message"
)

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func TestSplit(t *testing.T) {
	family := "👨‍👩‍👧" // 8 units
	cases := map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"empty":             {" \n ", 10, nil},
		"fits":              {" hello ", 5, []string{"hello"}},
		"paragraph first":   {"one two.\n\nthree. four", 15, []string{"one two.", "three. four"}},
		"then line":         {"one. two\nthree four", 12, []string{"one. two", "three four"}},
		"then sentence":     {"Hello there. And more", 18, []string{"Hello there.", "And more"}},
		"no end in 3.50":    {"costs about 3.50 euro", 15, []string{"costs about", "3.50 euro"}},
		"Chinese sentence":  {"很抱歉。我们来看看怎么办", 7, []string{"很抱歉。", "我们来看看怎么", "办"}},
		"Chinese clause":    {"很抱歉让您久等，我们来看", 9, []string{"很抱歉让您久等，", "我们来看"}},
		"space":             {"aaaa bbbb cccc", 11, []string{"aaaa bbbb", "cccc"}},
		"space at the edge": {"aaaa bbbb", 4, []string{"aaaa", "bbbb"}},
		"far border unused": {"a bbbbbbbbbbbb", 10, []string{"a bbbbbbbb", "bbbb"}},
		"no border":         {"abcdef", 4, []string{"abcd", "ef"}},
		"surrogates":        {"😀😀😀", 3, []string{"😀", "😀", "😀"}},
		"combining":         {"aaae\u0301", 4, []string{"aaa", "e\u0301"}},
		"emoji sequence":    {"aaaaaaaaa" + family, 12, []string{"aaaaaaaaa", family}},
		"skin tone":         {"aaa👍🏽", 5, []string{"aaa", "👍🏽"}},
		"flags":             {"🇹🇼🇩🇪", 6, []string{"🇹🇼", "🇩🇪"}},
		"huge cluster":      {"e" + strings.Repeat("\u0301", 9), 4, []string{"e\u0301\u0301\u0301", "\u0301\u0301\u0301\u0301", "\u0301\u0301"}},
		"not UTF-8":         {"a\xffb", 9, []string{"a\uFFFDb"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, split(c.text, c.limit)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// bare is text without white space: what splitting must keep.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func FuzzSplit(f *testing.F) {
	f.Add("Hello there. 很抱歉。\n\n👨‍👩‍👧 🇹🇼🇩🇪 e\u0301", 8)
	f.Add(strings.Repeat("😀", 50), 2)
	f.Add("\r\n\r\n ᄒ\u1161ᆫ \xff", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 2 + (limit&0x7fffffff)%maxText
		parts := split(text, limit)
		for _, p := range parts {
			if n := units(p); n == 0 || n > limit {
				t.Errorf("a part of %d units, limit %d", n, limit)
			}
		}
		if got, want := bare(strings.Join(parts, "")), bare(strings.ToValidUTF8(text, "\uFFFD")); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestRows(t *testing.T) {
	cases := map[string]struct {
		labels []string
		want   []int
	}{
		"two short":       {[]string{"Yes", "No"}, []int{2}},
		"four short":      {[]string{"a", "b", "c", "d"}, []int{2, 2}},
		"five short":      {[]string{"a", "b", "c", "d", "e"}, []int{3, 2}},
		"nine scores":     {[]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, []int{3, 3, 3}},
		"two middling":    {[]string{"A person now", "Later"}, []int{2}},
		"one long":        {[]string{"Answer by Tuesday 17:00", "No"}, []int{1, 1}},
		"Chinese is wide": {[]string{"明天下午五点前答复", "好"}, []int{1, 1}},
	}
	for name, c := range cases {
		var buttons []wireButton
		widest := 0
		for _, l := range c.labels {
			buttons = append(buttons, wireButton{Text: l})
			widest = max(widest, cells(l))
		}
		var got []int
		for _, r := range rows(buttons, widest) {
			got = append(got, len(r))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestKeyboardWithoutChoices(t *testing.T) {
	if got, err := keyboard(&message.Outbound{Tokens: []string{"left over"}}); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
