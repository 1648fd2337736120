package flow_test

import (
	"maps"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

// Goods are held to the limit for orders nobody has shown to be theirs by what
// they are worth; what has neither pay nor worth is not given on such an order.
// Where nothing was looked up there is no order to lose.
func TestWorthOfTheUnverified(t *testing.T) {
	send := `{do: send, by: "fact:ready 18:00"}`
	grant := "grant: {id: same, terms: [" + send + "]}"
	worth := func(w string) *flow.Flow {
		return changed(t, "", grant, "grant: {id: same, terms: [{do: send, by: \"fact:ready 18:00\""+w+"}]}")
	}
	for _, c := range []struct {
		name, worth, price   string
		unverified, verified bool
	}{
		{"worth nothing", ", worth: {USD: 0}", "42", true, true},
		{"within the limit", ", worth: {USD: 10}", "42", true, true},
		{"above the limit", ", worth: {USD: 11}", "42", false, true},
		{"worth its price", `, worth: "fact:price"`, "42", false, true},
		{"worth a small price", `, worth: "fact:price"`, "9.50", true, true},
		{"worth a price nobody knows", `, worth: "fact:price"`, "", false, true},
		{"not said", "", "9", false, true},
	} {
		f := worth(c.worth)
		for verified, want := range map[bool]bool{false: c.unverified, true: c.verified} {
			e := env(t, f, "48213", 0)
			e.Facts = maps.Clone(e.Facts)
			e.Facts["price"], e.Verified = c.price, verified
			if o, ok := f.Catalog.Service("replacement").Grant(e); ok != want {
				t.Errorf("%s, verified %v: %v, %v", c.name, verified, o, ok)
			}
		}
	}
	f := parse(t, flowtest.Minimal())
	if _, ok := f.Catalog.Service("refund").Ladder[0].Offer(flow.Env{Now: now, Zone: taipei}); !ok {
		t.Error("nothing was looked up: a small thing was not offered")
	}
}

// A plan whose time is past is none; other facts stay, and so does the row.
func TestPlansThatAreOvertaken(t *testing.T) {
	f := changed(t, "", `lookup: {slot: order, key: order,`, `lookup: {slot: order, key: order, plans: [ready, store_until],`)
	noon := time.Date(2026, 11, 25, 12, 0, 0, 0, taipei)
	for _, c := range []struct {
		ready string
		known bool
	}{
		{"2026-11-24", false}, {"2026-11-25", true}, {"2026-11-26", true},
		{"2026-11-25T11:59", false}, {"2026-11-25T12:01", true}, {"soon", true}, {"", true},
	} {
		row := map[string]string{"ready": c.ready, "delivered": "2026-11-20", "store_until": "2026-11-30"}
		got := f.Catalog.Lookup.Current(row, noon, taipei)
		if _, known := got["ready"]; known != c.known || got["delivered"] == "" || got["store_until"] == "" {
			t.Errorf("ready %q: %v", c.ready, got)
		}
		if len(row) != 3 {
			t.Fatalf("the row was changed: %v", row)
		}
	}
}
