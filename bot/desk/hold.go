package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// HoldTaken is a hold beside the engine's: the author had this customer until
// somebody took over, and may not have seen it. Colleagues who never had them
// talk in the thread as they like.
const HoldTaken dialog.HoldReason = "taken"

// Hold tells an agent why their words did not go out. A note that was meant
// as one, and talk among colleagues beside the owner, are left alone: a
// remark at every line would bury what the customer says. Words from a form
// stand nowhere, so who wrote them is told. An unknown reason is an error.
func (d *Desk) Hold(conv message.ConversationID, e dialog.Hold) ([]Show, error) {
	r := Ref{HandoffCard, conv, e.Handoff}
	if e.Promise > 0 {
		r = Ref{TaskCard, conv, e.Promise}
	}
	if e.Message == "" {
		return d.heldForm(r, e)
	}
	if e.Reason == dialog.HoldInternal || e.Reason == dialog.HoldNotOwner && e.Owner != "" {
		return nil, nil
	}
	reason, ok := d.heldBecause(e)
	if !ok {
		return nil, fmt.Errorf("unknown reason %q to hold a message", e.Reason)
	}
	m := adapters.Mark{Message: e.Message, State: adapters.MarkHeld, Reason: reason}
	in := ""
	if r.N > 0 { // a hand-off may be over and gone
		in = r.anchor("")
		m.Buttons = d.heldButtons(r, e)
	}
	if e.Reason == dialog.HoldBlocked {
		m.State = adapters.MarkFailed
	}
	return []Show{{Lane: or(in, "mark:"+string(e.Message)), Mark: &m, In: in}}, nil
}

func (d *Desk) heldBecause(e dialog.Hold) (string, bool) {
	w := d.words
	text, ok := map[dialog.HoldReason]string{
		dialog.HoldNotOwner: w.takeFirst,
		HoldTaken:           d.say(w.holdTaken, or(e.Owner, w.somebody)),
		dialog.HoldAsk:      w.holdAsk,
		dialog.HoldClosed:   w.over,
		dialog.HoldEdited:   w.holdEdited,
		dialog.HoldEmpty:    w.holdEmpty,
		dialog.HoldFile:     w.holdFile,
		dialog.HoldBlocked:  w.failures[FailedGone],
	}[e.Reason]
	return text, ok
}

// heldForm tells who sent a form why nothing came of it.
func (d *Desk) heldForm(r Ref, e dialog.Hold) ([]Show, error) {
	w := d.words
	text, ok := map[dialog.HoldReason]string{
		dialog.HoldAsk:      w.formAsk,
		dialog.HoldInternal: w.formRemark,
		dialog.HoldPast:     w.formPast,
		dialog.HoldEmpty:    w.formEmpty,
		dialog.HoldBlocked:  w.formBlocked,
		dialog.HoldClosed:   w.over,
		dialog.HoldNotOwner: w.takeFirst,
	}[e.Reason]
	if !ok {
		return nil, fmt.Errorf("unknown reason %q to hold a form", e.Reason)
	}
	if e.Reason == dialog.HoldNotOwner && e.Owner != "" {
		text = d.say(w.notYours, e.Owner)
	}
	return []Show{r.whisper(e.ByRef, text)}, nil
}

// heldButtons ask about words that may be a note, and send again what a
// customer who blocked us did not get.
func (d *Desk) heldButtons(r Ref, e dialog.Hold) []adapters.Button {
	v := r.wordsValue(e.Message)
	switch {
	case e.Reason == dialog.HoldBlocked:
		return d.againButtons(r, e.Message)
	case e.Reason != dialog.HoldAsk:
		return nil
	}
	anyway := d.words.buttonAnyway
	if r.Kind == TaskCard {
		anyway = d.words.buttonResult
	}
	return []adapters.Button{
		{Action: string(Anyway), Value: v, Label: anyway},
		{Action: string(Keep), Value: v, Label: d.words.buttonKeep},
	}
}
