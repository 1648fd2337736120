package flow

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Env is what conditions, verdicts and offers are worked out from. It is only
// read. Now is the turn's time; Zone the business's (nil = UTC); Facts the
// row that was looked up (nil = none); Slots what the customer said; Currency
// (ISO 4217) is used where no fact "currency" is known, "" = the catalog's.
// Verified says that the order is known to be this customer's. Wish is the
// expectation that is weighed, nil where none is.
type Env struct {
	Now      time.Time
	Zone     *time.Location
	Facts    map[string]string
	Slots    map[string]message.Slot
	Currency string
	Verified bool
	Wish     *expect.Expectation
}

func (e Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

// Day is the day that a fact holds, with or without an hour, where the business
// is; false where it holds none.
func (e Env) Day(fact string) (time.Time, bool) {
	m, ok := parseTime(e.Facts[fact], e.zone())
	return m.t, ok
}

// currency is the one money is in here: the order's own, else the
// business's.
func (e Env) currency(usual string) string {
	if c := e.Facts["currency"]; c != "" {
		return c
	}
	if e.Currency != "" {
		return e.Currency
	}
	return usual
}
