package dialogtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/dialogtest"
)

// TestMistypedActsSayWhatToWrite holds that whoever gets an agent's act wrong
// is told what would be right, and that the conversation goes on.
func TestMistypedActsSayWhatToWrite(t *testing.T) {
	f, u := shop()
	p := dialogtest.NewPlayer(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	for line, want := range map[string]string{
		"agent Ana: (dances)":                 "more time",
		"agent Ana: (promise)":                "(promise: …)",
		"agent Ana: (done)":                   "(done 1)",
		"agent Ana: (notes) it is on its way": "(notes 1)",
		"agent Ana: (more time 1) tomorrow":   "2026-11-27 18:00",
		"agent Ana: (offer: a lamp | soon)":   "+3h",
	} {
		if err := p.Play(line, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s in it", line, err, want)
		}
	}
	for _, line := range []string{"customer: /human", "Agent Ana: (takes)", "agent Ana: (promise: I call | 2026-11-27)"} {
		if err := p.Play(line, false); err != nil {
			t.Fatal(err)
		}
	}
	out := ""
	for _, l := range p.Session().Take() {
		out += l.String() + "\n"
	}
	for _, want := range []string{"taken by Ana", "I call | Ana | 2026-11-27\n", "by Friday, 27 November ("} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}
