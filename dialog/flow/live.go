package flow

// counters is a set of the counters of a Control.
type counters uint16

const (
	ofOpen counters = 1 << iota
	ofRefusals
	ofTries
	ofQuestions
	ofMisread
	ofSide
	ofSoothing
	ofCorrections
	ofReminded
	ofLooks
	ofSingly
	allCounters counters = 1<<iota - 1
)

// counterOf gives the counter of a budget.
func counterOf(b Budget) counters {
	switch b {
	case SpendRefusals:
		return ofRefusals
	case SpendTries:
		return ofTries
	case SpendMisread:
		return ofMisread
	case SpendSide:
		return ofSide
	case SpendSoothing:
		return ofSoothing
	case SpendCorrections:
		return ofCorrections
	case SpendReminder:
		return ofReminded
	}
	return 0
}

// keep zeroes all counters but those in set.
func (c *Control) keep(set counters) {
	for _, x := range [...]struct {
		in    counters
		value *uint8
	}{{ofOpen, &c.Open}, {ofRefusals, &c.Refusals}, {ofTries, &c.Tries}, {ofQuestions, &c.Questions}, {ofMisread, &c.Misread}, {ofSide, &c.Side},
		{ofSoothing, &c.Soothing}, {ofCorrections, &c.Corrections}, {ofReminded, &c.Reminded}, {ofLooks, &c.Looks}, {ofSingly, &c.Singly}} {
		if set&x.in == 0 {
			*x.value = 0
		}
	}
}

// gathers says whether a state of this kind belongs to the part of a matter
// in which it is told and asked about; settles, to the part in which what was
// told is settled.
func (k Kind) gathers() bool {
	switch k {
	case Listen, Elicit, Lookup, Restate, Correct:
		return true
	}
	return false
}

func (k Kind) settles() bool {
	switch k {
	case Rank, Assess, Lower, Propose, Agree, Shelve, Close:
		return true
	}
	return false
}

// kept are the counters that outlive the way from one kind of state into
// another.
func kept(from, to Kind) counters {
	switch {
	case to == Queue || to == Owned || to == End || to == Greet, to == Listen && from != Soothe && from != Listen: // another matter
		return 0
	case from == Soothe: // back to where it was
		return allCounters
	case to == Close:
		return ofSide | ofSoothing
	case to == Rank:
		return allCounters &^ ofTries
	}
	return allCounters
}

// cleared are the counters that a step in the matter makes good again: "in a
// row" ends with the first thing understood, and tries belong to one question.
func cleared(class ClassName, spent Budget) counters {
	switch class {
	case Misread, Aside, Remind, Anger, back, Ask:
		return 0
	}
	if spent == SpendTries {
		return ofMisread | ofReminded
	}
	return ofMisread | ofReminded | ofTries
}

// reads are the counters that a state of kind k reads itself: its edges by
// their budgets and bounds, and the engine to choose its words and classes.
func (s *state) reads() counters {
	var out counters
	switch s.kind {
	case Listen:
		out = ofSide
	case Rank, Lower, Propose, Agree:
		out = ofOpen
	case Assess, Shelve:
		out = ofOpen | ofSingly
	}
	for class, a := range s.on {
		out |= counterOf(a.spend)
		switch {
		case class == Misread && a.spend != "":
			out |= ofSide
		case class == Remind:
			out |= ofReminded
		case class == Look:
			out |= ofLooks
		case class == Ask && s.kind == Elicit:
			out |= ofQuestions
		case class == Anger, class == Rage:
			out |= ofSoothing
		}
	}
	return out
}

// settleLive works out for every state which counters it, or any state that
// follows before they begin anew, may still read.
func (t *Table) settleLive() {
	for changed := true; changed; {
		changed = false
		for i := range t.states {
			if s := &t.states[i]; s.name != "" {
				live := s.live | s.reads() | t.readLater(s)
				changed = changed || live != s.live
				s.live = live
			}
		}
	}
}

// readLater are the counters that the states after s read.
func (t *Table) readLater(s *state) counters {
	var out counters
	for class, a := range s.on {
		if a.back == nil { // the way back reads what the state it leads to does, which arrive keeps
			out |= t.beyond(s, a.edge, class, a.spend)
		}
		if a.other != nil {
			out |= t.beyond(s, *a.other, class, "")
		}
	}
	return out
}

// beyond are the counters of s that are still read where e leads.
func (t *Table) beyond(s *state, e Edge, class ClassName, spent Budget) counters {
	to := &t.states[e.To]
	if to.kind == Soothe && !collecting(s.kind) {
		return 0 // it comes back here
	}
	out := to.live &^ cleared(class, spent)
	if !e.Stay {
		out &= kept(s.kind, to.kind)
		if to.kind.gathers() && s.kind.settles() {
			out &^= ofQuestions | ofLooks // they begin anew
		}
	}
	if s.kind == Restate && class == Accept {
		out &^= ofOpen
	}
	return out
}
