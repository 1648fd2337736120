package flow

import "fmt"

// Next is the machine: where control c goes on class cl, and by which edge.
// It is pure. An error means that the class cannot come there: a fault of the
// engine, never of a customer.
func (t *Table) Next(c Control, cl Class) (Control, Edge, error) {
	s := &t.states[t.known(c.At)]
	a, ok := s.on[cl.Name]
	if !ok {
		return c, Edge{}, fmt.Errorf("state %q takes no %q", s.name, cl.Name)
	}
	if !t.Admits(c, cl) {
		return c, Edge{}, fmt.Errorf("state %q takes no %q of %d here (%+v)", s.name, cl.Name, cl.N, c)
	}
	next, edge := c, a.edge
	spent := a.spend
	switch {
	case a.back != nil:
		if edge, ok = a.back[c.Back]; !ok {
			return c, Edge{}, fmt.Errorf("state %q has no way back to %d", s.name, c.Back)
		}
	case a.spend != "" && !next.spend(a.spend, cl.Name, t.limits):
		next, edge, spent = c, *a.other, ""
	}
	next.count(s.kind, cl)
	next.clear(cl.Name, spent)
	next.At = edge.To
	t.arrive(&next, s.kind, edge)
	return next, edge, nil
}

// Admits says whether class cl can come where control c stands. These are the
// bounds that the engine keeps and that a proof may therefore build on: both
// read them here, so they cannot drift apart.
func (t *Table) Admits(c Control, cl Class) bool {
	s := &t.states[t.known(c.At)]
	some := cl.N >= 1 && cl.N <= c.Open
	switch cl.Name {
	case Remind:
		return c.Reminded == 0 && (s.kind != Shelve || some && c.lastShelf(cl.N))
	case Look:
		return c.Looks < maxLooks
	case Ask:
		return s.kind == Rank && c.Open >= 2 || s.kind == Elicit && int(c.Questions) < t.limits.Questions
	case Accept:
		return s.kind == Restate && cl.N >= 1 && cl.N <= maxOpen || s.kind == Shelve && some && c.lastShelf(cl.N) || s.kind != Restate && s.kind != Shelve
	case Pick, Aside:
		return cl.N <= c.Open
	case Withdraw:
		return some && (s.kind != Shelve || c.lastShelf(cl.N))
	case Grant, Noted:
		return some
	case AllDone:
		return c.Open == 0
	case ToLower:
		return c.Open > 0 && c.Lowered < maxLowered
	case ToShelve:
		return c.Open > 0 && c.Shelved < maxShelved
	case ToPerson:
		return c.Open > 0
	}
	return true
}

// lastShelf says whether a shelf that settles n may be the present one: the
// last takes all that is left.
func (c Control) lastShelf(n uint8) bool { return c.Shelved < maxShelved || n == c.Open }

// count keeps what steps add up: expectations settled, questions put, facts
// looked up, expectations lowered.
func (c *Control) count(k Kind, cl Class) {
	c.settle(k, cl)
	switch {
	case k == Elicit && cl.Name == Ask:
		c.Questions++
		c.Tries = 0 // tries belong to one question
	case cl.Name == Look:
		c.Looks++
	case cl.Name == ToLower:
		c.Lowered++
	case cl.Name == ToShelve:
		c.Shelved++
	}
}

// settle keeps the count of unsettled expectations.
func (c *Control) settle(k Kind, cl Class) {
	switch {
	case k == Restate && cl.Name == Accept:
		c.Open = cl.N
	case k == Assess && cl.Name == Grant, k == Agree && cl.Name == Noted,
		k == Shelve && (cl.Name == Accept || cl.Name == Withdraw || cl.Name == Remind),
		cl.Name == Aside, // wishes given up on the way
		(k == Lower || k == Propose) && cl.Name == Withdraw, k == Rank && cl.Name == Pick:
		c.Open -= cl.N
	case k == Assess && cl.Name == AllDone:
		c.Open = 0
	}
}

// clear zeroes the counters that a step in the matter makes good again:
// "in a row" ends with the first thing understood, and tries belong to one
// question.
func (c *Control) clear(class ClassName, spent Budget) {
	switch class {
	case Misread, Aside, Remind, Anger, back, Ask:
		return
	}
	c.Misread = 0
	c.Reminded = 0
	if spent != SpendTries {
		c.Tries = 0
	}
}

// arrive zeroes what the state that is entered cannot read, so that two
// controls that behave alike are the same control.
func (t *Table) arrive(c *Control, from Kind, e Edge) {
	to := t.states[e.To].kind
	switch {
	case to == Soothe:
		c.Back = 0
		if !collecting(from) {
			c.Back = e.From
		}
	default:
		c.Back = 0
	}
	if e.Stay {
		return
	}
	switch to {
	case Listen:
		if from != Soothe && from != Listen { // a new matter
			*c = Control{At: c.At}
		}
	case Rank:
		c.Lowered, c.Shelved, c.Tries = 0, 0, 0
		if int(c.Corrections) >= t.limits.Corrections { // no way leads back to where they count
			c.Questions, c.Looks = 0, 0
		}
	case Close:
		*c = Control{At: c.At, Side: c.Side, Soothing: c.Soothing}
	case Queue, Owned, End, Greet:
		*c = Control{At: c.At}
	}
}

// Back is the class with which a soothe state leads back to where the
// customer was; for the engine and the proof.
func Back() Class { return Class{Name: back} }
