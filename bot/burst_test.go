package bot_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// TestABurstIsOneMessage: what piled up while the platform rested is shown in
// one message, in order; after an unclear outcome exactly the same again.
func TestABurstIsOneMessage(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	lines := []string{"one", "two", "three", "four"}
	s.agents.fails(gone)
	for i, line := range lines {
		s.customers.says("7", message.PlatformID("b"+strconv.Itoa(i)), line)
	}
	ctx := deadline(t)
	for st, err := s.store.Stats(ctx); st.Pending > 0 || st.Unsent < 4; st, err = s.store.Stats(ctx) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var tries [][]adapters.Block
	unclear := true
	s.agents.fails(func(d adapters.Delivery) error {
		if d.Post == nil || !strings.Contains(words(d), "two") {
			return nil
		}
		tries = append(tries, d.Post.Blocks)
		if unclear {
			unclear = false
			return &adapters.SendError{Outcome: adapters.Unknown, Reason: "no answer"}
		}
		if !d.Resend {
			t.Error("a second attempt does not say so")
		}
		return nil
	})
	untilUnknown(s.rig, 1)
	s.customers.says("7", "b9", "five")
	s.clock.advance(11 * time.Second)
	s.customers.says("8", "x1", "I want to talk to a person") // news make the sender look at the clock
	all := s.agents.waitWords(t, "two")
	s.agents.waitWords(t, "five")
	s.settled()
	if len(tries) != 2 || len(tries[0]) != len(tries[1]) || strings.Contains(words(all.Delivery), "five") {
		t.Errorf("%d tries: %v", len(tries), tries)
	}
	var shown []string
	for _, d := range s.agents.deliveries() {
		if d.Post == nil || d.Thread != card.got {
			continue
		}
		for _, b := range d.Post.Blocks {
			if b.Kind == adapters.Quote {
				shown = append(shown, b.Text)
			}
		}
	}
	if !slices.Equal(shown, append(lines, "five")) {
		t.Errorf("shown %q", shown)
	}
}
