package postgres

import (
	"context"

	"github.com/accord-chat/accord/bot/store"
)

const (
	// intakes is how many groups of inputs are on their way at a time: while one
	// is flushed the next is sent.
	intakes = 2
	// maxGroup is how many calls share a commit.
	maxGroup = 64
)

// arrival is one call of Ingest that waits for its commit.
type arrival struct {
	inputs []store.New
	kept   bool // else it has to go by itself
	err    error
	done   chan struct{} // closed when the above are set
}

// arrive hands inputs in and waits.
func (s *Store) arrive(inputs []store.New) (kept bool, err error) {
	a := &arrival{inputs: inputs, done: make(chan struct{})}
	s.arrivals <- a
	<-a.done
	return a.kept, a.err
}

// takeIn writes what waits, as one commit, until ctx ends. It never waits for a
// group to fill: while others are on their way the next gathers by itself.
func (s *Store) takeIn(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-s.arrivals:
			s.keep(ctx, s.gather(first))
		}
	}
}

// gather adds to first what waits already.
func (s *Store) gather(first *arrival) []*arrival {
	group := []*arrival{first}
	for len(group) < maxGroup {
		select {
		case a := <-s.arrivals:
			group = append(group, a)
		default:
			return group
		}
	}
	return group
}

// keep writes a group. Where one of its inputs is the first of a conversation,
// or cannot be written, nothing is, and each call goes by itself: what is wrong
// with one must not reach its neighbours.
func (s *Store) keep(ctx context.Context, group []*arrival) {
	var all []store.New
	for _, a := range group {
		all = append(all, a.inputs...)
	}
	kept, err := s.ingestKnown(ctx, all)
	for _, a := range group {
		if a.kept = kept && err == nil; err != nil && passing(err) {
			a.err = err // it was tried for as long as we are patient
		}
		close(a.done)
	}
}
