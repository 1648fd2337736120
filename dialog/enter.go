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
		t.digressed = true
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
		t.putClose(cl)
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
		t.putIdea()
	case kind == flow.Listen && cl.Name == flow.Vague:
		t.putVague()
	case kind == flow.Listen && cl.Name == flow.Misread:
		if t.s.Control.Misread > 1 {
			t.ask("", t.menu(), "")
		}
	case kind == flow.Propose && t.side == sideFirst:
		t.putProposal(cl)
	case t.side == string(message.SideRepeat):
		t.ask("", t.stillAsked(kind), t.askedSlot()) // what is repeated ends in the question
	case t.side == "language" && len(t.text) == 0:
		// The buttons of the languages were sent; the open question waits.
	case t.switched() && t.putWhole(kind):
	default:
		t.digressed = cl.Name == flow.Aside || cl.Name == flow.Remind
		t.reask(kind)
	}
}

// switched says whether the customer has just changed the language.
func (t *turn) switched() bool {
	return t.side == string(message.SideLanguage) && t.switchesLanguage()
}

// putWhole puts the open question at full length in the language that was
// switched to: in short it would speak of what they read in another. It says
// whether there is more to it than the short form.
func (t *turn) putWhole(kind flow.Kind) bool {
	if t.s.Ask != nil && t.s.Ask.Key != "" {
		return false
	}
	e := t.focus()
	switch {
	case kind == flow.Restate:
		t.putRestate()
	case kind == flow.Lower && e != nil && len(e.Offered) > 0:
		t.layOut(e, e.Offered[len(e.Offered)-1])
	case kind == flow.Propose:
		t.putProposal(flow.Class{})
	case kind == flow.Shelve:
		t.putShelve()
	default:
		return false
	}
	return true
}

// stillAsked are the buttons of the open question, in the words of now: a
// digression leads back to the very question. Where something was taken off
// the list or put on it, that shows.
func (t *turn) stillAsked(kind flow.Kind) []message.Choice {
	open, all := t.s.Ask, t.choices(kind)
	switch {
	case kind == flow.Listen && open != nil:
		all = t.menu()
	case open == nil || t.side == sideWithdrawn || t.side == sideLater || t.side == sideCorrected:
		return all
	}
	return slices.DeleteFunc(all, func(c message.Choice) bool {
		return !slices.ContainsFunc(open.Choices, func(o message.Choice) bool { return o.ID == c.ID })
	})
}

// reask puts the open question again, in short, with the same buttons.
func (t *turn) reask(kind flow.Kind) {
	slot := ""
	var question string
	t.s.Matter.Returned = false // from here on a yes answers the question
	if t.digressed && t.s.Ask != nil && t.s.Ask.Key != "" {
		t.askFreely(t.s.Ask.Key)
		return
	}
	switch kind {
	case flow.Listen:
		question = t.line("listen.what")
	case flow.Elicit:
		slot = t.s.Matter.Asked
		if !t.digressed { // what was asked beside is no answer that failed
			t.s.Matter.Put++
		}
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
	choices := t.choices(kind)
	if t.digressed {
		choices = t.stillAsked(kind)
	}
	t.ask(question, choices, slot)
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

// enterSoothe acknowledges the feeling before anything else is said. Who has
// told what happened is not asked for it again.
func (t *turn) enterSoothe() flow.Class {
	m := &t.s.Matter
	level := "soothe.mild"
	if m.Anger >= angry {
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
	if m.Incident != "" {
		return flow.Class{Name: flow.Told}
	}
	return flow.Class{Name: flow.Vague}
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

// lastWords ends a matter: by agreement, at the customer's wish, or by
// silence, in which case promises stand and that is said.
func (t *turn) lastWords(cl flow.Class) {
	t.retire("")
	m := &t.s.Matter
	t.s.Matter.Ended = t.in.At
	t.s.Matter.Silenced = cl.Name == flow.Silence && (expect.Unsettled(m.Wishes) > 0 || m.Incident != "" && len(m.Wishes) == 0)
	t.reopenedInSilence(cl)
	t.planSurveys(cl)
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
