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
		if t.s.Ask == nil || t.in.Tap.Question != t.s.Ask.N {
			return t.aside(sideStale)
		}
		return t.chosen(t.in.Tap.Choice)
	}
	r := t.in.Reading
	switch {
	case r.Person && t.can(flow.Person):
		return flow.Class{Name: flow.Person}
	case r.Anger >= t.f.Limits.Anger:
		return t.anger(r.Anger)
	case r.Empty && len(t.in.Attachments) == 0:
		return t.misread("empty")
	case r.Side == message.SideCancel && t.can(flow.Cancel):
		return flow.Class{Name: flow.Cancel}
	case r.Side == message.SideLanguage:
		return t.aside(string(message.SideLanguage))
	}
	return t.withFeeling(t.byKind())
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
	if side := t.sideOf(); side != "" {
		return t.aside(side)
	}
	if len(t.in.Attachments) > 0 {
		return t.aside(sideMedia)
	}
	return t.misread(t.unreadable())
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
		return flow.Class{Name: flow.Accept, N: uint8(expect.Unsettled(t.s.Matter.Wishes))} // at most maxWishes
	case flow.Shelve:
		return flow.Class{Name: flow.Accept, N: uint8(len(t.s.Matter.Shelving))} // at most maxWishes
	case flow.Lower, flow.Propose:
		return t.acceptOffer()
	}
	return flow.Class{Name: flow.Accept}
}

func (t *turn) refuse() flow.Class {
	t.s.Matter.Objection = t.in.Reading.Objection
	return flow.Class{Name: flow.Refuse}
}

func (t *turn) toElicit() flow.Class {
	asked := ""
	if t.s.Ask != nil {
		asked = t.s.Ask.Slot
	}
	l := t.absorb(true)
	t.forget(l.withdrew)
	switch {
	case t.in.Reading.Choice != "":
		return t.chosen(t.in.Reading.Choice)
	case l.any || len(l.withdrew) > 0:
		return flow.Class{Name: flow.Answer}
	case asked == slotWhat && t.in.Reading.Side == "" && strings.TrimSpace(t.in.Text) != "":
		words := strings.TrimRight(strings.TrimSpace(t.in.Text), ".!?。！？ ")
		t.s.Matter.Slots[slotWhat] = message.Slot{Kind: message.SlotName, Text: clip(words, maxQuote)}
		return flow.Class{Name: flow.Answer}
	case t.in.Reading.Answer == message.Unsure, t.in.Reading.Answer == message.Refuse, asked == slotWish && t.saysAgain():
		return flow.Class{Name: flow.Unsure}
	case t.in.Reading.Side == "" && t.putOften(asked):
		return flow.Class{Name: flow.Unsure} // asked often enough: on without it
	}
	return t.beside()
}

// toLookup takes what is told while facts are on their way; it needs no
// answer of its own, they will be here in a moment.
func (t *turn) toLookup() flow.Class {
	t.forget(t.absorb(true).withdrew)
	return flow.Class{}
}

func (t *turn) toRestate() flow.Class {
	r := t.in.Reading
	if r.Answer == message.Accept {
		return t.accept()
	}
	l := t.absorb(true)
	t.forget(l.withdrew)
	switch {
	case l.changed || (l.any || len(l.withdrew) > 0) && !t.can(flow.Answer):
		return flow.Class{Name: flow.Change}
	case l.any || len(l.withdrew) > 0:
		return flow.Class{Name: flow.Answer} // more of it, not another thing
	case r.Choice != "":
		return t.chosen(r.Choice)
	case r.Answer == message.Refuse, r.Answer == message.Counter, r.Correction:
		return flow.Class{Name: flow.Refuse}
	case r.Answer == message.Unsure, t.saysAgain():
		return flow.Class{Name: flow.Unsure}
	}
	return t.beside()
}

// saysAgain says whether a message names a wish that is listed already.
func (t *turn) saysAgain() bool {
	for _, m := range t.in.Reading.Mentions {
		if svc := t.serviceHeard(m.Name); svc != nil && !m.Dropped && t.wished(svc.Name) {
			return true
		}
	}
	return false
}

func (t *turn) toCorrect() flow.Class {
	l := t.absorb(true)
	t.forget(l.withdrew)
	switch {
	case l.any || len(l.withdrew) > 0:
		return flow.Class{Name: flow.Answer}
	case t.in.Reading.Side != "" || len(t.in.Attachments) > 0:
		return t.beside()
	}
	return flow.Class{Name: flow.Unsure}
}

