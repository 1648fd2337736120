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
	who, owner := or(e.By, d.words.somebody), or(e.Handoff.Name, d.words.somebody)
	switch e.Event {
	case dialog.HandoffOpened:
		return d.card(r, e, false), nil
	case dialog.HandoffTaken:
		return append(d.card(r, e, true), r.reply(fmt.Sprintf(d.words.taken, or(e.Handoff.Name, who)))), nil
	case dialog.HandoffReturned:
		return append(d.card(r, e, true), r.reply(d.withNote(fmt.Sprintf(d.words.returned, who), e.Note))), nil
	case dialog.HandoffClosed:
		return append(d.card(r, e, true), r.reply(d.withNote(fmt.Sprintf(d.words.closed, who), e.Note))), nil
	case dialog.HandoffLate:
		return append(d.card(r, e, true), r.show(d.late(r, e))), nil
	case dialog.HandoffLost:
		return []Show{r.whisper(e.ByRef, fmt.Sprintf(d.words.lostRace, owner))}, nil
	case dialog.HandoffDenied:
		text := d.words.takeFirst
		if e.Handoff.Owner != "" {
			text = fmt.Sprintf(d.words.notYours, owner)
		}
		return []Show{r.whisper(e.ByRef, text)}, nil
	case dialog.HandoffOver:
		return []Show{r.whisper(e.ByRef, d.words.over)}, nil
	}
	return nil, fmt.Errorf("unknown hand-off event %q", e.Event)
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
	case e.Handoff.Owner != "":
		text = fmt.Sprintf(w.owned, or(e.Handoff.Name, who))
	}
	return adapters.Block{Kind: adapters.Note, Text: text}
}

// handoffButtons follow the standing: take it while it waits, then return or
// close it, then nothing.
func (d *Desk) handoffButtons(r Ref, e dialog.HandoffChanged) []adapters.Button {
	w, v := d.words, r.value()
	switch {
	case e.Event == dialog.HandoffReturned, e.Event == dialog.HandoffClosed:
		return nil
	case e.Handoff.Owner == "":
		return []adapters.Button{{Action: string(Take), Value: v, Label: w.buttonTake, Style: "primary"}}
	}
	return []adapters.Button{
		{Action: string(Return), Value: v, Label: w.buttonReturn},
		{Action: string(Close), Value: v, Label: w.buttonClose, Style: "danger", Confirm: w.confirmClose},
	}
}

// late is a post of its own, because a change of an old card is seen by nobody.
func (d *Desk) late(r Ref, e dialog.HandoffChanged) adapters.Post {
	name := d.words.customer
	if e.Brief != nil {
		name = d.named(e.Brief.Customer)
	}
	text := fmt.Sprintf(d.words.stillWaiting, name, d.when(e.Handoff.Opened))
	p := adapters.Post{
		Anchor:   r.anchor("late"),
		Blocks:   []adapters.Block{{Kind: adapters.Paragraph, Text: text}},
		Fallback: text,
	}
	if e.Handoff.Owner == "" {
		p.Buttons = d.handoffButtons(r, e)
	}
	return p
}

// dated is when something is to be done, for a line of a card.
func (d *Desk) dated(label string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return label + d.words.colon + d.when(at)
}
