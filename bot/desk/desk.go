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
	now   time.Time // see At
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
	// Once, where it is set, is the same for shows of which only the first is
	// to be posted.
	Once string
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
// there where the person is not known. Anybody can bring about as many of them
// as they press buttons, so what is said to one person has a lane of its own
// and goes last: nobody's card or words wait for it.
func (r Ref) whisper(to message.UserRef, text string) Show {
	s := r.reply(text)
	if s.Post.Private = to; to != "" {
		s.Lane, s.Mirror = WhisperLane(to), true
	}
	return s
}

// WhisperLane is the lane of what is said to one person, of whatever card.
func WhisperLane(to message.UserRef) string { return "private:" + string(to) }

// repeatAfter is how long a person is not told the same of a card again.
const repeatAfter = time.Minute

// refuse whispers why a press did nothing, once in a while for each person,
// card and reason, however often they press; the audit has the others. It is
// the key that says so and no memory: a turn that is made again says the same,
// and a restart changes nothing. Without a clock (see At) every press is
// answered.
func (d *Desk) refuse(r Ref, to message.UserRef, reason, text string) Show {
	s := r.whisper(to, text)
	if to != "" && !d.now.IsZero() {
		s.Once = fmt.Sprintf("refuse:%s:%s:%s:%d", reason, r.anchor(""), to, d.now.Truncate(repeatAfter).Unix())
	}
	return s
}

// Refused tells somebody who pressed a button that they may not.
func (d *Desk) Refused(r Ref, who message.UserRef) Show {
	return d.refuse(r, who, "stranger", d.words.notOnQueue)
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

// Words says what kind of words to a customer something is that is nobody's
// message in a thread.
type Words string

// Words that agents hear of where they do not reach the customer.
const (
	WordsOffer   Words = "offer"   // what an owner offered by a form
	WordsPromise Words = "promise" // what they promised by one
	WordsOwn     Words = "own"     // what else was said in an agent's name
	WordsNote    Words = "note"    // what was settled, as an owner wrote it when giving back
	WordsNews    Words = "news"    // what the bot had to say of a promise
)

// Lost tells agents of something important that did not reach a customer and
// was nobody's message: in the thread of in, where one is known. It holds no
// text.
func (d *Desk) Lost(conv message.ConversationID, in string, what Words, why Failure) Show {
	w := d.words
	r, ok := ParseAnchor(in)
	if !ok {
		return alone(conv, fmt.Sprintf(w.lost, conv, w.failures[why]))
	}
	text := map[Words]string{WordsOffer: w.lostOffer, WordsPromise: w.lostPromise, WordsOwn: w.lostWord, WordsNote: w.lostNote, WordsNews: w.lostNews}[what]
	return r.reply(fmt.Sprintf(or(text, w.lostNews), w.failures[why]))
}

// Trouble is a fault of ours that agents must make up for.
type Trouble string

// What went wrong in a conversation.
const (
	TroubleInput  Trouble = "input"  // something the customer did was not handled; a hand-off follows
	TroubleState  Trouble = "state"  // it could not be read any more and begins anew with a hand-off
	TroubleRescue Trouble = "rescue" // and even the hand-off failed: nobody has it
	TroubleUnseen Trouble = "unseen" // something for agents could not be shown to them
)

// Trouble tells agents of a fault in a conversation. It holds no text.
func (d *Desk) Trouble(conv message.ConversationID, what Trouble) Show {
	return alone(conv, fmt.Sprintf(d.words.troubles[what], conv))
}

const noticeLane = "lost:"

// IsNotice says whether a lane is that of posts that belong to no card.
func IsNotice(lane string) bool { return strings.HasPrefix(lane, noticeLane) }

// alone is a post about a conversation that belongs to no card.
func alone(conv message.ConversationID, text string) Show {
	return Show{
		Lane: noticeLane + Ref{Conv: conv, N: 1}.value(),
		Post: &adapters.Post{Blocks: []adapters.Block{{Kind: adapters.Paragraph, Text: text}}, Fallback: text},
	}
}
