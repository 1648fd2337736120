package flow

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

// slug is what names of states, services, incidents, rungs and options look
// like: they become edge ids, line keys and button ids, where anything else
// would have to be escaped.
var slug = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// listed joins names for a message, in order.
func listed(names iter.Seq[string]) string {
	return strings.Join(slices.Sorted(names), ", ")
}

// slots are the values the engine knows to ask for and to read. A closed
// list, because each needs code that reads it out of what a customer writes.
var slots = map[string]bool{
	"order": true, "need_by": true, "what": true, "wish": true, "incident": true, "occasion": true,
	"amount": true, "number": true, "date": true, "time": true, "phone": true, "email": true, "name": true, "address": true,
}
