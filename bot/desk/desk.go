package desk

import (
	"fmt"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Desk words what agents see. It is immutable, pure and safe for concurrent
// use; make one with [New].
type Desk struct {
	words *words
	zone  *time.Location
}

// New makes a desk that speaks lang (empty or unknown: English) and writes
// times in zone (nil: UTC).
func New(lang message.Lang, zone *time.Location) *Desk {
	if zone == nil {
		zone = time.UTC
	}
	return &Desk{words: wordsOf(lang), zone: zone}
}

// Show is one thing for agents to see: a post, or a mark on their own message.
// Exactly one of Post and Mark is set.
type Show struct {
	// Lane orders: shows of one lane appear one after another, so that a card
	// stands before anything is said in its thread. Lanes do not wait for one
	// another.
	Lane string
	Post *adapters.Post
	Mark *adapters.Mark
	// In is the anchor of the thread in which a mark's reason is said.
	In string
	// Mirror says that it is shown for company only, such as what a customer
	// wrote: cards of others go first.
	Mirror bool
}

// show puts a post into r's lane.
func (r Ref) show(p adapters.Post) Show { return Show{Lane: r.anchor(""), Post: &p} }

// reply is a small note in the thread of r's card.
func (r Ref) reply(text string) Show {
	return r.show(adapters.Post{
		Thread:   r.anchor(""),
		Blocks:   []adapters.Block{{Kind: adapters.Note, Text: text}},
		Fallback: text,
	})
}

// whisper says text to one person in the thread of r's card, or to everybody
// there where the person is not known.
func (r Ref) whisper(to message.UserRef, text string) Show {
	s := r.reply(text)
	s.Post.Private = to
	return s
}

// Refused tells somebody who pressed a button that they may not.
func (d *Desk) Refused(r Ref, who message.UserRef) Show {
	return r.whisper(who, d.words.notOnQueue)
}

// Result shows on an agent's message what became of it. why is empty when it
// was delivered. in may be empty where no thread is known; where it is, a
// message that failed can be sent again with a button.
func (d *Desk) Result(in string, id message.PlatformID, why Failure) Show {
	m := adapters.Mark{Message: id, State: adapters.MarkDelivered}
	if why != "" {
		m.State, m.Reason = adapters.MarkFailed, d.words.failures[why]
		if r, ok := ParseAnchor(in); ok && r.Kind == HandoffCard && why != FailedInternal { // of those nothing can be found again
			m.Buttons = d.againButtons(r, id)
		}
	}
	return Show{Lane: or(in, "mark:"+string(id)), Mark: &m, In: in}
}

// OnItsWay shows on an agent's message that it is stored and was not delivered
// at the first try.
func (d *Desk) OnItsWay(in string, id message.PlatformID) Show {
	return Show{Lane: or(in, "mark:"+string(id)), Mark: &adapters.Mark{Message: id, State: adapters.MarkSent}, In: in}
}

// Unamended tells that a change of words a customer has did not reach them.
// It is a note in the thread: the mark on the words stays, because the words
// did arrive. reason is the platform's own, and may be empty.
func (d *Desk) Unamended(in string, deleted bool, why Failure, reason string) Show {
	text := d.words.editLost
	if deleted {
		text = d.words.deleteLost
	}
	if why != FailedRefused || reason == "" {
		reason = or(d.words.failures[why], reason)
	}
	text = fmt.Sprintf(text, strings.TrimRight(reason, ".。 "))
	post := adapters.Post{Thread: in, Blocks: []adapters.Block{{Kind: adapters.Note, Text: text}}, Fallback: text}
	return Show{Lane: or(in, "edit"), Post: &post}
}

func (d *Desk) againButtons(r Ref, id message.PlatformID) []adapters.Button {
	return []adapters.Button{{Action: string(Again), Value: r.wordsValue(id), Label: d.words.buttonAgain}}
}

// Failure says in a word why something did not reach a customer.
type Failure string

// Why something did not reach a customer.
const (
	FailedGone     Failure = "gone"     // blocked us, or is no more
	FailedRefused  Failure = "refused"  // the platform refused it
	FailedUnsure   Failure = "unsure"   // it may have arrived
	FailedLate     Failure = "late"     // the platform was out of reach for too long
	FailedMoved    Failure = "moved"    // the chat lives on under another id
	FailedInternal Failure = "internal" // a fault of ours
	FailedUnsaid   Failure = "unsaid"   // of an edit: the words themselves did not arrive
)

// Lost tells agents of something important that did not reach a customer and
// was nobody's own words. It holds no text.
func (d *Desk) Lost(conv message.ConversationID, why Failure) Show {
	return alone(conv, fmt.Sprintf(d.words.lost, conv, d.words.failures[why]))
}

// Trouble is a fault of ours that agents must make up for.
type Trouble string

// What went wrong in a conversation.
const (
	TroubleInput  Trouble = "input"  // something the customer did was not handled; a hand-off follows
	TroubleState  Trouble = "state"  // it could not be read any more and begins anew with a hand-off
	TroubleRescue Trouble = "rescue" // and even the hand-off failed: nobody has it
)

// Trouble tells agents of a fault in a conversation. It holds no text.
func (d *Desk) Trouble(conv message.ConversationID, what Trouble) Show {
	return alone(conv, fmt.Sprintf(d.words.troubles[what], conv))
}

// alone is a post about a conversation that belongs to no card.
func alone(conv message.ConversationID, text string) Show {
	return Show{
		Lane: "lost:" + Ref{Conv: conv, N: 1}.value(),
		Post: &adapters.Post{Blocks: []adapters.Block{{Kind: adapters.Paragraph, Text: text}}, Fallback: text},
	}
}

// when writes an instant with its day and date, in the business's zone.
func (d *Desk) when(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(d.zone)
	if at.Hour() == 23 && at.Minute() == 59 { // a whole day, as the customer reads it
		return strings.TrimRight(d.words.date(at), ", ")
	}
	return d.words.date(at) + at.Format("15:04")
}

// named is a name, or the word for a customer without one.
func (d *Desk) named(name string) string {
	if strings.TrimSpace(name) == "" {
		return d.words.customer
	}
	return name
}

// field is one "name: value" pair; an empty value leaves it out.
func (d *Desk) field(items []string, name, value string) []string {
	if strings.TrimSpace(value) == "" {
		return items
	}
	return append(items, name+d.words.colon+value)
}

// or gives a, or b where a is empty.
func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// shorten cuts s to n characters for a line of summary.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
