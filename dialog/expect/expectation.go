package expect

import "time"

// Verdict says whether an expectation can be met, by the catalog.
type Verdict string

// Verdicts.
const (
	Meet    Verdict = "meet"    // as asked
	Part    Verdict = "part"    // in part
	Later   Verdict = "later"   // but not when asked
	Cannot  Verdict = "cannot"  // not at all
	Unknown Verdict = "unknown" // nobody here may say
)

// Verdicts lists all verdicts, for the loader and the proof.
func Verdicts() []Verdict { return []Verdict{Meet, Part, Later, Cannot, Unknown} }

// Status says what became of an expectation.
type Status string

// Statuses. An expectation starts open and leaves that status once.
const (
	Open      Status = "open"
	Granted   Status = "granted" // met as asked
	Agreed    Status = "agreed"  // another thing was agreed on
	Shelved   Status = "shelved" // put aside with a promised answer
	Withdrawn Status = "withdrawn"
	HandedOff Status = "handed_off"
)

// Clarity says how clearly the customer knows what would help.
type Clarity string

// Clarities (Ojasalo, "Managing customer expectations in professional
// services", 2001).
const (
	Fuzzy    Clarity = "fuzzy"
	Explicit Clarity = "explicit"
	Implicit Clarity = "implicit"
)

// Level is a point on a service's scale: money in minor units of Currency, a
// day, an hour or the instant a span ends at, a count, one of the values the
// service has, or nothing but yes. The zero Level says nothing.
type Level struct {
	Amount   int64     `json:"amount,omitzero"`
	Currency string    `json:"currency,omitempty"`
	By       time.Time `json:"by,omitzero"`
	Count    int64     `json:"count,omitzero"`
	Value    string    `json:"value,omitempty"`
}

// IsZero says whether the level says nothing.
func (l Level) IsZero() bool { return l.Amount == 0 && l.By.IsZero() && l.Count == 0 && l.Value == "" }

// Expectation is one thing the customer wants.
type Expectation struct {
	Service string  `json:"service"`
	Clarity Clarity `json:"clarity"`
	Aspect  Aspect  `json:"aspect,omitempty"` // empty = outcome
	// Asked is what is asked for now, Desired what was hoped for first where
	// that was another level, Adequate the least that is acceptable, where it
	// was said. See [Expectation.Zone].
	Asked      Level      `json:"asked,omitzero"`
	Desired    Level      `json:"desired,omitzero"`
	Adequate   Level      `json:"adequate,omitzero"`
	Source     Source     `json:"source,omitempty"`
	Reasonable Reasonable `json:"reasonable,omitempty"`
	Importance int        `json:"importance"` // 1 = matters most; 0 = not ranked
	Verdict    Verdict    `json:"verdict,omitempty"`
	Status     Status     `json:"status"`
	// Bent says that it was granted out of goodwill: by the rule it was not due.
	Bent bool `json:"bent,omitzero"`
	// Rungs lists the ids of the ladder's rungs that were offered, in order;
	// a refused offer stays open until the matter closes.
	Rungs []string `json:"rungs,omitempty"`
	// Offered are the offers made, the last is the one on the table.
	Offered []Offer `json:"offered,omitempty"`
}

// Zone is the zone of tolerance: the level hoped for, and the least that is
// acceptable. Where the customer said no least it is zero, and nobody knows
// how far down the zone reaches.
func (e Expectation) Zone() (desired, adequate Level) {
	if e.Desired.IsZero() {
		return e.Asked, e.Adequate
	}
	return e.Desired, e.Adequate
}

// Ask sets the level asked for and keeps the first as the one hoped for: who
// comes down in a negotiation has not hoped for less.
func (e *Expectation) Ask(l Level) {
	if e.Desired.IsZero() && !e.Asked.IsZero() && e.Asked != l {
		e.Desired = e.Asked
	}
	e.Asked = l
}

// Settled says whether e needs no more talk.
func (e Expectation) Settled() bool { return e.Status != Open }

// Tried says whether the rung was offered already.
func (e Expectation) Tried(rung string) bool {
	for _, r := range e.Rungs {
		if r == rung {
			return true
		}
	}
	return false
}

// Unsettled counts the expectations that still need talk.
func Unsettled(es []Expectation) int {
	n := 0
	for _, e := range es {
		if !e.Settled() {
			n++
		}
	}
	return n
}

// Top gives the index of the unsettled expectation that matters most (by
// importance, then by the order in which they were said), -1 if none is left.
func Top(es []Expectation) int {
	best := -1
	for i, e := range es {
		if e.Settled() {
			continue
		}
		if best < 0 || rank(e) < rank(es[best]) {
			best = i
		}
	}
	return best
}

func rank(e Expectation) int {
	if e.Importance == 0 {
		return 1 << 20 // not ranked comes after everything that is
	}
	return e.Importance
}

// Afresh is the same expectation before anything was done about it.
func (e Expectation) Afresh() Expectation {
	return Expectation{Service: e.Service, Clarity: e.Clarity, Aspect: e.Aspect, Asked: e.Asked, Desired: e.Desired,
		Adequate: e.Adequate, Source: e.Source, Status: Open}
}
