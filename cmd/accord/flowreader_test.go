package main

import (
	"testing"
	"testing/synctest"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Who reads a text before the examples are learned waits for them, and for
// nothing else.
func TestReadingWaitsForLearning(t *testing.T) {
	f, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	cues, err := compileCues(f)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		r := &flowReader{cues: cues, ready: make(chan struct{})}
		read := make(chan message.Reading, 1)
		go func() { read <- r.Understand("the lamp is broken", intents.Context{}) }()
		synctest.Wait()
		if len(read) > 0 {
			t.Fatal("it was read before anything was learned")
		}
		r.learn(&intents.School{}, intents.Words(f.Examples))
		if got := <-read; got.Intent != "damaged" || len(got.Ranked) == 0 {
			t.Errorf("read as %+v", got)
		}
		if err := r.wait(); err != nil {
			t.Error(err)
		}
	})
}

// A flow whose examples teach nothing is read by its cues.
func TestReadingWithoutExamples(t *testing.T) {
	f, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	f.Examples = nil
	r, err := newFlowReader(f, &intents.School{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.wait(); err != nil {
		t.Fatal(err)
	}
	if got := r.Understand("the lamp is broken", intents.Context{}); got.Intent != "damaged" || len(got.Ranked) > 0 {
		t.Errorf("read as %+v", got)
	}
}
