package desk

import (
	"fmt"
	"strings"
	"time"

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
		return d.card(r, e, false), nil
	case dialog.HandoffTaken:
		text := fmt.Sprintf(w.taken, or(e.Handoff.Name, who))
		if e.Note != "" { // the one they took it over from
			text = fmt.Sprintf(w.takenOver, e.Note) + text
		}
		return append(d.card(r, e, true), r.reply(text)), nil
	case dialog.HandoffReturned:
		return append(d.card(r, e, true), r.reply(d.withNote(fmt.Sprintf(w.returned, who), e.Note))), nil
	case dialog.HandoffClosed:
		return append(d.card(r, e, true), r.reply(d.withNote(fmt.Sprintf(w.closed, who), e.Note))), nil
	case dialog.HandoffReleased:
		text := d.withNote(fmt.Sprintf(w.released, who, d.customerOf(e)), e.Note)
		return append(d.card(r, e, true), r.show(d.call(r, e, furtherBack, text, adapters.CallChannel))), nil
	case dialog.HandoffLost, dialog.HandoffDenied, dialog.HandoffOver:
		return []Show{r.whisper(e.ByRef, d.no(e))}, nil
	case dialog.HandoffAsked:
		return []Show{r.reply(w.asked)}, nil
	case dialog.HandoffUnheard:
		return []Show{r.reply(w.unheard)}, nil
	}
	return d.unanswered(r, e)
}

// no says why an act was not carried out.
func (d *Desk) no(e dialog.HandoffChanged) string {
	owner := or(e.Handoff.Name, d.words.somebody)
	switch {
	case e.Event == dialog.HandoffOver:
		return d.words.over
	case e.Event == dialog.HandoffLost:
		return fmt.Sprintf(d.words.lostRace, owner)
	case e.Handoff.Owner == "":
		return d.words.takeFirst
	}
	return fmt.Sprintf(d.words.notYours, owner)
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
	title := fmt.Sprintf(d.words.needs, d.named(b.Customer))
	return []Show{r.show(adapters.Post{
		Anchor:   r.anchor(""),
		Update:   update,
		Title:    title,
		Blocks:   append(d.brief(b, e.Handoff.Cause), d.standing(e)),
		Buttons:  d.handoffButtons(r, e),
		Fallback: title + d.words.dash + d.cause(e.Handoff.Cause, b),
	})}
}

// brief lays out what an agent sees at a glance: who and why, what happened,
// what is expected and what was tried, mood, promises.
func (d *Desk) brief(b dialog.Brief, cause string) []adapters.Block {
	w := d.words
	var f []string
	f = d.field(f, w.fieldCustomer, d.named(b.Customer))
	f = d.field(f, w.fieldLanguage, w.languages[b.Lang])
	f = d.field(f, w.fieldWhy, d.cause(cause, b))
	f = d.field(f, w.fieldMood, d.mood(b))
	f = d.field(f, w.fieldCase, b.Case)
	f = d.field(f, w.fieldOrder, b.Order)
	f = d.field(f, w.fieldIncident, b.Incident)
	blocks := []adapters.Block{{Kind: adapters.Fields, Items: f}}
	if len(b.Story) > 0 {
		blocks = append(blocks, adapters.Block{Kind: adapters.Quote, Label: w.story, Text: strings.Join(b.Story, "\n")})
	}
	if len(b.Wishes) > 0 {
		blocks = append(blocks, adapters.Block{Kind: adapters.List, Label: w.wishes, Items: d.wishes(b.Wishes)})
	}
	if len(b.Facts) > 0 {
		blocks = append(blocks, adapters.Block{Kind: adapters.Fields, Label: w.facts, Items: b.Facts})
	}
	if len(b.Promises) > 0 {
		blocks = append(blocks, adapters.Block{Kind: adapters.List, Label: w.promises, Items: b.Promises})
	}
	return blocks
}

// wishes numbers the expectations, most important first, each with its
// verdict, its status and what was offered and not taken.
func (d *Desk) wishes(list []dialog.BriefWish) []string {
	w := d.words
	items := make([]string, 0, len(list))
	for i, x := range list {
		var marks []string
		for _, m := range []string{w.verdicts[x.Verdict], w.statuses[x.Status]} {
			if m != "" {
				marks = append(marks, m)
			}
		}
		text := fmt.Sprintf("%d. %s", i+1, x.Text)
		if len(marks) > 0 {
			text += fmt.Sprintf(w.brackets, strings.Join(marks, w.comma))
		}
		if len(x.Offered) > 0 {
			text += w.refused + strings.Join(x.Offered, w.semicolon)
		}
		items = append(items, text)
	}
	return items
}

// mood puts anger (0..1) and where it is going into words.
func (d *Desk) mood(b dialog.Brief) string {
	w := d.words
	level := 0
	for _, border := range []float64{0.3, 0.6, 0.8} {
		if b.Mood >= border {
			level++
		}
	}
	if trend := w.trends[b.Trend]; trend != "" {
		return w.moods[level] + w.comma + trend
	}
	return w.moods[level]
}

func (d *Desk) cause(cause string, b dialog.Brief) string {
	if known := d.words.causes[cause]; known != "" {
		return known
	}
	return or(b.Cause, cause)
}

// standing says at the foot of the card where the hand-off stands.
func (d *Desk) standing(e dialog.HandoffChanged) adapters.Block {
	w := d.words
	text := fmt.Sprintf(w.waiting, d.when(e.Handoff.Opened))
	who := or(e.By, or(e.Handoff.Name, w.somebody))
	switch {
	case e.Event == dialog.HandoffReturned:
		text = fmt.Sprintf(w.returned, who)
	case e.Event == dialog.HandoffClosed:
		text = fmt.Sprintf(w.closed, who)
	case e.Event == dialog.HandoffIdle:
		text = d.idle(e)
	case e.Handoff.Owner != "":
		text = fmt.Sprintf(w.owned, or(e.Handoff.Name, who))
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
	case e.Event == dialog.HandoffIdle:
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

// dated is when something is to be done, for a line of a card.
func (d *Desk) dated(label string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return label + d.words.colon + d.when(at)
}
