package flow_test

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/google/go-cmp/cmp"
)

var (
	taipei = time.FixedZone("Taipei", 8*3600)
	now    = time.Date(2026, 11, 25, 10, 0, 0, 0, taipei)
)

func parse(t *testing.T, files flow.Files) *flow.Flow {
	t.Helper()
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// env is a verified customer with the lamp, asked for by a day of November.
func env(t *testing.T, f *flow.Flow, order string, needBy int) flow.Env {
	t.Helper()
	row, ok := f.Fact(order, now, taipei)
	if !ok {
		t.Fatalf("no order %s", order)
	}
	e := flow.Env{Now: now, Zone: taipei, Facts: row, Verified: true, Slots: map[string]message.Slot{}}
	if needBy > 0 {
		e.Slots["need_by"] = message.Slot{Kind: message.SlotDate, Time: time.Date(2026, 11, needBy, 0, 0, 0, 0, taipei)}
	}
	return e
}

func TestFacts(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	row, ok := f.Fact(" 48213 ", time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC), taipei) // already the 26th there
	want := map[string]string{"order": "48213", "item.en": "white lamp", "price": "42", "currency": "USD", "status": "delivered",
		"ready": "2026-12-01", "store.en": "Riverside", "store_until": "2026-11-28T20:00", "window": "open"}
	if diff := cmp.Diff(want, row); !ok || diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	row["order"] = "changed"
	if again, _ := f.Fact("48213", now, nil); again["order"] != "48213" {
		t.Error("a row is the caller's own")
	}
	if _, ok := f.Fact("00000", now, nil); ok {
		t.Error("an unknown order was found")
	}
}

func TestVerdicts(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	lamp, refund := f.Catalog.Service("replacement"), f.Catalog.Service("refund")
	for _, c := range []struct {
		name string
		s    *flow.Service
		env  flow.Env
		want expect.Verdict
	}{
		{"ready in time", lamp, env(t, f, "48213", 30), expect.Meet}, // ready on the 30th
		{"ready too late", lamp, env(t, f, "48213", 29), expect.Later},
		{"no day named", lamp, env(t, f, "48213", 0), expect.Later},
		{"not known when ready", lamp, env(t, f, "20918", 30), expect.Unknown},
		{"no facts", lamp, flow.Env{Now: now}, expect.Unknown},
		{"cheap and open", refund, env(t, f, "77350", 0), expect.Meet},
		{"open, but dear", refund, env(t, f, "48213", 0), expect.Cannot},
		{"closed", refund, env(t, f, "20918", 0), expect.Cannot},
	} {
		if got := c.s.Verdict(c.env); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestGrants(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	refund := f.Catalog.Service("refund")
	got, ok := refund.Grant(env(t, f, "77350", 0))
	want := expect.Offer{Currency: "USD", Options: []expect.Option{{ID: "whole", Terms: []expect.Term{{
		Do: "money_back", Owner: "billing", By: time.Date(2026, 11, 30, 23, 59, 0, 0, taipei), Pay: 1990, UpTo: 1990}}}}}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("grant (-want +got):\n%s", diff)
	}
	unproved := env(t, f, "77350", 0)
	unproved.Verified = false
	for name, e := range map[string]flow.Env{"above the authority": env(t, f, "48213", 0), "above what goes unverified": unproved, "no price known": {Now: now, Verified: true}} {
		if o, ok := refund.Grant(e); ok {
			t.Errorf("%s: granted %v", name, o)
		}
	}
}

func TestRungs(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	ladder := f.Catalog.Service("replacement").Ladder
	got, ok := ladder[1].Offer(env(t, f, "48213", 0))
	want := expect.Offer{Rung: "trip", Techniques: []expect.Technique{expect.Reweigh, expect.Compensate}, Currency: "USD",
		Options: []expect.Option{{ID: "trip", Terms: []expect.Term{
			{Do: "hold", Owner: "service", By: time.Date(2026, 11, 27, 20, 0, 0, 0, taipei)},
			{Do: "taxi", Owner: "billing", By: time.Date(2026, 12, 2, 23, 59, 0, 0, taipei), Pay: 1500, UpTo: 2000}}}}}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("offer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]message.Objection{message.ObjectEffort, message.ObjectPrice}, ladder[1].Answers); diff != "" {
		t.Error(diff)
	}
	past := env(t, f, "48213", 0)
	past.Now = now.AddDate(0, 0, 3)
	euros := env(t, f, "48213", 0)
	euros.Facts["currency"] = "EUR"
	unproved := env(t, f, "48213", 0)
	unproved.Verified = false
	for name, e := range map[string]flow.Env{
		"its condition does not hold": env(t, f, "77350", 0),
		"its deadline is past":        past, "no amount in this currency": euros, "too much for the unverified": unproved,
	} {
		if o, ok := ladder[1].Offer(e); ok {
			t.Errorf("%s: offered %v", name, o)
		}
	}
	if _, ok := ladder[0].Offer(env(t, f, "77350", 0)); ok {
		t.Error("an offer was made although one of its options lacks a fact")
	}
}

// What may be reached by a counter-offer is cut to what is allowed, but what
// is offered is not.
func TestRoomIsCutToTheAuthority(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	part := f.Catalog.Service("refund").Ladder[1]
	e := env(t, f, "48213", 0)
	if o, ok := part.Offer(e); !ok || o.Options[0].Paid() != 800 || o.Options[0].Room() != 1200 {
		t.Errorf("verified: %v, %v", o, ok)
	}
	e.Verified = false // at most 10
	if o, ok := part.Offer(e); !ok || o.Options[0].Paid() != 800 || o.Options[0].Room() != 1000 {
		t.Errorf("unverified: %v, %v", o, ok)
	}
}

func TestCatalogKeepsTheFilesOrder(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	c := f.Catalog
	if c.Services[0].Name != "replacement" || c.Services[1].Name != "refund" || c.Incident("damaged") != c.Incidents[0] {
		t.Error("services and incidents should stand in the order of the file")
	}
	if c.Service("none") != nil || c.Incident("none") != nil {
		t.Error("unknown names should give nil")
	}
	if !c.Lookup.Pattern.MatchString("48213") || c.Lookup.Slot != "order" || c.Owners["billing"].Channel != "C0BILLING" {
		t.Errorf("%+v", c.Lookup)
	}
	if got := f.Words["refund"][message.English]; cmp.Diff([]string{"refund", "money back"}, got) != "" {
		t.Errorf("cues %q", got)
	}
	if got := f.Examples["refund"][message.English]; cmp.Diff([]string{"give me my money back"}, got) != "" {
		t.Errorf("examples %q", got)
	}
}
