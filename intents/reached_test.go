package intents_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// shopReader reads as the program does with the flow that ships as its default.
var shopReader = sync.OnceValues(func() (*intents.Understander, error) {
	files, err := lines.AfterSales()
	if err != nil {
		return nil, err
	}
	f, err := flow.Parse(files)
	if err != nil {
		return nil, err
	}
	return intents.Taught(intents.Words(f.Words), intents.Words(f.Examples), f.Broader)
})

// unseen is a message that nobody who wrote examples saw.
type unseen struct{ intent, text string }

func readUnseen(t testing.TB, lang message.Lang) []unseen {
	t.Helper()
	content, err := os.ReadFile("testdata/unseen." + string(lang) + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []unseen
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		intent, text, ok := strings.Cut(line, "\t")
		if !ok || text == "" {
			t.Fatalf("unseen.%s.tsv:%d: not intent<TAB>text", lang, i+1)
		}
		if i > 0 {
			out = append(out, unseen{intent, text})
		}
	}
	return out
}

// reached is how well the messages of one language are read, as shares.
type reached struct {
	intents  float64 // messages for us whose intent is named rightly
	rejected float64 // messages for nobody that are recognised, where nine in ten of ours are kept
	kept     float64 // messages for us that count as in scope
	heard    float64 // messages for nobody that are taken to mention something
}

// TestUnseenMessages holds what is reached on messages that strangers would type,
// per language, with a margin for what another example more or less does. They are
// for this report alone: nothing is chosen by them.
func TestUnseenMessages(t *testing.T) {
	u, err := shopReader()
	if err != nil {
		t.Fatal(err)
	}
	least := reached{intents: 0.92, rejected: 0.88, kept: 0.94, heard: 0.08}
	for _, lang := range message.Langs() {
		r, wrong := measure(u, readUnseen(t, lang))
		t.Logf("%-8s intent %.1f %%, outside recognised at 90 %% kept %.1f %%, in scope kept %.1f %%, outside heard as something %.1f %%",
			lang, 100*r.intents, 100*r.rejected, 100*r.kept, 100*r.heard)
		for _, w := range wrong {
			t.Log(w)
		}
		if r.intents < least.intents || r.rejected < least.rejected || r.kept < least.kept || r.heard > least.heard {
			t.Errorf("%s: %+v; at least %+v was reached before", lang, r, least)
		}
	}
}

func measure(u *intents.Understander, messages []unseen) (r reached, wrong []string) {
	var ours, theirs []float64
	right, kept, heard := 0, 0, 0
	for _, m := range messages {
		got := u.Understand(m.text, intents.Context{Now: now})
		if m.intent == "outside" {
			theirs = append(theirs, got.Confidence)
			if len(got.Mentions) > 0 {
				heard++
			}
			continue
		}
		ours = append(ours, got.Confidence)
		if got.InScope {
			kept++
		}
		if got.Intent == m.intent {
			right++
		} else {
			wrong = append(wrong, fmt.Sprintf("%q is %s, read as %v", m.text, m.intent, got.Ranked))
		}
	}
	slices.Sort(ours)
	least, rejected := ours[len(ours)/10], 0
	for _, c := range theirs {
		if c < least {
			rejected++
		}
	}
	return reached{rate(right, len(ours)), rate(rejected, len(theirs)), rate(kept, len(ours)), rate(heard, len(theirs))}, wrong
}

func rate(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// BenchmarkTaught reads unseen messages as the program does, rules and model.
func BenchmarkTaught(b *testing.B) {
	u, err := shopReader()
	if err != nil {
		b.Fatal(err)
	}
	for _, lang := range message.Langs() {
		messages := readUnseen(b, lang)
		b.Run(string(lang), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				u.Understand(messages[i%len(messages)].text, intents.Context{Now: now})
				i++
			}
		})
	}
}
