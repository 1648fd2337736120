package flow

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// Surveys and follow-ups are questions the bot asks of its own accord, after a
// matter has ended. They are no states: buttons of their own answer them, and
// they wait while anything else is open.

// Survey asks how a matter went, on a scale of 1 to [TopScore], once for each
// of the expectations it was about, those that matter most first.
type Survey struct {
	Name  string
	After time.Duration // after the matter's end
	Until time.Duration // not asked any more when this has passed since then
	// Ask lists what is asked about: outcome, process or both.
	Ask   []expect.Aspect
	Most  int    // questions in all; that about the process is one of them
	Poor  int    // at or below it a person hears
	Owner string // of the catalog's owners: who hears; "" = customer service
}

// FollowUp asks whether what was carried out is all right.
type FollowUp struct {
	Name         string // its question is the line "follow_up." + Name
	After, Until time.Duration
	// IfWanted names the follow-up after which the customer wanted to be asked
	// once more; "" = this one follows every promise that is kept.
	IfWanted string
}

// Hours are a part of the day, by the clock of the business's zone: from From
// to To, over midnight where To is the smaller. Both are counted from
// midnight; equal ones are no part of the day at all.
type Hours struct{ From, To time.Duration }

// TopScore is the best answer to a survey's question; 1 is the worst.
const TopScore = 9

// Hold gives the first instant at or after at that lies outside of h.
func (h Hours) Hold(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	// What the clock shows, also on days of 23 or 25 hours.
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	switch {
	case h.From == h.To:
	case h.From < h.To && clock >= h.From && clock < h.To:
		return atClock(local, h.To)
	case h.From > h.To && clock >= h.From:
		return atClock(local.AddDate(0, 0, 1), h.To)
	case h.From > h.To && clock < h.To:
		return atClock(local, h.To)
	}
	return at
}

// length is how long the hours last.
func (h Hours) length() time.Duration {
	if h.To < h.From {
		return h.To + 24*time.Hour - h.From
	}
	return h.To - h.From
}

// Survey finds a survey by name; nil where there is none.
func (f *Flow) Survey(name string) *Survey {
	for i := range f.Surveys {
		if f.Surveys[i].Name == name {
			return &f.Surveys[i]
		}
	}
	return nil
}

// FollowUp finds a follow-up by name; nil where there is none.
func (f *Flow) FollowUp(name string) *FollowUp {
	for i := range f.FollowUps {
		if f.FollowUps[i].Name == name {
			return &f.FollowUps[i]
		}
	}
	return nil
}

// Again gives the follow-up that is put where the customer wanted another
// after name; nil where there is none.
func (f *Flow) Again(name string) *FollowUp {
	for i := range f.FollowUps {
		if f.FollowUps[i].IfWanted == name && name != "" {
			return &f.FollowUps[i]
		}
	}
	return nil
}
