package lines_test

import (
	"bytes"
	"encoding/csv"
	"maps"
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

func hotel(t *testing.T) (*flow.Flow, flow.Files) {
	t.Helper()
	files, err := lines.Files("hotel")
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f, files
}

// Who stands at a desk at night is not kept talking: the bounds are those the
// project promises for every shipped flow.
func TestHotelIsProved(t *testing.T) {
	f, _ := hotel(t)
	p := f.Prove(flow.ProveOptions{})
	if !p.Ends || p.Understood > 16 || p.Worst > 36 {
		t.Errorf("ends %v, understood %d, worst %d: %+v", p.Ends, p.Understood, p.Worst, p.Fault)
	}
}

func TestHotelConversations(t *testing.T) {
	f, files := hotel(t)
	u, err := intents.Taught(intents.Words(f.Words), intents.Words(f.Examples), f.Broader)
	if err != nil {
		t.Fatal(err)
	}
	played := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		base, ok := strings.CutPrefix(name, "tests/")
		if !ok {
			continue
		}
		lang, _, _ := strings.Cut(base, "-")
		played[lang]++
		got, s, err := dialogtest.Run(f, dialog.Settings{Business: "Fernhill", Zone: time.UTC}, u.Understand, string(files[name]))
		if err == nil {
			err = s.Replay()
		}
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		if d := dialogtest.FirstDifference(string(files[name]), got); d != "" {
			t.Errorf("%s: %s", base, d)
		}
	}
	for _, lang := range []string{"en", "hans", "hant"} {
		if played[lang] < 8 {
			t.Errorf("%d conversations in %s", played[lang], lang)
		}
	}
}

// Every rung is offered for some demo booking at some hour of the day, and
// reads well in every language: rooms and hours fall into their places.
func TestHotelOffersReadWell(t *testing.T) {
	f, files := hotel(t)
	rows, err := csv.NewReader(bytes.NewReader(files["facts.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for _, row := range rows[1:] {
		for _, hour := range []int{7, 14, 20, 23} {
			at := time.Date(2026, 11, 25, hour, 0, 0, 0, time.UTC)
			facts, ok := f.Fact(row[0], at, time.UTC)
			if !ok {
				t.Fatalf("booking %s is not found", row[0])
			}
			e := flow.Env{Now: at, Zone: time.UTC, Facts: facts, Slots: map[string]message.Slot{}, Verified: true}
			hotelOffers(t, f, e, row[0], made)
		}
	}
	for _, svc := range f.Catalog.Services {
		for _, r := range svc.Ladder {
			if !made[svc.Name+"."+r.ID] {
				t.Errorf("no demo booking shows rung %s of %s", r.ID, svc.Name)
			}
		}
	}
}

func hotelOffers(t *testing.T, f *flow.Flow, e flow.Env, booking string, made map[string]bool) {
	t.Helper()
	for _, svc := range f.Catalog.Services {
		for i := range svc.Ladder {
			o, ok := svc.Ladder[i].Offer(e)
			if !ok {
				continue
			}
			made[svc.Name+"."+svc.Ladder[i].ID] = true
			for _, lang := range message.Langs() {
				readOffer(t, f, lang, svc.Name, o, vars(e, lang, booking, o))
			}
		}
	}
}

// A full house is never an offer of nothing: every guest who is due tonight
// and finds it full has two houses to choose from, as long as they hold.
func TestFullHouseLeavesAChoice(t *testing.T) {
	f, _ := hotel(t)
	at := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	for _, booking := range []string{"204817", "531620", "718034"} {
		facts, ok := f.Fact(booking, at, time.UTC)
		if !ok {
			t.Fatalf("booking %s is not found", booking)
		}
		o, ok := f.Catalog.Service("room_tonight").Ladder[0].Offer(flow.Env{Now: at, Zone: time.UTC, Facts: facts, Verified: true})
		if !ok || len(o.Options) != 2 {
			t.Errorf("booking %s: %v, %d options", booking, ok, len(o.Options))
		}
		for _, option := range o.Options {
			for _, term := range option.Terms {
				if term.Owner == "" || term.By.IsZero() {
					t.Errorf("booking %s: %s has owner %q and deadline %v", booking, term.Do, term.Owner, term.By)
				}
			}
		}
	}
}
