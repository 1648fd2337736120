package flow

import "slices"

// A proof walks every control a conversation can come to, by every class of
// input that can come there: what customers do, what time brings, and whatever
// the data may decide on entering a state (every verdict, every fact). It
// proves every matter, from its first message, or from where a person gave the
// conversation back, until it is over: in an end, with a person, by fair
// silence, or with "one more thing", which begins the next.
//
// What happens to a promise and while somebody waits for a person or talks
// with one are machines of their own with a handful of states each, which ask
// only through buttons: no control of a flow reaches into them. Tests of the
// engine walk them whole, by every act of customer, agent and clock.

// MaxStates is how many states a proof walks before it stops and says what
// makes the flow so large.
const MaxStates = 5_000_000

// ProveOptions tell a proof how far to go. The zero value will do.
type ProveOptions struct {
	// MaxStates stops the proof; 0 = the constant of that name.
	MaxStates int
	// Progress, when set, hears now and then how many states are known and how
	// many of them were walked.
	Progress func(known, walked int)
	// Found, when set, is told every control in which a conversation can rest.
	Found func(Control)
}

// Proof is what walking a whole flow has shown.
type Proof struct {
	// Ends says that all of it holds: every conversation ends, without help of
	// the cap on turns, in an agreement, a promise, with a person or in fair
	// silence. It is false where a proof stopped, too: nothing is shown then.
	Ends bool
	// Understood is the longest way in turns of the customer on which nothing
	// goes wrong: only refusals are spent. Worst is the longest of all. A burst
	// of messages is one turn. -1 where a way has no end, or the proof stopped.
	Understood, Worst int
	// UnderstoodWay and WorstWay are ways of that length.
	UnderstoodWay, WorstWay []ProofStep
	// States and Steps are how many states were found, and ways between them.
	States, Steps int
	// Fault is what is wrong, with the shortest way there; nil where the flow
	// is proved. Also are faults of other kinds, one of each: a way that goes
	// round for ever, which most mistakes bring along, comes last.
	Fault *Fault
	Also  []*Fault
	// Stopped says that the flow has more states than a proof walks; Costs are
	// then the counters that multiply them, the dearest first.
	Stopped bool
	Costs   []Cost
}

// ProofStep is one step of a way: where the conversation was, what came, and
// where that led.
type ProofStep struct {
	State string
	Class Class
	Edge  string
	To    string
	// Entered says that the data decided on entering State; else it rested
	// there and something came. Turn says that this took a turn of the
	// customer.
	Entered, Turn bool
}

// FaultKind names what a proof found wrong.
type FaultKind string

// What can be wrong with a flow.
const (
	FaultLoop      FaultKind = "loop"      // a way goes round for ever
	FaultLong      FaultKind = "long"      // a way takes more turns than the cap allows
	FaultPerson    FaultKind = "person"    // asking for a person brings none
	FaultSilent    FaultKind = "silent"    // a state waits for ever, without a timer or a person
	FaultStuck     FaultKind = "stuck"     // something can come, or be so, and no edge takes it
	FaultUnsettled FaultKind = "unsettled" // a matter is closed with something open
)

// Fault is something wrong with a flow: Way is a shortest way to it, Loop the
// shortest way round where it goes round for ever.
type Fault struct {
	Kind FaultKind
	// State is where it shows, What says it in a sentence.
	State string
	What  string
	Way   []ProofStep
	Loop  []ProofStep
}

// OnLadder says whether each round of a loop makes an offer. A proof leaves open
// how many offers a catalog has; such a loop goes on until they are used up, and
// no budget of the flow ends it before.
func (f *Fault) OnLadder() bool {
	return slices.ContainsFunc(f.Loop, func(s ProofStep) bool { return s.Class.Name == Offer })
}

// Prove walks the whole flow. It is pure: no clock, no chance. The limits and
// edges are the flow's own.
func (f *Flow) Prove(o ProveOptions) *Proof { return f.Table.prove(o) }

func (t *Table) prove(o ProveOptions) *Proof {
	if o.MaxStates <= 0 {
		o.MaxStates = MaxStates
	}
	s := newSpace(t, o)
	s.walk()
	p := &Proof{States: len(s.nodes) - 1, Steps: len(s.succ), Understood: -1, Worst: -1}
	if s.full {
		p.Stopped, p.Costs = true, s.costs()
		return p
	}
	round := s.longest(true, p)
	s.longest(false, p)
	switch {
	case round:
		s.faults = append(s.faults, s.loop())
	case len(s.faults) == 0 && p.Worst > t.limits.Turns:
		s.faults = append(s.faults, s.tooLong(p))
	}
	if p.Ends = len(s.faults) == 0; !p.Ends {
		p.Fault, p.Also = s.faults[0], s.faults[1:]
	}
	return p
}
