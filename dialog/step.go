package dialog

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Settings are what a step needs to know of the installation. They are part
// of its input: the same settings, state and input give the same result.
type Settings struct {
	Business  string
	Zone      *time.Location // in which days and hours are written; nil = UTC
	AgentLang message.Lang   // of briefs; empty = English
}

// Result is what follows from one input. Trace lists the edges that were
// fired, in order, for people and for tests; it decides nothing.
type Result struct {
	State   State
	Effects []Effect
	Trace   []Fired
}

// Fired is one edge of a step with the class that chose it.
type Fired struct {
	Edge  string
	Class flow.Class
}

// maxChain bounds the edges of one step. The longest chain of the kinds is
// well below it (confirm, rank, grant, lower); more means that a flow passes
// in a circle, which its check refuses.
const maxChain = 24

// Step decides what follows from one input. It is pure and never changes its
// arguments. An error means a fault of the engine or of a state that belongs
// to another flow; nothing of the result may then be stored.
func Step(f *flow.Flow, set Settings, s State, in Input) (Result, error) {
	t := newTurn(f, set, s, in)
	t.dropOvertaken()
	if err := t.take(); err != nil {
		return Result{}, err
	}
	t.redraw(&s)
	if t.kind() == flow.Lookup {
		// Facts are here in a moment: what there is to say waits for them, so
		// that a burst is answered with one message.
		t.s.Matter.Held, t.text = append(t.s.Matter.Held, t.text...), nil
	}
	t.flush()
	t.waitForCustomer()
	t.tend()
	t.s.name(f)
	r := Result{State: t.s, Effects: t.effects, Trace: t.trace}
	t.release()
	return r, nil
}

// turn is one step being made.
type turn struct {
	f       *flow.Flow
	set     Settings
	in      Input
	s       State
	effects []Effect
	trace   []Fired
	text    []string // lines of the message being put together
	drawn   uint64   // lines drawn, so that each varies on its own
	side    string   // which side turn or misunderstanding, once classified
	cause   string   // why a person takes over, where the class does not say
	as      string   // the passing state that speaks, where it is not the one that rests
	rung    *chosenRung
	pledged pledge        // what is weighed together takes of the limits
	stands  bool          // more was asked than the one offer holds
	since   time.Duration // from what the customer did before to this
	// toldBeside says that a question was met with something else of the matter.
	toldBeside bool
	made       int  // promises made in this step
	asksWhy    bool // a refusal is met with the question what is behind it
	edited     bool // the message is the new wording of an older one
	fixed      corrections
	mended     bool // something was corrected on which nothing open hangs
	// digressed says that the open question is put again because of something
	// beside it, not for want of an answer.
	digressed bool
	at        any  // in.At for lines ([turn.now])
	ownSlots  bool // the slots are a copy already ([turn.slots])
	// shown is the state that the last card of this step was drawn from; nil
	// where none was.
	shown *State
	// fromCustomer says that the customer acted, so that silence is counted
	// from now.
	fromCustomer bool
}

func newTurn(f *flow.Flow, set Settings, s State, in Input) *turn {
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	if set.AgentLang == "" {
		set.AgentLang = message.English
	}
	if r := in.Reading; r.Empty { // whatever else stands in it was read out of nothing
		in.Reading = message.Reading{Lang: r.Lang, InScope: r.InScope, Anger: r.Anger, Empty: true}
	}
	t, _ := f.Turns.Get().(*turn)
	if t == nil {
		t = new(turn)
	}
	t.f, t.set, t.s, t.in = f, set, s, in
	t.s.own()
	return t
}

// release gives the room back: a turn is large, and without it every step would
// leave one to the garbage collector. Nothing that is handed out points into a
// turn itself. One that failed is not given back, as no machine is.
func (t *turn) release() {
	f := t.f
	*t = turn{}
	f.Turns.Put(t)
}

