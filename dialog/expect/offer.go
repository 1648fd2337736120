package expect

import "time"

// Technique is one way of lowering an expectation without losing the
// customer. A rung of the ladder uses one or more.
type Technique string

// The eight techniques.
const (
	Reason     Technique = "reason"  // understanding, and why it cannot be now
	Reweigh    Technique = "reweigh" // what can be given is what matters most
	Alternate  Technique = "alternative"
	PartNow    Technique = "partial"
	Compensate Technique = "compensate"
	Standard   Technique = "standard" // what the rule, law or trade says
	Delay      Technique = "delay"
	Involve    Technique = "involve" // the customer takes part
)

// Techniques lists all techniques, for the loader.
func Techniques() []Technique {
	return []Technique{Reason, Reweigh, Alternate, PartNow, Compensate, Standard, Delay, Involve}
}

// Term is one thing that would be done: what (the key of its wording), by
// whom, by when, and what is paid. UpTo is the most the bot may pay on a
// counter-offer; it equals Pay where the term is not open to one.
type Term struct {
	Do    string    `json:"do"`
	Owner string    `json:"owner"`
	By    time.Time `json:"by,omitzero"`
	Pay   int64     `json:"pay,omitzero"` // minor units
	UpTo  int64     `json:"up_to,omitzero"`
	// Worth is what is done worth, where the catalog says so: goods cost the
	// business more than is paid out. It counts where nobody knows yet whose the
	// order is.
	Worth int64 `json:"worth,omitzero"`
}

// Option is one of the things a customer may choose within an offer.
type Option struct {
	ID    string `json:"id"`
	Terms []Term `json:"terms"`
}

// Offer is what stands on the table after a rung: its options, of which the
// customer may take one.
type Offer struct {
	Rung       string      `json:"rung"`
	Techniques []Technique `json:"techniques,omitempty"`
	Options    []Option    `json:"options"`
	Currency   string      `json:"currency,omitempty"`
}

// Option finds an option by its id.
func (o Offer) Option(id string) (Option, bool) {
	for _, p := range o.Options {
		if p.ID == id {
			return p, true
		}
	}
	return Option{}, false
}

// Paid is what the option pays in all, in minor units.
func (p Option) Paid() int64 {
	var sum int64
	for _, t := range p.Terms {
		sum += t.Pay
	}
	return sum
}

// Value is what the option is worth in all, in minor units: of each term what
// is paid or what it is worth, whichever is more.
func (p Option) Value() int64 {
	var sum int64
	for _, t := range p.Terms {
		sum += max(t.Pay, t.Worth)
	}
	return sum
}

// Room is the most the option may pay in all within the authority.
func (p Option) Room() int64 {
	var sum int64
	for _, t := range p.Terms {
		sum += max(t.Pay, t.UpTo)
	}
	return sum
}

// Negotiable gives the index of the one term that is open to a counter-offer,
// -1 if none is.
func (p Option) Negotiable() int {
	for i, t := range p.Terms {
		if t.UpTo > t.Pay {
			return i
		}
	}
	return -1
}

// CounterAnswer says how a counter-offer stands to what the bot may decide.
type CounterAnswer int

// How a counter-offer stands to the bot's authority.
const (
	CounterNone   CounterAnswer = iota // nothing here is open to a counter-offer
	CounterInside                      // can be taken at once
	CounterBeyond                      // more than the bot may decide
)

// Counter weighs a counter-offer of amount (minor units) against the option.
// The amount is heard as meant for the negotiable term ("20 for the taxi");
// inside the authority the option comes back with exactly that amount, beyond
// it with the most that may be paid. An amount below what was offered is the
// customer's modesty: the offer stands as made, it is never reduced.
func (p Option) Counter(amount int64) (Option, CounterAnswer) {
	i := p.Negotiable()
	if i < 0 {
		return p, CounterNone
	}
	out := Option{ID: p.ID, Terms: append([]Term(nil), p.Terms...)}
	t := &out.Terms[i]
	switch {
	case amount > t.UpTo:
		t.Pay = t.UpTo
		return out, CounterBeyond
	case amount > t.Pay:
		t.Pay = amount
	}
	return out, CounterInside
}
