package slack

import (
	"context"
	"sync"

	"github.com/accord-chat/accord/adapters"
)

// door lets requests in while Run is under way. Run closes it and waits for
// those inside, so that nothing is stored after it has returned.
type door struct {
	mu     sync.Mutex
	up     bool
	run    context.Context // ends with Run
	sink   adapters.Sink
	inside sync.WaitGroup
}

// open lets requests in until ctx ends, and returns when the last has left.
func (d *door) open(ctx context.Context, sink adapters.Sink) {
	d.mu.Lock()
	d.up, d.run, d.sink = true, ctx, sink
	d.mu.Unlock()
	<-ctx.Done()
	d.mu.Lock()
	d.up = false
	d.mu.Unlock()
	d.inside.Wait()
}

// enter gives the way in, and what to call on leaving; ok is false while the
// door is closed. ctx ends with Run.
func (d *door) enter() (ctx context.Context, sink adapters.Sink, leave func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.up {
		return nil, nil, nil, false
	}
	d.inside.Add(1)
	return d.run, d.sink, d.inside.Done, true
}
