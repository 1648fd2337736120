package anger_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/anger"
	"github.com/accord-chat/accord/intents/text"
)

func examples() []anger.Example {
	var out []anger.Example
	for _, s := range anger.Sentences() {
		out = append(out, anger.Example{Doc: text.Parse(s.Text), Angry: s.Angry, Furious: s.Furious})
	}
	return out
}

// TestSentences: enough of them, none twice in a language, none under both heads.
func TestSentences(t *testing.T) {
	angry, calm := 0, 0
	seen := map[string]bool{}
	for _, s := range anger.Sentences() {
		if other, dup := seen[s.Text]; dup && other != s.Angry {
			t.Errorf("%q is angry and calm", s.Text)
		}
		seen[s.Text] = s.Angry
		if s.Angry {
			angry++
		} else {
			calm++
		}
	}
	if angry < 3*500 || calm < 3*750 {
		t.Errorf("%d angry and %d calm", angry, calm)
	}
}

// TestLearnTwice: the same examples give the same model.
func TestLearnTwice(t *testing.T) {
	a, b := anger.Learn(examples()), anger.Learn(examples())
	for _, s := range []string{"where is it", "你们到底怎么回事", "are you all asleep?!"} {
		x, f := a.Odds(text.Parse(s), nil)
		if y, g := b.Odds(text.Parse(s), nil); x != y || f != g {
			t.Errorf("%q: %v %v, then %v %v", s, x, f, y, g)
		}
	}
}

// TestHeldBack: every fifth sentence is judged by a model that was not taught it.
func TestHeldBack(t *testing.T) {
	var taught, held []anger.Example
	for i, e := range examples() {
		if i%5 == 2 {
			held = append(held, e)
		} else {
			taught = append(taught, e)
		}
	}
	m := anger.Learn(taught)
	right := 0
	for _, e := range held {
		if p, _ := m.Odds(e.Doc, nil); (p > 0.5) == e.Angry {
			right++
		}
	}
	got := float64(right) / float64(len(held))
	t.Logf("%.3f of %d held back", got, len(held))
	if got < 0.82 {
		t.Errorf("%.3f of the sentences held back are judged rightly, want 0.82", got)
	}
}

func TestUntaught(t *testing.T) {
	var zero anger.Model
	if p, _ := zero.Odds(text.Parse("hello"), nil); p != 0.5 {
		t.Errorf("an empty model: %v, want 0.5", p)
	}
	one := anger.Learn([]anger.Example{{Doc: text.Parse("hello")}})
	if p, _ := one.Odds(text.Parse("you liars"), nil); p != 0.5 {
		t.Errorf("a model that knows one side only: %v, want 0.5", p)
	}
}

func BenchmarkOdds(b *testing.B) {
	m := anger.Learn(examples())
	for name, s := range map[string]string{"en": "the lamp you sent is BROKEN. second problem in a month!!", "han": "说好周五送婴儿床,现在显示下周二,你们搞什么??", "long": strings.Repeat("where is it ", 900)} {
		d := text.Parse(s)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Odds(d, nil)
			}
		})
	}
}

func BenchmarkLearn(b *testing.B) {
	e := examples()
	for b.Loop() {
		anger.Learn(e)
	}
}
