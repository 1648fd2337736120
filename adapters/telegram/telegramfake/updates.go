package telegramfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// keptUpdates is how far back Redeliver can reach.
const keptUpdates = 1000

type update struct {
	id  int64
	raw json.RawMessage
}

// poller is the poll that is being held open. A newer one takes its place and
// ends it, as Telegram does.
type poller struct{ replaced chan struct{} }

// Inject queues an update with the given fields beside its update_id, however
// malformed, and returns that id.
func (b *Bot) Inject(fields map[string]any) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.push(fields)
}

// InjectRaw queues an update verbatim under an id of its own, which is
// returned. The JSON need not hold that id, or any.
func (b *Bot) InjectRaw(raw string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lastUpdate++
	b.enqueue(update{id: b.lastUpdate, raw: json.RawMessage(raw)})
	return b.lastUpdate
}

func (b *Bot) push(fields map[string]any) int64 {
	b.lastUpdate++
	whole := map[string]any{"update_id": b.lastUpdate}
	for name, value := range fields {
		whole[name] = value
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		panic(fmt.Sprintf("telegramfake: an update that is not JSON: %v", err))
	}
	b.enqueue(update{id: b.lastUpdate, raw: raw})
	return b.lastUpdate
}

func (b *Bot) enqueue(u update) {
	b.queue = append(b.queue, u)
	if b.double > 0 {
		b.double--
		b.queue = append(b.queue, u)
	}
	if len(b.past) >= 2*keptUpdates {
		b.past = append([]update(nil), b.past[keptUpdates:]...)
	}
	b.past = append(b.past, u)
	b.moved.fire()
}

// Double makes the next n updates come twice, in one batch.
func (b *Bot) Double(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.double = n
}

// Redeliver hands out the latest n updates once more with the next poll, under
// their old ids and whatever its offset, as after a confirmation that
// Telegram lost.
func (b *Bot) Redeliver(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n = min(n, len(b.past))
	b.forced = append(b.forced, b.past[len(b.past)-n:]...)
	b.moved.fire()
}

// RestartIDs makes update ids go on from id+1, as after a silent week.
func (b *Bot) RestartIDs(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lastUpdate = id
}

// Waiting counts the updates that have not been confirmed.
func (b *Bot) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.queue)
}

// Polling says whether a poll is being held open at this moment.
func (b *Bot) Polling() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.poller != nil
}

// getUpdates confirms, and then waits for something to hand out. It is not
// answered where the caller went away or the server ends.
func (b *Bot) getUpdates(w http.ResponseWriter, r *http.Request, fields map[string]string) (answer, bool) {
	offset, limit, hold := pollFields(fields)
	mine, refused := b.takeOver(offset)
	if mine == nil {
		return refused, true
	}
	defer b.release(mine)
	deadline := time.NewTimer(hold)
	defer deadline.Stop()
	for {
		batch, again, stop := b.ready(limit)
		switch {
		case b.server.isDown():
			cut(w)
			return answer{}, false
		case stop != nil:
			return *stop, true
		case len(batch) > 0 || hold == 0:
			return success(batch), true
		}
		select {
		case <-again:
		case <-mine.replaced:
			return failure(http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"), true
		case <-deadline.C:
			return success([]json.RawMessage{}), true
		case <-r.Context().Done():
			return answer{}, false
		case <-b.server.closing:
			return answer{}, false
		}
	}
}

func pollFields(fields map[string]string) (offset int64, limit int, hold time.Duration) {
	offset, _ = strconv.ParseInt(fields["offset"], 10, 64)
	limit, err := strconv.Atoi(fields["limit"])
	if err != nil || limit < 1 || limit > 100 {
		limit = 100
	}
	seconds, _ := strconv.Atoi(fields["timeout"])
	return offset, limit, time.Duration(min(max(seconds, 0), 50)) * time.Second
}

// takeOver confirms everything below offset and becomes the one poller.
func (b *Bot) takeOver(offset int64) (*poller, answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hook != nil {
		return nil, failure(http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if offset < 0 {
		b.violate("getUpdates with a negative offset forgets updates unseen")
		b.queue = b.queue[max(0, len(b.queue)+int(offset)):]
	}
	if b.poller != nil {
		close(b.poller.replaced)
	}
	b.poller = &poller{replaced: make(chan struct{})}
	kept := b.queue[:0:0]
	for _, u := range b.queue {
		if u.id >= offset {
			kept = append(kept, u)
		}
	}
	if len(kept) != len(b.queue) {
		b.queue = kept
	}
	b.moved.fire()
	return b.poller, answer{}
}

func (b *Bot) release(p *poller) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.poller == p {
		b.poller = nil
		b.moved.fire()
	}
}

// ready gives what can be handed out now, a channel that tells of changes, and
// a reason to end the poll.
func (b *Bot) ready(limit int) (batch []json.RawMessage, again <-chan struct{}, stop *answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.revoked {
		a := failure(http.StatusUnauthorized, "Unauthorized")
		return nil, nil, &a
	}
	if b.hook != nil {
		a := failure(http.StatusConflict, "Conflict: terminated by setWebhook request")
		return nil, nil, &a
	}
	batch = []json.RawMessage{}
	for len(b.forced) > 0 && len(batch) < limit {
		batch = append(batch, b.forced[0].raw)
		b.forced = b.forced[1:]
	}
	for _, u := range b.queue {
		if len(batch) == limit {
			break
		}
		batch = append(batch, u.raw)
	}
	return batch, b.moved.wait(), nil
}
