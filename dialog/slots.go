package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// slotKinds says what sort of value fills which slot.
var slotKinds = map[string][]message.SlotKind{
	slotNeedBy: {message.SlotTime, message.SlotDate},
	"bought":   {message.SlotDate, message.SlotTime},
	"amount":   {message.SlotMoney},
	"phone":    {message.SlotPhone},
	"email":    {message.SlotEmail},
	"address":  {message.SlotAddress},
	"name":     {message.SlotName},
}

// absorbSlots fills what the values of a message can fill. A day goes to the
// slot that was asked for, else to the day by which it is needed.
func (t *turn) absorbSlots(l *learned) {
	used := map[message.SlotKind]bool{}
	asked := ""
	if t.s.Ask != nil {
		asked = t.s.Ask.Slot
		t.fillByKind(asked, used, l)
	}
	if s, ok := t.in.Reading.Slot(message.SlotOrder); ok {
		t.absorbOrder(s, l)
		t.oneByOne(s)
	}
	if asked != slotNeedBy && t.dayMatters() {
		t.fillByKind(slotNeedBy, used, l)
	}
	t.absorbContacts(l)
	t.implied(l)
	t.datesOfWishes()
}

// absorbContacts keeps how the customer can be reached.
func (t *turn) absorbContacts(l *learned) {
	for _, name := range []string{"email", "phone"} {
		t.fillByKind(name, map[message.SlotKind]bool{}, l)
	}
}

// dayMatters says whether a day in this message may be the one by which
// something is needed. In a story told freely it is not: "the second time in
// a month" names no deadline.
func (t *turn) dayMatters() bool {
	switch k := t.kind(); {
	case t.in.Reading.Objection == message.ObjectTime && !t.in.Reading.Correction && (k == flow.Lower || k == flow.Propose || k == flow.Shelve || k == flow.Restate):
		return false
	case t.s.Ask != nil && (t.s.Ask.Slot != "" || t.kind() != flow.Listen), t.neededDay():
		return true
	}
	for _, m := range t.in.Reading.Mentions {
		if svc := t.serviceHeard(m.Name); svc != nil && svc.Scale.Timely() {
			return true
		}
	}
	return false
}

// neededDay says whether a day was named as the one by which something is
// needed.
func (t *turn) neededDay() bool {
	return slices.ContainsFunc(t.in.Reading.Slots, func(s message.Slot) bool { return s.Wanted })
}

// implied takes up what is wanted when a day is the answer to "by when?" or
// "what would help?": a whole item by that day. It is put first and, like all
// wishes, said back before anything is built on it.
func (t *turn) implied(l *learned) {
	m := &t.s.Matter
	inc := t.f.Catalog.Incident(m.Incident)
	if _, day := m.Slots[slotNeedBy]; !day || inc == nil || !t.askedFor(slotNeedBy) && !t.askedFor(slotWish) || len(m.Wishes) >= maxWishes {
		return
	}
	for _, e := range m.Wishes {
		if svc := t.f.Catalog.Service(e.Service); svc != nil && svc.Scale.Timely() {
			return
		}
	}
	for _, name := range inc.Offers {
		if svc := t.f.Catalog.Service(name); svc != nil && svc.Scale.Timely() {
			t.addWish(svc, expect.Fuzzy)
			last := len(m.Wishes) - 1
			m.Wishes = append([]expect.Expectation{m.Wishes[last]}, m.Wishes[:last]...)
			l.any = true
			return
		}
	}
}

func (t *turn) fillByKind(name string, used map[message.SlotKind]bool, l *learned) {
	for _, kind := range slotKinds[name] {
		s, ok := t.in.Reading.Slot(kind)
		if !ok || used[kind] {
			continue
		}
		if i := slices.IndexFunc(t.in.Reading.Slots, func(s message.Slot) bool { return s.Kind == kind && s.Wanted }); i >= 0 {
			s = t.in.Reading.Slots[i]
		}
		if (kind == message.SlotDate || kind == message.SlotTime) && s.Time.Before(t.dayStart()) {
			continue // a day that has passed is part of the story, not of the wish
		}
		used[kind] = true
		if kind == message.SlotTime {
			used[message.SlotDate] = true // the same day, without its hour
		}
		if name == slotNeedBy {
			s = t.onItsDay(s)
		}
		t.setSlot(name, s, l)
		return
	}
}

