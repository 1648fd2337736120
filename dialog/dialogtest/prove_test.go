package dialogtest_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// TestProofKnowsEveryControl holds the proof against the engine: whatever
// people do, a conversation rests only where the proof has been.
func TestProofKnowsEveryControl(t *testing.T) {
	f, u := shop()
	known := map[flow.Control]bool{}
	p := f.Prove(flow.ProveOptions{Found: func(c flow.Control) { known[c] = true }})
	if !p.Ends {
		t.Fatalf("%+v", p.Fault)
	}
	if stray := (flow.Control{At: f.Table.Start().At, Open: 3}); known[stray] {
		t.Fatalf("the proof knows %+v, where nothing can be open", stray)
	}
	met := map[flow.Control]bool{}
	rapid.Check(t, func(t *rapid.T) {
		s := dialogtest.New(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
		s.From = message.Person{Ref: "c", Name: "Mei"}
		s.OnTurn = func(in dialog.Input, r dialog.Result) {
			c := r.State.Control
			switch f.Table.Kind(c.At) {
			case flow.Queue, flow.Owned, flow.End: // the matter is over
				return
			}
			met[c] = true
			if !known[c] {
				t.Fatalf("after %s %q the conversation rests in %s with %+v, where the proof has never been", in.Kind, in.Text, r.State.At, c)
			}
		}
		for _, text := range rapid.SampledFrom(openings).Draw(t, "opening") {
			var err error
			if text == "" {
				err = s.Advance(s.Now.Add(4 * time.Second))
			} else {
				err = s.Write(text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 30).Draw(t, "length") {
			if err := act(t, s); err != nil {
				t.Fatal(err)
			}
		}
	})
	if len(met) < 100 {
		t.Errorf("only %d controls were met", len(met))
	}
}
