package dialog

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Sections of the intents files that tell of an expectation itself: what
// raised it, the least that is acceptable, which of a service's values.
const (
	sourceSection   = "source."
	valueSection    = "value."
	adequateSection = "level.adequate"
)

// newWish is an expectation as this message tells it.
func (t *turn) newWish(svc *flow.Service, clarity expect.Clarity) expect.Expectation {
	e := expect.Expectation{Service: svc.Name, Clarity: clarity, Aspect: svc.Aspect, Status: expect.Open, Source: t.s.Matter.Source}
	t.s.Matter.Source = ""
	_, least := t.in.Reading.Mentioned(adequateSection)
	high, low, said := t.levels(svc)
	if said && (!svc.Scale.Timely() || least) { // the day that is asked for is the slot's
		e.Asked = high
	}
	if said && least {
		e.Adequate = low
	}
	return e
}

// absorbLevels takes what a message tells of wishes that are known already:
// the least that will do, which of several it is, and what raised it.
func (t *turn) absorbLevels(open bool) {
	for i := range t.s.Matter.Wishes {
		e := &t.s.Matter.Wishes[i]
		svc := t.f.Catalog.Service(e.Service)
		if !open || svc == nil || e.Settled() {
			continue
		}
		_, least := t.in.Reading.Mentioned(adequateSection)
		high, low, said := t.levels(svc)
		switch {
		case !said:
		case svc.Scale == flow.ScaleOption:
			e.Ask(high)
		case least && e.Adequate.IsZero():
			if e.Adequate = low; e.Asked.IsZero() {
				e.Asked = high
			}
		}
	}
	t.otherCurrency()
	t.absorbSource()
}

// otherCurrency says in what money the order is, where a sum is named in
// another: it is not weighed, and to pass over it would look like not having
// read it.
func (t *turn) otherCurrency() {
	if s, ok := t.in.Reading.Slot(message.SlotMoney); ok {
		t.reckonsIn(s.Currency)
	}
}

// reckonsIn tells the order's currency where it is known, and cur is another.
func (t *turn) reckonsIn(cur string) {
	if own := t.env().Currency; cur != "" && cur != own && len(t.s.Matter.Facts) > 0 {
		t.holdLine("currency.other", "currency", own)
	}
}

// levels reads the levels a message names on a service's scale: the one hoped
// for, and, where it names two, the lesser one. said is false where it names
// none.
func (t *turn) levels(svc *flow.Service) (high, low expect.Level, said bool) {
	if svc.Scale == flow.ScaleOption {
		for _, v := range svc.Values {
			if m, ok := t.in.Reading.Mentioned(valueSection + v); ok && !m.Dropped {
				return expect.Level{Value: v}, expect.Level{Value: v}, true
			}
		}
		return high, low, false
	}
	var named []expect.Level
	for _, s := range t.in.Reading.Slots {
		if l, ok := levelOf(svc.Scale, s); ok {
			named = append(named, l)
		}
	}
	if len(named) == 0 {
		return high, low, false
	}
	more := func(a, b expect.Level) int {
		if svc.Scale.Timely() {
			return a.By.Compare(b.By) // sooner is more
		}
		return int(b.Amount - a.Amount + b.Count - a.Count)
	}
	return slices.MinFunc(named, more), slices.MaxFunc(named, more), true
}

// levelOf reads a value as a level on a scale.
func levelOf(scale flow.Scale, s message.Slot) (expect.Level, bool) {
	switch {
	case scale == flow.ScaleMoney && s.Kind == message.SlotMoney:
		return expect.Level{Amount: s.Amount, Currency: s.Currency}, true
	case scale == flow.ScaleQuantity && s.Kind == message.SlotNumber:
		return expect.Level{Count: s.Amount}, true
	case scale.Timely() && (s.Kind == message.SlotDate || s.Kind == message.SlotTime):
		return expect.Level{By: s.Time}, true
	}
	return expect.Level{}, false
}

// absorbSource notes what raised an expectation: of the wish named with it,
// else of the one being talked about, else of the next that is named.
func (t *turn) absorbSource() {
	source := t.sourceHeard()
	if source == "" {
		return
	}
	m, found := &t.s.Matter, false
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if !e.Settled() && t.mentions(e.Service) {
			e.Source, found = source, true
		}
	}
	switch e := t.focus(); {
	case found:
	case e != nil:
		e.Source = source
	case expect.Unsettled(m.Wishes) == 1:
		m.Wishes[expect.Top(m.Wishes)].Source = source
	default:
		m.Source = source
	}
}

// sourceHeard is what a message says raised the expectation. Our own word
// comes before what else is named: it binds us.
func (t *turn) sourceHeard() expect.Source {
	heard := expect.Source("")
	for _, m := range t.in.Reading.Mentions {
		name, ok := strings.CutPrefix(m.Name, sourceSection)
		if !ok || m.Dropped || !slices.Contains(expect.Sources(), expect.Source(name)) {
			continue
		}
		if heard == "" || expect.Source(name) == expect.OurPromise {
			heard = expect.Source(name)
		}
	}
	return heard
}

// mentions says whether the message names a service.
func (t *turn) mentions(service string) bool {
	return slices.ContainsFunc(t.in.Reading.Mentions, func(m message.Mention) bool {
		svc := t.serviceHeard(m.Name)
		return svc != nil && svc.Name == service && !m.Dropped
	})
}

// envOf is what the catalog's conditions read where one wish is weighed.
func (t *turn) envOf(e *expect.Expectation) flow.Env {
	env := t.env()
	env.Wish = e
	return env
}
