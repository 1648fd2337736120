package expect_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/expect"
)

// Who comes down from 60 to 50 has hoped for 60 all the same: the zone of
// tolerance keeps its upper end.
func TestZoneKeepsWhatWasHopedForFirst(t *testing.T) {
	sixty, fifty, forty := expect.Level{Amount: 6000, Currency: "USD"}, expect.Level{Amount: 5000, Currency: "USD"}, expect.Level{Amount: 4000, Currency: "USD"}
	e := expect.Expectation{Service: "refund", Adequate: forty}
	for _, l := range []expect.Level{sixty, fifty, fifty, forty} {
		e.Ask(l)
	}
	desired, adequate := e.Zone()
	if e.Asked != forty || desired != sixty || adequate != forty {
		t.Errorf("asked %v, zone %v to %v", e.Asked, desired, adequate)
	}
	plain := expect.Expectation{Asked: fifty}
	if desired, adequate = plain.Zone(); desired != fifty || !adequate.IsZero() {
		t.Errorf("what was asked once is what is hoped for: %v to %v", desired, adequate)
	}
}

func TestLevelSaysNothingOnlyWhereAllIsEmpty(t *testing.T) {
	for _, l := range []expect.Level{{Amount: 1}, {By: time.Unix(1, 0)}, {Count: 2}, {Value: "sea"}} {
		if l.IsZero() {
			t.Errorf("%+v says something", l)
		}
	}
	if !(expect.Level{Currency: "USD"}).IsZero() {
		t.Error("a currency alone says nothing")
	}
}

// A matter that is taken up again keeps what was told and nothing that was
// done about it.
func TestAfresh(t *testing.T) {
	told := expect.Expectation{Service: "refund", Clarity: expect.Explicit, Aspect: expect.Process, Asked: expect.Level{Amount: 1},
		Desired: expect.Level{Amount: 2}, Adequate: expect.Level{Count: 3}, Source: expect.OurPromise}
	done := told
	done.Importance, done.Verdict, done.Status, done.Bent = 1, expect.Cannot, expect.Shelved, true
	done.Reasonable, done.Rungs, done.Offered = expect.NotReasonable, []string{"rule"}, []expect.Offer{{Rung: "rule"}}
	told.Status = expect.Open
	if diff := cmp.Diff(told, done.Afresh()); diff != "" {
		t.Error(diff)
	}
}
