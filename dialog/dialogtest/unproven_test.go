package dialogtest_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// told plays texts with a pause after each, and gives all that was said.
func told(t *testing.T, s *dialogtest.Session, texts ...string) string {
	t.Helper()
	for _, text := range texts {
		if err := s.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := s.Advance(s.Now.Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	var said []string
	for _, l := range s.Take() {
		said = append(said, l.Text)
	}
	return strings.Join(said, "\n")
}

// Goods are money too: a new coffee machine does not go out on an order that
// nobody has shown to be theirs, and it does where it is.
func TestGoodsNeedAnOwner(t *testing.T) {
	f, understand := owned(t)
	for order, from := range map[string]message.UserRef{"35520": "telegram:7", "48213": "telegram:2"} {
		s := dialogtest.New(f, settings, understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
		s.From = message.Person{Ref: from, Name: "Mei", Lang: message.English}
		told(t, s, "order "+order+" arrived damaged, I want a new one", "no day matters", "yes")
		st, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		if proven := order == "48213"; len(st.Promises) > 0 != proven {
			t.Errorf("order %s, in %s: %+v", order, st.Kind, st.Promises)
		}
	}
}

// What goes out without an owner adds up over all orders: to name one after the
// other earns nothing.
func TestUnprovenOrdersShareOnePurse(t *testing.T) {
	f, understand := owned(t)
	s := dialogtest.New(f, settings, understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	s.From = message.Person{Ref: "telegram:7", Name: "Mei", Lang: message.English}
	for _, order := range []string{"52764", "20918", "66142", "19073"} {
		told(t, s, "I want my delivery fee back, order "+order, "yes", "[One more thing]", "one more thing")
	}
	st, err := s.State()
	if err != nil {
		t.Fatal(err)
	}
	share := 0.0
	for _, p := range st.Promises {
		if limit, _ := f.Catalog.Authority.Unverified.In(p.Currency); p.Pay > 0 {
			share += float64(p.Pay) / float64(limit)
		}
	}
	if share == 0 || share > 1 {
		t.Errorf("%.0f %% of the limit was given: %+v", 100*share, st.Promises)
	}
}

// A day of delivery that is past is not told as the plan: the row is old.
func TestPlansOvertakenAreNotTold(t *testing.T) {
	f, u := shop()
	for day, plan := range map[string]bool{"2026-11-24": false, "2026-11-29": true} {
		s := dialogtest.New(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
		s.From = message.Person{Ref: "c", Name: "Mei", Lang: message.English}
		if err := s.LookUpsAre(dialogtest.LookUpsSlow); err != nil {
			t.Fatal(err)
		}
		told(t, s, "my desk is late, order 52764, I need it by friday")
		row, _ := f.Fact("52764", s.Now, time.UTC)
		row = maps.Clone(row)
		row["same_date"] = day
		if err := s.Do(dialog.Input{Kind: dialog.InFact, Fact: &dialog.Fact{Key: "52764", Found: true, Row: row}}); err != nil {
			t.Fatal(err)
		}
		said := told(t, s)
		st, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		if _, known := st.Matter.Facts["same_date"]; st.Kind != flow.Restate || known != plan || strings.Contains(said, "present plan") != plan {
			t.Errorf("a plan for %s, in %s: %s", day, st.Kind, said)
		}
	}
}
