package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Around is what a promise stands in, as far as it still is known: what the
// conversation is about, and its hand-off.
type Around struct {
	Order, Item string
	Story       []string // the customer's own words, oldest first
	Handoff     bool     // one is open
	Owner       string   // who has it; empty while it waits
	// Waiting says that this is the answer promised because nobody has taken
	// the hand-off yet.
	Waiting bool
}

// Promise shows what happened to a promise of conv: the task its owner acts
// on, brought up to date where it stands, and a word where somebody must look
// again. An event it does not know is an error.
func (d *Desk) Promise(conv message.ConversationID, e dialog.PromiseChanged, in Around) ([]Show, error) {
	t := task{d, Ref{TaskCard, conv, e.Promise.N}, e, in}
	w, who := d.words, or(e.By, d.words.somebody)
	switch e.Event {
	case dialog.PromiseMade:
		return []Show{t.card("", false)}, nil
	case dialog.PromiseSoon:
		text := fmt.Sprintf(w.taskSoon, d.when(e.Promise.Due))
		return []Show{t.card(text, true), t.reply(text)}, nil
	case dialog.PromiseDue:
		text := t.waits(w.taskDue, w.taskDueWaits, e.Waits)
		return []Show{t.card(text, true), t.alert(furtherDue, text, adapters.CallNobody)}, nil
	case dialog.PromiseEscalated:
		return []Show{t.card(w.taskEscalated, true), t.alert(furtherLate, w.taskEscalated, adapters.CallSupervisor)}, nil
	case dialog.PromiseDone:
		return []Show{t.card(t.waits(d.say(w.taskDone, who), w.taskDoneWaits, who, e.Waits), true)}, nil
	case dialog.PromiseChased:
		return []Show{t.reply(w.taskChased)}, nil
	case dialog.PromiseNoted:
		return []Show{t.reply(w.taskNoted)}, nil
	case dialog.PromiseClosed:
		return []Show{t.reply(w.taskClosed)}, nil
	case dialog.PromiseReworded:
		return []Show{t.card("", true), t.reply(w.taskReworded + w.colon + e.Promise.Text)}, nil
	case dialog.PromiseAssigned:
		return []Show{t.card("", true), t.reply(d.say(w.taskAssigned, or(e.OwnerName, e.Promise.Owner)))}, nil
	case dialog.PromiseWithdrawn:
		return []Show{t.card(w.taskWithdrawn, true)}, nil
	}
	return t.moreTime()
}

// task draws one promise after one event.
type task struct {
	*Desk
	Ref
	e  dialog.PromiseChanged
	in Around
}

// waits is now where the customer hears the news at once, and later, with the
// names given, where they hear it only when their agent is done with them: an
// agent who believes that somebody was told says nothing.
func (t task) waits(now, later string, names ...string) string {
	if t.e.Waits == "" {
		return now
	}
	return t.say(later, names...)
}

// moreTime shows what became of the wish for more time. Where it was not
// granted the deadline stands and may not be met: a supervisor is called while
// there is still time.
func (t task) moreTime() ([]Show, error) {
	w, e, who := t.words, t.e, or(t.e.By, t.words.somebody)
	switch e.Event {
	case dialog.PromiseAsking:
		until := t.when(e.Until)
		text := t.waits(t.say(w.taskAsking, who, until), w.taskAskingWaits, who, until, e.Waits)
		return []Show{t.card(text, true), t.reply(text)}, nil
	case dialog.PromiseRenewed:
		return []Show{t.card(t.say(w.taskRenewed, t.when(e.Until)), true)}, nil
	case dialog.PromiseDeclined:
		text := fmt.Sprintf(w.taskDeclined, t.when(e.Promise.Due))
		return []Show{t.card(text, true), t.summon(text)}, nil
	case dialog.PromiseNoMove:
		return []Show{t.summon(w.taskNoMove)}, nil
	}
	return nil, fmt.Errorf("unknown promise event %q", e.Event)
}

// summon is a reply to which the supervisor is called.
func (r Ref) summon(text string) Show {
	s := r.reply(text)
	s.Post.Call = adapters.CallSupervisor
	return s
}

// card is the card of a promise: what, for whom, about what, whose, by when.
// It has buttons while somebody still has to act.
func (t task) card(standing string, update bool) Show {
	w, p := t.words, t.e.Promise
	title := fmt.Sprintf(w.taskTitle, p.Case)
	post := adapters.Post{
		Anchor: t.anchor(""), Update: update, Title: title, Gist: t.gist(),
		Blocks: []adapters.Block{
			{Kind: adapters.Paragraph, Label: w.taskPromised, Text: p.Text},
			{Kind: adapters.Fields, Items: t.fields()},
		},
		Fallback: t.joined(title, shorten(p.Text, 120)),
	}
	if t.in.Order == "" && len(t.in.Story) > 0 {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Quote, Label: w.story, Text: shorten(t.in.Story[0], 200)})
	}
	if standing != "" {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Paragraph, Text: standing})
	}
	if p.Standing() {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Note, Text: t.how()})
		post.Buttons = t.taskButtons(t.Ref)
	}
	return t.show(post)
}

func (t task) fields() []string {
	w, p := t.words, t.e.Promise
	var f []string
	f = t.field(f, w.fieldCustomer, t.e.Customer)
	f = t.field(f, w.fieldOrder, t.joined(t.in.Order, t.in.Item))
	f = t.field(f, w.fieldOwner, or(t.e.OwnerName, p.Owner))
	f = t.field(f, w.fieldDue, t.when(p.Due))
	return t.field(f, w.fieldCase, p.Case)
}

// how says what to do, and what the same customer's hand-off has to do with it.
func (t task) how() string {
	w := t.words
	switch {
	case !t.in.Handoff:
		return w.taskHow
	case t.in.Waiting && t.in.Owner == "":
		return w.taskOfThatWait
	case t.in.Owner == "":
		return sentences(w.taskHow, w.taskUnowned)
	}
	return sentences(w.taskHow, t.say(w.taskOwned, t.in.Owner))
}

// gist is what it is about and for whom.
func (t task) gist() string {
	return t.joined(or(t.matter(t.in.Order, t.in.Item, t.in.Story), shorten(t.e.Promise.Text, 60)), t.e.Customer)
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
func (t task) alert(further, text string, who adapters.Call) Show {
	line := t.joined(fmt.Sprintf(t.words.taskTitle, t.e.Promise.Case), text)
	return t.show(adapters.Post{
		Anchor: t.anchor(further), Gist: t.gist(),
		Blocks: []adapters.Block{
			{Kind: adapters.Paragraph, Label: line, Text: t.e.Promise.Text},
			{Kind: adapters.Note, Text: t.words.fieldDue + t.words.colon + t.when(t.e.Promise.Due)},
		},
		Buttons:  t.taskButtons(t.Ref),
		Fallback: line,
		Call:     who,
	})
}
