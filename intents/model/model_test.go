package model_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/text"
)

// shop are a few examples in three languages.
func shop() []model.Example {
	var out []model.Example
	for _, row := range []struct{ label, texts string }{
		{"order", "where is my parcel|has my parcel been shipped|when will the order come|我的包裹到哪了|track my order please|any news of the delivery|订单什么时候发货|包裹還沒寄出嗎"},
		{"broken", "the lamp is broken|it arrived cracked|glass was shattered in the box|杯子碎了|my cup is in pieces|the screen has a crack|東西壞掉了|收到的时候已经裂了"},
		{"invoice", "send me an invoice|i need the receipt|tax number on the bill|请开发票|要打統編|the invoice has the wrong company|发票抬头写错了|where do i find my receipt"},
		{"account", "i can not log in|password reset does not work|my account is locked|登录不上|忘記密碼|no verification code arrives|收不到验证码|the login page says error"},
	} {
		for t := range strings.SplitSeq(row.texts, "|") {
			out = append(out, model.Example{Label: row.label, Text: t})
		}
	}
	return out
}

// strangers belong to no label of shop.
func strangers() []string {
	return strings.Split("what is the weather tomorrow|tell me a joke|write a poem about cats|solve this equation|我想学做菜|誰會贏得選舉|best pizza in town|how tall is everest|help with my homework|今天天气怎么样|sing me a song|who invented the telephone|translate this into french|推薦一部電影|how do i lose weight|what is love|buy bitcoin now|明天会下雨吗|my cat is sick|play some music", "|")
}

func train(t testing.TB, examples []model.Example, outside ...string) *model.Model {
	t.Helper()
	m, err := model.Train(examples, model.Options{Outside: outside})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRank(t *testing.T) {
	m := train(t, shop(), strangers()...)
	for in, want := range map[string]string{
		"where's my order": "order", "包裹呢": "order", "cracked glass": "broken", "碎了": "broken",
		"a receipt for tax": "invoice", "發票": "invoice", "LOCKED OUT of my acount": "account", "密码忘了": "account",
	} {
		d := text.Parse(in)
		r := m.Rank(d, 2)
		if len(r.Labels) != 2 || r.Labels[0].Label != want {
			t.Errorf("%q: %+v, want %s", in, r, want)
		}
		if len(m.Why(d, want, 3)) == 0 {
			t.Errorf("%q: no reason for %s", in, want)
		}
	}
	for _, in := range []string{"zzz qqq xxx", "", "???", "\xff\xfe", "дом"} {
		if r := m.Rank(text.Parse(in), 1); r.In {
			t.Errorf("%q has nothing in common with any example and is inside: %+v", in, r)
		}
	}
}

// TestScripts: the same sentence in either script is the same to the model.
func TestScripts(t *testing.T) {
	m := train(t, shop(), strangers()...)
	for simplified, traditional := range map[string]string{"发票抬头写错了": "發票抬頭寫錯了", "东西坏掉了": "東西壞掉了"} {
		a, b := m.Rank(text.Parse(simplified), 4), m.Rank(text.Parse(traditional), 4)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: %+v, %s: %+v", simplified, a, traditional, b)
		}
	}
}

// TestShares: probabilities are shares of one, best first, each label once.
func TestShares(t *testing.T) {
	m := train(t, shop())
	for _, in := range []string{"where is my cracked invoice", "hello", "", "码"} {
		r := m.Rank(text.Parse(in), 100)
		sum, seen := 0.0, map[string]bool{}
		for i, s := range r.Labels {
			sum += s.P
			seen[s.Label] = true
			if i > 0 && s.P > r.Labels[i-1].P {
				t.Errorf("%q: %+v is not in order", in, r.Labels)
			}
		}
		if math.Abs(sum-1) > 1e-5 || len(seen) != len(m.Labels()) || r.Inside < 0 || r.Inside > 1 {
			t.Errorf("%q: sum %v of %d labels, inside %v", in, sum, len(seen), r.Inside)
		}
	}
	if r := m.Rank(text.Parse("where"), 0); len(r.Labels) != 0 {
		t.Errorf("asked for no labels, got %v", r.Labels)
	}
}

// TestSameEverywhere: the same examples give the same model, to the last bit,
// on one processor and on several.
func TestSameEverywhere(t *testing.T) {
	var first []any
	for _, n := range []int{1, 2, 4} {
		before := runtime.GOMAXPROCS(n)
		m := train(t, shop(), strangers()...)
		runtime.GOMAXPROCS(before)
		got := []any{m.Labels(), m.Size()}
		for _, e := range shop() {
			d := text.Parse(e.Text)
			got = append(got, m.Rank(d, len(m.Labels())), m.Spoke(d, e.Label))
		}
		if first == nil {
			first = got
		}
		if !reflect.DeepEqual(first, got) {
			t.Errorf("on %d processors another model was learned", n)
		}
	}
}

