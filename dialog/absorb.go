package dialog

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	slotPhone    = "phone"
)

// Occasions that call for sympathy. The others only say why a day matters.
const (
	occasionIllness = "illness"
	occasionLoss    = "loss"
)

// learned says what a message added to the matter.
type learned struct {
	any      bool // anything new
	filled   bool // the slot that was asked for
	later    string
	dropped  []string // services given up, as the message names them
	withdrew []int    // and where those wishes stand once all of it is taken in
	changed  bool     // something known before is different now
	contact  bool     // how to reach them, told beside an offer
}

// hear keeps the customer's own words for whoever may take over.
func (t *turn) hear() {
	m := &t.s.Matter
	m.LastAt = t.in.At
	text := strings.TrimSpace(t.in.Text)
	if text != "" && t.s.Handoff == nil && !t.bareAnswer() { // what comes later stands in the hand-off's thread
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

// bareAnswer says whether a message is no more than the answer to a question:
// without the question it tells nobody anything.
func (t *turn) bareAnswer() bool {
	r := t.in.Reading
	return r.Answer != message.NoAnswer && r.Answer != message.Counter && len(r.Mentions) == 0 && len(r.Slots) == 0 && len([]rune(t.in.Text)) <= maxAnswer
}

// maxAnswer is how long a bare answer is at most, in runes.
const maxAnswer = 30

func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
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
	} else { // how to reach them argues for nothing
		var contact learned
		t.absorbContacts(&contact)
		l.contact = contact.any
	}
	t.absorbLevels(open)
	// Only now, for what the message tells may have moved the wishes. In order
	// and each once: who takes them off the list counts on it.
	for i, e := range t.s.Matter.Wishes {
		if !e.Settled() && slices.Contains(l.dropped, e.Service) {
			l.withdrew = append(l.withdrew, i)
		}
	}
	l.any = l.any || l.filled || l.changed
	return l
}

func (t *turn) absorbMentions(open bool, l *learned) {
	for _, m := range t.in.Reading.Mentions {
		if what, ok := strings.CutPrefix(m.Name, "occasion."); ok {
			t.absorbOccasion(what, m.Cue, l)
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

// absorbOccasion notes why it matters just now. What calls for sympathy gives
// way to nothing lighter, and the sympathy comes before anything else that is
// said: a question first, or a menu, would pass over it.
func (t *turn) absorbOccasion(what, cue string, l *learned) {
	old := t.s.Matter.Slots[slotOccasion].Text
	if old == occasionLoss || old == occasionIllness && what != occasionLoss {
		return
	}
	t.setSlot(slotOccasion, message.Slot{Kind: message.SlotName, Text: what, Span: cue}, l)
	if what == occasionLoss || what == occasionIllness {
		t.holdLine("soothe.mild")
		t.s.Matter.Soothed = true
	}
}

func (t *turn) absorbIncident(inc *flow.Incident, l *learned) {
	m := &t.s.Matter
	switch {
	case m.Incident == "":
		m.Incident, l.any = inc.Name, true
		l.filled = l.filled || t.askedFor(slotIncident)
	case m.Incident != inc.Name && t.in.Reading.Correction:
		m.Incident, l.changed, t.fixed.incident = inc.Name, true, true
	}
}

func (t *turn) absorbService(svc *flow.Service, mention message.Mention, open bool, l *learned) {
	m := &t.s.Matter
	svc = t.fitting(svc)
	i := slices.IndexFunc(m.Wishes, func(e expect.Expectation) bool { return e.Service == svc.Name })
	switch {
	case mention.Dropped && i >= 0 && !m.Wishes[i].Settled():
		l.dropped = append(l.dropped, svc.Name)
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
	if inc == nil || !svc.Scale.Timely() || slices.Contains(inc.Offers, svc.Name) {
		return svc
	}
	for _, name := range inc.Offers {
		if own := t.f.Catalog.Service(name); own != nil && own.Scale.Timely() {
			return own
		}
	}
	return svc
}

// addWish puts one more expectation on the matter.
func (t *turn) addWish(svc *flow.Service, clarity expect.Clarity) {
	t.s.Matter.Wishes = append(t.s.Matter.Wishes, t.newWish(svc, clarity))
}

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
	m := &t.s.Matter
	order, known := m.Slots[t.f.Catalog.Lookup.Slot]
	return m.Incident != "" || len(m.Wishes) > 0 || known && order.Text != m.Kept
}
