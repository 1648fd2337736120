package message

import "time"

// Answer is what a message means as an answer to an open question.
type Answer string

// Kinds of answers. NoAnswer means the message did not speak to the question.
const (
	NoAnswer Answer = ""
	Accept   Answer = "accept"
	Refuse   Answer = "refuse"
	Counter  Answer = "counter" // "20 and I'll go": refused as it stands, acceptable on a condition
	Unsure   Answer = "unsure"  // "maybe", "I don't know", "let me think"
)

// SlotKind says what sort of value a [Slot] holds.
type SlotKind string

// Kinds of values that are read out of a text.
const (
	SlotMoney   SlotKind = "money"   // Amount in minor units, Currency ISO 4217 or ""
	SlotNumber  SlotKind = "number"  // Amount, a whole number
	SlotDate    SlotKind = "date"    // Time: that day, 00:00 in the conversation's zone
	SlotTime    SlotKind = "time"    // Time: that day and hour
	SlotOrder   SlotKind = "order"   // Text: the order number, digits and capitals only
	SlotPhone   SlotKind = "phone"   // Text: digits, perhaps a leading +
	SlotEmail   SlotKind = "email"   // Text
	SlotName    SlotKind = "name"    // Text
	SlotAddress SlotKind = "address" // Text
)

// Slot is a value that was read out of a text. Span is the words it was read
// from, as they stood.
type Slot struct {
	Kind     SlotKind  `json:"kind"`
	Text     string    `json:"text,omitempty"`
	Amount   int64     `json:"amount,omitempty"`
	Currency string    `json:"currency,omitempty"`
	Time     time.Time `json:"time,omitzero"`
	Span     string    `json:"span,omitempty"`
	// Wanted says that a day or hour was named as the one by which something is
	// needed: "by Tuesday", 周二要用.
	Wanted bool `json:"wanted,omitempty"`
	// Floats says that an hour was named without a day: Time is the next such
	// hour there is, and may be meant for another day.
	Floats bool `json:"floats,omitempty"`
}

// Mention is an intent, service, incident or other thing the flow's own words
// name, found in a text. Name is the section of the flow's intents files
// ("refund", "incident.damaged", "option.black"). Dropped says that the
// customer mentioned it in order to give it up ("keep the money").
type Mention struct {
	Name    string  `json:"name"`
	Score   float64 `json:"score"` // 0..1
	Dropped bool    `json:"dropped,omitempty"`
	Cue     string  `json:"cue,omitempty"` // the words that named it; "" where it was learned from examples
}

// Ranked is an intent with the probability that a text is about it.
type Ranked struct {
	Name string  `json:"name"`
	P    float64 `json:"p"` // 0..1
}

// Side is a thing said beside the matter, which has its own short answer at
// any time.
type Side string

// Kinds of side turns.
const (
	NoSide       Side = ""
	SideStatus   Side = "status"      // what became of my matter, of your promise?
	SideExpect   Side = "expect"      // what may I expect?
	SideBot      Side = "are_you_bot" // are you a bot?
	SideThanks   Side = "thanks"
	SideGreeting Side = "greeting"
	SideRepeat   Side = "repeat"
	SideAbuse    Side = "abuse" // swearing without a matter in it
	SideCancel   Side = "cancel"
	SideLanguage Side = "language"
	SideBye      Side = "bye" // "that is all": nothing else needed
	SideHelp     Side = "help"
)

// Objection says why an offer does not please, where that was said.
type Objection string

// Kinds of objections; each is met by its own method.
const (
	NoObjection     Objection = ""
	ObjectPrice     Objection = "price"    // costs too much, pays too little
	ObjectTime      Objection = "time"     // too late, too slow
	ObjectEffort    Objection = "effort"   // too far, too much trouble
	ObjectKind      Objection = "kind"     // not the thing wanted (colour, model)
	ObjectTrust     Objection = "trust"    // you said so last time
	ObjectFairness  Objection = "fairness" // it is your fault, why should I
	ObjectFalseFact Objection = "fact"     // that is not what happened
)

// Expect says what the state a conversation rests in waits for, so that a bare
// "tomorrow" or "2" can be read as an answer.
type Expect struct {
	// Kind: "" nothing in particular, "yesno", "choice", "intent" or
	// "slot:NAME" with a SlotKind.
	Kind    string   `json:"kind,omitempty"`
	Choices []Choice `json:"choices,omitempty"`
	// Currency is the business's own (ISO 4217): what a bare "20" is in.
	Currency string `json:"currency,omitempty"`
}

// Reading is everything that was understood of one text. It is stored in the
// journal, so that a conversation can be replayed to the letter whatever later
// versions understand.
type Reading struct {
	Lang     Lang      `json:"lang,omitempty"` // "" = cannot tell (digits, emoji)
	Mentions []Mention `json:"mentions,omitempty"`
	// Intent is what the text is most likely about, the broader one where the
	// flow says that a section counts as another. Confidence is the probability
	// of that, calibrated where the flow's examples taught a model.
	Intent     string    `json:"intent,omitempty"`
	Confidence float64   `json:"confidence,omitempty"`
	Ranked     []Ranked  `json:"ranked,omitempty"` // Intent and what else it may be: at most three, likeliest first
	InScope    bool      `json:"in_scope,omitempty"`
	Answer     Answer    `json:"answer,omitempty"`
	Choice     string    `json:"choice,omitempty"` // ID of the Expect.Choices that was named
	Side       Side      `json:"side,omitempty"`
	SwitchTo   Lang      `json:"switch_to,omitempty"` // with SideLanguage
	Objection  Objection `json:"objection,omitempty"`
	Anger      float64   `json:"anger,omitempty"`  // 0..1
	Person     bool      `json:"person,omitempty"` // asks for a human
	Correction bool      `json:"correction,omitempty"`
	Slots      []Slot    `json:"slots,omitempty"`
	Asks       bool      `json:"asks,omitempty"`  // asks for information; what is open is not answered by it
	Empty      bool      `json:"empty,omitempty"` // nothing a person could read is in it
	Why        []string  `json:"why,omitempty"`   // the rules and cues that decided, for --trace
}

// Slot gives the first slot of kind k.
func (r Reading) Slot(k SlotKind) (Slot, bool) {
	for _, s := range r.Slots {
		if s.Kind == k {
			return s, true
		}
	}
	return Slot{}, false
}

// Mentioned gives the mention of name, if there is one.
func (r Reading) Mentioned(name string) (Mention, bool) {
	for _, m := range r.Mentions {
		if m.Name == name {
			return m, true
		}
	}
	return Mention{}, false
}
