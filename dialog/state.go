package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// State is all that is known of a conversation between two turns: a small
// Control that transitions read, and the Matter they do not. It is kept
// encoded, so that a restart, another process or a replay meets exactly what
// the last turn left.
type State struct {
	// At and Kind name the state of Control and what it does. They are written
	// by Step and read by Decode: numbers would mean other states as soon as a
	// flow is edited.
	At      string       `json:"at"`
	Kind    flow.Kind    `json:"kind"`
	Control flow.Control `json:"control"`
	Matter  Matter       `json:"matter"`
	// Lang is the language the customer is answered in; Greeted is when the
	// bot last introduced itself.
	Lang    message.Lang   `json:"lang"`
	From    message.Person `json:"from"`
	Greeted time.Time      `json:"greeted,omitzero"`
	// Question numbers every question with buttons; a press with an older
	// number is stale.
	Question int  `json:"question,omitzero"`
	Ask      *Ask `json:"ask,omitempty"`
	// Answered is the question a button answered last. People press twice:
	// the second press of it says nothing new.
	Answered int `json:"answered,omitzero"`
	// Asides are the questions beside the open one, oldest first.
	Asides []Aside `json:"asides,omitempty"`
	// Gone are questions that are over: the newest with their buttons, because
	// people press those long after, and mean something by it.
	Gone []Aside `json:"gone,omitempty"`
	// Checks are planned for after the end: surveys and follow-ups. CheckAt is
	// when their timer falls due, NoChecks that the customer wants none.
	Checks   []Check   `json:"checks,omitempty"`
	CheckAt  time.Time `json:"check_at,omitzero"`
	NoChecks bool      `json:"no_checks,omitzero"`
	// Said is the end of the conversation as both sides read it, for whoever
	// takes over.
	Said []Line `json:"said,omitempty"`
	// Called is the name the customer gave, for platforms that show none.
	Called string `json:"called,omitempty"`
	// Settled is how the last hand-off ended, so that the bot knows it.
	Settled *Settled `json:"settled,omitempty"`
	// Promises made in this conversation: all that stand, and the newest of
	// those that do not. What is given for an order is read off them.
	Promises  []expect.Promise `json:"promises,omitempty"`
	PromiseNo int              `json:"promise_no,omitzero"`
	Handoff   *Handoff         `json:"handoff,omitempty"`
	HandoffNo int              `json:"handoff_no,omitzero"`
	Blocked   bool             `json:"blocked,omitzero"`
	// Strayed says that the flow was edited and no longer has what this
	// conversation was in the middle of; the next words bring a person.
	Strayed bool `json:"strayed,omitzero"`
	// Pending are words for the customer that fell due while a person owned
	// the conversation; they are said when the bot speaks again.
	Pending []string `json:"pending,omitempty"`
	// LastSaid is the bot's last message, for "say that again".
	LastSaid string `json:"last_said,omitempty"`
}

// Ask is the open question: its number, its kind (the state's name), and the
// buttons that answer it.
type Ask struct {
	N       int              `json:"n"`
	Choices []message.Choice `json:"choices,omitempty"`
	Slot    string           `json:"slot,omitempty"` // which slot it fills, while eliciting
	Key     string           `json:"key,omitempty"`  // its line, where it is not the state's own question
}

