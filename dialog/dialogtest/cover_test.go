package dialogtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// One short conversation: what it came through is seen, and what it did not
// is missed, each where it belongs.
func TestCoverage(t *testing.T) {
	f, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	u, err := intents.New(intents.Words(f.Words), intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := dialogtest.NewCoverage(f)
	empty := c.Report()
	if empty.States.Seen != 0 || empty.Edges.Seen != 0 || empty.Languages[0].Lines.Seen != 0 || empty.States.Of != len(f.Table.Names()) {
		t.Fatalf("before anything is played: %+v", empty)
	}
	_, s, err := dialogtest.Run(f, settings, u.Understand, "name: Mei\ncustomer: person please\n")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Add(s); err != nil {
		t.Fatal(err)
	}
	r := c.Report()
	for _, p := range []dialogtest.Part{r.States, r.Edges, r.Languages[0].States, r.Languages[0].Edges, r.Languages[0].Lines} {
		if p.Seen == 0 || p.Seen+len(p.Missed) != p.Of || !slices.IsSorted(p.Missed) {
			t.Errorf("%d seen and %d missed of %d", p.Seen, len(p.Missed), p.Of)
		}
	}
	if en := r.Languages[0]; en.Language != message.English || en.Conversations != 1 {
		t.Errorf("the languages are %+v", r.Languages)
	}
	for _, c := range []struct {
		p    dialogtest.Part
		name string
		seen bool
	}{
		{r.States, "greet", true}, {r.States, "person", true}, {r.States, "lower", false},
		{r.Edges, "greet.message", true}, {r.Edges, "lower.refuse", false}, {r.Edges, "lower.refuse!", false},
		{r.Languages[0].Lines, "hand.asked", true}, {r.Languages[0].Lines, "agree", false},
	} {
		if slices.Contains(c.p.Missed, c.name) == c.seen {
			t.Errorf("%s: seen must be %v; missed: %s", c.name, c.seen, strings.Join(c.p.Missed, " "))
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct{ seen, of, want int }{{0, 0, 100}, {0, 3, 0}, {2, 3, 66}, {199, 200, 99}, {3, 3, 100}} {
		if got := (dialogtest.Part{Of: c.of, Seen: c.seen}).Percent(); got != c.want {
			t.Errorf("%d of %d are %d %%, want %d", c.seen, c.of, got, c.want)
		}
	}
}
