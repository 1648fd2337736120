package eval_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/intents/eval"
)

func TestReadTSV(t *testing.T) {
	got, err := eval.ReadTSV(strings.NewReader("\ufeffintent\ttext\r\norder\twhere is it\r\n\n broken\t碎了 \n"), "f.tsv")
	want := []eval.Example{{Label: "order", Text: "where is it", Place: "f.tsv:2"}, {Label: "broken", Text: "碎了 ", Place: "f.tsv:4"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadTSVWrong(t *testing.T) {
	for in, want := range map[string][]string{
		"":                             {"f.tsv:1: "},
		"text\tintent\na\tb":           {"f.tsv:1: "},
		"intent\ttext\nsecret words\n": {"f.tsv:2: "},
		"intent\ttext\n\tsecret\na\t \nb\tsecret\tsecret\n":   {"f.tsv:2: ", "f.tsv:3: ", "f.tsv:4: "},
		"intent\ttext\na\t" + strings.Repeat("secret", 1<<18): {"f.tsv:2: "},
	} {
		_, err := eval.ReadTSV(strings.NewReader(in), "f.tsv")
		if err == nil {
			t.Errorf("%.40q was read", in)
			continue
		}
		rows := strings.Split(err.Error(), "\n")
		for _, place := range want {
			if !slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, place) }) {
				t.Errorf("%.40q: %v does not name %s", in, err, place)
			}
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error holds the text: %v", err)
		}
	}
	if _, err := eval.ReadTSV(strings.NewReader("x"), "f"); !errors.Is(err, eval.ErrHeader) {
		t.Errorf("no header: %v", err)
	}
}

// reading is a short way to write one.
func reading(label, said string, p, inside float64) eval.Reading {
	return eval.Reading{Example: eval.Example{Label: label}, Said: said, P: p, Inside: inside, In: inside >= 0.5}
}

func TestMeasure(t *testing.T) {
	f := eval.Measure([]eval.Reading{
		reading("a", "a", 0.9, 0.9),
		reading("a", "b", 0.9, 0.8),
		reading("b", "b", 0.5, 0.4),
		reading("b", "b", 0.5, 0.7),
		reading("", "a", 0.9, 0.6),
		reading("", "b", 0.9, 0.1),
	})
	for name, c := range map[string]struct{ got, want float64 }{
		"accuracy":       {f.Accuracy, 0.75},
		"accuracy kept":  {f.AccuracyKept, 0.5},
		"kept":           {f.Kept, 0.75},
		"macro F1":       {f.MacroF1, (2*1/3.0 + 2*2/5.0) / 2},
		"ECE":            {f.ECE, (0.8 + 1) / 4}, // 1 right where 1.8 were promised; 2 where 1 was
		"outside recall": {f.OutsideRecall, 0.5},
		"recall at 90 %": {f.OutsideRecall90, 0.5},
		"AUROC":          {f.AUROC, 7.0 / 8},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s %v, want %v", name, c.got, c.want)
		}
	}
	if f.Texts != 4 || f.Outside != 2 {
		t.Errorf("%d texts and %d outside", f.Texts, f.Outside)
	}
	if empty := eval.Measure(nil); empty != (eval.Figures{}) {
		t.Errorf("of nothing: %+v", empty)
	}
}

// TestMeasureBounds: every figure is a share, whatever was read, and the order
// of readings makes no difference.
func TestMeasureBounds(t *testing.T) {
	labels := rapid.SampledFrom([]string{"", "a", "b", "c"})
	rapid.Check(t, func(t *rapid.T) {
		rs := rapid.SliceOf(rapid.Custom(func(t *rapid.T) eval.Reading {
			return reading(labels.Draw(t, "label"), labels.Draw(t, "said"), rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "inside"))
		})).Draw(t, "readings")
		f := eval.Measure(rs)
		for _, x := range []float64{f.Accuracy, f.AccuracyKept, f.MacroF1, f.ECE, f.Kept, f.OutsideRecall, f.OutsideRecall90, f.AUROC} {
			if !(x >= 0 && x <= 1+1e-12) {
				t.Fatalf("%+v", f)
			}
		}
		if f.AccuracyKept > f.Accuracy || f.AccuracyKept > f.Kept {
			t.Fatalf("more kept and right than kept or right: %+v", f)
		}
		slices.Reverse(rs)
		if g := eval.Measure(rs); math.Abs(g.ECE-f.ECE) > 1e-9 || g.Accuracy != f.Accuracy || g.AUROC != f.AUROC {
			t.Fatalf("reversed: %+v, before: %+v", g, f)
		}
	})
}

func TestConfusions(t *testing.T) {
	got := eval.Confusions([]eval.Reading{
		reading("a", "b", 1, 1), reading("b", "a", 1, 1), reading("a", "b", 1, 1), reading("a", "a", 1, 1),
		reading("a", "a", 1, 0), reading("", "a", 1, 1), reading("", "a", 1, 0),
	}, 0)
	var pairs []string
	for _, c := range got {
		pairs = append(pairs, strings.Repeat("x", len(c.Wrong))+" "+c.Label+">"+c.Said)
	}
	if want := []string{"xx a>b", "x >a", "x a>", "x b>a"}; !slices.Equal(pairs, want) {
		t.Errorf("%q, want %q", pairs, want)
	}
	if n := len(eval.Confusions(got[0].Wrong, 1)); n != 1 {
		t.Errorf("asked for one pair, got %d", n)
	}
}

