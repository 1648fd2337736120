package main

import (
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// flowReader understands customers in the words of one flow. It learns the flow's
// example sentences beside everything else that starts: messages are taken in
// meanwhile, and only who wants to understand one waits.
type flowReader struct {
	cues   *intents.Understander
	ready  chan struct{} // closed once taught and err are set
	taught *intents.Understander
	took   time.Duration
	err    error
}

// newFlowReader compiles a flow's cues and begins to learn its examples, unless
// school knows them already. Its error is a mistake in the cues.
func newFlowReader(f *flow.Flow, school *intents.School) (*flowReader, error) {
	cues, err := compileCues(f)
	if err != nil {
		return nil, err
	}
	r := &flowReader{cues: cues, ready: make(chan struct{})}
	go r.learn(school, intents.Words(f.Examples))
	return r, nil
}

// compileCues compiles what customers' words mean in this flow.
func compileCues(f *flow.Flow) (*intents.Understander, error) {
	u, err := intents.New(intents.Words(f.Words), intents.Options{Broader: f.Broader})
	if err != nil {
		return nil, &problem{what: fmt.Sprintf("the flow's intents: %v", err), hint: "see intents/*.txt in the flow's folder"}
	}
	return u, nil
}

func (r *flowReader) learn(school *intents.School, sentences intents.Words) {
	defer close(r.ready)
	begun := time.Now()
	r.taught = r.cues
	m, err := school.Learn(sentences)
	if err != nil {
		r.err = err
		return
	}
	r.taught, r.took = r.cues.With(m), time.Since(begun)
}

// Understand reads a text; the first ones wait until the examples are learned.
func (r *flowReader) Understand(text string, c intents.Context) message.Reading {
	<-r.ready
	return r.taught.Understand(text, c)
}

// wait waits until the examples are learned. With an error, texts are read by
// the cues alone.
func (r *flowReader) wait() error {
	<-r.ready
	if r.err != nil {
		return &problem{what: fmt.Sprintf("the flow's examples: %v", r.err), hint: "see intents/*.txt in the flow's folder"}
	}
	return nil
}

// report tells the log when the examples are learned.
func (r *flowReader) report(log *zap.Logger) {
	if err := r.wait(); err != nil {
		log.Error("the examples cannot be learned; texts are read by the cues alone", zap.Error(err))
		return
	}
	log.Info("examples learned", zap.Duration("took", r.took))
}
