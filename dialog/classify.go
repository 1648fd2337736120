package dialog

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Ids of choices. A choice means the same in whatever language its label is.
const (
	choiceYes     = "yes"
	choiceNo      = "no"
	choiceOther   = "other"  // another idea
	choiceChange  = "change" // of what was restated
	choiceAnswer  = "answer" // an answer by a time will do
	choicePerson  = "person" // a person now
	choiceAll     = "all"    // that is all
	choiceMore    = "more"   // one more thing
	wishChoice    = "wish:"  // + number of a wish
	serviceChoice = "svc:"   // + service
	incidentOf    = "inc:"   // + incident
	optionChoice  = "opt:"   // + rung "/" option
	langChoice    = "lang:"  // + language; never stale
)

// Sides that are no side of a reading: what the engine itself noticed.
const (
	sideStale     = "stale"
	sideMedia     = "media"
	sideLater     = "later"
	sideEdited    = "edited"
	sideWithdrawn = "withdrawn"
	sideSettled   = "settled" // a person has settled it already
	sidePuzzled   = "puzzled" // "??" after the end
	sideCorrected = "corrected"
	sideQuestion  = "question" // asks about what is open, and does not answer it
	sideFirst     = "first"    // yes to several things, twice: the first of them is put
	sideWhich     = "which"    // yes or no, and nobody knows to which of two questions
)

// classify says what a customer's message or press amounts to where the
// conversation rests. It reads flow, control, matter and input and writes only
// into the matter: what the message told.
func (t *turn) classify() flow.Class {
	switch t.in.Kind {
	case InCommand:
		return t.command()
	case InTap:
		if strings.HasPrefix(t.in.Tap.Choice, langChoice) {
			return t.aside(string(message.SideLanguage))
		}
		if t.s.Ask == nil || t.in.Tap.Question != t.s.Ask.N || !has(t.s.Ask.Choices, t.in.Tap.Choice) {
			return t.aside(sideStale)
		}
		return t.chosen(t.in.Tap.Choice)
	}
	r := t.in.Reading
	switch {
	case r.Person && t.can(flow.Person):
		return flow.Class{Name: flow.Person}
	case t.bereaved() && t.can(flow.Person):
		t.cause = causeLoss
		return flow.Class{Name: flow.Person}
	case r.Anger >= t.f.Limits.Anger:
		t.passOver()
		return t.anger(r.Anger)
	case r.Empty && len(t.in.Attachments) == 0:
		return t.misread("empty")
	case r.Side == message.SideCancel && t.can(flow.Cancel):
		return flow.Class{Name: flow.Cancel}
	case r.Side == message.SideLanguage:
		return t.aside(string(message.SideLanguage))
	case t.yesToWhich():
		return t.aside(sideWhich)
	}
	return t.withFeeling(t.byKind())
}

// bereaved says whether a message tells, for the first time in this matter, of
// a death. Who was told and goes on with the bot, returned by a person, is not
// sent back for saying it again.
func (t *turn) bereaved() bool {
	m, told := t.in.Reading.Mentioned("occasion." + occasionLoss)
	return told && !m.Dropped && t.s.Matter.Slots[slotOccasion].Text != occasionLoss
}

// withFeeling puts anger before what a message says besides, unless that is a
// clear answer: then the answer counts and the feeling is acknowledged with
// what follows.
func (t *turn) withFeeling(cl flow.Class) flow.Class {
	if !t.heated(t.in.Reading.Anger) {
		return cl
	}
	switch cl.Name {
	case flow.Aside:
		if cl.N == 0 { // wishes given up on the way have to be counted
			return t.anger(t.in.Reading.Anger)
		}
	case flow.Misread, flow.Answer, flow.Unsure:
		return t.anger(t.in.Reading.Anger)
	case flow.Change:
		t.holdLine("soothe.mild")
	case flow.Refuse:
		if t.kind() == flow.Shelve {
			t.cause = causeAnger
		}
	}
	return cl
}

func (t *turn) command() flow.Class {
	switch t.in.Command {
	case "human":
		return flow.Class{Name: flow.Person}
	case "cancel":
		return flow.Class{Name: flow.Cancel}
	}
	return t.aside(t.commandSide())
}

// commandSide is the side turn a command asks for.
func (t *turn) commandSide() string {
	switch t.in.Command {
	case "human":
		return ""
	case "cancel":
		return string(message.SideCancel)
	case "status":
		return string(message.SideStatus)
	case "language":
		return string(message.SideLanguage)
	}
	return string(message.SideHelp)
}

// byKind reads a text as an answer to what the state has asked.
func (t *turn) byKind() flow.Class {
	switch t.kind() {
	case flow.Elicit:
		return t.toElicit()
	case flow.Lookup:
		return t.toLookup()
	case flow.Restate:
		return t.toRestate()
	case flow.Correct:
		return t.toCorrect()
	case flow.Rank:
		return t.toRank()
	case flow.Lower, flow.Propose:
		return t.toOffer()
	case flow.Shelve:
		return t.toShelve()
	case flow.Close:
		return t.toClose()
	}
	return t.beside()
}

