package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Channel is the name of this platform in stored rows.
const Channel message.Channel = "console"

// Sender is the name of the desk's account in the outbox.
const Sender = "console/desk"

// Adapter is the desk. It is safe for concurrent use.
type Adapter struct {
	cfg     Config
	log     *zap.Logger
	words   *words
	pages   pages
	hub     *hub
	rows    *summaries
	handler http.Handler

	beat, patience time.Duration // shorter in tests

	notice sync.Mutex // Config.Notice is called by one at a time

	mu   sync.Mutex
	sink adapters.Sink   // nil when Run does not run
	run  context.Context // ends with Run; streams end with it
	on   bool
	busy sync.WaitGroup // requests that use the sink or the readers
}

var (
	_ adapters.Adapter   = (*Adapter)(nil)
	_ adapters.Directory = (*Adapter)(nil)
)

// New checks cfg and builds the desk; it opens nothing. The error joins one
// error for each mistake.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	a := &Adapter{cfg: cfg, log: cfg.Logger.Named("desk"), words: wordsOf(cfg.Lang), hub: newHub(), rows: newSummaries(), beat: beatEvery, patience: patience}
	var err error
	if a.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if a.handler, err = a.routes(); err != nil {
		return nil, err
	}
	return a, nil
}

// Channel implements adapters.Adapter.
func (a *Adapter) Channel() message.Channel { return Channel }

// Sender implements adapters.Adapter.
func (a *Adapter) Sender() string { return Sender }

// Pace implements adapters.Adapter. Telling open pages that something changed
// costs microseconds; there is nothing to hold back.
func (a *Adapter) Pace() adapters.Pace {
	return adapters.Pace{Rate: 1000, PerChat: 0.001, ChatBurst: 1000}
}

// Handler serves everything under /admin/desk.
func (a *Adapter) Handler() http.Handler { return a.handler }

// Authorize implements adapters.Directory.
func (a *Adapter) Authorize(ctx context.Context, ref message.UserRef) (message.Person, error) {
	p, err := a.cfg.Agent(ctx, ref)
	if err != nil {
		return message.Person{}, fmt.Errorf("console: authorize: %w", err)
	}
	return p, nil
}

// Send implements adapters.Adapter. A post is in the store before it comes
// here, and pages read it there; so all that is left is to tell them.
func (a *Adapter) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	id, about := postID(d.ID), ""
	switch {
	case d.Post != nil:
		if d.Post.Update && d.Target != "" {
			id = d.Target
		}
		about = first(d.Post.Thread, d.Post.Anchor)
		if about == "" {
			if err := a.remember(ctx, d.ID); err != nil {
				return adapters.Receipt{}, err
			}
		}
	case d.Mark != nil:
	default:
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.Refused, Reason: "the desk is where agents are; customers are not written to here"}
	}
	if d.Post != nil {
		a.rows.forget(about)
	}
	a.hub.publish(about)
	return adapters.Receipt{ID: id, Parts: []message.PlatformID{id}}, nil
}

// remember keeps a post that no card leads to. Nothing has left yet where that
// fails, so it can be tried again freely.
func (a *Adapter) remember(ctx context.Context, row int64) error {
	a.notice.Lock()
	defer a.notice.Unlock()
	if err := a.cfg.Notice(ctx, row); err != nil {
		return &adapters.SendError{Outcome: adapters.NotSent, Reason: "the desk could not note a post"}
	}
	return nil
}

// Run implements adapters.Adapter. Until it is called, and after ctx has
// ended, acts and streams are answered 503. It returns once no request uses
// the sink or the readers any more, so that the caller may close the store.
// A second Run beside a running one is an error.
func (a *Adapter) Run(ctx context.Context, sink adapters.Sink) error {
	if sink == nil {
		return errors.New("console: run: no sink")
	}
	a.mu.Lock()
	if a.on {
		a.mu.Unlock()
		return errors.New("console: run: already running")
	}
	a.on, a.sink, a.run = true, sink, ctx
	a.mu.Unlock()
	<-ctx.Done()
	a.mu.Lock()
	a.sink, a.run = nil, nil
	a.mu.Unlock()
	a.busy.Wait()
	a.mu.Lock()
	a.on = false
	a.mu.Unlock()
	return nil
}

// enter registers a request that is about to use the sink or the store. ok is
// false when Run does not run; otherwise leave must be called in the end. The
// count is raised under the lock that Run takes before it waits, so that none
// slips in behind it.
func (a *Adapter) enter() (sink adapters.Sink, run context.Context, leave func(), ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sink == nil {
		return nil, nil, nil, false
	}
	a.busy.Add(1)
	return a.sink, a.run, a.busy.Done, true
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
