package dialog

import (
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Bounds of what a matter keeps, so that no flood of messages grows a state
// without end: people take in no more than six points, and an agent needs the
// last words, not all.
const (
	maxWishes = 6
	maxStory  = 12
	maxMoods  = 12
	maxQuote  = 600 // runes of one message kept for the agent's card
)

// Slots that a reading fills by their kind. Others are named by mentions
// ("occasion.birthday") or by the question that was asked ("what").
const (
	slotNeedBy   = "need_by"
	slotOccasion = "occasion"
	slotWish     = "wish"
	slotIncident = "incident"
	slotWhat     = "what"
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

// learned says what a message added to the matter.
type learned struct {
	any      bool // anything new
	filled   bool // the slot that was asked for
	later    string
	withdrew []int // wishes given up, as indices
	changed  bool  // something known before is different now
}

// hear keeps the customer's own words for whoever may take over.
func (t *turn) hear() {
	m := &t.s.Matter
	m.LastAt = t.in.At
	text := strings.TrimSpace(t.in.Text)
	if text != "" {
		m.Story = append(m.Story, clip(text, maxQuote))
	}
	for _, a := range t.in.Attachments {
		m.Story = append(m.Story, "["+string(a.Kind)+"]")
	}
	if n := len(m.Story); n > maxStory {
		m.Story = m.Story[n-maxStory:]
	}
	m.Moods = append(m.Moods, t.in.Reading.Anger)
	if n := len(m.Moods); n > maxMoods {
		m.Moods = m.Moods[n-maxMoods:]
	}
	m.Anger = max(m.Anger, t.in.Reading.Anger)
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// absorb takes what a message tells into the matter. Before the wishes are
// ranked new ones are taken up; after it they wait for the next matter, so
// that the number of open things only falls.
func (t *turn) absorb(open bool) learned {
	var l learned
	t.absorbMentions(open, &l)
	// Against an offer a value is a reason ("monday is too late"), not a new
	// wish, unless it is said as a correction.
	if open || t.in.Reading.Correction {
		t.absorbSlots(&l)
	}
	l.any = l.any || l.filled || l.changed
	return l
}

func (t *turn) absorbMentions(open bool, l *learned) {
	for _, m := range t.in.Reading.Mentions {
		if what, ok := strings.CutPrefix(m.Name, "occasion."); ok {
			t.setSlot(slotOccasion, message.Slot{Kind: message.SlotName, Text: what, Span: m.Cue}, l)
			continue
		}
		if inc := t.incidentHeard(m.Name); inc != nil && !m.Dropped {
			t.absorbIncident(inc, l)
		}
		if svc := t.serviceHeard(m.Name); svc != nil {
			t.absorbService(svc, m, open, l)
		}
	}
}

func (t *turn) absorbIncident(inc *flow.Incident, l *learned) {
	m := &t.s.Matter
	switch {
	case m.Incident == "":
		m.Incident, l.any = inc.Name, true
		l.filled = l.filled || t.askedFor(slotIncident)
	case m.Incident != inc.Name && t.in.Reading.Correction:
		m.Incident, l.changed = inc.Name, true
	}
}

func (t *turn) absorbService(svc *flow.Service, mention message.Mention, open bool, l *learned) {
	m := &t.s.Matter
	svc = t.fitting(svc)
	i := slices.IndexFunc(m.Wishes, func(e expect.Expectation) bool { return e.Service == svc.Name })
	switch {
	case mention.Dropped && i >= 0 && !m.Wishes[i].Settled():
		l.withdrew = append(l.withdrew, i)
	case mention.Dropped || i >= 0:
	case !open:
		if !slices.Contains(m.Later, svc.Name) && len(m.Later) < maxWishes {
			l.later = svc.Name
		}
	case len(m.Wishes) < maxWishes:
		t.addWish(svc, expect.Explicit)
		l.any = true
		l.filled = l.filled || t.askedFor(slotWish)
	}
}

// fitting is the service that is meant where one by a day is named that does
// not belong to what happened: "I need it by Thursday" of a broken lamp wants
// a whole one, of a late lamp the parcel.
func (t *turn) fitting(svc *flow.Service) *flow.Service {
	inc := t.f.Catalog.Incident(t.s.Matter.Incident)
	if inc == nil || svc.Scale != flow.ScaleDate || slices.Contains(inc.Offers, svc.Name) {
		return svc
	}
	for _, name := range inc.Offers {
		if own := t.f.Catalog.Service(name); own != nil && own.Scale == flow.ScaleDate {
			return own
		}
	}
	return svc
}

// addWish puts one more expectation on the matter.
func (t *turn) addWish(svc *flow.Service, clarity expect.Clarity) {
	e := expect.Expectation{Service: svc.Name, Clarity: clarity, Status: expect.Open}
	if s, ok := t.in.Reading.Slot(message.SlotMoney); ok && svc.Scale == flow.ScaleMoney {
		level := expect.Level{Amount: s.Amount, Currency: s.Currency}
		e.Asked = level
		if _, least := t.in.Reading.Mentioned("level.adequate"); least {
			e.Adequate = level
		}
	}
	t.s.Matter.Wishes = append(t.s.Matter.Wishes, e)
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
	}
	if asked != slotNeedBy && t.dayMatters() {
		t.fillByKind(slotNeedBy, used, l)
	}
	for _, name := range []string{"email", "phone"} {
		t.fillByKind(name, used, l)
	}
	t.implied(l)
	t.datesOfWishes()
}

// dayMatters says whether a day in this message may be the one by which
// something is needed. In a story told freely it is not: "the second time in
// a month" names no deadline.
func (t *turn) dayMatters() bool {
	switch k := t.kind(); {
	case t.in.Reading.Objection == message.ObjectTime && (k == flow.Lower || k == flow.Propose || k == flow.Shelve || k == flow.Restate):
		return false
	case t.s.Ask != nil && (t.s.Ask.Slot != "" || t.kind() != flow.Listen):
		return true
	}
	for _, m := range t.in.Reading.Mentions {
		if svc := t.serviceHeard(m.Name); svc != nil && svc.Scale == flow.ScaleDate {
			return true
		}
	}
	return false
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
		if svc := t.f.Catalog.Service(e.Service); svc != nil && svc.Scale == flow.ScaleDate {
			return
		}
	}
	for _, name := range inc.Offers {
		if svc := t.f.Catalog.Service(name); svc != nil && svc.Scale == flow.ScaleDate {
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
		if (kind == message.SlotDate || kind == message.SlotTime) && s.Time.Before(t.dayStart()) {
			continue // a day that has passed is part of the story, not of the wish
		}
		used[kind] = true
		if kind == message.SlotTime {
			used[message.SlotDate] = true // the same day, without its hour
		}
		t.setSlot(name, s, l)
		return
	}
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
		t.holdLine("lookup.still", "order", s.Text)
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
		t.s.Matter.Facts = map[string]string{} // they were another order's
	}
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
	t.s.Matter.Slots[name] = s
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
	for i := range t.s.Matter.Wishes {
		e := &t.s.Matter.Wishes[i]
		if svc := t.f.Catalog.Service(e.Service); svc != nil && svc.Scale == flow.ScaleDate && !e.Settled() {
			e.Asked.By = by.Time
		}
	}
}

func (t *turn) askedFor(slot string) bool { return t.s.Ask != nil && t.s.Ask.Slot == slot }

func (t *turn) incidentHeard(section string) *flow.Incident {
	for _, inc := range t.f.Catalog.Incidents {
		if slices.Contains(inc.Heard, section) {
			return inc
		}
	}
	return nil
}

func (t *turn) serviceHeard(section string) *flow.Service {
	for _, svc := range t.f.Catalog.Services {
		if slices.Contains(svc.Heard, section) {
			return svc
		}
	}
	return nil
}

// told says whether enough is known to go on from listening.
func (t *turn) told() bool {
	m := t.s.Matter
	order, known := m.Slots[t.f.Catalog.Lookup.Slot]
	return m.Incident != "" || len(m.Wishes) > 0 || known && order.Text != m.Kept
}
