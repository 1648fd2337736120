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
	return t.follow(c, s, &a, cl)
}

// follow is Next for a class that is admitted, along its arrow. The proof,
// which takes millions of steps, finds the arrow once for all of them.
func (t *Table) follow(c Control, s *state, a *arrow, cl Class) (Control, Edge, error) {
	next, edge := c, a.edge
	spent := a.spend
	switch {
	case a.back != nil:
		var ok bool
		if edge, ok = a.back[c.Back]; !ok {
			return c, Edge{}, fmt.Errorf("state %q has no way back to %d", s.name, c.Back)
		}
	case a.spend != "" && !next.spend(a.spend, cl.Name, t.limits):
		next, edge, spent = c, *a.other, ""
	}
	next.count(s.kind, cl, edge)
	next.keep(allCounters &^ cleared(cl.Name, spent))
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
	case Rage:
		return c.Soothing > 0 // the first anger is answered with words
	case Remind:
		return c.Reminded == 0 && (s.kind != Shelve || some && c.shelfOf(cl.N))
	case Look:
		return c.Looks < maxLooks
	case Ask:
		return s.kind == Rank && c.Open >= 2 || s.kind == Elicit && int(c.Questions) < t.limits.Questions
	case Accept:
		return s.kind == Restate && cl.N >= 1 && cl.N <= maxOpen || s.kind == Shelve && some && c.shelfOf(cl.N) || s.kind != Restate && s.kind != Shelve
	case Pick:
		return cl.N <= c.Open
	case Aside:
		return cl.N == 0 || cl.N < c.Open // what is being talked about is withdrawn, not left aside
	case Withdraw:
		return some && (s.kind != Shelve || c.shelfOf(cl.N))
	case Grant, Noted:
		return some
	case AllDone:
		return c.Open == 0
	case ToLower:
		return c.Open > 0 && c.Singly < maxSingly
	case ToShelve, ToPerson:
		return c.Open > 0
	}
	return true
}

// shelfOf says whether the present shelf may be one of n expectations: once
// those that are taken singly are through, a shelf takes all that is left.
func (c Control) shelfOf(n uint8) bool { return !c.Rest() || n == c.Open }

// Rest says whether what is put aside now is all that is left, so that one
// question does for it.
func (c Control) Rest() bool { return c.Singly >= maxSingly }

// count keeps what steps add up: expectations settled, questions put, facts
// looked up, expectations lowered.
func (c *Control) count(k Kind, cl Class, e Edge) {
	if cl.Name != Remind || !e.Stay { // who is only reminded has what was asked still before them
		c.settle(k, cl)
	}
	switch {
	case k == Elicit && cl.Name == Ask:
		c.Questions++
		c.Tries = 0 // tries belong to one question
	case cl.Name == Look:
		c.Looks++
	case cl.Name == ToLower, cl.Name == ToShelve:
		c.Singly = min(c.Singly+1, maxSingly)
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

// arrive zeroes what neither the state that is entered nor any that follows it
// can read, so that two controls that behave alike are the same control.
func (t *Table) arrive(c *Control, from Kind, e Edge) {
	to := t.states[e.To].kind
	c.Back = 0
	switch {
	case e.Stay:
		return
	case to == Soothe && !collecting(from):
		c.Back = e.From
		return
	}
	if to.gathers() && from.settles() {
		c.correct(t.limits)
	}
	c.keep(kept(from, to) & t.states[e.To].live)
}

// correct leaves what a correction may bring: one question more, one look-up
// more, and another go at the expectation that was being talked about.
func (c *Control) correct(l Limits) {
	c.Questions, c.Looks = uint8(max(l.Questions-1, 0)), maxLooks-1 // at most maxCount
	c.Singly = max(c.Singly, 1) - 1
}

// Back is the class with which a soothe state leads back to where the
// customer was; for the engine and the proof.
func Back() Class { return Class{Name: back} }
