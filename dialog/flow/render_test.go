package flow

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

var (
	newYork = time.FixedZone("New York", -5*3600)
	today   = time.Date(2026, 11, 25, 9, 0, 0, 0, newYork) // a Wednesday
)

func render(t *testing.T, lang message.Lang, src string, vars Vars) string {
	t.Helper()
	parsed, err := parseTemplate(src)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	f := &Flow{langs: []message.Lang{lang}, lines: map[message.Lang]map[string]line{lang: {"x": {plain: []template{parsed}}}}}
	return f.Line(lang, "x", 0, vars)
}

func TestTemplates(t *testing.T) {
	vars := Vars{
		"zone": newYork, "now": today, "currency": "USD",
		"name": "Mei", "none": "", "item.en": "lamp", "item.zh-Hans": "台灯", "n": 3,
		"day": time.Date(2026, 11, 28, 0, 0, 0, 0, newYork), "end": time.Date(2026, 11, 28, 23, 59, 0, 0, newYork), "last": time.Date(2026, 11, 28, 23, 59, 59, 0, newYork),
		"before": time.Date(2026, 11, 28, 23, 58, 59, 0, newYork),
		"hour":   time.Date(2026, 11, 29, 1, 0, 0, 0, time.UTC), "later": time.Date(2027, 1, 2, 0, 0, 0, 0, newYork),
		"fact": "2026-11-28T20:00", "factday": "2026-11-28", "price": "15.5", "zero": Amount{0, "USD"}, "pay": Amount{1500, "USD"},
		"one": []string{"a"}, "two": []string{"a", "b"}, "empty": []string(nil),
	}
	for _, c := range []struct {
		lang      message.Lang
		src, want string
	}{
		{"en", "Hello{?name: {name}}{!name: there}.", "Hello Mei."},
		{"en", "Hello{?none: {none}}{!none: there}.", "Hello there."},
		{"en", "{?name:{?none:x}{!none:y {n}}}", "y 3"},
		{"en", "{item}", "lamp"},
		{"zh-Hans", "{item}", "台灯"},
		{"zh-Hant", "{item}", ""},
		{"en", "{day|day}; {day}; {end|when}", "Saturday, 28 November; Saturday, 28 November; Saturday, 28 November"},
		{"en", "{hour}, {hour|clock}, {hour|day}", "Saturday, 28 November, 20:00, 20:00, Saturday, 28 November"},
		{"en", "{later|day}", "Saturday, 2 January 2027"},
		{"en", "{fact|when} {factday|when} {fact}", "Saturday, 28 November, 20:00 Saturday, 28 November Saturday, 28 November, 20:00"},
		{"zh-Hans", "{hour} {day|when} {later|day}", "11月28日（周六）20:00 11月28日（周六） 2027年1月2日（周六）"},
		{"en", "{last|when}; {last}; {before|when}", "Saturday, 28 November; Saturday, 28 November; Saturday, 28 November, 23:58"},
		{"zh-Hans", "{last|when} {end} {before}", "11月28日（周六） 11月28日（周六） 11月28日（周六）23:58"},
		{"zh-Hant", "{last|when} {end} {before}", "11月28日（週六） 11月28日（週六） 11月28日（週六）23:58"},
		{"zh-Hant", "{hour} {day|when} {hour|clock}", "11月28日（週六）20:00 11月28日（週六） 20:00"},
		{"en", "{pay} {pay|money} {price|money} {n|money}", "$15 $15 $15.50 $0.03"},
		{"en", "{?zero:x}{!zero:nothing}{?pay: {pay}}", "nothing $15"},
		{"en", "{two|list}; {one|list}; {two}; {two|join}{?empty:x}", "1. a, 2. b; a; a; b; a; b"},
		{"zh-Hant", "{two|list} {two|join}", "1. a；2. b a；b"},
		{"en", "{name|lower} {unknown} {zone}", "mei  "},
	} {
		if got := render(t, c.lang, c.src, vars); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.lang, c.src, got, c.want)
		}
	}
}