// corrected says whether a message after ranking changes what the matter was
// built on: then it is built again.
func (t *turn) corrected() (learned, bool) {
	l := t.absorb(false)
	return l, t.in.Reading.Correction && l.changed && t.can(flow.Change)
}

func (t *turn) toRank() flow.Class {
	r := t.in.Reading
	l, changed := t.corrected()
	switch {
	case changed:
		return flow.Class{Name: flow.Change}
	case strings.HasPrefix(r.Choice, wishChoice):
		cl := t.pickWish(r.Choice)
		cl.N = t.withdraw(l.withdrew)
		return cl
	}
	for i, e := range t.s.Matter.Wishes {
		svc := t.f.Catalog.Service(e.Service)
		for _, m := range r.Mentions {
			if !m.Dropped && !e.Settled() && svc == t.serviceHeard(m.Name) {
				t.rankFirst(i)
				return flow.Class{Name: flow.Pick, N: t.withdraw(l.withdrew)}
			}
		}
	}
	switch {
	case len(l.withdrew) > 0:
		return flow.Class{Name: flow.Pick, N: t.withdraw(l.withdrew)}
	case l.later != "":
		t.s.Matter.Later = append(t.s.Matter.Later, l.later)
		return t.aside(sideLater)
	case r.Answer == message.Unsure, r.Answer == message.Accept, r.Answer == message.Refuse:
		return flow.Class{Name: flow.Unsure}
	}
	return t.beside()
}

func (t *turn) toShelve() flow.Class {
	r := t.in.Reading
	l, _ := t.corrected()
	switch {
	case t.focusIn(l.withdrew, t.s.Matter.Shelving):
		return flow.Class{Name: flow.Withdraw, N: uint8(len(t.s.Matter.Shelving))} // at most maxWishes
	case len(l.withdrew) > 0:
		return t.withdrawAside(l.withdrew)
	case r.Choice != "":
		return t.chosen(r.Choice)
	case r.Answer == message.Accept:
		return t.accept()
	case r.Answer == message.Refuse:
		return t.refuse()
	case (r.Answer == message.Unsure || r.Answer == message.Counter) && l.later == "":
		return flow.Class{Name: flow.Unsure}
	}
	return t.besideMatter(l)
}

// withdrawAside takes wishes off the list that are not the one being talked
// about; the open question stays.
func (t *turn) withdrawAside(which []int) flow.Class {
	n := t.withdraw(which)
	m := &t.s.Matter
	m.Shelving = slices.DeleteFunc(m.Shelving, func(i int) bool { return m.Wishes[i].Settled() })
	cl := t.aside(sideWithdrawn)
	cl.N = n
	return cl
}

// besideMatter notes a new wish for later, or answers a side turn.
func (t *turn) besideMatter(l learned) flow.Class {
	if l.later != "" {
		t.s.Matter.Later = append(t.s.Matter.Later, l.later)
		return t.aside(sideLater)
	}
	return t.beside()
}

// focusIn says whether all of the wishes in want are among those given up.
func (t *turn) focusIn(given, want []int) bool {
	if len(given) == 0 || len(want) == 0 {
		return false
	}
	for _, w := range want {
		found := false
		for _, g := range given {
			found = found || g == w
		}
		if !found {
			return false
		}
	}
	return true
}

// toClose reads the answer to "is there anything else?". Something new is a
// new matter and comes along with it.
func (t *turn) toClose() flow.Class {
	r := t.in.Reading
	switch {
	case t.edited:
		return t.aside(sideEdited)
	case t.tellsMatter() && r.Answer != message.Refuse:
		return flow.Class{Name: flow.More}
	case r.Choice != "":
		return t.chosen(r.Choice)
	case r.Objection != message.NoObjection && t.s.Matter.Case != "":
		return flow.Class{Name: flow.Person} // what was settled does not do after all
	case r.Side == message.SideBye, r.Answer == message.Refuse:
		return flow.Class{Name: flow.Done}
	case r.Side == message.SideThanks:
		return flow.Class{Name: flow.Done}
	case r.Answer == message.Accept:
		return flow.Class{Name: flow.More}
	}
	return t.beside()
}