// beside is for what answers no question: a side turn, media, or nothing that
// was understood.
func (t *turn) beside() flow.Class {
	if t.edited {
		return t.aside(sideEdited)
	}
	if t.mended {
		return t.aside(sideCorrected)
	}
	if side := t.sideOf(); side != "" {
		return t.aside(side)
	}
	if len(t.in.Attachments) > 0 {
		return t.aside(sideMedia)
	}
	if t.asksAbout() {
		return t.aside(sideQuestion)
	}
	return t.misread(t.unreadable())
}

// asksAbout says whether a message asks for information about what is open. It
// is no answer to it then: the open question stands.
func (t *turn) asksAbout() bool {
	r := t.in.Reading
	if !r.Asks || t.in.Kind != InMessage || t.edited || r.Side != "" || r.Answer == message.Accept {
		return false
	}
	for _, s := range r.Slots {
		if s.Kind == message.SlotMoney || s.Kind == message.SlotDate || s.Kind == message.SlotTime {
			return false // "what about Friday?" is an offer of their own
		}
	}
	switch t.kind() {
	case flow.Restate, flow.Rank, flow.Lower, flow.Propose, flow.Shelve:
		return true
	}
	return false
}

// sideOf names the side turn in an input, if it is one.
func (t *turn) sideOf() string {
	if t.in.Kind == InCommand {
		return t.commandSide()
	}
	if t.in.Kind == InTap && strings.HasPrefix(t.in.Tap.Choice, langChoice) {
		return string(message.SideLanguage)
	}
	return string(t.in.Reading.Side)
}

// chosen reads a button of the open question.
func (t *turn) chosen(id string) flow.Class {
	if t.in.Kind == InTap && t.s.Ask != nil {
		t.s.Answered = t.s.Ask.N
	}
	t.retire(t.label(id))
	switch {
	case id == choicePerson:
		if t.kind() == flow.Shelve {
			return flow.Class{Name: flow.Refuse}
		}
		return flow.Class{Name: flow.Person}
	case strings.HasPrefix(id, optionChoice):
		return t.takeOption(id)
	case strings.HasPrefix(id, wishChoice):
		return t.pickWish(id)
	case strings.HasPrefix(id, serviceChoice), strings.HasPrefix(id, incidentOf):
		return t.tellByButton(id)
	}
	switch id {
	case choiceYes:
		if t.kind() == flow.Close {
			return flow.Class{Name: flow.More}
		}
		return t.accept()
	case choiceAnswer:
		return t.accept()
	case choiceNo:
		return t.refuse()
	case choiceChange:
		return flow.Class{Name: flow.Refuse}
	case choiceOther:
		return flow.Class{Name: flow.Idea}
	case choiceAll:
		return flow.Class{Name: flow.Done}
	case choiceMore:
		return flow.Class{Name: flow.More}
	}
	return t.aside(sideStale)
}

// has says whether a choice is among those that were given.
func has(choices []message.Choice, id string) bool {
	return slices.ContainsFunc(choices, func(c message.Choice) bool { return c.ID == id })
}

// label is what a choice of the open question says.
func (t *turn) label(id string) string {
	if t.s.Ask == nil {
		return ""
	}
	for _, c := range t.s.Ask.Choices {
		if c.ID == id {
			return c.Label
		}
	}
	return ""
}

// tellByButton takes a service or incident that was picked from buttons.
func (t *turn) tellByButton(id string) flow.Class {
	if name, ok := strings.CutPrefix(id, incidentOf); ok && t.f.Catalog.Incident(name) != nil {
		t.s.Matter.Incident = name
	}
	if name, ok := strings.CutPrefix(id, serviceChoice); ok && len(t.s.Matter.Wishes) < maxWishes {
		if svc := t.f.Catalog.Service(name); svc != nil && !t.wished(name) {
			t.addWish(svc, expect.Fuzzy)
			t.datesOfWishes()
		}
	}
	if t.can(flow.Answer) {
		return flow.Class{Name: flow.Answer}
	}
	if t.kind() == flow.Listen {
		return flow.Class{Name: flow.Told}
	}
	return t.aside(sideStale)
}

func (t *turn) wished(service string) bool {
	for _, e := range t.s.Matter.Wishes {
		if e.Service == service {
			return true
		}
	}
	return false
}

// accept counts what a yes is about: the open expectations where the matter
// was restated, those to be shelved where that was asked.
func (t *turn) accept() flow.Class {
	switch t.kind() {
	case flow.Restate:
		open := expect.Unsettled(t.s.Matter.Wishes)
		if open == 0 { // all of it was given up meanwhile: a yes to nothing says nothing
			return flow.Class{Name: flow.Unsure}
		}
		return flow.Class{Name: flow.Accept, N: uint8(open)} // at most maxWishes
	case flow.Shelve:
		return flow.Class{Name: flow.Accept, N: uint8(len(t.s.Matter.Shelving))} // at most maxWishes
	case flow.Lower, flow.Propose:
		return t.acceptOffer()
	}
	return flow.Class{Name: flow.Accept}
}

func (t *turn) refuse() flow.Class {
	t.s.Matter.Objection = t.in.Reading.Objection
	if t.wondersWhy() {
		return flow.Class{Name: flow.Idea}
	}
	return flow.Class{Name: flow.Refuse}
}