// take sends the input to the machine it belongs to.
func (t *turn) take() error {
	switch t.in.Kind {
	case InBlocked, InUnblocked:
		t.reach(t.in.Kind == InBlocked)
		return nil
	case InDone, InMoreTime, InNoted:
		t.promiseAct()
		return nil
	case InKept:
		return nil
	case InTaken, InSaid, InReleased, InReturned, InClosed, InOffered, InPromised:
		return t.agentAct()
	case InUnheard:
		t.unheard()
		return nil
	case InTimer:
		return t.timer()
	case InFact:
		return t.fact()
	case InEdited, InDeleted:
		if t.in.Agent != nil {
			return t.agentAct()
		}
		return t.rewritten()
	case InMessage, InTap, InCommand:
		return t.customer()
	}
	return fmt.Errorf("unknown kind of input %q", t.in.Kind)
}

// run walks the machine from class cl until a state rests.
func (t *turn) run(cl flow.Class) error {
	for range maxChain {
		from := t.s.Control
		next, edge, err := t.f.Table.Next(from, cl)
		if err != nil {
			return err
		}
		if err := fire(t.f, edge); err != nil {
			return err
		}
		if t.trace == nil {
			t.trace = make([]Fired, 0, 4) // as many as most steps have
		}
		t.trace = append(t.trace, Fired{Edge: edge.ID, Class: cl})
		t.s.Control = next
		t.leave(t.f.Table.Kind(from.At), edge, cl)
		var rests bool
		if cl, rests = t.enter(edge, cl); rests {
			return nil
		}
	}
	return fmt.Errorf("the flow passes through %q without end", t.f.Table.Name(t.s.Control.At))
}

// kind is what the present state does.
func (t *turn) kind() flow.Kind { return t.f.Table.Kind(t.s.Control.At) }

// stateName names the present state.
func (t *turn) stateName() string { return t.f.Table.Name(t.s.Control.At) }

// can says whether the present state takes a class.
func (t *turn) can(c flow.ClassName) bool { return t.f.Table.Has(t.s.Control.At, c) }

func (t *turn) emit(e Effect) {
	if t.effects == nil {
		t.effects = make([]Effect, 0, 8) // as many as most steps have
	}
	t.effects = append(t.effects, e)
}

// own copies what a state holds deeply enough that a step never writes into what
// its caller still has. Facts and the open question are never written into, only
// replaced; slots and questions that are over are copied by who writes into them
// ([turn.slots], [turn.over]).
func (s *State) own() {
	m := &s.Matter
	m.Skipped = slices.Clone(m.Skipped)
	m.Wishes = slices.Clone(m.Wishes)
	for i := range m.Wishes {
		m.Wishes[i].Rungs = slices.Clone(m.Wishes[i].Rungs)
		m.Wishes[i].Offered = slices.Clone(m.Wishes[i].Offered)
	}
	m.Shelving = slices.Clone(m.Shelving)
	m.Made, m.Again = slices.Clone(m.Made), slices.Clone(m.Again)
	s.Promises = slices.Clone(s.Promises)
	s.Checks = slices.Clone(s.Checks)
	s.Asides = slices.Clone(s.Asides)
	// These are only ever put another in the place of, or appended to: without
	// room at its end a list is copied by that.
	m.Story, m.Later, m.Objected, m.GivenUp = slices.Clip(m.Story), slices.Clip(m.Later), slices.Clip(m.Objected), slices.Clip(m.GivenUp)
	m.Moods, m.Passed, m.Held, m.HeldKeys = slices.Clip(m.Moods), slices.Clip(m.Passed), slices.Clip(m.Held), slices.Clip(m.HeldKeys)
	s.Pending, s.Said, s.Gone = slices.Clip(s.Pending), slices.Clip(s.Said), slices.Clip(s.Gone)
	if s.Settled != nil {
		d := *s.Settled
		s.Settled = &d
	}
	if s.Handoff != nil {
		h := *s.Handoff
		h.About, h.Refused = slices.Clone(h.About), slices.Clone(h.Refused)
		s.Handoff = &h
	}
}

// slots are the matter's slots, for whoever writes into them. Few steps do, and
// a map is large: it is copied only then, once.
func (t *turn) slots() map[string]message.Slot {
	if m := &t.s.Matter; !t.ownSlots {
		own := make(map[string]message.Slot, len(m.Slots)+1)
		maps.Copy(own, m.Slots)
		m.Slots, t.ownSlots = own, true
	}
	return t.s.Matter.Slots
}
