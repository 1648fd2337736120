package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// enter does what a state does on being entered, and says either that it
// rests or with which class it is left again at once.
func (t *turn) enter(edge flow.Edge, cl flow.Class) (flow.Class, bool) {
	kind := t.kind()
	if edge.Stay {
		t.stay(kind, cl)
		return flow.Class{}, true
	}
	if cl == flow.Back() {
		t.reask(kind)
		return flow.Class{}, true
	}
	switch kind {
	case flow.Listen:
		return t.enterListen(cl)
	case flow.Soothe:
		return t.enterSoothe(), false
	case flow.Elicit:
		return t.enterElicit(), false
	case flow.Rank:
		return t.enterRank(), false
	case flow.Assess:
		return t.enterAssess(), false
	case flow.Lower:
		return t.enterLower(), false
	case flow.Agree:
		return flow.Class{Name: flow.Noted, N: 1}, false
	}
	t.enterResting(kind, cl)
	return flow.Class{}, true
}

// enterResting puts the question of a state that always rests.
func (t *turn) enterResting(kind flow.Kind, cl flow.Class) {
	switch kind {
	case flow.Lookup:
		t.lookUp()
	case flow.Restate:
		t.putRestate()
	case flow.Correct:
		t.ask(t.line("correct.ask"), nil, "")
	case flow.Propose:
		t.putProposal(cl)
	case flow.Shelve:
		t.putShelve()
	case flow.Close:
		t.putClose()
	case flow.Queue:
		t.handOver()
	case flow.End:
		t.lastWords(cl)
	}
}

// stay is for edges that rest where they were.
func (t *turn) stay(kind flow.Kind, cl flow.Class) {
	switch {
	case kind == flow.Elicit && cl.Name == flow.Ask:
		t.putSlot()
	case kind == flow.Rank && cl.Name == flow.Ask:
		t.putRank()
	case kind == flow.Lower && cl.Name == flow.Offer:
		t.putOffer()
	case cl.Name == flow.Idea:
		t.ask(t.line("ask.idea"), nil, "")
	case kind == flow.Listen && cl.Name == flow.Vague:
		t.putVague()
	case kind == flow.Listen && cl.Name == flow.Misread:
		if t.s.Control.Misread > 1 {
			t.ask("", t.menu(), "")
		}
	case t.side == string(message.SideRepeat):
		t.ask("", t.choices(kind), t.askedSlot()) // what is repeated ends in the question
	case t.side == "language" && len(t.text) == 0:
		// The buttons of the languages were sent; the open question waits.
	default:
		t.reask(kind)
	}
}

// reask puts the open question again, in short, with the same buttons.
func (t *turn) reask(kind flow.Kind) {
	slot := ""
	var question string
	switch kind {
	case flow.Listen:
		question = t.line("listen.what")
	case flow.Elicit:
		slot = t.s.Matter.Asked
		t.s.Matter.Put++
		question = t.first([]string{"ask." + slot + ".again", "ask." + slot})
		if t.in.Kind == InTimer { // the customer was away; they did not answer badly
			question = t.line("ask." + slot)
		}
	case flow.Propose:
		question = t.line("reask.propose")
		if t.s.Matter.Proposed == nil {
			question = t.line("propose.which")
		}
	case flow.Restate, flow.Rank, flow.Lower, flow.Shelve, flow.Close, flow.Correct:
		question = t.line("reask." + string(kind))
	default:
		return
	}
	t.ask(question, t.choices(kind), slot)
}

func (t *turn) enterListen(cl flow.Class) (flow.Class, bool) {
	switch cl.Name {
	case flow.Start:
		t.newMatter()
		t.greeted()
		t.add(t.line("greet.full"))
	case flow.Message:
		if t.s.Greeted.IsZero() {
			t.s.Matter.Greet = "greet"
		} else if t.in.At.Sub(t.s.Greeted) > 12*time.Hour {
			t.s.Matter.Greet = "greet.again"
		}
		t.greeted()
		return flow.Class{}, true
	case flow.Vague:
		t.ask(t.line("soothe.ask"), nil, "")
		return flow.Class{}, true
	case flow.More:
		if t.s.Matter.Heard > 0 && t.told() {
			t.s.Matter.Heard, t.s.Matter.Fresh = 0, false
			return flow.Class{Name: flow.Told}, false
		}
	}
	t.ask(t.line("listen.what"), nil, "")
	return flow.Class{}, true
}

func (t *turn) greeted() { t.s.Greeted = t.in.At }

// putVague asks again what it is about: in other words, or with buttons.
func (t *turn) putVague() {
	if t.s.Control.Tries > 1 {
		t.ask(t.line("listen.menu"), t.menu(), "")
		return
	}
	if t.s.Matter.Greet == "greet" { // a bare "hi": say at length who is here
		t.s.Matter.Greet = "greet.full"
		t.ask(t.line("listen.what"), nil, "")
		return
	}
	t.ask(t.line("listen.vague"), nil, "")
}

