package model_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/text"
)

// shipped are the example sentences of the flow that new installations begin
// with, about 6,000 of them, and its outside sentences.
func shipped(tb testing.TB) (examples []model.Example, outside []string) {
	tb.Helper()
	const flow = "../../dialog/lines/after-sales/intents/examples.*.txt"
	label := ""
	for _, line := range lines(tb, flow) {
		if name, ok := strings.CutPrefix(line, "["); ok {
			label, _, _ = strings.Cut(strings.TrimSuffix(name, "]"), ":")
			continue
		}
		examples = append(examples, model.Example{Label: strings.TrimSpace(label), Text: line})
	}
	keep := examples[:0]
	for i, n := 0, len(examples); i < n; i++ {
		if n <= 6000 || i*6000/n != (i+1)*6000/n {
			keep = append(keep, examples[i])
		}
	}
	return keep, lines(tb, "../outside/outside.*.txt")
}

func lines(tb testing.TB, pattern string) (out []string) {
	tb.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		tb.Fatalf("%s: no files, %v", pattern, err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				out = append(out, line)
			}
		}
	}
	return out
}

// TestShippedSize: the model of the shipped flow stays small, and what it was
// taught it knows.
func TestShippedSize(t *testing.T) {
	examples, outside := shipped(t)
	m := train(t, examples, outside...)
	if m.Size() > 8<<20 {
		t.Errorf("%v takes %d bytes", m, m.Size())
	}
	right, in := 0, 0
	for _, e := range examples {
		r := m.Rank(text.Parse(e.Text), 1)
		if r.Labels[0].Label == e.Label {
			right++
		}
		if r.In {
			in++
		}
	}
	if right*100 < len(examples)*97 || in*100 < len(examples)*97 {
		t.Errorf("of %d sentences it was taught, %d are read right and %d taken as inside", len(examples), right, in)
	}
}

func BenchmarkTrain(b *testing.B) {
	examples, outside := shipped(b)
	b.ReportMetric(float64(len(examples)), "sentences")
	for b.Loop() {
		if _, err := model.Train(examples, model.Options{Outside: outside}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRank(b *testing.B) {
	examples, outside := shipped(b)
	m := train(b, examples, outside...)
	docs := make([]*text.Doc, len(examples))
	for i, e := range examples {
		docs[i] = text.Parse(e.Text)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		m.Rank(docs[i%len(docs)], 8)
		i++
	}
}

// BenchmarkRankLong is a text as long as one can be, as far as it is read.
func BenchmarkRankLong(b *testing.B) {
	m := train(b, shop(), strangers()...)
	d := text.Parse(strings.Repeat("the parcel is broken 坏了 ", 1000))
	b.ReportAllocs()
	for b.Loop() {
		m.Rank(d, 8)
	}
}
