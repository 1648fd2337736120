package flow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

// surveying is the minimal flow with what is asked after the end.
func surveying(t *testing.T, section string) *flow.Flow {
	t.Helper()
	files := flowtest.Minimal()
	files["flow.yaml"] = append(files["flow.yaml"], []byte("\n"+section)...)
	files["lines.en.yaml"] = append(files["lines.en.yaml"], []byte("\n  follow_up.works: \"Is all well ({case}): {text}?\"\n  follow_up.later: \"Still ({case}): {text}?\"\n")...)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A survey that says only what it asks about has the defaults of the guide.
func TestSurveyDefaults(t *testing.T) {
	f := surveying(t, "surveys:\n  close: {ask: [process, outcome]}\n"+
		"follow_ups:\n  works: {after: 3d, until: 7d}\n  later: {after: 8d, until: 14d, if_wanted: works}\n")
	s := f.Survey("close")
	if s == nil || s.After != 5*time.Minute || s.Until != 24*time.Hour+5*time.Minute || s.Most != 3 || s.Poor != 3 || s.Owner != "" {
		t.Fatalf("survey %+v", s)
	}
	if len(s.Ask) != 2 || s.Ask[0] != expect.Process {
		t.Errorf("asks about %v", s.Ask)
	}
	if f.Quiet != (flow.Hours{From: 21 * time.Hour, To: 9 * time.Hour}) {
		t.Errorf("quiet hours %+v", f.Quiet)
	}
	if again := f.Again("works"); again == nil || again.Name != "later" || f.Again("later") != nil || f.Again("") != nil {
		t.Errorf("after works comes %+v", again)
	}
	if f.FollowUp("works") == nil || f.FollowUp("nothing") != nil || f.Survey("nothing") != nil {
		t.Error("finding by name")
	}
}

// A flow that asks nothing needs no words for it, and says nothing.
func TestWithoutSurveys(t *testing.T) {
	f, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Surveys)+len(f.FollowUps) > 0 {
		t.Errorf("surveys %v, follow-ups %v", f.Surveys, f.FollowUps)
	}
}

func TestQuietHours(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	night := flow.Hours{From: 21 * time.Hour, To: 9 * time.Hour}
	noon := flow.Hours{From: 12 * time.Hour, To: 13*time.Hour + 30*time.Minute}
	for _, c := range []struct {
		hours    flow.Hours
		zone     *time.Location
		at, want string
	}{
		{night, time.UTC, "2026-11-25T20:59:59Z", "2026-11-25T20:59:59Z"},
		{night, time.UTC, "2026-11-25T21:00:00Z", "2026-11-26T09:00:00Z"},
		{night, time.UTC, "2026-11-25T00:00:00Z", "2026-11-25T09:00:00Z"},
		{night, time.UTC, "2026-11-25T08:59:59Z", "2026-11-25T09:00:00Z"},
		{night, time.UTC, "2026-11-25T09:00:00Z", "2026-11-25T09:00:00Z"},
		{night, time.UTC, "2026-12-31T23:00:00Z", "2027-01-01T09:00:00Z"},
		{noon, time.UTC, "2026-11-25T11:59:00Z", "2026-11-25T11:59:00Z"},
		{noon, time.UTC, "2026-11-25T12:30:00Z", "2026-11-25T13:30:00Z"},
		{flow.Hours{}, time.UTC, "2026-11-25T03:00:00Z", "2026-11-25T03:00:00Z"},
		// In the night in which clocks go forward nine o'clock is an hour sooner.
		{night, london, "2026-03-28T22:00:00Z", "2026-03-29T08:00:00Z"},
		{night, london, "2026-10-24T22:00:00Z", "2026-10-25T09:00:00Z"},
		// Quiet by the business's clock, not by ours.
		{night, time.FixedZone("", 8*3600), "2026-11-25T13:00:00Z", "2026-11-26T01:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.hours.Hold(at, c.zone).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%v at %s holds until %s, not %s", c.hours, c.at, got, c.want)
		}
	}
}

// Holding lands outside the hours, never earlier, and within their length.
func TestQuietHoursLetGo(t *testing.T) {
	base := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	for from := 0; from < 24; from += 3 {
		for to := 0; to < 24; to++ {
			h := flow.Hours{From: time.Duration(from) * time.Hour, To: time.Duration(to) * time.Hour}
			for m := 0; m < 24*60; m += 7 {
				at := base.Add(time.Duration(m) * time.Minute)
				got := h.Hold(at, time.UTC)
				if got.Before(at) || got.Sub(at) >= 24*time.Hour || !h.Hold(got, time.UTC).Equal(got) {
					t.Fatalf("%v at %s gives %s", h, at, got)
				}
			}
		}
	}
}

// The words for what is not asked may be left out, but are known: the built-in
// ones stand in every flow.
func TestSurveyWordsAreKnown(t *testing.T) {
	files := flowtest.Minimal()
	files["lines.en.yaml"] = append(files["lines.en.yaml"], []byte("\n  follow_up.works: \"Is all well: {text}?\"\n")...)
	_, err := flow.Parse(files)
	if err == nil || !strings.Contains(err.Error(), `unknown line "follow_up.works"`) {
		t.Errorf("a question for a follow-up there is not: %v", err)
	}
}
