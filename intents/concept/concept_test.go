package concept_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/concept"
	"github.com/accord-chat/accord/intents/text"
)

// find gives "name(words)" for each concept of a text.
func find(t *concept.Table, raw string) []string {
	d := text.Parse(raw)
	var out []string
	t.Find(d, func(id int32, first, last int) {
		out = append(out, fmt.Sprintf("%s(%s)", t.Name(id), d.Span(first, last)))
	})
	return out
}

func small(t *testing.T) *concept.Table {
	t.Helper()
	table, err := concept.Parse(`
# what is sold
goods: goods item
lamp < goods: lamp "standard lamp" candle
back: refund "money back" reimburse
cash: money
fee: charge
power: charge charger
`, "zh_back: 退款 退\nz_money: 款\nlamp: 灯")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestFind(t *testing.T) {
	for raw, want := range map[string][]string{
		"":                      nil,
		"nothing known":         nil,
		"I want my MONEY back!": {"back(MONEY back)"},
		"money, back":           {"cash(money)"},
		"the money":             {"cash(money)"},
		"refunding two items":   {"back(refunding)", "goods(items)"},
		"a standard lamp":       {"lamp(standard lamp)", "goods(standard lamp)"},
		"charged":               {"fee(charged)", "power(charged)"},
		"我要退款":                  {"zh_back(退款)"},
		"這個款式 退":                {"z_money(款)", "zh_back(退)"},
		"燈":                     {"lamp(燈)", "goods(燈)"}, // quoted as it stood
		"reimbrse me":           {"back(reimbrse)"},
		"riembursed":            {"back(riembursed)"},
		"monet lump":            nil, // too short for a typo
		"refund\u200bed the ｃａｎｄｌｅｓ": {"back(refund\u200bed)", "lamp(ｃａｎｄｌｅｓ)", "goods(ｃａｎｄｌｅｓ)"},
	} {
		got := find(small(t), raw)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", raw, got, want)
		}
	}
}

func TestParseNamesEveryMistake(t *testing.T) {
	_, err := concept.Parse("a: one word\nno colon\n: x\nb:\nc: \"open\n", "d < : x\ne < f: y\nf < e: z\ne < a: w\ng: 24\nh: \"\"")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"file 1, line 2: no colon", "file 1, line 3: a name is missing", "file 1, line 4: no words", "file 1, line 5: a quotation mark",
		"file 2, line 1: a name is missing", "file 2, line 3: f would stand under itself", "file 2, line 4: e stands under f already",
		"file 2, line 5: \"24\" holds a number", "file 2, line 6: \"\" holds nothing",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in\n%v", want, err)
		}
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != 9 {
		t.Errorf("%d mistakes named, not 9:\n%v", n, err)
	}
}

// TestSameThing holds pairs of sentences against the table that ships: the
// second says in other words what the first does, and must share its concepts.
func TestSameThing(t *testing.T) {
	table := concept.Default()
	for _, pair := range [][2]string{
		{"reimburse me", "my money back"},
		{"the parcel never arrived", "the package has not come"},
		{"it stopped working", "it does not work"},
		{"how long will it take", "how many days"},
		{"cancel it", "call it off: scrap the order"},
		{"can't log in", "unable to sign in"},
		{"recieve", "received"},
		{"my debit card was stolen", "somebody stole my card"},
		{"colour", "color"},
		{"快递还没到", "包裹迟迟没收到"},
		{"杯子碎了", "杯子裂开"},
		{"我想退钱", "我要退款"},
		{"没法用", "用不了"},
		{"什么时候发货", "何时寄出"},
		{"订单取消", "不要了，帮我撤单"},
		{"運費多少", "邮费几钱"},
	} {
		a, b := concepts(table, pair[0]), concepts(table, pair[1])
		if !slices.ContainsFunc(a, func(c string) bool { return slices.Contains(b, c) }) {
			t.Errorf("%q %v and %q %v share nothing", pair[0], a, pair[1], b)
		}
	}
}

func concepts(t *concept.Table, raw string) []string {
	var out []string
	t.Find(text.Parse(raw), func(id int32, _, _ int) { out = append(out, t.Name(id)) })
	return out
}

func TestDefaultIsLarge(t *testing.T) {
	if n := concept.Default().Len(); n < 500 {
		t.Errorf("only %d concepts", n)
	}
	if concept.Default().Sum() == small(t).Sum() {
		t.Error("two tables have one sum")
	}
}

func TestFindDoesNotAllocate(t *testing.T) {
	table := concept.Default()
	d := text.Parse("Hi there, I've been chraged twice for my parcel and want my money back please 快递還沒到")
	n := 0
	if got := testing.AllocsPerRun(100, func() { table.Find(d, func(int32, int, int) { n++ }) }); got != 0 || n == 0 {
		t.Errorf("%v allocations, %d concepts", got, n)
	}
}

func BenchmarkFind(b *testing.B) {
	table := concept.Default()
	d := text.Parse("Hi there, I've been charged twice for my parcel and want my money back please")
	b.ReportAllocs()
	for b.Loop() {
		table.Find(d, func(int32, int, int) {})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("my money back")
	f.Add("退款\xff退")
	f.Fuzz(func(t *testing.T, raw string) {
		d, table := text.Parse(raw), concept.Default()
		done := -1
		table.Find(d, func(id int32, first, last int) {
			if first > last || last >= len(d.Tokens) || last < done || id < 0 || int(id) >= table.Len() {
				t.Fatalf("concept %d at %d–%d of %d tokens, after %d", id, first, last, len(d.Tokens), done)
			}
			done = last
		})
	})
}
