package expect

// Source says what raised an expectation, as far as it is known. It steers
// the first move: an expectation we raised ourselves is not lowered first.
type Source string

// Sources; the empty one is not known.
const (
	Experience Source = "experience" // how it was the last time
	WordOf     Source = "word"       // what others told
	OurPromise Source = "promise"    // what we promised or advertised
	PricePaid  Source = "price"      // what such a price lets one expect
	Competitor Source = "competitor" // what others in the trade do
)

// Sources lists all sources, for the loader.
func Sources() []Source { return []Source{Experience, WordOf, OurPromise, PricePaid, Competitor} }

// Aspect says whether an expectation is about what is delivered or about how
// one is treated on the way (Grönroos, "A service quality model and its
// marketing implications", 1984).
type Aspect string

// Aspects. An expectation without one is about the outcome.
const (
	Outcome Aspect = "outcome"
	Process Aspect = "process"
)

// Aspects lists both aspects, for the loader.
func Aspects() []Aspect { return []Aspect{Outcome, Process} }

// Reasonable says how an expectation stands to the standard the catalog
// states: the law, the trade's custom, or a rule of the house.
type Reasonable string

// How an expectation stands to the standard; the empty value is not known,
// which is also so where the catalog states none.
const (
	IsReasonable  Reasonable = "yes"
	NotReasonable Reasonable = "no"
	MaybeSo       Reasonable = ""
)

// StandardKind says what a standard rests on.
type StandardKind string

// What a standard rests on.
const (
	ByLaw      StandardKind = "law"
	ByIndustry StandardKind = "industry"
	ByRule     StandardKind = "rule" // of the house
)

// StandardKinds lists them all, for the loader.
func StandardKinds() []StandardKind { return []StandardKind{ByLaw, ByIndustry, ByRule} }

// Loss is something a failure takes from a customer. Compensation is tied to
// one that happened or was named.
type Loss string

// Losses.
const (
	LossCost   Loss = "cost"   // money
	LossDelay  Loss = "delay"  // time
	LossEffort Loss = "effort" // trouble taken
	LossThing  Loss = "loss"   // the thing itself, or its use
)

// Losses lists all losses, for the loader.
func Losses() []Loss { return []Loss{LossCost, LossDelay, LossEffort, LossThing} }

// Method is one of the six classic ways of meeting an objection.
type Method string

// The six methods.
const (
	PassOver   Method = "pass"         // no real objection: take note and go on
	MakeUp     Method = "compensation" // grant the point, and set something against it
	Boomerang  Method = "boomerang"    // the reason against is the reason for
	AskWhy     Method = "question"     // ask what is behind it
	YesIf      Method = "yes_if"       // grant the general case, then the condition
	DirectDeny Method = "denial"       // politely, and only where a fact says otherwise
)

// Methods lists all methods, for the loader.
func Methods() []Method {
	return []Method{PassOver, MakeUp, Boomerang, AskWhy, YesIf, DirectDeny}
}