func TestTimesWithoutZoneAreUTC(t *testing.T) {
	at := time.Date(2026, 11, 28, 20, 0, 0, 0, newYork)
	if got := render(t, "en", "{at}", Vars{"at": at}); got != "Sunday, 29 November, 01:00" {
		t.Error(got)
	}
	if got := render(t, "en", "{at}{?at:x}", Vars{"at": time.Time{}}); got != "" {
		t.Errorf("the zero time says %q", got)
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		a              Amount
		en, hans, hant string
	}{
		{Amount{1500, "USD"}, "$15", "15 美元", "15 美元"},
		{Amount{1550, "USD"}, "$15.50", "15.50 美元", "15.50 美元"},
		{Amount{5, "EUR"}, "€0.05", "0.05 欧元", "0.05 歐元"},
		{Amount{6000, "CNY"}, "¥60", "60 元", "60 人民幣"},
		{Amount{20000, "TWD"}, "NT$200", "200 新台币", "200 元"},
		{Amount{-250, "USD"}, "-$2.50", "-2.50 美元", "-2.50 美元"},
		{Amount{100, "XYZ"}, "XYZ 1", "XYZ 1", "XYZ 1"},
		{Amount{100, ""}, "1", "1", "1"},
	} {
		if got := c.a.format("en"); got != c.en {
			t.Errorf("en %v: %q", c.a, got)
		}
		if got := c.a.format("zh-Hans"); got != c.hans {
			t.Errorf("zh-Hans %v: %q", c.a, got)
		}
		if got := c.a.format("zh-Hant"); got != c.hant {
			t.Errorf("zh-Hant %v: %q", c.a, got)
		}
	}
}

func TestAmountsAreRead(t *testing.T) {
	for text, want := range map[string]int64{"15": 1500, "15.5": 1550, "15.50": 1550, "0": 0, " 6 ": 600} {
		if got, ok := parseAmount(text); !ok || got != want {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-1", "+1", "1.", ".5", "1.234", "1e3", "fifteen", "99999999999"} {
		if got, ok := parseAmount(text); ok {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestFirstLetter(t *testing.T) {
	for in, want := range map[string]string{"A whole lamp": "a whole lamp", "USB cable": "USB cable", "lamp": "lamp", "": "", "Ü": "ü", "灯": "灯"} {
		if got := lower(in); got != want {
			t.Errorf("lower(%q) = %q", in, got)
		}
	}
}

// The condition that holds wins; among the others the seed decides, all come
// up, and the same seed always says the same.
func TestVariants(t *testing.T) {
	say := func(s string) template { return template{{text: s}} }
	l := line{
		special: []variant{{when: []equals{{"occasion", "birthday"}, {"item", "lamp"}}, say: say("both")}, {when: []equals{{"occasion", "birthday"}}, say: say("birthday")}},
		plain:   []template{say("one"), say("two"), say("three")},
	}
	f := &Flow{langs: []message.Lang{"en"}, lines: map[message.Lang]map[string]line{"en": {"k": l}}}
	if got := f.Line("en", "k", 1, Vars{"occasion": "birthday", "item.en": "lamp"}); got != "both" {
		t.Error(got)
	}
	if got := f.Line("en", "k", 1, Vars{"occasion": "birthday"}); got != "birthday" {
		t.Error(got)
	}
	seen := map[string]bool{}
	for seed := range uint64(64) {
		got := f.Line("en", "k", seed, nil)
		seen[got] = true
		if again := f.Line("en", "k", seed, nil); again != got {
			t.Errorf("seed %d says %q and %q", seed, got, again)
		}
	}
	if len(seen) != 3 {
		t.Errorf("64 seeds pick only %v", seen)
	}
	if f.Line("en", "other", 0, nil) != "" || f.Has("en", "other") || !f.Has("en", "k") {
		t.Error("unknown keys say nothing")
	}
	if got := f.Line("zh-Hans", "k", 0, Vars{"occasion": "birthday"}); got != "birthday" {
		t.Errorf("a language the flow does not know should fall back to its first, got %q", got)
	}
}

func TestQuestionsAreSeen(t *testing.T) {
	for src, want := range map[string]bool{
		"Is it?": true, "是吗？ ": true, "“是吗?”": true, "Is it? {x}": false, "Is it": false, "{?x:Is it?}": true, "{x}?": true, "": false, "?!": false,
		"Is it?{?x:}": true, "Is it?{?x: (yes)}": false,
	} {
		parsed, err := parseTemplate(src)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.asks(); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
}
