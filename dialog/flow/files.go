package flow

import "time"

// Files are a flow folder's files: slash-separated name to content.
type Files map[string][]byte

// flowFile is flow.yaml.
type flowFile struct {
	Version  int                  `yaml:"version"`
	Name     string               `yaml:"name"`
	Start    string               `yaml:"start"`
	Limits   Limits               `yaml:"limits"`
	Promises PromiseTimes         `yaml:"promises"`
	Anywhere map[string]edgeFile  `yaml:"anywhere"`
	States   map[string]stateFile `yaml:"states"`
}

// stateFile is one entry of states: a state's kind decides what it does, its
// transitions where each class of what may come next leads.
type stateFile struct {
	Kind  Kind                `yaml:"kind"`
	Quiet Duration            `yaml:"quiet"` // listen: a burst ends after this silence
	Wait  Duration            `yaml:"wait"`  // lookup, person: how long before the next step is taken; owned: how long a customer may go unanswered (15m)
	On    map[string]edgeFile `yaml:"on"`
}

// edgeFile is a transition: either just the name of a state, or a mapping
// that also spends a budget. To "stay" rests where it is.
type edgeFile struct {
	To    string `yaml:"to"`
	Spend string `yaml:"spend"` // a budget; when it is used up, Else is taken
	Else  string `yaml:"else"`
}

// Limits bound every loop of a conversation. Reaching one is an outcome with
// words and a path of its own, never an error. The zero value of a field in a
// file means its default.
type Limits struct {
	Refusals      int      `yaml:"refusals"`      // per matter; the last is answered by the question whether to shelve (3)
	Tries         int      `yaml:"tries"`         // times a question is put (2)
	Questions     int      `yaml:"questions"`     // questions to fill what the catalog needs, per matter (3)
	Misunderstood int      `yaml:"misunderstood"` // in a row: rephrase, buttons, then a person (2)
	SideTurns     int      `yaml:"side_turns"`    // side turns and misunderstandings together, per matter (4)
	Soothing      int      `yaml:"soothing"`      // rounds (2)
	Anger         float64  `yaml:"anger"`         // 0..1; at or above it once soothed, a person (0.8)
	Corrections   int      `yaml:"corrections"`   // the next one goes to a person (1)
	Reminder      Duration `yaml:"reminder"`      // silence before a reminder (30m)
	Close         Duration `yaml:"close"`         // silence before a fair close (24h)
	Renewals      int      `yaml:"renewals"`      // of a promise (1)
	Turns         int      `yaml:"turns"`         // of a matter in all: a backstop (40)
}

// DefaultLimits are the limits of a flow that names none.
func DefaultLimits() Limits {
	return Limits{Refusals: 3, Tries: 2, Questions: 3, Misunderstood: 2, SideTurns: 4, Soothing: 2, Anger: 0.8,
		Corrections: 1, Reminder: Duration(30 * time.Minute), Close: Duration(24 * time.Hour), Renewals: 1, Turns: 40}
}

// PromiseTimes say when things happen to a promise.
type PromiseTimes struct {
	Remind   Duration `yaml:"remind"`   // before the deadline the owner is reminded (1h)
	Answer   Duration `yaml:"answer"`   // a shelved matter is answered within (1d)
	Escalate Duration `yaml:"escalate"` // after the deadline without a result, the supervisor (2d)
}

// DefaultPromiseTimes are the times of a flow that names none.
func DefaultPromiseTimes() PromiseTimes {
	return PromiseTimes{Remind: Duration(time.Hour), Answer: Duration(24 * time.Hour), Escalate: Duration(48 * time.Hour)}
}

// Duration is a time.Duration that is written as Go writes it, or in days:
// "90s", "30m", "24h", "2d".
type Duration time.Duration

// catalogFile is catalog.yaml.
type catalogFile struct {
	Version   int                     `yaml:"version"`
	Currency  string                  `yaml:"currency"`  // ISO 4217, where no fact says otherwise
	Authority Authority               `yaml:"authority"` // the most the bot, an agent, a manager may give
	Owners    map[string]ownerFile    `yaml:"owners"`    // departments that promises belong to
	Lookup    lookupFile              `yaml:"lookup"`
	Incidents map[string]incidentFile `yaml:"incidents"`
	Services  map[string]serviceFile  `yaml:"services"`
}

