package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/intents/eval"
)

// few is the number of examples a label in the runs with few examples, and
// draws how many such runs are averaged.
const (
	few   = 10
	draws = 5
)

// floor is what must not be fallen below: what was reached, less a little for
// what chance does.
type floor struct{ accuracy, outside, few, calibration float64 }

// TestFigures reports how well unseen texts are read, and fails if it has become
// worse than it was: always for a part of the shipped examples that was held
// back, and for the public sets where ACCORD_DATA_SETS names their folder, as it
// does where the development data is present. Nothing is tuned on what is
// reported here.
func TestFigures(t *testing.T) {
	t.Run("shipped", func(t *testing.T) {
		hold(t, shipped(t), floor{accuracy: 0.78, outside: 0.7, few: 0.48, calibration: 0.06})
	})
	dir := os.Getenv("ACCORD_DATA_SETS")
	if dir == "" {
		t.Log("ACCORD_DATA_SETS names no folder of public sets; those figures are not among these")
		return
	}
	t.Run("banking77", func(t *testing.T) {
		s := eval.Sets{Train: load(t, dir, "banking77/train"), Test: load(t, dir, "banking77/test")}
		hold(t, s, floor{accuracy: 0.922, few: 0.8, calibration: 0.025})
	})
	t.Run("clinc150", func(t *testing.T) {
		s := eval.Sets{
			Train: load(t, dir, "clinc150/train"), Test: load(t, dir, "clinc150/test"),
			OutsideTrain: load(t, dir, "clinc150/oos_train"), OutsideTest: load(t, dir, "clinc150/oos_test"),
		}
		hold(t, s, floor{accuracy: 0.935, outside: 0.79, few: 0.85, calibration: 0.025})
	})
}

// shipped holds back every fifth sentence of the flow that new installations
// begin with, and every fifth of what is outside.
func shipped(t *testing.T) eval.Sets {
	t.Helper()
	var s eval.Sets
	for _, e := range flowFiles(t, "../../dialog/lines/after-sales/intents/examples.*.txt") {
		part(&s.Train, &s.Test, e)
	}
	for _, e := range flowFiles(t, "../outside/outside.*.txt") {
		part(&s.OutsideTrain, &s.OutsideTest, e)
	}
	return s
}

func part(train, test *[]eval.Example, e eval.Example) {
	if (len(*train)+len(*test))%5 == 4 {
		*test = append(*test, e)
		return
	}
	*train = append(*train, e)
}

// flowFiles reads files of sentences under section headers in brackets.
func flowFiles(t *testing.T, pattern string) (out []eval.Example) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		label := ""
		for row := range strings.Lines(string(content)) {
			if row = strings.TrimSpace(row); row == "" || row[0] == '#' {
				continue
			}
			if header, ok := strings.CutPrefix(row, "["); ok {
				label, _, _ = strings.Cut(strings.TrimSuffix(header, "]"), ":")
				continue
			}
			out = append(out, eval.Example{Label: label, Text: row})
		}
	}
	return out
}

// hold runs a set with all and with few examples and holds it to its floor.
func hold(t *testing.T, s eval.Sets, f floor) {
	t.Helper()
	r := run(t, s)
	t.Logf("all examples: %s", line(r))
	atLeast(t, "accuracy", r.Accuracy, f.accuracy)
	atLeast(t, "outside recall", r.OutsideRecall, f.outside)
	if f.calibration > 0 && r.ECE > f.calibration {
		t.Errorf("calibration error %.4f, over %.4f", r.ECE, f.calibration)
	}
	mean := 0.0
	for seed := range uint64(draws) {
		drawn, _ := eval.Draw(s.Train, few, seed+1)
		r := run(t, eval.Sets{Train: drawn, Test: s.Test})
		t.Logf("%d a label, draw %d: %s", few, seed+1, line(r))
		mean += r.Accuracy / draws
	}
	t.Logf("%d a label, mean of %d draws: accuracy %.4f", few, draws, mean)
	atLeast(t, "accuracy with few examples", mean, f.few)
}

func run(t *testing.T, s eval.Sets) eval.Result {
	t.Helper()
	r, err := eval.Run(s, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func line(r eval.Result) string {
	return fmt.Sprintf("accuracy %.4f, kept and right %.4f, F1 %.4f, calibration error %.4f, kept %.4f, outside recall %.4f (%.4f at 90 %% kept), AUROC %.4f, trained in %.0f ms, %.0f µs a text, %.1f MB",
		r.Accuracy, r.AccuracyKept, r.MacroF1, r.ECE, r.Kept, r.OutsideRecall, r.OutsideRecall90, r.AUROC, r.TrainMS, r.USPerText, float64(r.ModelBytes)/1e6)
}

func atLeast(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want {
		t.Errorf("%s %.4f, was at least %.4f", what, got, want)
	}
}

func load(t *testing.T, dir, name string) []eval.Example {
	t.Helper()
	path := filepath.Join(dir, name+".tsv")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	out, err := eval.ReadTSV(f, path)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
