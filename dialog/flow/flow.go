package flow

import (
	"sync"

	"github.com/accord-chat/accord/dialog/message"
)

// Flow is a checked and compiled flow. Immutable and safe for concurrent use;
// callers must not change what it holds.
type Flow struct {
	Name     string
	ID       string // the first 12 hexadecimal digits of a SHA-256 over all files
	Start    string // the state a conversation begins in
	Limits   Limits
	Promises PromiseTimes
	// Surveys and FollowUps are asked after the end, in this order, and never
	// in the Quiet hours.
	Surveys   []Survey
	FollowUps []FollowUp
	Quiet     Hours
	Table     *Table
	Catalog   Catalog
	// Words are the cues of the intents files, Examples their sentences, by
	// section and language, in the order of the files. Sentences are the
	// examples once more, with their places. Broader names what a section counts
	// as where that is another one: faulty → damaged_item.
	Words     map[string]map[message.Lang][]string
	Examples  map[string]map[message.Lang][]string
	Sentences []Sentence
	Broader   map[string]string

	// Machines is the pool of bare state machines that belong to this flow.
	// Only the engine uses it; it stands here because a machine fits no other
	// flow and must be dropped with it.
	Machines sync.Pool
	// Turns is a pool of room to make turns in, for the engine as well.
	Turns sync.Pool

	langs []message.Lang
	free  map[message.Lang][]string // see Free; longest first
	lines map[message.Lang]map[string]line
	facts facts
	// unwired is what Unwired gives.
	unwired Findings
	said    func(lang message.Lang, key string) // sees every line; nil in use
}
