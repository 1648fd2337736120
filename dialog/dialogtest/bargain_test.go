package dialogtest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

// bargain holds what must be true of every negotiation: no rung twice, the
// standard said once, nothing offered above the authority, compensation only
// for a loss, and a rule bent once and inside its budget.
func (w *watcher) bargain(s dialog.State) {
	cur := w.f.Catalog.Currency
	if c := s.Matter.Facts["currency"]; c != "" {
		cur = c
	}
	limit, _ := w.f.Catalog.Authority.Bot.In(cur)
	goodwill, _ := w.f.Catalog.Goodwill.In(cur)
	bent := 0
	for _, e := range s.Matter.Wishes {
		rungs, standards := map[string]bool{}, 0
		for _, o := range e.Offered {
			if rungs[o.Rung] {
				w.t.Fatalf("%s: the rung %q was offered twice", e.Service, o.Rung)
			}
			rungs[o.Rung] = true
			if slices.Contains(o.Techniques, expect.Standard) {
				standards++
			}
			for _, p := range o.Options {
				if o.Currency == cur && p.Room() > limit {
					w.t.Fatalf("%s: %d was offered, the authority is %d", e.Service, p.Room(), limit)
				}
				if e.Bent && p.Paid() > goodwill {
					w.t.Fatalf("%s: a rule was bent for %d, the budget is %d", e.Service, p.Paid(), goodwill)
				}
			}
		}
		if standards > 1 {
			w.t.Fatalf("%s: the standard was said %d times", e.Service, standards)
		}
		if e.Bent {
			bent++
		}
	}
	if bent > 1 {
		w.t.Fatalf("rules were bent %d times in one matter", bent)
	}
}

// asking is the default flow, in which a refusal without a reason is met with
// the question what is behind it.
func asking(t *testing.T) *flow.Flow {
	t.Helper()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["catalog.yaml"])
	if strings.Count(text, "\nowners:") != 1 {
		t.Fatal("the catalog has changed its shape")
	}
	files["catalog.yaml"] = []byte(strings.Replace(text, "\nowners:", "\nobjections: {none: question, effort: boomerang}\nowners:", 1))
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A refusal without a reason is asked about once: that is no refusal yet, and
// the next one without a reason gets the next offer.
func TestWhyIsAskedOnce(t *testing.T) {
	f := asking(t)
	_, u := shop()
	s := dialogtest.New(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	s.From = message.Person{Ref: "c", Name: "Mei"}
	for _, text := range []string{"the lamp arrived broken, order 48213", "", "saturday, a new one", "yes"} {
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
	for _, c := range []struct {
		says            string
		rungs, refusals int
		why             bool
	}{{"neither", 1, 0, true}, {"neither", 2, 1, false}, {"no", 3, 2, false}} {
		s.Take()
		if err := s.Write(c.says); err != nil {
			t.Fatal(err)
		}
		st, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		e := st.Matter.Wishes[0]
		if st.Kind != flow.Lower || len(e.Rungs) != c.rungs || int(st.Control.Refusals) != c.refusals {
			t.Fatalf("after %q: in %s, rungs %v, %d refusals", c.says, st.Kind, e.Rungs, st.Control.Refusals)
		}
		said := s.Take()
		why := strings.Contains(said[len(said)-1].Text, "what is it about this one")
		if why != c.why || why && len(said[len(said)-1].Choices) > 0 {
			t.Errorf("after %q the bot said %q", c.says, said[len(said)-1].Text)
		}
	}
}
