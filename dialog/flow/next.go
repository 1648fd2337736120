package flow

import "fmt"

// Next is the machine: where control c goes on class cl, and by which edge.
// It is pure and total over what classify can yield; an error means that the
// flow takes no such class there, which is a fault of the engine, not of a
// customer.
func (t *Table) Next(c Control, cl Class) (Control, Edge, error) {
	s := &t.states[t.known(c.At)]
	a, ok := s.on[cl.Name]
	if !ok {
		return c, Edge{}, fmt.Errorf("state %q takes no %q", s.name, cl.Name)
	}
	next, edge := c, a.edge
	switch {
	case a.back != nil:
		if edge, ok = a.back[c.Back]; !ok {
			return c, Edge{}, fmt.Errorf("state %q has no way back to %d", s.name, c.Back)
		}
	case a.spend != "" && !next.spend(a.spend, t.limits):
		next, edge = c, *a.other
	}
	next.settle(s.kind, cl)
	next.clear(cl.Name, a.spend)
	next.At = edge.To
	t.arrive(&next, s.kind, edge)
	if s.kind == Elicit && cl.Name == Ask {
		next.Questions++
	}
	return next, edge, nil
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
		c.Open -= min(c.Open, cl.N)
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
		c.Questions, c.Tries = 0, 0
	case Close:
		*c = Control{At: c.At, Side: c.Side, Soothing: c.Soothing}
	case Queue, Owned, End, Greet:
		*c = Control{At: c.At}
	}
}

// Back is the class with which a soothe state leads back to where the
// customer was; for the engine and the proof.
func Back() Class { return Class{Name: back} }
