package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Promise shows what happened to a promise of conv: the task its owner acts
// on, brought up to date where it stands, and a word where somebody must look
// again. An event it does not know is an error.
func (d *Desk) Promise(conv message.ConversationID, e dialog.PromiseChanged) ([]Show, error) {
	r := Ref{TaskCard, conv, e.Promise.N}
	w := d.words
	switch e.Event {
	case dialog.PromiseMade:
		return []Show{d.task(r, e, "", false)}, nil
	case dialog.PromiseSoon:
		text := fmt.Sprintf(w.taskSoon, d.when(e.Promise.Due))
		return []Show{d.task(r, e, text, true), r.reply(text)}, nil
	case dialog.PromiseDue:
		return []Show{d.task(r, e, w.taskDue, true), d.alert(r, e, furtherDue, w.taskDue, adapters.CallNobody)}, nil
	case dialog.PromiseEscalated:
		return []Show{d.task(r, e, w.taskEscalated, true), d.alert(r, e, furtherLate, w.taskEscalated, adapters.CallSupervisor)}, nil
	case dialog.PromiseDone:
		return []Show{d.task(r, e, fmt.Sprintf(w.taskDone, or(e.By, w.somebody)), true)}, nil
	case dialog.PromiseNoted:
		return []Show{r.reply(w.taskNoted)}, nil
	case dialog.PromiseClosed:
		return []Show{r.reply(w.taskClosed)}, nil
	case dialog.PromiseReworded:
		return []Show{d.task(r, e, "", true), r.reply(w.taskReworded + w.colon + e.Promise.Text)}, nil
	case dialog.PromiseAssigned:
		return []Show{d.task(r, e, "", true), r.reply(fmt.Sprintf(w.taskAssigned, or(e.OwnerName, e.Promise.Owner)))}, nil
	case dialog.PromiseWithdrawn:
		return []Show{d.task(r, e, w.taskWithdrawn, true)}, nil
	}
	return d.moreTime(r, e)
}

// moreTime shows what became of the wish for more time. Where it was not
// granted the deadline stands and may not be met: a supervisor is called while
// there is still time.
func (d *Desk) moreTime(r Ref, e dialog.PromiseChanged) ([]Show, error) {
	w, who := d.words, or(e.By, d.words.somebody)
	switch e.Event {
	case dialog.PromiseAsking:
		text := fmt.Sprintf(w.taskAsking, who, d.when(e.Until))
		return []Show{d.task(r, e, text, true), r.reply(text)}, nil
	case dialog.PromiseRenewed:
		return []Show{d.task(r, e, fmt.Sprintf(w.taskRenewed, d.when(e.Until)), true)}, nil
	case dialog.PromiseDeclined:
		text := fmt.Sprintf(w.taskDeclined, d.when(e.Promise.Due))
		return []Show{d.task(r, e, text, true), r.summon(text)}, nil
	case dialog.PromiseNoMove:
		return []Show{r.summon(w.taskNoMove)}, nil
	}
	return nil, fmt.Errorf("unknown promise event %q", e.Event)
}

// summon is a reply to which the supervisor is called.
func (r Ref) summon(text string) Show {
	s := r.reply(text)
	s.Post.Call = adapters.CallSupervisor
	return s
}

// task is the card of a promise: what, for whom, whose, by when. It has
// buttons while somebody still has to act.
func (d *Desk) task(r Ref, e dialog.PromiseChanged, standing string, update bool) Show {
	w, p := d.words, e.Promise
	var f []string
	f = d.field(f, w.fieldCustomer, d.named(e.Customer))
	f = d.field(f, w.fieldOwner, or(e.OwnerName, p.Owner))
	f = d.field(f, w.fieldDue, d.when(p.Due))
	f = d.field(f, w.fieldCase, p.Case)
	post := adapters.Post{
		Anchor: r.anchor(""), Update: update,
		Title: fmt.Sprintf(w.taskTitle, p.Case),
		Blocks: []adapters.Block{
			{Kind: adapters.Paragraph, Label: w.taskPromised, Text: p.Text},
			{Kind: adapters.Fields, Items: f},
		},
		Fallback: fmt.Sprintf(w.taskTitle, p.Case) + w.dash + shorten(p.Text, 120),
	}
	if standing != "" {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Paragraph, Text: standing})
	}
	if p.Standing() {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Note, Text: w.taskHow})
		post.Buttons = d.taskButtons(r)
	}
	return r.show(post)
}

func (d *Desk) taskButtons(r Ref) []adapters.Button {
	return []adapters.Button{
		{Action: string(Done), Value: r.value(), Label: d.words.buttonDone, Style: "primary"},
		{Action: string(More), Value: r.value(), Label: d.words.buttonMore},
		{Action: string(Due), Value: r.value(), Label: d.words.buttonDue},
	}
}

// alert is a post of its own, because a deadline that passed must be seen by
// more than those who follow the task's thread. Its thread counts as the
// task's.
func (d *Desk) alert(r Ref, e dialog.PromiseChanged, further, text string, who adapters.Call) Show {
	line := fmt.Sprintf(d.words.taskTitle, e.Promise.Case) + d.words.dash + text
	return r.show(adapters.Post{
		Anchor: r.anchor(further),
		Blocks: []adapters.Block{
			{Kind: adapters.Paragraph, Label: line, Text: e.Promise.Text},
			{Kind: adapters.Note, Text: d.dated(d.words.fieldDue, e.Promise.Due)},
		},
		Buttons:  d.taskButtons(r),
		Fallback: line,
		Call:     who,
	})
}
