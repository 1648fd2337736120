package slack

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

const (
	intakeSize = 256 // received and not yet stored
	batchSize  = 64  // stored in one commit
)

// acker sends one acknowledgement; the library's socket client is one.
type acker interface {
	AckCtx(ctx context.Context, envelope string, payload any) error
}

// received is one envelope on its way to the store.
type received struct {
	envelope string // "" = cannot be acknowledged
	raw      adapters.Raw
	press    *press // asks for a form once it is stored; usually nil
}

// intake stands between the socket's reader, which must not wait, and the
// store, which may: it holds a bounded number of envelopes, stores them in
// batches in the order they came, and acknowledges what was committed.
type intake struct {
	log    *zap.Logger
	budget time.Duration
	ack    acker
	form   func(context.Context, *press) // never waits
	queue  chan received
}

func newIntake(log *zap.Logger, budget time.Duration, ack acker, form func(context.Context, *press)) *intake {
	return &intake{log: log, budget: budget, ack: ack, form: form, queue: make(chan received, intakeSize)}
}

// add takes one envelope, never waiting. With the queue full it is let go
// without an acknowledgement, and Slack sends it again.
func (in *intake) add(r received) {
	select {
	case in.queue <- r:
	default:
		in.log.Warn("the store is slow; an event was left for Slack to send again")
	}
}

// run stores and acknowledges until ctx ends.
func (in *intake) run(ctx context.Context, sink adapters.Sink) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-in.queue:
			in.store(ctx, sink, in.gather(first))
		}
	}
}

// gather adds to first what is waiting already.
func (in *intake) gather(first received) []received {
	batch := []received{first}
	for len(batch) < batchSize {
		select {
		case r := <-in.queue:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// store commits the batch and then acknowledges it. When the store fails or
// takes longer than the budget nothing is acknowledged: Slack keeps it for us.
func (in *intake) store(ctx context.Context, sink adapters.Sink, batch []received) {
	raws := make([]adapters.Raw, len(batch))
	for i, r := range batch {
		raws[i] = r.raw
	}
	bounded, cancel := context.WithTimeout(ctx, in.budget)
	err := sink.Receive(bounded, Channel, raws)
	cancel()
	if err != nil {
		in.log.Warn("storing failed; not acknowledged", zap.Int("events", len(batch)))
		return
	}
	for _, r := range batch {
		if r.press != nil {
			in.form(ctx, r.press)
		}
		in.confirm(ctx, r.envelope)
	}
}

func (in *intake) confirm(ctx context.Context, envelope string) {
	if envelope == "" {
		return
	}
	bounded, cancel := context.WithTimeout(ctx, in.budget)
	defer cancel()
	if err := in.ack.AckCtx(bounded, envelope, nil); err != nil && ctx.Err() == nil {
		in.log.Warn("an acknowledgement was not sent; that event will come again")
	}
}
