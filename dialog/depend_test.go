package dialog

import (
	"slices"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWhatHangsOnWhat holds some of what the shipped catalog says by itself.
func TestWhatHangsOnWhat(t *testing.T) {
	f := flows(t)["after-sales"]
	other := map[string]string{"same_date": "2026-12-03"}
	for _, c := range []struct {
		what    string
		reads   flow.Reads
		changed []string
		facts   map[string]string
		want    bool
	}{
		{"a new one, by another day", f.ServiceReads("replacement"), []string{slotNeedBy}, nil, true},
		{"a new one, of another order", f.ServiceReads("replacement"), []string{"order"}, other, true},
		{"a new one, another number to call", f.ServiceReads("replacement"), []string{"phone"}, nil, false},
		{"the choice of two, by another day", f.RungReads("replacement", "choice"), []string{slotNeedBy}, nil, false},
		{"the choice of two, of another order", f.RungReads("replacement", "choice"), []string{"order"}, other, true},
		{"money back, by another day", f.ServiceReads("refund"), []string{slotNeedBy}, nil, false},
		{"what is paid, of another order", f.RungReads("compensation", "receipt"), nil, map[string]string{}, true},
		{"nothing changed", f.ServiceReads("replacement"), nil, nil, false},
		{"no such service", f.ServiceReads("none"), []string{"order"}, other, false},
		{"no such rung", f.RungReads("replacement", "none"), []string{"order"}, other, false},
	} {
		if got := c.reads.Any(c.changed, c.facts); got != c.want {
			t.Errorf("%s: %v, want %v; it reads %+v", c.what, got, c.want, c.reads)
		}
	}
}

// TestACorrectionTakesBackWhatHangsOnIt corrects in the middle of an offer: the
// order takes the offer back, the day leaves it on the table, a number to call
// changes nothing and leads back to the very question.
func TestACorrectionTakesBackWhatHangsOnIt(t *testing.T) {
	f := flows(t)["after-sales"]
	at := hears(t, f, broken(t, f), message.Reading{Lang: message.English, Choice: "wish:1"})
	if at.Kind != flow.Lower || len(at.Matter.Wishes[0].Rungs) != 1 {
		t.Fatalf("nothing is offered in %s: %+v", at.At, at.Matter.Wishes)
	}
	at.Matter.Slots["phone"] = message.Slot{Kind: message.SlotPhone, Text: "+15550100"}
	sunday := message.Slot{Kind: message.SlotDate, Time: start.AddDate(0, 0, 4).Truncate(24 * time.Hour), Span: "sunday"}
	for _, c := range []struct {
		name  string
		slot  message.Slot
		at    string
		rungs int
		left  string
		facts bool
	}{
		{"another order", message.Slot{Kind: message.SlotOrder, Text: "35520"}, "lookup", 0, "", false},
		{"another day", sunday, "restate", 1, "replacement", true},
		{"another number", message.Slot{Kind: message.SlotPhone, Text: "+15550102"}, "lower", 1, "", true},
	} {
		got := hears(t, f, at, message.Reading{Lang: message.English, Correction: true, Answer: message.Refuse, Objection: message.ObjectTime, Slots: []message.Slot{c.slot}})
		i := slices.IndexFunc(got.Matter.Wishes, func(e expect.Expectation) bool { return e.Service == "replacement" })
		if got.At != c.at || len(got.Matter.Wishes[i].Rungs) != c.rungs || len(got.Matter.Wishes[i].Offered) != c.rungs || got.Matter.Left != c.left || (len(got.Matter.Facts) > 0) != c.facts {
			t.Errorf("%s: in %s with offers %v, left %q, facts %v", c.name, got.At, got.Matter.Wishes[i].Rungs, got.Matter.Left, got.Matter.Facts)
		}
		if !got.Matter.Ranked || len(got.Matter.Wishes) != len(at.Matter.Wishes) || got.Control.Refusals != 0 {
			t.Errorf("%s: what was ranked is forgotten, or it counted as a refusal: %+v", c.name, got.Matter)
		}
	}
}

// hears is a message read as r.
func hears(t *testing.T, f *flow.Flow, s State, r message.Reading) State {
	t.Helper()
	got, err := Step(f, Settings{}, s, Input{At: start, Kind: InMessage, Text: "so", Reading: r, Seed: 5, Case: "A-FIX"})
	if err != nil {
		t.Fatal(err)
	}
	return got.State
}
