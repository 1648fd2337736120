package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// staleOffset is after how much silence the offset is forgotten. Telegram
// starts from a random update id after a silent week; an old offset above it
// would confirm updates that nobody has seen. All that the old one was to
// confirm has long been confirmed by the polls in between.
const staleOffset = 24 * time.Hour

// Run implements adapters.Adapter: it polls until ctx ends and then returns
// nil. It returns an error (wrapping adapters.ErrRefused) only when Telegram
// refuses the token. Anything else is waited out and noted in the log once:
// an unreachable network, a store that fails, and a second poller with the
// same token, where giving up would let a stray process silence a live bot.
func (a *Adapter) Run(ctx context.Context, sink adapters.Sink) error {
	ctx, cancel := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	defer a.api.client.CloseIdleConnections()
	defer helpers.Wait() // after cancel: deferred calls run last in, first out
	defer cancel()
	p := &poller{a: a, sink: sink, seen: a.now(), groups: make(chan string, 16)}
	helpers.Go(func() { a.leaveGroups(ctx, p.groups) })
	helpers.Go(func() { a.showMenus(ctx) })
	for ctx.Err() == nil {
		if err := p.once(ctx); errors.Is(err, adapters.ErrRefused) {
			a.log.Error("telegram refuses the bot token; receiving has stopped", zap.String("sender", a.Sender()))
			return err
		}
	}
	return nil
}

// showMenus sets the menus beside receiving. It tries for a while, so that a
// network that is down at the start does not leave the bot without menus, and
// then lets it be: the commands work without being listed.
func (a *Adapter) showMenus(ctx context.Context) {
	var err error
	for range 20 {
		if err = a.setMenus(ctx); err == nil || ctx.Err() != nil {
			return
		}
		wait(ctx, a.timeouts.RetryMax)
	}
	a.log.Warn("telegram: the command menus could not be set", zap.Error(err))
}

// poller is the state of one Run; used by its goroutine only.
type poller struct {
	a       *Adapter
	sink    adapters.Sink
	offset  int64     // 0 = from the oldest unconfirmed
	seen    time.Time // when the last update came
	groups  chan string
	trouble trouble
	tries   int // failed polls in a row
}

// once polls, stores, and only then moves the offset: the next poll is what
// confirms. It returns nil after a good poll; otherwise it has already paused.
func (p *poller) once(ctx context.Context) error {
	if p.a.now().Sub(p.seen) > staleOffset {
		p.offset = 0
	}
	updates, err := p.a.api.getUpdates(ctx, p.offset, p.a.timeouts.LongPoll)
	if err != nil {
		return p.failed(ctx, err)
	}
	p.tries = 0
	p.trouble.over(p.a.log)
	if len(updates) == 0 {
		return nil
	}
	p.seen = p.a.now()
	batch, next := p.a.batch(updates)
	if err := p.store(ctx, batch); err != nil {
		return err
	}
	p.noteGroups(batch)
	if next == 0 { // nothing that could be confirmed: do not spin on it
		p.trouble.begin(p.a.log, "telegram sends updates without an id", nil)
		p.pause(ctx)
		return nil
	}
	p.offset = next
	return nil
}

// store hands the batch to the Sink until it takes it. Meanwhile nothing is
// polled, so nothing is confirmed.
func (p *poller) store(ctx context.Context, batch []adapters.Raw) error {
	for {
		err := p.sink.Receive(ctx, Channel, batch)
		if err == nil {
			p.tries = 0
			p.trouble.over(p.a.log)
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.trouble.begin(p.a.log, "updates from telegram cannot be stored; nothing is confirmed until they are", err)
		p.pause(ctx)
	}
}

// failed deals with a poll that brought nothing.
func (p *poller) failed(ctx context.Context, err error) error {
	var e *callError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &e):
		return err
	case e.credentials():
		return p.a.refusal(err)
	case e.code == http.StatusConflict && e.says("webhook"):
		p.dropWebhook(ctx)
	case e.code == http.StatusConflict:
		p.trouble.alarm(p.a.log, "another process receives with this bot token; stop one of the two", err)
	case e.code == http.StatusTooManyRequests:
		p.trouble.begin(p.a.log, "telegram asks to poll less often", err)
		wait(ctx, e.pause())
		return err
	default:
		p.trouble.begin(p.a.log, "telegram cannot be reached; trying again", err)
	}
	p.pause(ctx)
	return err
}

// dropWebhook takes off a webhook that keeps us from polling. Updates that
// wait are kept: drop_pending_updates is never set.
func (p *poller) dropWebhook(ctx context.Context) {
	_, err := p.a.api.call(ctx, "deleteWebhook", nil, quickTimeout)
	if err != nil {
		p.trouble.begin(p.a.log, "a webhook is set on this bot and could not be removed", err)
		return
	}
	p.a.log.Warn("a webhook was set on this bot; removed, because updates are polled")
}

// pause waits before the next try: doubling, bounded, jittered so that many
// processes do not come back at once.
func (p *poller) pause(ctx context.Context) {
	t := p.a.timeouts
	d := min(t.RetryMin<<min(p.tries, 10), t.RetryMax)
	p.tries++
	wait(ctx, d/2+rand.N(d/2+1)) //nolint:gosec // jitter needs no secrecy
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// batch makes Raws of updates and says which offset confirms them all: the
// highest id of this very batch plus one, or 0 if none has an id. Ids of earlier batches play no part,
// because ids may turn lower.
func (a *Adapter) batch(updates []json.RawMessage) (batch []adapters.Raw, next int64) {
	for _, u := range updates {
		raw, id := a.raw(u)
		batch = append(batch, raw)
		if id > 0 {
			next = max(next, id+1)
		}
	}
	return batch, next
}
