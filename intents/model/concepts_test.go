package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/text"
)

// TestConcepts: words that no example has are known by what they mean, also in
// another language than that of the examples, and are named as they stand.
func TestConcepts(t *testing.T) {
	m := train(t, shop(), strangers()...)
	for raw, want := range map[string]string{
		"smashed":           "broken",
		"it is dented":      "broken",
		"摔裂":                "broken",
		"signing in fails":  "account",
		"my consignment":    "order",
		"快递呢":               "order",
		"收据":                "invoice",
		"unable to sign in": "account",
	} {
		if got := m.Rank(text.Parse(raw), 1).Labels[0].Label; got != want {
			t.Errorf("%q is read as %s, not %s", raw, got, want)
		}
	}
	if why := m.Why(text.Parse("it seems smashed"), "broken", 3); !slices.Contains(why, "smash") {
		t.Errorf("why: %q", why)
	}
}

// TestManyConcepts: pairs of concepts stay within bounds in a text that has all.
func TestManyConcepts(t *testing.T) {
	m := train(t, shop())
	all := "refund parcel broken cancel address card cash late invoice coupon login password stock size colour repair warranty courier phone email photo weather car food pet music joke travel hotel flight school doctor baby friend light water door clean smell hot fast slow loud happy sad angry"
	d := text.Parse(strings.Repeat(all+" ", 8))
	if r := m.Rank(d, 1); len(r.Labels) != 1 {
		t.Errorf("%+v", r)
	}
	// What is borrowed may be dropped under the race detector, so bounds on what is
	// made of a text are held by counting that, and not what is allocated.
	if spoke := m.Spoke(d, "order"); len(spoke) == 0 || len(spoke) > 4000 {
		t.Errorf("%d things spoke", len(spoke))
	}
}
