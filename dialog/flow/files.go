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
	// Reword lists keys of lines that a language model, where the operator has set
	// one up, may word anew. They stand for nothing: no variables are in them.
	Reword []string `yaml:"reword"`
	// Asked of the bot's own accord, after the end (survey.go).
	Surveys    map[string]surveyFile   `yaml:"surveys"`
	FollowUps  map[string]followUpFile `yaml:"follow_ups"`
	QuietHours *hoursFile              `yaml:"quiet_hours"` // in which none of these is asked (21:00 to 09:00)
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
	Version   int                  `yaml:"version"`
	Currency  string               `yaml:"currency"`  // ISO 4217, where no fact says otherwise
	Authority Authority            `yaml:"authority"` // the most the bot, an agent, a manager may give
	Owners    map[string]ownerFile `yaml:"owners"`    // departments that promises belong to
	Lookup    lookupFile           `yaml:"lookup"`
	// Objections says by kind of objection how it is met; a service may have its
	// own. What is not named is met as [defaultMethods] has it.
	Objections map[string]methodFile `yaml:"objections"`
	// Goodwill is the most the bot may give for one order by bending a rule,
	// once, inside its authority.
	Goodwill  Money                   `yaml:"goodwill"`
	Incidents map[string]incidentFile `yaml:"incidents"`
	Services  map[string]serviceFile  `yaml:"services"`
}

// Authority is the most each may give away for one order, in however many
// matters, by currency, in whole units (15 = 15 dollars).
type Authority struct {
	Bot     Money `yaml:"bot"`
	Agent   Money `yaml:"agent"`
	Manager Money `yaml:"manager"`
	// Unverified is the most that is granted while the order is not verified,
	// in money and in what is worth money (worth, on a term).
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

// incidentFile is something that happened: a late parcel, a broken item.
type incidentFile struct {
	Heard  []string `yaml:"heard"`  // sections of the intents files that name it
	Needs  []string `yaml:"needs"`  // slots to fill before restating, in order
	Offers []string `yaml:"offers"` // services to choose from where the customer has no idea what would help
	Menu   bool     `yaml:"menu"`   // shown as a button to who was not understood
	// Implicit are services that are taken for granted and never said until
	// they fail; granted along.
	Implicit []string `yaml:"implicit"`
	// Losses are what it takes from the customer: cost, delay, effort, loss.
	// Rungs that compensate need one of them, or one the customer named.
	Losses []string `yaml:"losses"`
}

// serviceFile is something that can be expected.
type serviceFile struct {
	Heard     []string      `yaml:"heard"`
	Scale     Scale         `yaml:"scale"`  // yes, date, duration, money, quantity, option
	Losses    []string      `yaml:"losses"` // what a wish for it says was lost, as of an incident
	Values    []string      `yaml:"values"` // scale option: what there is to choose from; each is heard as [value.NAME]
	Aspect    string        `yaml:"aspect"` // outcome (the default) or process
	Day       string        `yaml:"day"`    // scale date, duration: the fact whose day an hour named without one belongs to
	Needs     []string      `yaml:"needs"`
	Implicit  []string      `yaml:"implicit"`  // services taken for granted with it, as with an incident
	Conflicts []string      `yaml:"conflicts"` // services it cannot be had together with
	Menu      bool          `yaml:"menu"`
	Owner     string        `yaml:"owner"`   // who answers where it is shelved
	Verdict   []verdictFile `yaml:"verdict"` // the first that holds; none = unknown
	Grant     *optionFile   `yaml:"grant"`   // what is promised when the verdict is meet
	Ladder    []rungFile    `yaml:"ladder"`
	// Promised holds where the facts show that we promised it ourselves.
	Promised *conditionFile `yaml:"promised"`
	Standard *standardFile  `yaml:"standard"`
	// Goodwill bends the rule where the mistake was small and the customer is
	// served already: granted before the ladder, once an order.
	Goodwill   *goodwillFile         `yaml:"goodwill"`
	Objections map[string]methodFile `yaml:"objections"`
}

// standardFile is what law, trade or house rule says about a service, and how
// far a wish for it is reasonable by that.
type standardFile struct {
	Kind  string         `yaml:"kind"`  // law, industry, rule
	When  *conditionFile `yaml:"when"`  // reasonable where it holds
	Pay   *Money         `yaml:"pay"`   // scale money: the most that is reasonable
	By    string         `yaml:"by"`    // scale date, duration: the earliest that is
	Count int            `yaml:"count"` // scale quantity: the most that is
}

// goodwillFile is an option with the facts that allow it.
type goodwillFile struct {
	When  *conditionFile `yaml:"when"`
	ID    string         `yaml:"id"`
	Terms []termFile     `yaml:"terms"`
}

// methodFile is how a kind of objection is met: just the name of a method, or
// a mapping that also says by which facts it may be (denial).
type methodFile struct {
	Method string         `yaml:"method"`
	When   *conditionFile `yaml:"when"`
}

// Scale is what a service's level is measured in.
type Scale string

// Scales.
const (
	ScaleYes   Scale = "yes"
	ScaleDate  Scale = "date"
	ScaleMoney Scale = "money"
	// ScaleDuration is measured by when it ends, like a date.
	ScaleDuration Scale = "duration"
	ScaleQuantity Scale = "quantity"
	ScaleOption   Scale = "option" // one of the service's values
)

// Timely says whether levels of the scale are points in time.
func (s Scale) Timely() bool { return s == ScaleDate || s == ScaleDuration }

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
	// For are the losses a rung that compensates makes good; none = any.
	For []string `yaml:"for"`
	// Recovers puts the rung first where the expectation is our own promise; of
	// several the first that can be offered.
	Recovers bool `yaml:"recovers"`
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
	// Worth is what the thing done is worth where it costs more than it pays:
	// "fact:price" for a new one, {USD: 0} for what costs nothing. It is held to
	// the limit for orders that are not verified. On such an order nothing is
	// granted that has neither pay nor worth.
	Worth *Money `yaml:"worth"`
}

// conditionFile is a condition as data: exactly one of all, any, not, fact,
// slot or wish. Op compares the fact, the slot or what is known of the wish
// (asked, adequate, source, clarity, aspect) with Value, which is a literal,
// "fact:NAME" or "slot:NAME".
type conditionFile struct {
	All   []conditionFile `yaml:"all"`
	Any   []conditionFile `yaml:"any"`
	Not   *conditionFile  `yaml:"not"`
	Fact  string          `yaml:"fact"`
	Slot  string          `yaml:"slot"`
	Wish  string          `yaml:"wish"`
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
