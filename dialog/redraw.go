package dialog

import "reflect"

// A card must not fall behind: an offer that was taken, a promise made while
// nobody comes, a fact that arrived, a wish told while waiting. Where a step
// changes what stands on it and no event of the hand-off carries that already,
// the card is redrawn. Words of the customer are no reason: they stand in the
// thread.

// shown is the card as it stands before the step; nil where there is none.
func (t *turn) shown() *Brief {
	if t.s.Handoff == nil {
		return nil
	}
	return t.brief()
}

// redraw brings the card up to date where nothing else does.
func (t *turn) redraw(shown *Brief) {
	h := t.s.Handoff
	if h == nil {
		return
	}
	for _, e := range t.effects {
		if c, ok := e.(HandoffChanged); ok && c.Handoff.N == h.N && c.Brief != nil {
			shown = c.Brief
		}
	}
	if now := t.brief(); shown == nil || !reflect.DeepEqual(now.face(), shown.face()) {
		t.emit(HandoffChanged{Handoff: *h, Event: HandoffBriefed, Brief: now})
	}
}

// face is what of a brief makes a new card worth drawing.
func (b *Brief) face() Brief {
	f := *b
	f.Story, f.Transcript, f.Mood, f.Trend = nil, nil, 0, ""
	return f
}
