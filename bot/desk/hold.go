package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Hold tells an agent why their words did not go out. A note that was meant
// as one, and talk among colleagues beside the owner, are left alone: a
// remark at every line would bury what the customer says. An unknown reason
// is an error.
func (d *Desk) Hold(conv message.ConversationID, e dialog.Hold) ([]Show, error) {
	return d.hold(Ref{HandoffCard, conv, e.Handoff}, e)
}

// hold is Hold for words in the thread of any card.
func (d *Desk) hold(r Ref, e dialog.Hold) ([]Show, error) {
	if e.Reason == dialog.HoldInternal || e.Reason == dialog.HoldNotOwner && e.Owner != "" {
		return nil, nil
	}
	reason, ok := d.heldBecause(e.Reason)
	if !ok {
		return nil, fmt.Errorf("unknown reason %q to hold a message", e.Reason)
	}
	m := adapters.Mark{Message: e.Message, State: adapters.MarkHeld, Reason: reason}
	in := ""
	if r.N > 0 { // a hand-off may be over and gone
		in = r.anchor("")
	}
	if in != "" && r.Kind == HandoffCard {
		switch e.Reason {
		case dialog.HoldAsk:
			m.Buttons = d.heldButtons(r, e.Message)
		case dialog.HoldBlocked:
			m.Buttons = d.againButtons(r, e.Message)
		}
	}
	if e.Reason == dialog.HoldBlocked {
		m.State = adapters.MarkFailed
	}
	return []Show{{Lane: or(in, "mark:"+string(e.Message)), Mark: &m, In: in}}, nil
}

func (d *Desk) heldBecause(reason dialog.HoldReason) (string, bool) {
	w := d.words
	text, ok := map[dialog.HoldReason]string{
		dialog.HoldNotOwner: w.takeFirst,
		dialog.HoldAsk:      w.holdAsk,
		dialog.HoldClosed:   w.over,
		dialog.HoldEdited:   w.holdEdited,
		dialog.HoldEmpty:    w.holdEmpty,
		dialog.HoldFile:     w.holdFile,
		dialog.HoldBlocked:  w.failures[FailedGone],
	}[reason]
	return text, ok
}

// heldButtons ask about words that may be a note.
func (d *Desk) heldButtons(r Ref, id message.PlatformID) []adapters.Button {
	v := r.wordsValue(id)
	return []adapters.Button{
		{Action: string(Anyway), Value: v, Label: d.words.buttonAnyway},
		{Action: string(Keep), Value: v, Label: d.words.buttonKeep},
	}
}
