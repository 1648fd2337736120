package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
)

// unanswered shows that a customer is waiting for a person, and calls more
// people each time: those who follow the thread, the channel, the supervisor.
func (d *Desk) unanswered(r Ref, e dialog.HandoffChanged) ([]Show, error) {
	since := d.since(e.Handoff.Opened)
	switch e.Event {
	case dialog.HandoffNudged:
		return []Show{r.reply(d.say(d.words.nudged, d.customerOf(e), since))}, nil
	case dialog.HandoffLate:
		text := d.say(d.words.stillWaiting, d.customerOf(e), since)
		return append(d.card(r, e, true), r.show(d.call(r, e, furtherLate, text, adapters.CallChannel))), nil
	case dialog.HandoffEscalated:
		text := d.say(d.words.escalated, d.customerOf(e), since)
		if e.Handoff.Owner != "" {
			text = d.say(d.words.escalatedIdle, or(e.Handoff.Name, d.words.somebody), d.customerOf(e))
		}
		return []Show{r.show(d.call(r, e, furtherCalled, text, adapters.CallSupervisor))}, nil
	case dialog.HandoffIdle:
		return append(d.card(r, e, true), r.show(d.call(r, e, furtherIdle, d.idle(e), adapters.CallChannel))), nil
	}
	return nil, fmt.Errorf("unknown hand-off event %q", e.Event)
}

// call is a post of its own, because a change of an old card is seen by nobody.
// Its thread counts as the card's, and who reads it can act at once.
func (d *Desk) call(r Ref, e dialog.HandoffChanged, further, text string, who adapters.Call) adapters.Post {
	label := d.words.buttonTake
	if e.Handoff.Owner != "" {
		label = d.words.buttonTakeOver
	}
	return adapters.Post{
		Anchor:   r.anchor(further),
		Gist:     d.gistOf(e),
		Blocks:   []adapters.Block{{Kind: adapters.Paragraph, Text: text}},
		Buttons:  d.takeButtons(r, label),
		Fallback: text,
		Call:     who,
	}
}

// idle says that an owner has left the customer waiting.
func (d *Desk) idle(e dialog.HandoffChanged) string {
	return d.say(d.words.idle, d.customerOf(e), or(e.Handoff.Name, d.words.somebody))
}

// gistOf is what a call is about, for those who do not see the card beside it.
func (d *Desk) gistOf(e dialog.HandoffChanged) string {
	if e.Brief == nil {
		return ""
	}
	return d.gist(*e.Brief)
}

func (d *Desk) customerOf(e dialog.HandoffChanged) string {
	if e.Brief == nil {
		return d.words.customer
	}
	return d.named(e.Brief.Customer)
}
