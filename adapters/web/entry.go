package web

import (
	"strconv"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Customer is the third voice in a conversation, beside message.Bot and
// message.Agent.
const Customer message.Speaker = "customer"

// Entry is one line of a conversation as the page shows it. It is one of:
//
//   - said: From is message.Bot or message.Agent, ID the outbox row, Text, and
//     Choices with one of Tokens each when it asks something;
//   - settled: Settled is the number of a question that is answered, so that
//     its buttons go away; ID is the outbox row;
//   - written: From is Customer, Ref the page's own id of the message, and Text
//     or Tap. Its ID says nothing and may be 0.
//
// [Said] and [Wrote] make entries from what the runtime stores.
type Entry struct {
	ID       int64              `json:"id,omitempty"`
	Ref      message.PlatformID `json:"ref,omitempty"`
	From     message.Speaker    `json:"from,omitempty"`
	Text     string             `json:"text,omitempty"`
	Lang     message.Lang       `json:"lang,omitempty"` // of Text, for fonts and screen readers
	Tap      string             `json:"tap,omitempty"`  // the token of the button that was pressed
	Choices  []message.Choice   `json:"choices,omitempty"`
	Tokens   []string           `json:"tokens,omitempty"`
	Question int                `json:"question,omitempty"`
	Settled  int                `json:"settled,omitempty"`
	Chosen   string             `json:"chosen,omitempty"` // the label that was picked, with Settled
	At       time.Time          `json:"at,omitzero"`
}

// Said makes the entry of an outbox row, which was written at that time. ok is
// false for deliveries that a customer does not see.
func Said(d adapters.Delivery, at time.Time) (e Entry, ok bool) {
	switch {
	case d.Say != nil:
		return Entry{
			ID: d.ID, From: d.Say.From, Text: d.Say.Text, Lang: d.Say.Lang,
			Choices: d.Say.Choices, Tokens: d.Say.Tokens, Question: d.Say.Question, At: at,
		}, true
	case d.Settle != nil:
		return Entry{ID: d.ID, Settled: d.Settle.Question, Chosen: d.Settle.Chosen, At: at}, true
	}
	return Entry{}, false
}

// Wrote makes the entry of something the customer did on the page. ok is false
// for what the page does not show.
func Wrote(in message.Inbound) (e Entry, ok bool) {
	e = Entry{Ref: in.ID, From: Customer, At: in.At}
	switch {
	case in.Kind == message.KindText:
		e.Text = in.Text
	case in.Kind == message.KindCommand:
		e.Text = "/" + in.Command
		if in.Text != "" {
			e.Text += " " + in.Text
		}
	case in.Kind == message.KindTap && in.Tap != nil:
		e.Tap = in.Tap.Data
	default:
		return Entry{}, false
	}
	return e, true
}

// key tells entries apart, to show each once.
func (e Entry) key() string {
	if e.From == Customer {
		return "ref " + string(e.Ref)
	}
	return "row " + strconv.FormatInt(e.ID, 10)
}