// enterSoothe acknowledges the feeling before anything else is said.
func (t *turn) enterSoothe() flow.Class {
	m := &t.s.Matter
	level := "soothe.mild"
	if m.Anger >= t.f.Limits.Anger {
		level = "soothe.high"
	}
	sorry := m.Soothed
	m.Anger, m.Soothed = 0, true
	t.as = t.stateName()
	if sorry {
		t.add(t.first([]string{"soothe.again", level}))
	} else {
		t.add(t.line(level))
	}
	if t.s.Control.Back != 0 {
		t.add(t.line("soothe.back"))
		return flow.Back()
	}
	_, order := m.Slots[t.f.Catalog.Lookup.Slot]
	if m.Incident != "" && order {
		return flow.Class{Name: flow.Told}
	}
	return flow.Class{Name: flow.Vague}
}

// enterElicit finds what is still missing: first what can be looked up, then
// what happened, then what the catalog needs, last what would help.
func (t *turn) enterElicit() flow.Class {
	m := &t.s.Matter
	look := flow.Class{Name: flow.Look}
	if key, ok := m.Slots[t.f.Catalog.Lookup.Slot]; ok && key.Text != m.Looked && t.f.Table.Admits(t.s.Control, look) {
		return look
	}
	ask := flow.Class{Name: flow.Ask}
	if t.missing() != "" && t.f.Table.Admits(t.s.Control, ask) {
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
	m := t.s.Matter
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
	if m.Asked == slot {
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
	t.emit(LookUp{Key: key})
	t.emit(SetTimer{Name: timerWait, Due: t.in.At.Add(t.f.Table.Spec(t.s.Control.At).Wait)})
}

// putRestate says the matter back in the bot's own words.
func (t *turn) putRestate() {
	m := &t.s.Matter
	if m.Incident != "" && !m.Soothed && len(t.text) == 0 && len(m.Held) == 0 {
		m.Soothed = true
		t.add(t.line("soothe.mild"))
	}
	story := t.first([]string{"story." + m.Incident, "story.none"})
	if _, ok := m.Slots[slotOccasion]; ok {
		story += t.line("story.occasion")
	}
	wishes := t.wishTexts(t.s.Lang)
	key := "restate"
	if len(wishes) == 1 {
		key = "restate.one"
	}
	wish := ""
	if len(wishes) > 0 {
		wish = wishes[0]
	}
	t.ask(t.line(key, "story", story, "wishes", wishes, "wish", wish), t.choices(flow.Restate), "")
}

func (t *turn) enterRank() flow.Class {
	if expect.Unsettled(t.s.Matter.Wishes) <= 1 || t.allMet() {
		if top := expect.Top(t.s.Matter.Wishes); top >= 0 {
			t.rankFirst(top)
		}
		return flow.Class{Name: flow.Skip}
	}
	return flow.Class{Name: flow.Ask}
}

// allMet says whether everything that is open can be met together. To ask what
// matters most would then lower an expectation without need.
func (t *turn) allMet() bool {
	if _, _, conflict := t.conflict(); conflict {
		return false
	}
	given := t.s.Matter.Given
	defer func() { t.s.Matter.Given = given }()
	for _, e := range t.s.Matter.Wishes {
		if !e.Settled() && t.reserve(e) != expect.Meet {
			return false
		}
	}
	return true
}

// putRank asks what matters most, and names what cannot be had together.
func (t *turn) putRank() {
	if a, b, ok := t.conflict(); ok {
		t.add(t.line("rank.conflict", "a", t.wishText(t.s.Lang, a), "b", t.wishText(t.s.Lang, b)))
	}
	t.ask(t.line("rank.ask"), t.choices(flow.Rank), "")
}

// conflict finds two open wishes that cannot be had together.
func (t *turn) conflict() (a, b expect.Expectation, ok bool) {
	w := t.s.Matter.Wishes
	for i := range w {
		for j := i + 1; j < len(w); j++ {
			if !w[i].Settled() && !w[j].Settled() && t.conflicting(w[i].Service, w[j].Service) {
				return w[i], w[j], true
			}
		}
	}
	return a, b, false
}

func (t *turn) conflicting(a, b string) bool {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if svc := t.f.Catalog.Service(pair[0]); svc != nil {
			for _, c := range svc.Conflicts {
				if c == pair[1] {
					return true
				}
			}
		}
	}
	return false
}

// lastWords ends a matter: by agreement, at the customer's wish, or by
// silence, in which case promises stand and that is said.
func (t *turn) lastWords(cl flow.Class) {
	t.retire("")
	m := t.s.Matter
	t.s.Matter.Ended = t.in.At
	t.s.Matter.Silenced = cl.Name == flow.Silence && (expect.Unsettled(m.Wishes) > 0 || m.Incident != "" && len(m.Wishes) == 0)
	switch {
	case cl.Name == flow.Cancel:
		t.add(t.line("side.cancel"))
	case cl.Name == flow.Silence && len(t.text) == 0:
		t.add(t.line("silence.close", "items", t.standing()))
	case cl.Name == flow.Silence, cl.Name == flow.Finished:
	case len(t.s.Matter.Made) > 0:
		t.add(t.line("end"))
	default:
		t.add(t.line("end.nothing"))
	}
	t.unhold()
}
