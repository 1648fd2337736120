package model

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/accord-chat/accord/intents/text"
)

// Example is a sentence and the label it teaches.
type Example struct{ Label, Text string }

// Options tunes training. The zero value is right where nothing is known but
// the examples.
type Options struct {
	// Outside holds texts that belong to no label: with them the model learns
	// what it is not for. Without them it judges by its own held-back examples.
	Outside []string
	// Progress, if set, is called now and then with the work done and the work
	// in all, in steps of about the same size, from one goroutine at a time.
	Progress func(done, total int)
}

// ErrNoExamples says that there is nothing to learn from: no example at all,
// or none with a label and a readable text.
var ErrNoExamples = errors.New("model: no examples")

// Model knows labels by what was written under them.
type Model struct {
	labels []string
	linear *linear
	belief belief
	script []script  // by label
	pool   sync.Pool // *reading
}

// Train learns from examples. Texts with nothing to read in them are passed
// over; duplicates count as often as they stand there; a text under two labels
// speaks for both. The name of a label counts as an example of it. A single
// label is allowed: then only Inside tells.
func Train(examples []Example, o Options) (*Model, error) { return train(examples, o, standard()) }

func train(examples []Example, o Options, r recipe) (*Model, error) {
	c := newCorpus(examples, o)
	if len(c.labels) == 0 {
		return nil, ErrNoExamples
	}
	m := &Model{labels: c.labels, script: c.script}
	step := progress(o.Progress, r.steps(c))
	var wg sync.WaitGroup
	wg.Go(func() { m.belief = believe(c, &r, step) })
	m.linear = fit(c, c.all(), &r, step)
	wg.Wait()
	m.linear.voc.to = nil // numbers of a corpus that nobody else has
	return m, nil
}

// steps counts the passes of all that is learned.
func (r *recipe) steps(c *corpus) int {
	n := 1 + r.parts(c)
	if !c.taughtOutside(r) {
		n += r.strangers(c)
	}
	return n * r.passes(len(c.label))
}

// progress counts steps for a listener that may be nil.
func progress(tell func(done, total int), total int) func() {
	if tell == nil {
		return func() {}
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done = min(done+1, total)
		tell(done, total)
	}
}

// Labels gives the labels in alphabetical order.
func (m *Model) Labels() []string { return slices.Clone(m.labels) }

// Knows says that the model was taught label in the script, Latin or Chinese, in
// which all words of d are written: of what it was not taught it cannot say that a
// text is not about it.
func (m *Model) Knows(d *text.Doc, label string) bool {
	at, ok := slices.BinarySearch(m.labels, label)
	if !ok {
		return false
	}
	s := scriptOf(d)
	return m.script[at]&s == s
}

// Size gives the memory that the trained weights and their index take, in
// bytes.
func (m *Model) Size() int {
	l := m.linear
	return len(l.w) + 4*(len(l.scale)+len(l.bias)+len(l.voc.tell)+2*len(l.voc.slots))
}

// String describes the model without any of its examples.
func (m *Model) String() string {
	return fmt.Sprintf("model of %d labels, %d features", len(m.labels), m.linear.voc.n)
}
