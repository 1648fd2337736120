package dialog

import (
	"slices"
	"strings"

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
