package desk

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// TestARefusalIsSaidOnceAMinute to each person about each card, in a lane that
// nobody's card stands in; the audit has every press.
func TestARefusalIsSaidOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pass(time.Until(time.Now().Truncate(repeatAfter).Add(repeatAfter + time.Second)))
		other := store.Anchor{Sender: "slack/C", Name: "handoff:12:2", ID: "C:2", Conv: 12}
		b := newBench(t, card, other)
		press := func(data string, on message.PlatformID) string {
			in := pressed(data, on)
			in.From.Ref = "T/STRANGER"
			ans := b.handle(in)
			if len(ans.Shows) != 1 || len(ans.Turn.Audit) != 1 || ans.Turn.Audit[0].Verdict != "denied" {
				t.Fatalf("%+v", ans)
			}
			if s := ans.Shows[0]; s.Lane != "private:T/STRANGER" || !s.Mirror || s.Once == "" {
				t.Fatalf("lane %q, mirror %v, once %q", s.Lane, s.Mirror, s.Once)
			}
			return ans.Shows[0].Once
		}
		first := press("take 12:1", "C:1")
		for range 20 {
			pass(time.Second)
			if press("take 12:1", "C:1") != first {
				t.Fatal("the same was said again within the minute")
			}
		}
		if press("take 12:2", "C:2") == first {
			t.Error("nothing was said of another card")
		}
		pass(repeatAfter)
		if press("take 12:1", "C:1") == first {
			t.Error("nothing was said a minute later")
		}
	})
}

// TestAPointlessPressIsAnsweredOnceAMinute, for each person and each reason.
func TestAPointlessPressIsAnsweredOnceAMinute(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 10, 0, time.UTC)
	once := func(at time.Time, event dialog.HandoffEvent, by message.UserRef) string {
		e := dialog.HandoffChanged{Event: event, Handoff: dialog.Handoff{N: 1, Owner: "T/ANNA", Name: "Anna"}, ByRef: by}
		shows, err := New("", nil).At(at).Handoff(12, e)
		if err != nil || len(shows) != 1 {
			t.Fatalf("%s: %+v, %v", event, shows, err)
		}
		return shows[0].Once
	}
	seen := map[string]bool{}
	for _, event := range []dialog.HandoffEvent{dialog.HandoffLost, dialog.HandoffDenied, dialog.HandoffOver} {
		first := once(noon, event, "T/BEN")
		if first == "" || once(noon.Add(49*time.Second), event, "T/BEN") != first {
			t.Errorf("%s: said twice within a minute", event)
		}
		seen[first], seen[once(noon, event, "T/CY")], seen[once(noon.Add(time.Minute), event, "T/BEN")] = true, true, true
	}
	if len(seen) != 9 {
		t.Errorf("of nine that differ %d are posted", len(seen))
	}
}