// Matter is what the conversation is about at present; a new matter starts
// from the zero Matter. Transitions never read it.
type Matter struct {
	Turns int `json:"turns,omitzero"`

	// What was told.
	Story    []string                `json:"story,omitempty"` // the customer's own words, newest last
	Incident string                  `json:"incident,omitempty"`
	Slots    map[string]message.Slot `json:"slots,omitempty"`
	Skipped  []string                `json:"skipped,omitempty"` // slots the customer could not fill
	Asked    string                  `json:"asked,omitempty"`   // the slot asked last
	Put      int                     `json:"put,omitzero"`      // and how often
	Heard    int                     `json:"heard,omitzero"`    // messages in the burst being heard
	Since    time.Time               `json:"since,omitzero"`    // the first of them
	LastAt   time.Time               `json:"last_at,omitzero"`  // what the customer did last
	Fresh    bool                    `json:"fresh,omitzero"`    // something new of the matter is in the burst
	Soothed  bool                    `json:"soothed,omitzero"`  // sorry was said for what happened
	Side     message.Side            `json:"side,omitempty"`    // and something beside it
	Anger    float64                 `json:"anger,omitzero"`    // the highest of the burst
	Unread   string                  `json:"unread,omitempty"`  // why its last message has nothing to be understood in it
	Moods    []float64               `json:"moods,omitempty"`   // anger of each message, newest last
	// Passed are names of the catalog in messages whose anger was answered
	// first; a person who takes over sees what was wanted in them.
	Passed []message.Mention `json:"passed,omitempty"`

	// What was looked up.
	Facts map[string]string `json:"facts,omitempty"`
	// Stored is what Facts were read from, if they were: as long as it still
	// says the same it is written again as it is. It is no part of the state,
	// and whoever changes Facts need not mind it.
	Stored string `json:"-"`
	// Unverified says that nothing shows the facts to be this customer's.
	Unverified bool   `json:"unverified,omitzero"`
	Looked     string `json:"looked,omitempty"` // the key last looked up
	Kept       string `json:"kept,omitempty"`   // the order taken over from the matter before

	// What is wanted and what is on the table.
	Wishes    []expect.Expectation `json:"wishes,omitempty"`
	Later     []string             `json:"later,omitempty"` // services named after ranking, for the next matter
	Ranked    bool                 `json:"ranked,omitzero"` // the customer said what matters most
	Focus     int                  `json:"focus,omitzero"`  // number in Wishes from 1; 0 = none
	Objection message.Objection    `json:"objection,omitempty"`
	Objected  []message.Objection  `json:"objected,omitempty"` // kinds named in this matter
	Why       bool                 `json:"why,omitzero"`       // was asked once
	Source    expect.Source        `json:"source,omitempty"`   // named before the wish it belongs to
	Candid    bool                 `json:"candid,omitzero"`    // what is not to be had as asked was said
	Bent      bool                 `json:"bent,omitzero"`      // goodwill was used
	Proposed  *expect.Option       `json:"proposed,omitempty"` // the one commitment on the table
	Accepted  *expect.Option       `json:"accepted,omitempty"` // what agree is to note
	Countered int64                `json:"countered,omitzero"` // the counter-offer's amount, minor units
	Limit     int64                `json:"limit,omitzero"`     // and what the offer pays that it was put against
	Shelving  []int                `json:"shelving,omitempty"` // indices in Wishes
	ShelveBy  time.Time            `json:"shelve_by,omitzero"`
	Again     []string             `json:"again,omitempty"`    // services whose offers a correction has left on the table
	GivenUp   []string             `json:"given_up,omitempty"` // services given up along with a yes to another
	Left      string               `json:"left,omitempty"`     // and the one whose last offer nobody has answered
	Given     int64                `json:"given,omitzero"`     // paid so far, minor units
	Case      string               `json:"case,omitempty"`
	Ended     time.Time            `json:"ended,omitzero"`
	Silenced  bool                 `json:"silenced,omitzero"` // silence ended it with something open
	Carried   bool                 `json:"carried,omitzero"`  // gone on with after such an end
	Made      []int                `json:"made,omitempty"`    // numbers of the promises made in this matter
	// Returned says that a person has just given the customer back, so that an
	// "ok" means that and nothing more is wanted.
	Returned bool `json:"returned,omitzero"`
	// Reopens is what an earlier matter had carried out and the customer says
	// is not all right.
	Reopens string `json:"reopens,omitempty"`

	// Held are lines that wait for the next message.
	Held     []string `json:"held,omitempty"`
	HeldKeys []string `json:"held_keys,omitempty"`
	// Greet is the key of the greeting that goes before the next message. It
	// is worded only then, in the language the customer has shown by then.
	Greet string `json:"greet,omitempty"`
}

// Owned says whether a person owns the conversation; the bot is then silent.
func (s State) Owned() bool { return s.Handoff != nil && s.Handoff.Owner != "" }

// Open says whether a press on a button of this question still counts: it is
// the open question, one beside it, or one that takes a press although it is
// over.
func (s State) Open(question int) bool {
	if question == 0 {
		return false
	}
	if s.Ask != nil && s.Ask.N == question || slices.ContainsFunc(s.Asides, func(a Aside) bool { return a.N == question }) {
		return true
	}
	_, late := s.late(question)
	return late
}

// New is the state of a conversation in which nothing was said.
func New(f *flow.Flow) State {
	s := State{Control: f.Table.Start()}
	s.name(f)
	return s
}

// name writes the names of a state's control beside it.
func (s *State) name(f *flow.Flow) {
	s.At, s.Kind = f.Table.Name(s.Control.At), f.Table.Kind(s.Control.At)
}

// place finds where a conversation rests in this flow; same is false where
// the flow does nothing of the kind.
func place(f *flow.Flow, name string, kind flow.Kind) (at flow.StateID, same bool) {
	if id, ok := f.Table.Find(name); ok && f.Table.Kind(id) == kind {
		return id, true
	}
	if id, ok := find(f, kind); ok {
		return id, true
	}
	return f.Table.Start().At, false
}

func find(f *flow.Flow, kind flow.Kind) (flow.StateID, bool) {
	for _, name := range f.Table.Names() {
		if id, _ := f.Table.Find(name); f.Table.Kind(id) == kind {
			return id, true
		}
	}
	return 0, false
}

// covers says whether the catalog still has what is open in a conversation: its
// services, and words for the buttons of what was offered.
func covers(f *flow.Flow, s *State) bool {
	switch s.Kind {
	case flow.Greet, flow.End, flow.Queue, flow.Owned:
		return true
	}
	var first message.Lang
	if langs := f.Langs(); len(langs) > 0 && len(s.Matter.Wishes) > 0 {
		first = langs[0]
	}
	for i := range s.Matter.Wishes {
		e := &s.Matter.Wishes[i]
		if e.Settled() {
			continue
		}
		if f.Catalog.Service(e.Service) == nil {
			return false
		}
		for _, o := range e.Offered {
			for _, p := range o.Options {
				if len(o.Options) > 1 && !f.Has(first, optionKey(e.Service, o.Rung, p.ID)) {
					return false
				}
			}
		}
	}
	return true
}

// stray puts a conversation that cannot go on where its customer is listened
// to. Its question is closed: nothing here could take the answer.
func stray(f *flow.Flow, s *State) {
	if at, ok := find(f, flow.Listen); ok && f.Table.Has(at, flow.Person) {
		s.Control, s.Strayed = flow.Control{At: at}, true
	}
	s.Ask = nil
}
