package dialog

import (
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func (t *turn) toElicit() flow.Class {
	asked := ""
	if t.s.Ask != nil {
		asked = t.s.Ask.Slot
	}
	l := t.absorb(true)
	t.forget(l.withdrew)
	cl, contradicts := t.contradicted()
	switch {
	case contradicts:
		return cl
	case t.in.Reading.Choice != "":
		return t.chosen(t.in.Reading.Choice)
	case l.any || len(l.withdrew) > 0:
		t.toldBeside = l.any && !l.filled && !l.changed
		return flow.Class{Name: flow.Answer}
	case asked == slotWhat && t.in.Reading.Side == "" && strings.TrimSpace(t.in.Text) != "":
		words := strings.TrimRight(strings.TrimSpace(t.in.Text), ".!?。！？ ")
		t.slots()[slotWhat] = message.Slot{Kind: message.SlotName, Text: clip(words, maxQuote)}
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
	l := t.absorb(true)
	t.forget(l.withdrew)
	cl, contradicts := t.contradicted()
	switch {
	case contradicts:
		return cl
	case r.Answer == message.Accept && !l.any && len(l.withdrew) == 0:
		return t.accept()
	case t.asksAbout() && !l.any && len(l.withdrew) == 0:
		return t.aside(sideQuestion)
	case l.changed || (l.any || len(l.withdrew) > 0) && !t.can(flow.Answer):
		return flow.Class{Name: flow.Change}
	case l.any || len(l.withdrew) > 0:
		return flow.Class{Name: flow.Answer} // more of it, not another thing
	case r.Choice != "":
		return t.chosen(r.Choice)
	case r.Answer == message.Refuse, r.Answer == message.Counter, r.Correction && !t.edited:
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
	cl, contradicts := t.contradicted()
	switch {
	case contradicts:
		return cl
	case l.any || len(l.withdrew) > 0:
		return flow.Class{Name: flow.Answer}
	case t.in.Reading.Side != "" || len(t.in.Attachments) > 0 || t.edited:
		return t.beside()
	}
	return flow.Class{Name: flow.Unsure}
}

// correction takes a message after ranking into the matter and says what it
// comes to where it corrects what the matter was built on: then it is built
// again, or a person settles what contradicts a promise. What nothing hangs on
// is changed by the way, and the rest of the message still counts; but what
// told the new value is no answer besides ("not 303" refuses nothing).
func (t *turn) correction() (learned, flow.Class, bool) {
	l := t.absorb(false)
	if t.callsOff() {
		if cl, ok := t.contradicted(); ok {
			return l, cl, true
		}
	}
	if !t.in.Reading.Correction || !l.changed {
		if l.contact {
			t.mended = true
			t.holdLine("side.noted")
		}
		return l, flow.Class{}, false
	}
	if cl, ok := t.contradicted(); ok {
		return l, cl, true
	}
	if t.bears() && t.can(flow.Change) {
		t.forget(l.withdrew)
		if svc := t.f.Catalog.Service(l.later); svc != nil && len(t.s.Matter.Wishes) < maxWishes {
			t.addWish(svc, expect.Explicit)
		}
		return l, flow.Class{Name: flow.Change}, true
	}
	t.mended = true
	t.holdLine("correct.done")
	if r := &t.in.Reading; r.Answer != message.Accept {
		r.Answer, r.Objection = message.NoAnswer, message.NoObjection
	}
	return l, flow.Class{}, false
}

func (t *turn) toRank() flow.Class {
	l, cl, corrects := t.correction()
	r := t.in.Reading
	switch {
	case corrects:
		return cl
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
				t.s.Matter.Ranked = true
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
	l, cl, corrects := t.correction()
	if corrects {
		return cl
	}
	return t.alsoSaid(t.answersShelf(l), l)
}

// answersShelf is what a message that corrects nothing says to an answer by a
// time.
func (t *turn) answersShelf(l learned) flow.Class {
	r := t.in.Reading
	switch {
	case t.focusIn(l.withdrew, t.s.Matter.Shelving):
		return flow.Class{Name: flow.Withdraw, N: uint8(len(t.s.Matter.Shelving))} // at most maxWishes
	case len(l.withdrew) > 0:
		return t.withdrawAside(l.withdrew)
	case r.Choice != "":
		return t.chosen(r.Choice)
	case r.Answer == message.Accept:
		return t.accept()
	case t.asksAbout():
		return t.aside(sideQuestion)
	case r.Answer == message.Refuse:
		return t.refuse()
	case r.Answer == message.Counter && l.later == "" && t.namesMoney():
		return t.refuse() // a sum in place of an answer by a time: a person weighs it
	case (r.Answer == message.Unsure || r.Answer == message.Counter) && l.later == "":
		return flow.Class{Name: flow.Unsure}
	}
	return t.besideMatter(l)
}

// namesMoney says whether a message names a sum.
func (t *turn) namesMoney() bool {
	_, money := t.in.Reading.Slot(message.SlotMoney)
	return money
}

// alsoSaid keeps what was said along with a clear yes: another wish waits for
// its turn, one that was given up is taken off the list. Where it is not clear
// what the yes was to, the other wish was all there was.
func (t *turn) alsoSaid(cl flow.Class, l learned) flow.Class {
	m := &t.s.Matter
	switch {
	case cl.Name == flow.Accept && !t.namesMoney(): // "80 more and it is a deal" wishes for nothing else
		if l.later != "" {
			m.Later = append(m.Later, l.later)
		}
		for _, i := range l.withdrew {
			m.GivenUp = append(m.GivenUp, m.Wishes[i].Service)
		}
	case cl.Name == flow.Unsure:
		if l.later != "" && t.in.Reading.Answer == message.Accept {
			return t.besideMatter(l)
		}
	}
	return cl
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
	_, cl, corrects := t.correction()
	r := t.in.Reading
	switch {
	case corrects:
		return cl
	case t.edited && t.wantsElse():
		t.standsStill()
		return flow.Class{Name: flow.Person}
	case t.edited:
		return t.aside(sideEdited)
	case t.yesAgain():
		return flow.Class{}
	case t.restates() && t.gratefully():
		return flow.Class{Name: flow.Done}
	case t.restates():
		return t.aside(sideSettled)
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
	case r.Answer == message.Accept && t.s.Matter.Returned:
		return flow.Class{Name: flow.Done} // an "ok" to what the person left behind
	case r.Answer == message.Accept:
		return flow.Class{Name: flow.More}
	}
	return t.beside()
}

// wantsElse says whether a message wishes for something else than what this
// matter has promised.
func (t *turn) wantsElse() bool {
	return len(t.s.Matter.Made) > 0 && slices.ContainsFunc(t.in.Reading.Mentions, func(m message.Mention) bool {
		svc := t.serviceHeard(m.Name)
		return svc != nil && !m.Dropped && !t.wished(svc.Name)
	})
}

// twice is how soon after the first the same yes says nothing new.
const twice = 5 * time.Second

// yesAgain says whether a typed yes only repeats the one that brought the
// customer here: it answers the question before, not "is there anything else?".
func (t *turn) yesAgain() bool {
	if t.in.Reading.Answer != message.Accept || !t.bareAnswer() || t.since > twice || len(t.s.Matter.Made) == 0 {
		return false
	}
	said := 0
	for _, l := range slices.Backward(t.s.Said) {
		switch {
		case l.By != "":
		case l.Text != strings.TrimSpace(t.in.Text):
			return false
		case said == 1:
			return true
		default:
			said++ // this one
		}
	}
	return false
}
