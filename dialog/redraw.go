package dialog

import (
	"maps"
	"reflect"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
)

// A card must not fall behind: an offer that was taken, a promise made while
// nobody comes, a fact that arrived, a wish told while waiting. Where a step
// changes what stands on it and no event of the hand-off carries that already,
// the card is redrawn. Words of the customer are no reason: they stand in the
// thread.

// redraw brings the card up to date where nothing else does; was is the state
// before the step. To word a card takes longer than most steps, so it is worded
// only where something that stands on it has changed.
func (t *turn) redraw(was *State) {
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
		if sameGround(t.shown, &t.s) {
			return
		}
	case was.Handoff == nil:
	case sameGround(was, &t.s):
		return
	default:
		before := newTurn(t.f, t.set, *was, t.in)
		shown = before.brief()
		before.release()
	}
	if now := t.brief(); shown == nil || !reflect.DeepEqual(now.face(), shown.face()) {
		t.emit(HandoffChanged{Handoff: *h, Event: HandoffBriefed, Brief: now})
	}
}

// noteShown keeps the state a card was just drawn from. What is written into
// from here on is a copy, of the slots too.
func (t *turn) noteShown() {
	s := t.s
	s.own()
	t.shown, t.ownSlots = &s, false
}

// sameGround says whether everything that a card's face is made of is as it
// was. To see a difference where there is none costs a drawing, to overlook one
// would leave the card behind.
func sameGround(a, b *State) bool {
	m, n := &a.Matter, &b.Matter
	return a.From.Name == b.From.Name && a.Lang == b.Lang && m.Incident == n.Incident && m.Ranked == n.Ranked && m.Case == n.Case && m.Reopens == n.Reopens &&
		maps.Equal(m.Slots, n.Slots) && reflect.DeepEqual(m.Facts, n.Facts) && // the latter is quick where it is the same map
		slices.EqualFunc(m.Wishes, n.Wishes, sameWish) && slices.Equal(m.Made, n.Made) && slices.Equal(a.Promises, b.Promises) &&
		sameHandoff(a.Handoff, b.Handoff) && sameSettled(a.Settled, b.Settled) && slices.EqualFunc(a.Asides, b.Asides, sameAside)
}

func sameHandoff(a, b *Handoff) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cause == b.Cause && a.PassedBy == b.PassedBy && a.PassedNote == b.PassedNote && a.Promise == b.Promise && slices.Equal(a.Refused, b.Refused)
}

func sameSettled(a, b *Settled) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.By == b.By && a.Note == b.Note && a.At.Equal(b.At)
}

func sameAside(a, b Aside) bool {
	return a.Kind == b.Kind && a.Text == b.Text && a.By == b.By && a.Until.Equal(b.Until) && a.Undated == b.Undated
}

func sameWish(a, b expect.Expectation) bool {
	return a.Service == b.Service && a.Asked == b.Asked && a.Importance == b.Importance && a.Verdict == b.Verdict && a.Status == b.Status &&
		slices.EqualFunc(a.Offered, b.Offered, func(o, p expect.Offer) bool {
			return slices.EqualFunc(o.Options, p.Options, func(o, p expect.Option) bool { return slices.Equal(o.Terms, p.Terms) })
		})
}

// face is what of a brief makes a new card worth drawing.
func (b *Brief) face() Brief {
	f := *b
	f.Story, f.Transcript, f.Mood, f.Trend = nil, nil, 0, ""
	return f
}
