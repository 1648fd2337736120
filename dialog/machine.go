package dialog

import (
	"context"
	"errors"
	"fmt"

	"github.com/looplab/fsm"

	"github.com/accord-chat/accord/dialog/flow"
)

// This is the one file that knows looplab/fsm. What it guards against:
// building a machine costs microseconds by the dozen, so they are pooled per
// compiled flow; a move from a state to itself is reported as an error that is
// none; and a machine that failed in any other way is stuck for ever, so it is
// thrown away. Callbacks are not used: the table has chosen the edge already,
// and effects are made after it was fired.

// newMachine builds a bare machine with one event for each edge.
func newMachine(t *flow.Table) *fsm.FSM {
	events := make(fsm.Events, 0, len(t.Edges()))
	for _, e := range t.Edges() {
		events = append(events, fsm.EventDesc{Name: e.ID, Src: []string{t.Name(e.From)}, Dst: t.Name(e.To)})
	}
	return fsm.NewFSM(t.Name(t.Start().At), events, nil)
}

// fire moves a machine along edge. A place to rest other than the table's is a
// fault of the compiled flow and fails the turn before anything is stored.
func fire(f *flow.Flow, edge flow.Edge) error {
	m, _ := f.Machines.Get().(*fsm.FSM)
	if m == nil {
		m = newMachine(f.Table)
	}
	m.SetState(f.Table.Name(edge.From))
	// Never a caller's context: one that is cancelled leaves the machine stuck.
	err := m.Event(context.Background(), edge.ID)
	if self, ok := errors.AsType[fsm.NoTransitionError](err); err != nil && (!ok || self.Err != nil) {
		return fmt.Errorf("fire %s: %w", edge.ID, err)
	}
	at := m.Current()
	f.Machines.Put(m)
	if want := f.Table.Name(edge.To); at != want {
		return fmt.Errorf("fire %s: the machine is in %s, the table says %s", edge.ID, at, want)
	}
	return nil
}
