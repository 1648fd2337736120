package dialog

import "reflect"

// A card must not fall behind: an offer that was taken, a promise made while
// nobody comes, a fact that arrived, a wish told while waiting. Where a step
// changes what stands on it and no event of the hand-off carries that already,
// the card is redrawn. Words of the customer are no reason: they stand in the
// thread.

// redraw brings the card up to date where nothing else does; was is the state
// before the step. To word a card takes longer than most steps, so the two are
// worded only where something that stands on it has changed.
func (t *turn) redraw(was State) {
	h := t.s.Handoff
	if h == nil {
		return
	}
	var shown *Brief
	for _, e := range t.effects {
		if c, ok := e.(HandoffChanged); ok && c.Handoff.N == h.N && c.Brief != nil {
			shown = c.Brief
		}
	}
	switch {
	case shown != nil:
	case was.Handoff == nil:
	case sameGround(was, t.s):
		return
	default:
		shown = newTurn(t.f, t.set, was, t.in).brief()
	}
	if now := t.brief(); shown == nil || !reflect.DeepEqual(now.face(), shown.face()) {
		t.emit(HandoffChanged{Handoff: *h, Event: HandoffBriefed, Brief: now})
	}
}

// sameGround says whether everything that a card's face is made of is as it
// was.
func sameGround(a, b State) bool {
	return reflect.DeepEqual(groundOf(a), groundOf(b))
}

// groundOf leaves out what is no reason for another card: what was said, and
// the books of the dialog itself.
func groundOf(s State) State {
	m := s.Matter
	return State{From: s.From, Lang: s.Lang, Called: s.Called, Settled: s.Settled, Promises: s.Promises, Handoff: s.Handoff, Asides: s.Asides,
		Matter: Matter{Incident: m.Incident, Slots: m.Slots, Facts: m.Facts, Wishes: m.Wishes, Ranked: m.Ranked, Case: m.Case, Made: m.Made, Reopens: m.Reopens}}
}

// face is what of a brief makes a new card worth drawing.
func (b *Brief) face() Brief {
	f := *b
	f.Story, f.Transcript, f.Mood, f.Trend = nil, nil, 0, ""
	return f
}
