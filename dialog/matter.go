package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// forget takes wishes off that the customer gave up before they were put to
// them; the last first, so that the indices stay true.
func (t *turn) forget(given []int) {
	for i := len(given) - 1; i >= 0; i-- {
		w := t.s.Matter.Wishes
		if t.kind() != flow.Listen { // they were put to the customer or asked for
			t.holdLine("withdraw.done", "wish", t.wishText(t.s.Lang, w[given[i]]))
		}
		t.s.Matter.Wishes = append(w[:given[i]:given[i]], w[given[i]+1:]...)
	}
}

// How long a matter that ended in silence can be gone on with, and how long
// the order of the last matter is taken to be meant still.
const (
	comeBack  = 7 * 24 * time.Hour
	sameOrder = 24 * time.Hour
)

// newMatter forgets the last matter and keeps the person: language, name,
// promises. What was named for later becomes the first wishes of the new one.
// A matter that silence ended is gone on with: nobody tells a thing twice.
func (t *turn) newMatter() {
	old := t.s.Matter
	t.s.Matter = Matter{Slots: map[string]message.Slot{}, Facts: map[string]string{}, Held: old.Held, HeldKeys: old.HeldKeys, Greet: old.Greet}
	since := t.in.At.Sub(old.Ended)
	switch {
	case old.Silenced && since < comeBack:
		t.carryOver(old)
	case old.Ended.IsZero() || since < sameOrder:
		t.keepOrder(old)
	}
	for _, name := range old.Later {
		if svc := t.f.Catalog.Service(name); svc != nil && !t.wished(name) {
			t.addWish(svc, expect.Explicit)
		}
	}
}

// keepOrder takes the order of the matter before for the one that is meant,
// as long as no other is named; the restatement names it.
func (t *turn) keepOrder(old Matter) {
	slot := t.f.Catalog.Lookup.Slot
	if s, ok := old.Slots[slot]; ok && len(old.Facts) > 0 {
		t.s.Matter.Slots[slot], t.s.Matter.Facts, t.s.Matter.Looked, t.s.Matter.Kept = s, old.Facts, old.Looked, s.Text
		t.s.Matter.Unverified = old.Unverified
	}
}

// carryOver takes what was told in a matter that silence ended into the new
// one. What was settled has its promise and stays out.
func (t *turn) carryOver(old Matter) {
	m := &t.s.Matter
	m.Carried = true
	m.Incident, m.Slots, m.Facts, m.Looked, m.Story, m.Soothed = old.Incident, old.Slots, old.Facts, old.Looked, old.Story, old.Soothed
	m.Unverified = old.Unverified
	for _, e := range old.Wishes {
		if e.Status == expect.Open && t.f.Catalog.Service(e.Service) != nil { // the flow may have been edited
			m.Wishes = append(m.Wishes, e.Afresh())
		}
	}
}
