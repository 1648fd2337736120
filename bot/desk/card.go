package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Handoff shows what happened to a hand-off of conv: the card, which is
// brought up to date where it stands, and a word to those concerned. An event
// it does not know is an error.
func (d *Desk) Handoff(conv message.ConversationID, e dialog.HandoffChanged) ([]Show, error) {
	r := Ref{HandoffCard, conv, e.Handoff.N}
	w, who := d.words, or(e.By, d.words.somebody)
	switch e.Event {
	case dialog.HandoffOpened:
		return append(d.card(r, e, false), d.transcript(r, e.Brief)...), nil
	case dialog.HandoffTaken:
		text := d.say(w.taken, or(e.Handoff.Name, who))
		if e.Note != "" { // the one they took it over from
			text = sentences(d.say(w.takenOver, e.Note), text)
		}
		return append(d.card(r, e, true), r.reply(text)), nil
	case dialog.HandoffReturned:
		return append(d.card(r, e, true), r.reply(d.withNote(d.say(w.returned, who), e.Note))), nil
	case dialog.HandoffClosed:
		return append(d.card(r, e, true), r.reply(d.withNote(d.say(w.closed, who), e.Note))), nil
	case dialog.HandoffReleased:
		text := d.withNote(d.say(w.released, who, d.customerOf(e)), e.Note)
		return append(d.card(r, e, true), r.show(d.call(r, e, furtherBack, text, adapters.CallChannel))), nil
	case dialog.HandoffLapsed:
		text := d.say(w.lapsed, d.customerOf(e), or(e.Handoff.PassedBy, w.somebody))
		return append(d.card(r, e, true), r.show(d.call(r, e, furtherBack, text, adapters.CallChannel))), nil
	case dialog.HandoffLost, dialog.HandoffDenied, dialog.HandoffOver:
		return []Show{d.refuse(r, e.ByRef, string(e.Event), d.no(e))}, nil
	case dialog.HandoffAsked:
		return append(d.card(r, e, true), d.word(r, e, w.offered, w.asked)), nil
	case dialog.HandoffPromised:
		return append(d.card(r, e, true), d.word(r, e, w.promised, "")), nil
	case dialog.HandoffBriefed:
		return d.card(r, e, true), nil
	case dialog.HandoffUnheard:
		return append(d.card(r, e, true), r.reply(w.unheard)), nil
	}
	return d.unanswered(r, e)
}

// word shows what the owner offered or promised as it went to the customer,
// because whoever takes over has to know what was said.
func (d *Desk) word(r Ref, e dialog.HandoffChanged, label, further string) Show {
	line := d.say(label, or(e.By, d.words.somebody))
	by := ""
	if !e.Until.IsZero() {
		by = d.say(d.words.by, d.when(e.Until))
	}
	post := adapters.Post{
		Thread:   r.anchor(""),
		Blocks:   []adapters.Block{{Kind: adapters.Paragraph, Label: line, Text: e.Note}},
		Fallback: line + d.words.colon + shorten(e.Note, 120),
	}
	if note := d.joined(by, e.Case, further); note != "" {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Note, Text: note})
	}
	return r.show(post)
}

// no says why an act was not carried out.
func (d *Desk) no(e dialog.HandoffChanged) string {
	owner := or(e.Handoff.Name, d.words.somebody)
	switch {
	case e.Event == dialog.HandoffOver:
		return d.words.over
	case e.Event == dialog.HandoffLost:
		return d.say(d.words.lostRace, owner)
	case e.Handoff.Owner == "":
		return d.words.takeFirst
	}
	return d.say(d.words.notYours, owner)
}

func (d *Desk) withNote(text, note string) string {
	if note == "" {
		return text
	}
	return text + d.words.colon + note
}

// card is the card itself. Without a brief there is nothing to write on it,
// and one that stands is left as it is.
func (d *Desk) card(r Ref, e dialog.HandoffChanged, update bool) []Show {
	if e.Brief == nil && update {
		return nil
	}
	b := dialog.Brief{}
	if e.Brief != nil {
		b = *e.Brief
	}
	if b.Cause == "" {
		b.Cause = e.Handoff.Cause
	}
	title := d.title(b)
	return []Show{r.show(adapters.Post{
		Anchor:   r.anchor(""),
		Update:   update,
		Title:    title,
		Gist:     d.gist(b),
		Blocks:   append(d.brief(b), d.standing(e)),
		Buttons:  d.handoffButtons(r, e),
		Fallback: d.joined(title, d.cause(b)),
	})}
}

// standing says at the foot of the card where the hand-off stands.
func (d *Desk) standing(e dialog.HandoffChanged) adapters.Block {
	w := d.words
	text := fmt.Sprintf(w.waiting, d.since(e.Handoff.Opened))
	who := or(e.By, or(e.Handoff.Name, w.somebody))
	switch {
	case e.Event == dialog.HandoffReturned:
		text = d.say(w.returned, who)
	case e.Event == dialog.HandoffClosed:
		text = d.say(w.closed, who)
	case e.Event == dialog.HandoffIdle, e.Handoff.Idle:
		text = d.idle(e)
	case e.Handoff.Owner != "":
		text = d.say(w.owned, or(e.Handoff.Name, who))
	}
	return adapters.Block{Kind: adapters.Note, Text: text}
}

// handoffButtons follow the standing: take it while it waits, then what its
// owner can do with it, then nothing. An owner who has left the customer
// waiting keeps theirs: they may only have been slow.
func (d *Desk) handoffButtons(r Ref, e dialog.HandoffChanged) []adapters.Button {
	switch {
	case e.Event == dialog.HandoffReturned, e.Event == dialog.HandoffClosed:
		return nil
	case e.Handoff.Owner == "":
		return d.takeButtons(r, d.words.buttonTake)
	case e.Event == dialog.HandoffIdle, e.Handoff.Idle:
		return append(d.takeButtons(r, d.words.buttonTakeOver), d.ownerButtons(r)...)
	}
	return d.ownerButtons(r)
}

func (d *Desk) takeButtons(r Ref, label string) []adapters.Button {
	return []adapters.Button{{Action: string(Take), Value: r.value(), Label: label, Style: "primary"}}
}

// ownerButtons all ask something before they count, so each opens a form.
func (d *Desk) ownerButtons(r Ref) []adapters.Button {
	w := d.words
	button := func(a Action, label string) adapters.Button {
		return adapters.Button{Action: string(a), Value: r.value(), Label: label, Form: true}
	}
	list := []adapters.Button{button(Offer, w.buttonOffer), button(Pledge, w.buttonPromise),
		button(Return, w.buttonReturn), button(Release, w.buttonRelease), button(Close, w.buttonClose)}
	list[len(list)-1].Style = "danger"
	return list
}
