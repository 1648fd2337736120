package flow

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// Cost says how much one counter multiplies the states of a flow.
type Cost struct {
	// Counter is its name; Limit the key in limits that bounds it, "" where no
	// flow can change it.
	Counter, Limit string
	Values         int // distinct values met
	// Without is about how many of the states met would be left if the counter
	// were not there.
	Without int
}

// costly are the counters and the limits that bound them.
var costly = []struct {
	name, limit string
	of          func(*Control) *uint8
}{
	{"refusals", "refusals", func(c *Control) *uint8 { return &c.Refusals }},
	{"tries", "tries", func(c *Control) *uint8 { return &c.Tries }},
	{"questions", "questions", func(c *Control) *uint8 { return &c.Questions }},
	{"not understood in a row", "misunderstood", func(c *Control) *uint8 { return &c.Misread }},
	{"side turns", "side_turns", func(c *Control) *uint8 { return &c.Side }},
	{"soothing rounds", "soothing", func(c *Control) *uint8 { return &c.Soothing }},
	{"corrections", "corrections", func(c *Control) *uint8 { return &c.Corrections }},
	{"reminders", "", func(c *Control) *uint8 { return &c.Reminded }},
	{"open expectations", "", func(c *Control) *uint8 { return &c.Open }},
	{"look-ups", "", func(c *Control) *uint8 { return &c.Looks }},
	{"taken singly", "", func(c *Control) *uint8 { return &c.Singly }},
}

// sampled is the share of states that costs are reckoned from, as one in so
// many: all of them would take as long as the walk.
const sampled = 32

// costs reckons what each counter costs, the dearest first.
func (s *space) costs() []Cost {
	seed := maphash.MakeSeed()
	var out []Cost
	for _, k := range costly {
		values := map[uint8]bool{}
		left := map[node]bool{}
		for _, n := range s.nodes[1:] {
			v := k.of(&n.Control)
			values[*v] = true
			*v = 0
			if maphash.Comparable(seed, n)%sampled == 0 {
				left[n] = true
			}
		}
		out = append(out, Cost{Counter: k.name, Limit: k.limit, Values: len(values), Without: len(left) * sampled})
	}
	slices.SortStableFunc(out, func(a, b Cost) int { return cmp.Compare(a.Without, b.Without) })
	return out
}
