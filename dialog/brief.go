package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Brief is what an agent sees at a glance when a customer is handed over.
// Texts are in the agents' language, the customer's own words in theirs. Lists
// come as lists, in the order they matter in: how they are set apart is for
// whoever draws the card.
type Brief struct {
	Customer string       `json:"customer"` // empty where nobody knows the name
	Lang     message.Lang `json:"lang"`
	Cause    string       `json:"cause"` // with "passed_on", By and Note tell more
	By       string       `json:"by,omitempty"`
	Note     string       `json:"note,omitempty"`
	Incident string       `json:"incident,omitempty"`
	Order    string       `json:"order,omitempty"`
	Item     string       `json:"item,omitempty"`
	Story    []string     `json:"story,omitempty"` // the customer's own words, without the answers to buttons
	// Facts are worded whole ("the promised day was Monday, 23 November"); the
	// item is not among them.
	Facts  []string    `json:"facts,omitempty"`
	Wishes []BriefWish `json:"wishes,omitempty"`
	// Ranked says that the customer told what matters most: then Wishes are in
	// that order, else in the order they were said in.
	Ranked bool    `json:"ranked,omitempty"`
	Mood   float64 `json:"mood"`
	Trend  string  `json:"trend"` // rising, falling, steady
	// Promises are what stands, by whoever gave it.
	Promises []BriefPromise `json:"promises,omitempty"`
	// Offer is what an agent has offered and the customer has not answered
	// yet, Refused what agents offered in this hand-off and was not taken.
	Offer   *BriefOffer  `json:"offer,omitempty"`
	Refused []BriefOffer `json:"refused,omitempty"`
	Case    string       `json:"case,omitempty"`
	// Settled is what the hand-off before this one ended with.
	Settled *BriefSettled `json:"settled,omitempty"`
	// Transcript is the end of the conversation as both sides read it, newest
	// last, at most 20 lines, long ones cut.
	Transcript []Line `json:"transcript,omitempty"`
}

// BriefWish is one expectation on a [Brief].
type BriefWish struct {
	Text    string         `json:"text"`
	Verdict expect.Verdict `json:"verdict,omitempty"`
	Status  expect.Status  `json:"status"`
	// Offered is what the bot offered and was not taken: one item an option,
	// with one text for each thing that would be done.
	Offered [][]string `json:"offered,omitempty"`
}

// BriefPromise is one promise on a [Brief].
type BriefPromise struct {
	Case  string              `json:"case"`
	Text  string              `json:"text"` // as the customer read it
	Due   time.Time           `json:"due"`
	Owner string              `json:"owner"` // whose it is, in the agents' language, or the person's name
	State expect.PromiseState `json:"state"` // open, or told or broken: it is late
	// Waiting says that it is the answer promised because nobody has taken
	// this hand-off yet: who takes it keeps it.
	Waiting bool `json:"waiting,omitempty"`
}

// BriefOffer is what an agent offered.
type BriefOffer struct {
	Text   string    `json:"text"`
	By     string    `json:"by"`              // who offered it
	Until  time.Time `json:"until,omitzero"`  // by when it would be done; zero where no time was named
	Lapsed bool      `json:"lapsed,omitzero"` // nobody answered it, or a newer one took its place
}

// BriefSettled is how an earlier hand-off ended.
type BriefSettled struct {
	By   string    `json:"by"`
	Note string    `json:"note"`
	At   time.Time `json:"at"`
}

// Line is one message of a conversation as it was read.
type Line struct {
	By   message.Speaker `json:"by,omitempty"`   // empty: the customer
	Name string          `json:"name,omitempty"` // of the agent, where it was one
	Text string          `json:"text"`           // "[photo]" for what is no text
}
