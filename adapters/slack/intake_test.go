package slack

import (
	"context"
	"strconv"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// ackLog takes acknowledgements down.
type ackLog chan string

func (l ackLog) AckCtx(_ context.Context, envelope string, _ any) error {
	l <- envelope
	return nil
}

func noForm(context.Context, *press) {}

// The socket's reader must never wait for the store: with the queue full, add
// lets go, and only what was kept is stored and acknowledged, in order.
func TestIntakeNeverBlocks(t *testing.T) {
	acks := make(ackLog, 2*intakeSize)
	in := newIntake(zap.NewNop(), time.Second, acks, noForm)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range intakeSize + 10 {
			id := strconv.Itoa(i)
			in.add(received{envelope: id, raw: adapters.Raw{Dedup: id}})
		}
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("add waits for the store")
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	sink := newMemory()
	go func() { defer close(stopped); in.run(ctx, sink) }()
	for i := range intakeSize {
		select {
		case got := <-acks:
			if got != strconv.Itoa(i) {
				t.Fatalf("acknowledged %s, want %d", got, i)
			}
		case <-time.After(patience):
			t.Fatalf("only %d acknowledged", i)
		}
	}
	cancel()
	<-stopped
	if len(acks) != 0 || len(sink.rows) != intakeSize || sink.tries() != intakeSize/batchSize {
		t.Errorf("%d more acks, %d rows in %d commits", len(acks), len(sink.rows), sink.tries())
	}
}

// What has no envelope id is stored and not acknowledged; nothing is
// acknowledged when its batch failed.
func TestIntakeAcksOnlyWhatIsStored(t *testing.T) {
	acks := make(ackLog, 10)
	in := newIntake(zap.NewNop(), time.Second, acks, noForm)
	sink := newMemory()
	sink.fail = 1
	batch := []received{{raw: adapters.Raw{Dedup: "a"}}, {envelope: "e1", raw: adapters.Raw{Dedup: "b"}}}
	in.store(context.Background(), sink, batch)
	if len(acks) != 0 {
		t.Fatalf("acknowledged %s though nothing was stored", <-acks)
	}
	in.store(context.Background(), sink, batch)
	if len(acks) != 1 || <-acks != "e1" || len(sink.rows) != 2 {
		t.Fatalf("rows %d", len(sink.rows))
	}
}
