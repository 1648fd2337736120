package expect

import "time"

// PromiseState says where a promise stands. There is no state in which it has
// lapsed and nobody was told.
type PromiseState string

// States of a promise.
const (
	PromiseOpen    PromiseState = "open"
	PromiseTold    PromiseState = "told" // fell due without a result; the customer was told and waits
	PromiseKept    PromiseState = "kept"
	PromiseRenewed PromiseState = "renewed" // closed by a later one in its place
	// PromiseBroken is one that had no result when the time for it was long
	// over; the customer was told, and the supervisor acts on it. It stays
	// broken: what is done after that is told, and Closed says when.
	PromiseBroken PromiseState = "broken"
	// PromiseWithdrawn is one the customer no longer wants: nobody carried it
	// out, and nobody has to.
	PromiseWithdrawn PromiseState = "withdrawn"
)

// PromiseKind says what was promised.
type PromiseKind string

// Kinds of promises.
const (
	ToDo     PromiseKind = "do"     // carry out what was granted or agreed
	ToAnswer PromiseKind = "answer" // an answer by a time, with or without a result
)

// DoCall is what a promised call does, in [Promise.Do].
const DoCall = "call"

// Promise is something a customer was told would be done, by whom and by
// when. N numbers the promises of a conversation from 1; Case is the number
// the customer knows.
type Promise struct {
	N       int          `json:"n"`
	Case    string       `json:"case"`
	Kind    PromiseKind  `json:"kind"`
	Service string       `json:"service"`
	Do      string       `json:"do,omitempty"` // the term it carries out, or [DoCall]
	Text    string       `json:"text"`         // as the customer read it
	Owner   string       `json:"owner"`
	Opened  time.Time    `json:"opened"`
	Due     time.Time    `json:"due"`
	State   PromiseState `json:"state"`
	Renewed int          `json:"renewed,omitzero"` // how often it was renewed to become this one
	// From is the promise this one was made in place of, Next the one made in
	// place of this: a renewal closes one and opens another.
	From int `json:"from,omitzero"`
	Next int `json:"next,omitzero"`
	// Declined says that the customer was asked for more time and did not
	// agree; they are not asked again.
	Declined bool `json:"declined,omitzero"`
	// Personal says that a person answers for it, because they gave their own
	// word or took over a call: Owner is their name.
	Personal bool `json:"personal,omitzero"`
	// Order is the one it was made for, as the customer named it, Pay what it
	// pays and Worth what it is worth by the catalog, in minor units of Currency;
	// Bent says that a rule was bent for it. By these it counts in later matters
	// about the same order.
	Order    string    `json:"order,omitempty"`
	Pay      int64     `json:"pay,omitzero"`
	Worth    int64     `json:"worth,omitzero"`
	Currency string    `json:"currency,omitempty"` // empty where it is worth nothing
	Bent     bool      `json:"bent,omitzero"`
	Result   string    `json:"result,omitempty"`
	Closed   time.Time `json:"closed,omitzero"`
}

// Standing says whether somebody still has to act on p.
func (p Promise) Standing() bool { return p.State == PromiseOpen || p.Late() }

// Late says whether p fell due without a result and still waits for one.
func (p Promise) Late() bool {
	return p.State == PromiseTold || p.State == PromiseBroken && p.Closed.IsZero()
}

// Close ends p in a state at a time. One that is broken stays so in the books,
// whatever is done about it later.
func (p *Promise) Close(s PromiseState, at time.Time) {
	if p.State != PromiseBroken {
		p.State = s
	}
	p.Closed = at
}
