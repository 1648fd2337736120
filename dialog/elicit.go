package dialog

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
)

// enterElicit finds what is still missing: first what can be looked up, then
// what happened, then what the catalog needs, last what would help.
func (t *turn) enterElicit() flow.Class {
	m := &t.s.Matter
	look := flow.Class{Name: flow.Look}
	if key, ok := m.Slots[t.f.Catalog.Lookup.Slot]; ok && key.Text != m.Looked && t.f.Table.Admits(t.s.Control, look) {
		return look
	}
	ask := flow.Class{Name: flow.Ask}
	if !t.decided() && t.missing() != "" && t.f.Table.Admits(t.s.Control, ask) {
		return ask
	}
	if len(m.Wishes) == 0 {
		// The budget of questions is used up: what usually helps is put to
		// the customer in the restatement, which they confirm or change.
		if inc := t.f.Catalog.Incident(m.Incident); inc != nil && len(inc.Offers) > 0 {
			t.addWish(t.f.Catalog.Service(inc.Offers[0]), expect.Fuzzy)
			t.datesOfWishes()
		}
	}
	if len(m.Wishes) == 0 {
		return flow.Class{Name: flow.Nothing}
	}
	return flow.Class{Name: flow.Complete}
}

// missing names the next slot to ask for, "" where nothing is.
func (t *turn) missing() string {
	m := &t.s.Matter
	if m.Incident == "" && len(m.Wishes) == 0 && !t.skipped(slotIncident) {
		return slotIncident
	}
	var needs []string
	inc := t.f.Catalog.Incident(m.Incident)
	if inc != nil {
		needs = t.needsOf(inc)
	}
	for _, e := range m.Wishes {
		if svc := t.f.Catalog.Service(e.Service); svc != nil {
			needs = append(needs, svc.Needs...)
		}
	}
	for _, n := range needs {
		if _, known := m.Slots[n]; !known && !t.skipped(n) && !t.putOften(n) && n != slotWish {
			return n
		}
	}
	if (len(m.Wishes) == 0 || inc != nil && t.onlyWords(inc)) && !t.skipped(slotWish) && !t.putOften(slotWish) {
		return slotWish
	}
	return ""
}

// needsOf are the slots an incident needs. A wish knows better than what
// happened whether a day matters; the order matters in any case.
func (t *turn) needsOf(inc *flow.Incident) []string {
	if len(t.s.Matter.Wishes) == 0 {
		return slices.Clone(inc.Needs)
	}
	if key := t.f.Catalog.Lookup.Slot; slices.Contains(inc.Needs, key) {
		return []string{key}
	}
	return nil
}

// onlyWords says whether nothing but words was asked for yet ("how do you pack
// these?"), though more can be done about what happened.
func (t *turn) onlyWords(inc *flow.Incident) bool {
	for _, e := range t.s.Matter.Wishes {
		svc := t.f.Catalog.Service(e.Service)
		if svc != nil && (len(svc.Ladder) > 0 || svc.Grants()) || slices.Contains(inc.Offers, e.Service) {
			return false
		}
	}
	return len(inc.Offers) > 0
}

// putOften says whether the slot was asked for as often as a question may be
// put, whatever else was told instead.
func (t *turn) putOften(slot string) bool {
	return t.s.Matter.Asked == slot && t.s.Matter.Put >= t.f.Limits.Tries
}

func (t *turn) skipped(slot string) bool {
	for _, s := range t.s.Matter.Skipped {
		if s == slot {
			return true
		}
	}
	return false
}

// putSlot asks for the next missing slot, with thanks for what was told
// where it is the first question.
func (t *turn) putSlot() {
	m := &t.s.Matter
	slot := t.missing()
	key := "ask." + slot
	if m.Asked == slot && t.toldBeside && len(t.text) == 0 && len(m.Held) == 0 {
		t.add(t.line("elicit.thanks")) // they told something else: that is no wrong answer
	} else if m.Asked == slot {
		key = "ask." + slot + ".again"
	} else if t.s.Control.Questions == 1 && len(t.text) == 0 && len(m.Held) == 0 {
		t.sorryOrThanks()
	}
	if m.Asked != slot {
		m.Put = 0
	}
	m.Asked = slot
	m.Put++
	t.ask(t.first(append(t.ownWords(slot, key), key, "ask."+slot)), t.choices(flow.Elicit), slot)
}

// ownWords are the keys of a question in the words of the service that needs
// it: another colour and a new address are not asked for alike.
func (t *turn) ownWords(slot, key string) []string {
	if key != "ask."+slot {
		return nil
	}
	for _, e := range t.s.Matter.Wishes {
		svc := t.f.Catalog.Service(e.Service)
		if svc != nil && !e.Settled() && slices.Contains(svc.Needs, slot) {
			return []string{key + "." + e.Service}
		}
	}
	return nil
}

// sorryOrThanks is said before the first question: sorry for what happened,
// also to who stays calm, or thanks for telling.
func (t *turn) sorryOrThanks() {
	m := &t.s.Matter
	if m.Incident != "" && !m.Soothed {
		m.Soothed = true
		t.add(t.line("soothe.mild"))
		return
	}
	t.add(t.line("elicit.thanks"))
}

func (t *turn) askedSlot() string {
	if t.s.Ask == nil {
		return ""
	}
	return t.s.Ask.Slot
}

// lookUp asks for the facts of the order and waits, in silence, a moment.
func (t *turn) lookUp() {
	key := t.s.Matter.Slots[t.f.Catalog.Lookup.Slot].Text
	t.s.Matter.Looked = key
	// First what ends the wait: an answer that comes at once must find it set.
	t.emit(SetTimer{Name: timerWait, Due: t.in.At.Add(t.f.Table.Spec(t.s.Control.At).Wait)})
	t.emit(LookUp{Key: key, Customer: t.s.From.Ref})
}
