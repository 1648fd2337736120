package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/accord-chat/accord/adapters"
)

// staleOffset is after how much silence the offset is forgotten. Telegram
// starts from a random update id after a silent week; an old offset above it
// would confirm updates that nobody has seen. All that the old one was to
// confirm has long been confirmed by the polls in between.
const staleOffset = 24 * time.Hour

// poll receives by long polling until ctx ends or the token is refused.
func (a *Adapter) poll(ctx context.Context, sink adapters.Sink, groups chan string) error {
	p := &poller{a: a, sink: sink, seen: a.now(), groups: groups, pacer: a.pacer()}
	for ctx.Err() == nil {
		if err := p.once(ctx); errors.Is(err, adapters.ErrRefused) {
			return err
		}
	}
	return nil
}

// poller is the state of one Run; used by its goroutine only.
type poller struct {
	a      *Adapter
	sink   adapters.Sink
	offset int64     // 0 = from the oldest unconfirmed
	seen   time.Time // when the last update came
	groups chan string
	pacer
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
	p.well()
	if len(updates) == 0 {
		return nil
	}
	p.seen = p.a.now()
	batch, next := p.a.batch(updates)
	if err := p.store(ctx, batch); err != nil {
		return err
	}
	noteGroups(p.groups, batch)
	if next == 0 { // nothing that could be confirmed: do not spin on it
		p.trouble.begin(p.log, "telegram sends updates without an id", nil)
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
			p.well()
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.trouble.begin(p.log, "updates from telegram cannot be stored; nothing is confirmed until they are", err)
		p.pause(ctx)
	}
}

// failed deals with a poll that brought nothing.
func (p *poller) failed(ctx context.Context, err error) error {
	var e *callError
	if ctx.Err() == nil && errors.As(err, &e) && e.code == http.StatusConflict {
		if e.says("webhook") {
			p.dropWebhook(ctx)
		} else {
			p.trouble.alarm(p.log, "another process receives with this bot token; stop one of the two", err)
		}
		p.pause(ctx)
		return err
	}
	return p.pacer.failed(ctx, err)
}

// dropWebhook takes off a webhook that keeps us from polling. Updates that
// wait are kept: drop_pending_updates is never set.
func (p *poller) dropWebhook(ctx context.Context) {
	_, err := p.a.api.call(ctx, "deleteWebhook", nil, quickTimeout)
	if err != nil {
		p.trouble.begin(p.log, "a webhook is set on this bot and could not be removed", err)
		return
	}
	p.a.log.Warn("a webhook was set on this bot; removed, because updates are polled")
}

// batch makes Raws of updates and says which offset confirms them all: the
// highest id of this very batch plus one, or 0 if none has an id. Ids of
// earlier batches play no part, because ids may turn lower.
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
