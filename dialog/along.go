package dialog

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Who asks for a person often says in the same breath what it is about ("my
// desk 52764 is late, get me a human"), and goes on telling while they wait.
// That is not answered, for a person will, but it must not be lost: the card
// shows it, and the bot knows it when the customer comes back.

// maxPassed bounds what is kept of messages whose anger was answered first.
const maxPassed = 12

// passOver keeps what a message names whose anger is answered first.
func (t *turn) passOver() {
	m := &t.s.Matter
	for _, named := range t.in.Reading.Mentions {
		if len(m.Passed) < maxPassed {
			m.Passed = append(m.Passed, named)
		}
	}
}

// toldAlong takes up what the message that brought a person tells, or one while
// they are awaited. Nothing is asked or granted from here on, so a wish counts
// as handed over.
func (t *turn) toldAlong() {
	m := &t.s.Matter
	named := slices.Concat(m.Passed, t.in.Reading.Mentions)
	m.Passed = nil
	if t.in.Kind != InMessage && len(named) == 0 {
		return
	}
	was := t.in.Reading.Mentions
	t.in.Reading.Mentions = named
	var l learned
	t.absorbMentions(true, &l)
	t.in.Reading.Mentions = was
	t.orderAlong()
	var rest learned
	if t.neededDay() {
		t.fillByKind(slotNeedBy, map[message.SlotKind]bool{}, &rest)
		t.datesOfWishes()
	}
	for i := range m.Wishes {
		switch e := &m.Wishes[i]; {
		case e.Status != expect.Open && e.Status != expect.HandedOff:
		case slices.Contains(l.dropped, e.Service):
			e.Status = expect.Withdrawn
		default:
			e.Status = expect.HandedOff
		}
	}
}

// orderAlong takes the order a message names and has it looked up, so that the
// agent sees what it is.
func (t *turn) orderAlong() {
	m, look := &t.s.Matter, t.f.Catalog.Lookup
	s, ok := t.in.Reading.Slot(message.SlotOrder)
	if !ok || look.Slot == "" || look.Pattern != nil && !look.Pattern.MatchString(s.Text) {
		return
	}
	if old, known := m.Slots[look.Slot]; !known || old.Text != s.Text {
		if known && len(m.Made) > 0 {
			return // what was promised belongs to the order it was promised for
		}
		t.slots()[look.Slot], m.Facts = s, map[string]string{}
	}
	if m.Looked != s.Text {
		m.Looked = s.Text
		t.emit(LookUp{Key: s.Text, Customer: t.s.From.Ref})
	}
}
