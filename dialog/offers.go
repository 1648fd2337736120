package dialog

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// focus is the expectation being talked about; nil where there is none.
func (t *turn) focus() *expect.Expectation {
	m := &t.s.Matter
	if m.Focus < 1 || m.Focus > len(m.Wishes) {
		return nil
	}
	return &m.Wishes[m.Focus-1]
}

// table is the offer on the table: the last one made.
func (t *turn) table() (expect.Offer, bool) {
	e := t.focus()
	if e == nil || len(e.Offered) == 0 {
		return expect.Offer{}, false
	}
	return e.Offered[len(e.Offered)-1], true
}

// toOffer reads the answer to an offer. An acceptance must be clear: where
// more than one thing is on the table the customer has to say which.
func (t *turn) toOffer() flow.Class {
	l, cl, corrects := t.correction()
	if corrects {
		return cl
	}
	return t.alsoSaid(t.answersOffer(l), l)
}

// answersOffer is what a message that corrects nothing says to the offer.
func (t *turn) answersOffer(l learned) flow.Class {
	r := t.in.Reading
	switch {
	case t.focusIn(l.withdrew, []int{t.s.Matter.Focus - 1}):
		return flow.Class{Name: flow.Withdraw, N: 1}
	case len(l.withdrew) > 0 && r.Answer == message.NoAnswer:
		return t.withdrawAside(l.withdrew)
	case t.asksAbout(): // what it names it asks about
		return t.aside(sideQuestion)
	case strings.HasPrefix(r.Choice, optionChoice) && r.Answer == message.Unsure:
		return t.proposeOption(r.Choice)
	case r.Answer == message.Counter && !strings.HasPrefix(r.Choice, optionChoice):
		return t.counter()
	case strings.HasPrefix(r.Choice, optionChoice) && r.Answer != message.Refuse:
		return t.takeOption(r.Choice)
	case r.Answer == message.Accept:
		return t.accept()
	case r.Answer == message.Refuse, r.Choice == choiceNo:
		return t.refuse()
	case r.Answer == message.Unsure && l.later == "":
		return flow.Class{Name: flow.Unsure}
	case r.Choice == choiceOther:
		return flow.Class{Name: flow.Idea}
	case r.Objection != message.NoObjection:
		return t.refuse()
	}
	return t.besideMatter(l)
}

// acceptOffer takes what is on the table, if it is clear what. A day that is
// named with the yes picks the option of that day, or must not come before the
// one that is offered.
func (t *turn) acceptOffer() flow.Class {
	options := t.onTable()
	if day, named := t.dayNamed(); named {
		return t.acceptBy(day, options)
	}
	switch {
	case len(options) == 1:
		return t.acceptOption(options[0])
	case t.kind() == flow.Propose && len(options) > 1:
		// They were asked which, and say yes again: one of them is wanted, and
		// the first is put, for to put the matter aside would be the worst.
		t.s.Matter.Proposed = &options[0]
		return t.aside(sideFirst)
	}
	return flow.Class{Name: flow.Unsure}
}

func (t *turn) acceptOption(o expect.Option) flow.Class {
	t.s.Matter.Accepted, t.s.Matter.Countered = &o, 0
	return flow.Class{Name: flow.Accept}
}

// onTable lists what a yes may mean: the one proposal, or the options of the
// last offer.
func (t *turn) onTable() []expect.Option {
	if p := t.s.Matter.Proposed; p != nil {
		return []expect.Option{*p}
	}
	offer, _ := t.table()
	return offer.Options
}

// dayNamed is the day a message names, as the last moment of it.
func (t *turn) dayNamed() (time.Time, bool) {
	s, ok := t.in.Reading.Slot(message.SlotDate)
	if !ok {
		return time.Time{}, false
	}
	y, m, d := t.local(s.Time).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, t.set.Zone), true
}

// acceptBy takes the option that is there on the named day. One that is there
// earlier is said back first: "Friday would be better" does not take Thursday.
func (t *turn) acceptBy(day time.Time, options []expect.Option) flow.Class {
	best := -1
	for i, o := range options {
		by := firstBy(o)
		if by.IsZero() || by.After(day) {
			continue
		}
		if day.Sub(by) < 24*time.Hour {
			return t.acceptOption(o)
		}
		if best < 0 || by.After(firstBy(options[best])) {
			best = i
		}
	}
	if best >= 0 {
		t.s.Matter.Proposed = &options[best]
	}
	return flow.Class{Name: flow.Unsure}
}

// firstBy is when an option's main term is there.
func firstBy(o expect.Option) time.Time {
	if len(o.Terms) == 0 {
		return time.Time{}
	}
	return o.Terms[0].By
}

// takeOption accepts an option by its id. An amount that is named with it is
// weighed: "15 on the card" does not take the card with 10 on it.
func (t *turn) takeOption(id string) flow.Class {
	p, ok := t.option(id)
	if !ok {
		return t.aside(sideStale)
	}
	if amount, named := t.amountNamed(); named && amount != p.Paid() && amount != offered(p) {
		if cl, ok := t.weigh(amount, []expect.Option{p}); ok {
			return cl
		}
		return t.proposeOption(id)
	}
	return t.acceptOption(p)
}

// proposeOption says an option back before it counts: it was named, but not
// clearly wanted.
func (t *turn) proposeOption(id string) flow.Class {
	p, ok := t.option(id)
	if !ok {
		return t.aside(sideStale)
	}
	t.s.Matter.Proposed = &p
	return flow.Class{Name: flow.Unsure}
}

// option finds an option by its id. Those of earlier offers count too: a
// refused offer stays open until the matter closes.
func (t *turn) option(id string) (expect.Option, bool) {
	rung, option, _ := strings.Cut(strings.TrimPrefix(id, optionChoice), "/")
	if e := t.focus(); e != nil {
		for _, o := range e.Offered {
			if p, ok := o.Option(option); ok && o.Rung == rung {
				return p, true
			}
		}
	}
	return expect.Option{}, false
}
