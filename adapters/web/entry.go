package web

import (
	"slices"
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
//   - said: From is message.Bot or message.Agent, ID the outbox row, Text
//     and Files, and Choices with one of Tokens each when it asks something;
//   - settled: Settled is the number of a question that is answered, so that
//     its buttons go away; ID is the outbox row;
//   - amended: Amends is the row of a message that has the new Text from now
//     on, or is Withdrawn; ID is the outbox row of the change itself;
//   - written: From is Customer, Ref the page's own id of the message, and Text,
//     Files or Tap. Its ID says nothing and may be 0.
//
// [Said] and [Wrote] make entries from what the runtime stores.
type Entry struct {
	ID       int64              `json:"id,omitempty"`
	Ref      message.PlatformID `json:"ref,omitempty"`
	From     message.Speaker    `json:"from,omitempty"`
	Text     string             `json:"text,omitempty"`
	Lang     message.Lang       `json:"lang,omitempty"` // of Text, for fonts and screen readers
	Files    []File             `json:"files,omitempty"`
	Tap      string             `json:"tap,omitempty"` // the token of the button that was pressed
	Choices  []message.Choice   `json:"choices,omitempty"`
	Tokens   []string           `json:"tokens,omitempty"`
	Question int                `json:"question,omitempty"`
	Settled  int                `json:"settled,omitempty"`
	Chosen   string             `json:"chosen,omitempty"` // the label that was picked, with Settled
	Amends   int64              `json:"amends,omitempty"`
	// Cut says that there were entries before this one that are not given.
	Cut bool `json:"-"`
	// Edited and Withdrawn say what has become of a message since it was sent.
	Edited    bool      `json:"edited,omitempty"`
	Withdrawn bool      `json:"withdrawn,omitempty"`
	At        time.Time `json:"at,omitzero"`
}

// File is what the page may know of an attachment. Where it is kept stays with
// the server: the page names it by its message and its place there.
type File struct {
	Kind message.AttachmentKind `json:"kind"`
	Name string                 `json:"name,omitempty"`
	Size int64                  `json:"size,omitempty"` // bytes, 0 = unknown
	Lat  float64                `json:"lat,omitempty"`  // degrees, of a location
	Lon  float64                `json:"lon,omitempty"`
}

// Said makes the entry of an outbox row, which was written at that time. ok is
// false for deliveries that a customer does not see.
func Said(d adapters.Delivery, at time.Time) (e Entry, ok bool) {
	switch {
	case d.Say != nil:
		return Entry{
			ID: d.ID, From: d.Say.From, Text: d.Say.Text, Lang: d.Say.Lang, Files: files(d.Say.Attachments),
			Choices: d.Say.Choices, Tokens: d.Say.Tokens, Question: d.Say.Question, At: at,
		}, true
	case d.Settle != nil:
		return Entry{ID: d.ID, Settled: d.Settle.Question, Chosen: d.Settle.Chosen, At: at}, true
	case d.Amend != nil:
		return amended(d.ID, d.Amend, at)
	}
	return Entry{}, false
}

// amended makes the entry of a change. The message it changes is known by its
// platform id, which here is its row.
func amended(id int64, m *adapters.Amend, at time.Time) (e Entry, ok bool) {
	row, err := strconv.ParseInt(string(m.Message), 10, 64)
	if err != nil || row <= 0 || m.Text == "" && !m.Delete {
		return Entry{}, false
	}
	e = Entry{ID: id, Amends: row, Edited: !m.Delete, Withdrawn: m.Delete, At: at}
	if !m.Delete {
		e.Text = m.Text
	}
	return e, true
}

// current works changes into the messages they change, so that words which were
// taken back do not leave the server again, nor earlier versions of them. The
// changes stay in the list: a page that has the message already learns of them.
func current(list []Entry) []Entry {
	latest := make(map[int64]Entry) // by the row of the message
	for _, e := range list {
		if e.Amends != 0 && !latest[e.Amends].Withdrawn {
			latest[e.Amends] = e
		}
	}
	if len(latest) == 0 {
		return list
	}
	out := slices.Clone(list)
	for i, e := range out {
		row := e.Amends
		if row == 0 && e.From != Customer {
			row = e.ID
		}
		if by, ok := latest[row]; ok {
			out[i] = e.amend(by)
		}
	}
	return out
}

// amend gives e as it is after a change.
func (e Entry) amend(by Entry) Entry {
	e.Text, e.Edited, e.Withdrawn = by.Text, by.Edited, by.Withdrawn
	if e.Withdrawn {
		e.Files, e.Choices, e.Tokens = nil, nil, nil
	}
	return e
}

// Wrote makes the entry of something the customer did on the page. ok is false
// for what the page does not show.
func Wrote(in message.Inbound) (e Entry, ok bool) {
	e = Entry{Ref: in.ID, From: Customer, At: in.At, Files: files(in.Attachments)}
	switch {
	case in.Kind == message.KindText:
		e.Text = in.Text
	case in.Kind == message.KindMedia && len(in.Attachments) > 0:
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

func files(list []message.Attachment) (out []File) {
	for _, a := range list {
		out = append(out, File{Kind: a.Kind, Name: a.Name, Size: a.Size, Lat: a.Lat, Lon: a.Lon})
	}
	return out
}

// key tells entries apart, to show each once.
func (e Entry) key() string {
	if e.From == Customer {
		return "ref " + string(e.Ref)
	}
	return "row " + strconv.FormatInt(e.ID, 10)
}

// size is about how many bytes e takes in memory and on the line.
func (e Entry) size() int {
	n := 200 + len(e.Text) + len(e.Tap) + len(e.Chosen)
	for _, f := range e.Files {
		n += 80 + len(f.Name)
	}
	for _, c := range e.Choices {
		n += 40 + len(c.Label)
	}
	for _, t := range e.Tokens {
		n += len(t)
	}
	return n
}
