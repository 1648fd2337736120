package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

// saidTo plays messages to the hotel, a quiet after each, and gives everything
// that was said; booking 288501 is looked up where it is named.
func saidTo(t *testing.T, f *flow.Flow, readings ...message.Reading) string {
	t.Helper()
	row, ok := f.Fact("288501", start, time.UTC)
	if !ok {
		t.Fatal("the demo booking 288501 is gone")
	}
	s, said := New(f), ""
	step := func(in Input) {
		in.At, in.Seed, in.Case = start, 7, "A-TEST"
		r, err := Step(f, Settings{Zone: time.UTC}, s, in)
		if err != nil {
			t.Fatal(err)
		}
		s = r.State
		for _, e := range r.Effects {
			if e, ok := e.(Say); ok {
				said += e.Out.Text + "\n"
			}
		}
	}
	for _, r := range readings {
		r.Lang = message.English
		step(Input{Kind: InMessage, Text: "words", Reading: r})
		step(Input{Kind: InTimer, Timer: timerQuiet})
		step(Input{Kind: InFact, Fact: &Fact{Key: "288501", Found: true, Row: row}})
	}
	return said
}

func mentions(names ...string) message.Reading {
	r := message.Reading{InScope: true}
	for _, n := range names {
		r.Mentions = append(r.Mentions, message.Mention{Name: n, Score: 1})
	}
	return r
}

// Sympathy comes before anything else that is said, once, and what is lighter
// does not take its place.
func TestSympathyComesFirst(t *testing.T) {
	files, err := lines.Files("hotel")
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	const well, mourn = "good recovery", "sorry for your loss"
	booking := message.Slot{Kind: message.SlotOrder, Text: "288501"}
	with := func(r message.Reading) message.Reading { r.Slots = append(r.Slots, booking); return r }
	for _, tc := range []struct {
		name     string
		readings []message.Reading
		want     string
		times    int
	}{
		{"with the first words", []message.Reading{with(mentions("cancel_stay", "occasion.illness"))}, well, 1},
		{"beside a journey", []message.Reading{with(mentions("cancel_stay", "occasion.illness", "occasion.travel"))}, well, 1},
		{"said twice", []message.Reading{mentions("cancel_stay", "occasion.illness"), with(mentions("occasion.illness"))}, well, 1},
		{"told late, beside an offer", []message.Reading{with(mentions("cancel_stay")), {Answer: message.Accept}, mentions("occasion.illness")}, well, 1},
		{"a journey alone", []message.Reading{with(mentions("cancel_stay", "occasion.travel"))}, well, 0},
		{"a death", []message.Reading{with(mentions("cancel_stay", "occasion.loss", "occasion.travel"))}, mourn, 1},
		{"a death after an illness", []message.Reading{mentions("cancel_stay", "occasion.illness"), mentions("occasion.loss")}, mourn, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			said := saidTo(t, f, tc.readings...)
			if said == "" {
				t.Fatal("nothing was said")
			}
			if n := strings.Count(said, tc.want); n != tc.times {
				t.Errorf("%q is said %d times, want %d:\n%s", tc.want, n, tc.times, said)
			}
		})
	}
}
