package dialog

import (
	"fmt"
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// choices are the buttons of a state's question.
func (t *turn) choices(kind flow.Kind) []message.Choice {
	switch kind {
	case flow.Elicit:
		return t.slotChoices()
	case flow.Restate:
		return []message.Choice{t.choice(choiceYes, "button.right"), t.choice(choiceChange, "button.change")}
	case flow.Rank:
		return t.wishChoices()
	case flow.Lower:
		return t.offerChoices()
	case flow.Propose:
		if t.s.Matter.Proposed == nil {
			return t.offerChoices()
		}
		return t.yesNoOther()
	case flow.Correct: // put again only: who cannot say what is wrong is not held
		return []message.Choice{t.choice(choicePerson, "button.person")}
	case flow.Shelve:
		return []message.Choice{t.choice(choiceAnswer, "button.answer", "by", t.s.Matter.ShelveBy), t.choice(choicePerson, "button.person")}
	case flow.Close:
		if len(t.s.Matter.Later) > 0 {
			return []message.Choice{t.choice(choiceMore, "button.yes"), t.choice(choiceAll, "button.all")}
		}
		return []message.Choice{t.choice(choiceAll, "button.all"), t.choice(choiceMore, "button.more")}
	}
	return nil
}

func (t *turn) yesNoOther() []message.Choice {
	return []message.Choice{t.choice(choiceYes, "button.yes"), t.choice(choiceNo, "button.no"), t.choice(choiceOther, "button.other")}
}

// slotChoices are buttons where a slot is one of a few known things. Asked once
// more, a person is among them: perhaps it is none of these.
func (t *turn) slotChoices() []message.Choice {
	var out []message.Choice
	switch t.s.Matter.Asked {
	case slotIncident:
		out = t.matters()
	case slotWish:
		out = t.wishMenu()
	}
	if len(out) > 0 && t.s.Matter.Put > 1 {
		out = append(out, t.choice(choicePerson, "button.person"))
	}
	return out
}

// wishMenu are what usually helps with what happened, or, where nothing did,
// the wishes that come up most.
func (t *turn) wishMenu() []message.Choice {
	var out []message.Choice
	if inc := t.f.Catalog.Incident(t.s.Matter.Incident); inc != nil {
		for _, name := range inc.Offers {
			if len(out) < maxWishes {
				out = append(out, t.choice(serviceChoice+name, "label."+name))
			}
		}
		return out
	}
	for _, svc := range t.f.Catalog.Services {
		if svc.Menu && len(out) < maxWishes {
			out = append(out, t.choice(serviceChoice+svc.Name, "menu."+svc.Name))
		}
	}
	if len(out) == 0 {
		return t.matters()
	}
	return out
}

// menu are the matters that come up most, for who was not understood, and a
// person.
func (t *turn) menu() []message.Choice {
	return append(t.matters(), t.choice(choicePerson, "button.person"))
}

// matters are what comes up most: what went wrong, then what is wanted.
func (t *turn) matters() []message.Choice {
	var out []message.Choice
	for _, inc := range t.f.Catalog.Incidents {
		if inc.Menu && len(out) < maxWishes {
			out = append(out, t.choice(incidentOf+inc.Name, "menu."+inc.Name))
		}
	}
	for _, svc := range t.f.Catalog.Services {
		if svc.Menu && len(out) < maxWishes {
			out = append(out, t.choice(serviceChoice+svc.Name, "menu."+svc.Name))
		}
	}
	return out
}

func (t *turn) wishChoices() []message.Choice {
	var out []message.Choice
	for i, e := range t.s.Matter.Wishes {
		if !e.Settled() {
			out = append(out, t.choice(fmt.Sprint(wishChoice, i+1), "label."+e.Service))
		}
	}
	return out
}

// offerChoices are the options on the table, or yes and no where there is
// one.
func (t *turn) offerChoices() []message.Choice {
	offer, ok := t.table()
	if !ok || len(offer.Options) < 2 {
		return t.yesNoOther()
	}
	e := t.focus()
	var out []message.Choice
	for _, o := range offer.Options {
		out = append(out, t.choice(optionID(offer.Rung, o.ID), optionKey(e.Service, offer.Rung, o.ID)))
	}
	return append(out, t.choice(choiceNo, "button.neither"))
}

func optionID(rung, option string) string { return optionChoice + rung + "/" + option }

func optionKey(service, rung, option string) string {
	return "option." + service + "." + rung + "." + option
}

// Expecting says what the state a conversation rests in waits for, so that a
// message can be read as an answer to it. Options of earlier offers are
// listed too, because a refused offer stays open until the matter closes.
func Expecting(f *flow.Flow, s State) message.Expect {
	e := message.Expect{}
	if s.Ask != nil {
		e.Choices = slices.Clone(s.Ask.Choices)
	}
	switch f.Table.Kind(s.Control.At) {
	case flow.Queue:
		if h := s.Handoff; h != nil && h.Choice == choiceCall { // they were asked for a number
			e.Kind = "slot:" + string(message.SlotPhone)
		}
	case flow.Greet, flow.Listen, flow.End:
		e.Kind = "intent"
	case flow.Elicit:
		e.Kind = "intent"
		if s.Ask != nil && s.Ask.Slot != slotWish && s.Ask.Slot != slotIncident {
			e.Kind = "slot:" + expectedSlot(f, s.Ask.Slot)
		}
	case flow.Close:
		e.Kind = "intent" // "lovely, thanks" is no wish for more
	case flow.Restate, flow.Shelve:
		e.Kind = "yesno"
	case flow.Rank:
		e.Kind = "choice"
	case flow.Lower, flow.Propose:
		expectOffer(f, s, &e)
	}
	return e
}

// expectedSlot names the kind of value that fills a slot.
func expectedSlot(f *flow.Flow, slot string) string {
	if slot == f.Catalog.Lookup.Slot {
		return string(message.SlotOrder)
	}
	if kinds := slotKinds[slot]; len(kinds) > 0 {
		return string(kinds[len(kinds)-1])
	}
	return "text"
}

func expectOffer(f *flow.Flow, s State, e *message.Expect) {
	// Only where money may be on the table is a bare number heard as money.
	e.Kind, e.Currency = "yesno", f.Catalog.Currency
	m := s.Matter
	if c := m.Facts["currency"]; c != "" {
		e.Currency = c
	}
	if m.Focus < 1 || m.Focus > len(m.Wishes) {
		return
	}
	wish := m.Wishes[m.Focus-1]
	for i, o := range wish.Offered {
		last := i == len(wish.Offered)-1
		if len(o.Options) > 1 && last && m.Proposed == nil {
			e.Kind = "choice"
		}
		if last || len(o.Options) < 2 {
			continue
		}
		for _, p := range o.Options {
			label := f.LineFrom(s.Lang, optionKey(wish.Service, o.Rung, p.ID), 0, labelVars(s))
			e.Choices = append(e.Choices, message.Choice{ID: optionID(o.Rung, p.ID), Label: label})
		}
	}
}

// labelVars are the facts a button's label may name.
func labelVars(s State) flow.Source {
	return variables{&turn{s: s, set: Settings{Zone: time.UTC}}}
}