// onItsDay moves an hour that was named without its day to the day it belongs
// to by the facts: "until three" from who leaves on Friday is Friday at three.
// What has passed by then stays the next such hour.
func (t *turn) onItsDay(s message.Slot) message.Slot {
	if !s.Floats {
		return s
	}
	for _, e := range t.s.Matter.Wishes {
		svc := t.f.Catalog.Service(e.Service)
		if svc == nil || svc.Day == "" || e.Settled() {
			continue
		}
		day, ok := t.env().Day(svc.Day)
		if !ok {
			continue
		}
		hour := t.local(s.Time)
		y, m, d := day.Date()
		if at := time.Date(y, m, d, hour.Hour(), hour.Minute(), 0, 0, t.set.Zone); at.After(t.in.At) {
			s.Time = at
		}
		return s
	}
	return s
}

// dayStart is the beginning of today where the business is.
func (t *turn) dayStart() time.Time {
	y, m, d := t.local(t.in.At).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.set.Zone)
}

func (t *turn) absorbOrder(s message.Slot, l *learned) {
	look := t.f.Catalog.Lookup
	if look.Slot == "" || look.Pattern != nil && !look.Pattern.MatchString(s.Text) {
		return
	}
	m := &t.s.Matter
	if s.Text == m.Looked && len(m.Facts) == 0 {
		// Looked up already and not there: saying it again does not make it
		// so. The matter goes on without it.
		t.holdLine(t.unmatched("lookup.still"), "order", s.Text)
		m.Skipped = append(m.Skipped, look.Slot)
		l.any = true
		return
	}
	old, known := m.Slots[look.Slot]
	if known && old.Text != s.Text && m.Carried {
		t.dropCarried() // another order is another matter
	}
	t.setSlot(look.Slot, s, l)
	if known && old.Text != s.Text {
		t.dropFacts(old)
	}
}

// oneByOne says which of two orders is taken first: the other would be passed
// over in silence. In a correction one of them is the wrong one.
func (t *turn) oneByOne(first message.Slot) {
	for _, s := range t.in.Reading.Slots {
		if other, ok := t.anotherOrder(s, first); ok && !t.in.Reading.Correction {
			t.holdLine("lookup.one", "first", first.Text, "other", other)
			return
		}
	}
}

// anotherOrder says whether a value names a second order: as one, or as a
// number that looks just like the first.
func (t *turn) anotherOrder(s, first message.Slot) (string, bool) {
	text := s.Text
	if s.Kind == message.SlotNumber && len(s.Span) == len(first.Text) {
		text = s.Span
	}
	pattern := t.f.Catalog.Lookup.Pattern
	like := s.Kind == message.SlotOrder || s.Kind == message.SlotNumber && pattern != nil
	return text, like && text != "" && text != first.Text && (pattern == nil || pattern.MatchString(text))
}

// dropCarried forgets what was carried over from an earlier matter and keeps
// what this message tells.
func (t *turn) dropCarried() {
	fresh := Matter{Slots: map[string]message.Slot{}, Facts: map[string]string{}}
	m := &t.s.Matter
	fresh.Turns, fresh.Heard, fresh.Held, fresh.Greet, fresh.Moods, fresh.Anger = m.Turns, m.Heard, m.Held, m.Greet, m.Moods, m.Anger
	*m = fresh
	var l learned
	t.absorbMentions(true, &l)
}

// setSlot fills a slot and notes whether it was asked for or was different
// before.
func (t *turn) setSlot(name string, s message.Slot, l *learned) {
	old, known := t.s.Matter.Slots[name]
	if known && old.Text == s.Text && old.Amount == s.Amount && old.Time.Equal(s.Time) {
		return
	}
	t.slots()[name] = s
	if known {
		t.fixed.change(name)
	}
	t.s.Matter.Skipped = slices.DeleteFunc(t.s.Matter.Skipped, func(n string) bool { return n == name })
	l.changed = l.changed || known
	l.any = true
	l.filled = l.filled || t.askedFor(name)
}

// datesOfWishes gives every wish that is measured in days the day by which it
// is needed.
func (t *turn) datesOfWishes() {
	by, ok := t.s.Matter.Slots[slotNeedBy]
	if !ok {
		return
	}
	if day := t.onItsDay(by); day != by { // what was looked up meanwhile may tell the day
		by = day
		t.slots()[slotNeedBy] = by
	}
	for i := range t.s.Matter.Wishes {
		e := &t.s.Matter.Wishes[i]
		if svc := t.f.Catalog.Service(e.Service); svc != nil && svc.Scale.Timely() && !e.Settled() {
			e.Asked.By = by.Time
		}
	}
}

func (t *turn) askedFor(slot string) bool { return t.s.Ask != nil && t.s.Ask.Slot == slot }