// Authority is the most each may give away in one matter, by currency, in
// whole units (15 = 15 dollars).
type Authority struct {
	Bot     Money `yaml:"bot"`
	Agent   Money `yaml:"agent"`
	Manager Money `yaml:"manager"`
	// Unverified is the most that is granted while the order is not verified.
	Unverified Money `yaml:"unverified"`
}

// Money is an amount per currency in minor units (cents). In a file it is
// a mapping of ISO 4217 code to whole or decimal units ({USD: 15, CNY: 60}),
// or "fact:NAME" for an amount the look-up gives in the order's currency.
type Money struct {
	By   map[string]int64
	Fact string
}

type ownerFile struct {
	Channel string `yaml:"channel"` // where its tasks go; empty = the default queue
}

// lookupFile says which slot finds which row of facts.csv.
type lookupFile struct {
	Slot    string `yaml:"slot"`    // "order"
	Key     string `yaml:"key"`     // the column it is compared with
	Pattern string `yaml:"pattern"` // what such a number looks like, at most 256 bytes
}

// incidentFile is something that happened: a late parcel, a broken item.
type incidentFile struct {
	Heard  []string `yaml:"heard"`  // sections of the intents files that name it
	Needs  []string `yaml:"needs"`  // slots to fill before restating, in order
	Offers []string `yaml:"offers"` // services to choose from where the customer has no idea what would help
	Menu   bool     `yaml:"menu"`   // shown as a button to who was not understood
	// Implicit are services that are taken for granted and never said until
	// they fail; granted along.
	Implicit []string `yaml:"implicit"`
}

// serviceFile is something that can be expected.
type serviceFile struct {
	Heard     []string      `yaml:"heard"`
	Scale     Scale         `yaml:"scale"` // yes, date, money
	Needs     []string      `yaml:"needs"`
	Conflicts []string      `yaml:"conflicts"` // services it cannot be had together with
	Menu      bool          `yaml:"menu"`
	Owner     string        `yaml:"owner"`   // who answers where it is shelved
	Verdict   []verdictFile `yaml:"verdict"` // the first that holds; none = unknown
	Grant     *optionFile   `yaml:"grant"`   // what is promised when the verdict is meet
	Ladder    []rungFile    `yaml:"ladder"`
}

// Scale is what a service's level is measured in.
type Scale string

// Scales.
const (
	ScaleYes   Scale = "yes"
	ScaleDate  Scale = "date"
	ScaleMoney Scale = "money"
)

type verdictFile struct {
	When    *conditionFile `yaml:"when"`
	Verdict string         `yaml:"verdict"`
}

type rungFile struct {
	ID         string         `yaml:"id"`
	Techniques []string       `yaml:"technique"`
	Answers    []string       `yaml:"answers"` // objections this rung speaks to
	When       *conditionFile `yaml:"when"`    // facts it needs
	Options    []optionFile   `yaml:"options"`
}

type optionFile struct {
	ID    string     `yaml:"id"`
	Terms []termFile `yaml:"terms"`
}

// termFile is one thing that would be done. By is a time expression: a
// duration from now, "fact:NAME" or "slot:NAME", each perhaps followed by a
// clock time: "2d 20:00", "fact:store_until 20:00".
type termFile struct {
	Do    string `yaml:"do"`
	Owner string `yaml:"owner"`
	By    string `yaml:"by"`
	Pay   *Money `yaml:"pay"`
	UpTo  *Money `yaml:"up_to"`
}

// conditionFile is a condition as data: exactly one of all, any, not, fact or
// slot. Op compares the fact or slot with Value, which is a literal,
// "fact:NAME" or "slot:NAME".
type conditionFile struct {
	All   []conditionFile `yaml:"all"`
	Any   []conditionFile `yaml:"any"`
	Not   *conditionFile  `yaml:"not"`
	Fact  string          `yaml:"fact"`
	Slot  string          `yaml:"slot"`
	Op    string          `yaml:"op"`
	Value string          `yaml:"value"`
}

// linesFile is lines.<lang>.yaml. Lines may be nested; their keys are joined
// with dots.
type linesFile struct {
	Version  int    `yaml:"version"`
	Language string `yaml:"language"`
	Lines    any    `yaml:"lines"`
}
