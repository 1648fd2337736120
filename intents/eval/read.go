package eval

import (
	"context"
	"fmt"
	"time"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/text"
)

// Reading is what a model made of an example.
type Reading struct {
	Example
	Said   string  // the best label
	P      float64 // its probability, given that the text is inside
	Inside float64 // probability that the text belongs to a label at all
	In     bool    // taken as inside at the shipped threshold
}

// Right says that the best label is the true one.
func (r Reading) Right() bool { return r.Said == r.Label }

// Read lets m read examples.
func Read(m *model.Model, examples []Example) []Reading {
	out := make([]Reading, len(examples))
	for i, e := range examples {
		out[i] = read(m, e)
	}
	return out
}

func read(m *model.Model, e Example) Reading {
	r := m.Rank(text.Parse(e.Text), 1)
	out := Reading{Example: e, Inside: r.Inside, In: r.In}
	if len(r.Labels) > 0 {
		out.Said, out.P = r.Labels[0].Label, r.Labels[0].P
	}
	return out
}

// CrossValidate lets every example be read by a model that was taught only the
// others, in folds of equal size (5 if folds is below 2). Examples of one label
// are dealt out in turn, so that each fold has its share of each. Examples with
// an empty label are texts that belong nowhere; they are taught and read like
// the others. Readings come in the order of the examples. It stops early when
// ctx ends; progress may be nil and is called from one goroutine at a time.
func CrossValidate(ctx context.Context, examples []Example, folds int, progress func(done, total int)) ([]Reading, error) {
	if folds < 2 {
		folds = 5
	}
	fold := deal(examples, folds)
	out := make([]Reading, len(examples))
	for f := range folds {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("cross-validation: %w", err)
		}
		if err := readFold(examples, fold, f, out); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(f+1, folds)
		}
	}
	return out, nil
}

// deal gives each example its fold, the examples of a label in turn.
func deal(examples []Example, folds int) []int {
	next := map[string]int{}
	out := make([]int, len(examples))
	for i, e := range examples {
		out[i] = next[e.Label] % folds
		next[e.Label]++
	}
	return out
}

func readFold(examples []Example, fold []int, f int, out []Reading) error {
	var taught []Example
	for i, e := range examples {
		if fold[i] != f {
			taught = append(taught, e)
		}
	}
	inside, outside := teach(taught)
	m, err := model.Train(inside, model.Options{Outside: outside})
	if err != nil {
		return fmt.Errorf("fold %d of the examples: %w", f+1, err)
	}
	for i, e := range examples {
		if fold[i] == f {
			out[i] = read(m, e)
		}
	}
	return nil
}

// Sets are what Run works on. Only Train is needed; Test may be empty.
type Sets struct {
	Train        []Example
	Test         []Example
	OutsideTrain []Example // texts that belong to no label
	OutsideTest  []Example
}

// Result is what Run found.
type Result struct {
	Figures
	TrainMS    float64 `json:"train_ms"`
	USPerText  float64 `json:"us_per_text"` // parsing and ranking
	ModelBytes int     `json:"model_bytes"`
	// Readings are those of Test, then those of OutsideTest.
	Readings []Reading `json:"-"`
}

// Run trains on one part and scores the other. The clock is used for the two
// durations only.
func Run(s Sets, now func() time.Time, progress func(done, total int)) (Result, error) {
	inside, _ := teach(s.Train)
	_, outside := teach(Outside(s.OutsideTrain))
	start := now()
	m, err := model.Train(inside, model.Options{Outside: outside, Progress: progress})
	if err != nil {
		return Result{}, err
	}
	r := Result{ModelBytes: m.Size(), TrainMS: float64(now().Sub(start)) / float64(time.Millisecond)}
	all := append(append([]Example(nil), s.Test...), Outside(s.OutsideTest)...)
	start = now()
	r.Readings = Read(m, all)
	if len(all) > 0 {
		r.USPerText = float64(now().Sub(start)) / float64(time.Microsecond) / float64(len(all))
	}
	r.Figures = Measure(r.Readings)
	return r, nil
}
