package lines_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// broadband gives the files of the broadband flow and the flow itself, which
// must hold nothing that check finds wanting.
func broadband(t *testing.T) (flow.Files, *flow.Flow) {
	t.Helper()
	files, err := lines.Files("broadband")
	if err != nil {
		t.Fatal(err)
	}
	f, found := flow.Check(files)
	for _, x := range found {
		t.Error(x)
	}
	if f == nil {
		t.FailNow()
	}
	return files, f
}

// Whoever calls about a line that is down has no patience for a long way.
func TestBroadbandEnds(t *testing.T) {
	_, f := broadband(t)
	p := f.Prove(flow.ProveOptions{})
	if !p.Ends || p.Understood > 16 || p.Worst > 36 {
		t.Errorf("ends %v, %d turns always understood, %d with every mishap: %v", p.Ends, p.Understood, p.Worst, p.Fault)
	}
}

// Every conversation goes as it is written, in each language at least eight.
func TestBroadbandConversations(t *testing.T) {
	files, f := broadband(t)
	u, err := intents.Taught(intents.Words(f.Words), intents.Words(f.Examples), f.Broader)
	if err != nil {
		t.Fatal(err)
	}
	played := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		lang, _, _ := strings.Cut(path.Base(name), "-")
		played[lang]++
		got, s, err := dialogtest.Run(f, dialog.Settings{Business: "Fernhill", Zone: time.UTC}, u.Understand, string(files[name]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := dialogtest.FirstDifference(string(files[name]), got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if err := s.Replay(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, lang := range []string{"en", "hans", "hant"} {
		if played[lang] < 8 {
			t.Errorf("%d conversations in %s", played[lang], lang)
		}
	}
}

// The rule on the moving fee is bent for a mixed-up door, and for nothing
// else: a move of one's own is met with patience and the ladder.
func TestBroadbandGoodwillIsForTheWrongDoor(t *testing.T) {
	_, f := broadband(t)
	svc := f.Catalog.Service("fee_waiver")
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	for contract, bent := range map[string]bool{"730305": true, "703305": true, "770305": true, "285516": false, "428865": false, "638402": false} {
		facts, ok := f.Fact(contract, now, time.UTC)
		if !ok {
			t.Fatalf("no contract %s", contract)
		}
		offer, ok := svc.Goodwill(flow.Env{Now: now, Zone: time.UTC, Facts: facts, Verified: true})
		if ok != bent {
			t.Errorf("%s: goodwill %v, want %v", contract, ok, bent)
		}
		if ok && offer.Options[0].Paid() == 0 {
			t.Errorf("%s: nothing is waived", contract)
		}
	}
}

// Somebody has to be at home, so a visit never lasts a whole day: every window
// has a beginning and an end on one day, at most three hours apart.
func TestBroadbandWindowsAreHours(t *testing.T) {
	files, f := broadband(t)
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	windows := 0
	for _, line := range strings.Split(string(files["facts.csv"]), "\n")[1:] {
		key, _, _ := strings.Cut(line, ",")
		facts, ok := f.Fact(key, now, time.UTC)
		if !ok {
			continue
		}
		for _, end := range []string{"slot_a", "slot_b", "evening"} {
			if facts[end] == "" {
				continue
			}
			windows++
			from, okFrom := flow.ParseTime(facts[end+"_from"], time.UTC)
			to, okTo := flow.ParseTime(facts[end], time.UTC)
			if span := to.Sub(from); !okFrom || !okTo || span <= 0 || span > 3*time.Hour || from.YearDay() != to.YearDay() {
				t.Errorf("contract %s: %s from %q to %q", key, end, facts[end+"_from"], facts[end])
			}
		}
	}
	if windows < 12 {
		t.Errorf("only %d windows were looked at", windows)
	}
}

// A section that customers are heard by holds enough of their own words.
func TestBroadbandSectionsAreFull(t *testing.T) {
	_, f := broadband(t)
	heard := map[string]bool{}
	for _, i := range f.Catalog.Incidents {
		for _, s := range i.Heard {
			heard[s] = true
		}
	}
	for _, svc := range f.Catalog.Services {
		for _, s := range svc.Heard {
			heard[s] = true
		}
	}
	for name := range heard {
		for _, lang := range message.Langs() {
			if n := len(f.Examples[name][lang]); n < 15 {
				t.Errorf("[%s] has %d examples in %s", name, n, lang)
			}
			if n := len(f.Words[name][lang]); n < 10 {
				t.Errorf("[%s] has %d cues in %s", name, n, lang)
			}
		}
	}
}