func TestOddExamples(t *testing.T) {
	long := strings.Repeat("broken parcel 坏 ", 10_000)
	for name, c := range map[string]struct {
		examples []model.Example
		labels   int
		err      error
	}{
		"none":                    {nil, 0, model.ErrNoExamples},
		"only without a label":    {[]model.Example{{Text: "hello"}}, 0, model.ErrNoExamples},
		"only blank":              {[]model.Example{{Label: "a", Text: " "}, {Label: "b", Text: "\u200b"}, {Label: "c", Text: "..."}}, 0, model.ErrNoExamples},
		"one of one label":        {[]model.Example{{Label: "a", Text: "hello"}}, 1, nil},
		"one a label":             {[]model.Example{{Label: "a", Text: "hello"}, {Label: "b", Text: "bye"}}, 2, nil},
		"a blank label":           {[]model.Example{{Label: "a", Text: "hello"}, {Label: "b", Text: ""}}, 1, nil},
		"duplicates":              {[]model.Example{{Label: "a", Text: "hello"}, {Label: "a", Text: "hello"}, {Label: "b", Text: "bye"}, {Label: "b", Text: "bye"}}, 2, nil},
		"one text, two labels":    {[]model.Example{{Label: "a", Text: "hello"}, {Label: "b", Text: "hello"}}, 2, nil},
		"100 kB":                  {[]model.Example{{Label: "a", Text: long}, {Label: "b", Text: "hello"}}, 2, nil},
		"bytes that mean nothing": {[]model.Example{{Label: "a", Text: "\xff\xfe broken \x80"}, {Label: "b", Text: "hello"}}, 2, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := model.Train(c.examples, model.Options{Outside: []string{"", "weather"}})
			if !errors.Is(err, c.err) {
				t.Fatalf("got %v, want %v", err, c.err)
			}
			if err != nil {
				return
			}
			if len(m.Labels()) != c.labels {
				t.Errorf("labels %v, want %d", m.Labels(), c.labels)
			}
			for _, e := range c.examples {
				d := text.Parse(e.Text)
				if r := m.Rank(d, 9); len(r.Labels) != c.labels || math.IsNaN(r.Inside) || math.IsNaN(r.Labels[0].P) {
					t.Errorf("ranking %+v", r)
				}
				m.Why(d, e.Label, 5)
			}
		})
	}
}

// TestTornBetween: a text under two labels speaks for both alike.
func TestTornBetween(t *testing.T) {
	m := train(t, append(shop(), model.Example{Label: "order", Text: "quux"}, model.Example{Label: "broken", Text: "quux"}))
	r := m.Rank(text.Parse("quux"), 2)
	if a, b := r.Labels[0], r.Labels[1]; a.Label == b.Label || a.P > 0.8 || (a.Label != "order" && a.Label != "broken") || (b.Label != "order" && b.Label != "broken") {
		t.Errorf("ranked %+v", r.Labels)
	}
}

func TestWhy(t *testing.T) {
	m := train(t, shop(), strangers()...)
	d := text.Parse("the vase is cracked")
	why := m.Why(d, "broken", 3)
	if len(why) != 3 || !slices.ContainsFunc(why, func(w string) bool { return strings.Contains(w, "crack") }) {
		t.Errorf("reasons %q", why)
	}
	if got := m.Why(d, "unheard of", 3); got != nil {
		t.Errorf("reasons for a label that is none: %q", got)
	}
}

func TestProgress(t *testing.T) {
	last, total := 0, 0
	_, err := model.Train(shop(), model.Options{Outside: strangers(), Progress: func(d, all int) {
		if d != last+1 || total != 0 && all != total {
			t.Errorf("%d of %d after %d of %d", d, all, last, total)
		}
		last, total = d, all
	}})
	if err != nil || last != total || total == 0 {
		t.Errorf("ended at %d of %d, %v", last, total, err)
	}
}

// TestTogether: many goroutines rank alike.
func TestTogether(t *testing.T) {
	m := train(t, shop(), strangers()...)
	want := map[string]string{}
	for _, e := range shop() {
		want[e.Text] = fmt.Sprint(m.Rank(text.Parse(e.Text), 3))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for in, w := range want {
				if got := fmt.Sprint(m.Rank(text.Parse(in), 3)); got != w {
					t.Errorf("%q: %s, alone %s", in, got, w)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzRank(f *testing.F) {
	for _, s := range []string{"", "where is it", "包裹", "\xff", strings.Repeat("a", 5000), "👍🏽 ok"} {
		f.Add(s)
	}
	m := train(f, shop(), strangers()...)
	f.Fuzz(func(t *testing.T, s string) {
		d := text.Parse(s)
		r := m.Rank(d, 2)
		if len(r.Labels) != 2 || !(r.Inside >= 0 && r.Inside <= 1) || !(r.Labels[0].P >= r.Labels[1].P && r.Labels[1].P >= 0) {
			t.Errorf("%+v", r)
		}
		m.Why(d, r.Labels[0].Label, 3)
	})
}