func TestMistakes(t *testing.T) {
	got := eval.Mistakes([]string{"a", "b", "none"}, []eval.Example{
		{Label: "a", Text: "Where is it?", Place: "f:1"},
		{Label: "a", Text: "ｗｈｅｒｅ is it", Place: "f:2"},
		{Label: "b", Text: "where  is it!!", Place: "f:3"},
		{Label: "a", Text: "發票", Place: "f:4"},
		{Label: "b", Text: "发票。", Place: "f:5"},
		{Label: "b", Text: "...", Place: "f:6"},
	})
	want := []eval.Mistake{
		{Kind: eval.Twice, Label: "a", Place: "f:2", Other: "f:1"},
		{Kind: eval.TwoLabels, Label: "b", Place: "f:3", Other: "f:1", Second: "a"},
		{Kind: eval.TwoLabels, Label: "b", Place: "f:5", Other: "f:4", Second: "a"},
		{Kind: eval.Blank, Label: "b", Place: "f:6"},
		{Kind: eval.NoExample, Label: "none"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for i, severe := range []bool{false, true, true, false, true} {
		if got[i].Severe() != severe || got[i].Place != "" && !strings.HasPrefix(got[i].String(), got[i].Place+": ") {
			t.Errorf("%s: severe %v", got[i], got[i].Severe())
		}
	}
}

func TestOverlaps(t *testing.T) {
	got := eval.Overlaps([]eval.Example{
		{Label: "a", Text: "can you tell me where my parcel is", Place: "f:1"},
		{Label: "b", Text: "Can you tell me where the parcel is?", Place: "f:2"},
		{Label: "a", Text: "where can you tell me my parcel is", Place: "f:3"},
		{Label: "b", Text: "send an invoice", Place: "f:4"},
		{Label: "b", Text: "can you tell me where my parcel is!", Place: "f:5"},
	}, 0.75)
	var pairs []string
	for _, o := range got {
		pairs = append(pairs, o.A.Place+" "+o.B.Place)
	}
	if want := []string{"f:3 f:5", "f:1 f:2", "f:2 f:3"}; !slices.Equal(pairs, want) {
		t.Errorf("%q, want %q", pairs, want)
	}
	if got[0].Alike != 1 || math.Abs(got[1].Alike-7.0/9) > 1e-12 {
		t.Errorf("alike %v and %v", got[0].Alike, got[1].Alike)
	}
}

func TestDraw(t *testing.T) {
	var all []eval.Example
	for i := range 30 {
		all = append(all, eval.Example{Label: string(rune('a' + i%3)), Text: string(rune('A' + i))})
	}
	drawn, rest := eval.Draw(all, 4, 1)
	again, _ := eval.Draw(all, 4, 1)
	other, _ := eval.Draw(all, 4, 2)
	if len(drawn) != 12 || len(rest) != 18 || !reflect.DeepEqual(drawn, again) || reflect.DeepEqual(drawn, other) {
		t.Errorf("%d drawn, %d left", len(drawn), len(rest))
	}
	seen := map[string]int{}
	for _, e := range append(drawn, rest...) {
		seen[e.Text]++
	}
	if len(seen) != 30 {
		t.Errorf("%d different ones of 30", len(seen))
	}
}

// lesson has two labels that are easy to tell and texts that are neither.
func lesson() []eval.Example {
	var out []eval.Example
	for _, row := range [][2]string{
		{"order", "where is my parcel|has the parcel shipped|parcel tracking please|parcel still not here|when does the parcel come|any parcel news"},
		{"broken", "the lamp is cracked|cracked glass|it came cracked|there is a cracked plate|cracked on arrival|my cup is cracked"},
		{"", "sing a song|weather tomorrow|a poem about cats|who won the match|best pizza recipe|tell a joke"},
	} {
		for s := range strings.SplitSeq(row[1], "|") {
			out = append(out, eval.Example{Label: row[0], Text: s})
		}
	}
	return out
}

func TestCrossValidate(t *testing.T) {
	steps := 0
	rs, err := eval.CrossValidate(t.Context(), lesson(), 3, func(done, total int) {
		if steps++; done != steps || total != 3 {
			t.Errorf("%d of %d at step %d", done, total, steps)
		}
	})
	if err != nil || len(rs) != len(lesson()) || steps != 3 {
		t.Fatalf("%d readings, %d steps, %v", len(rs), steps, err)
	}
	for i, e := range lesson() {
		if rs[i].Example != e {
			t.Errorf("reading %d is of %+v", i, rs[i].Example)
		}
	}
	if f := eval.Measure(rs); f.Accuracy < 0.9 {
		t.Errorf("%+v", f)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := eval.CrossValidate(ctx, lesson(), 3, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestRun(t *testing.T) {
	all := lesson()
	clock := time.Unix(0, 0)
	now := func() time.Time { clock = clock.Add(18 * time.Millisecond); return clock }
	r, err := eval.Run(eval.Sets{Train: all[:12], Test: all[:12], OutsideTrain: all[12:], OutsideTest: all[12:]}, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Texts != 12 || r.Outside != 6 || r.Accuracy != 1 || r.TrainMS != 18 || r.USPerText != 1000 || r.ModelBytes <= 0 || len(r.Readings) != 18 {
		t.Errorf("%+v", r)
	}
	if _, err := eval.Run(eval.Sets{}, now, nil); err == nil {
		t.Error("nothing was learned from, and nobody said so")
	}
}
