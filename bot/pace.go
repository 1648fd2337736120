package bot

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// maxChats bounds how many chats' paces are remembered; beyond it those
	// that are rested are forgotten.
	maxChats = 4096
	// Three chats throttled within throttleSpan mean the account itself is too
	// fast.
	throttleSpan  = 10 * time.Second
	throttleChats = 3
	// apartBurst is how many of a kind that is counted apart may go at once:
	// what is counted by the minute need not be even within it.
	apartBurst = 10
)

// pacer keeps a platform's limits for one account. It counts real time, not
// the configured clock: it is the platform that counts.
type pacer struct {
	limits adapters.Pace
	all    *rate.Limiter // nil = no limit
	apart  map[adapters.Kind]*rate.Limiter

	mu        sync.Mutex
	chats     map[message.Chat]*rate.Limiter
	throttled map[message.Chat]time.Time
	restTill  time.Time // the whole account waits until then
}

func newPacer(p adapters.Pace) *pacer {
	x := &pacer{limits: p, chats: map[message.Chat]*rate.Limiter{}, throttled: map[message.Chat]time.Time{},
		apart: map[adapters.Kind]*rate.Limiter{}}
	for k, r := range p.Apart {
		x.apart[k] = rate.NewLimiter(rate.Limit(r), apartBurst)
	}
	if p.Rate > 0 {
		x.all = rate.NewLimiter(rate.Limit(p.Rate), max(p.ChatBurst, int(math.Ceil(p.Rate)), 1))
	}
	return x
}

// room says how many messages the account may send now; where it is none,
// wait is when to ask again.
func (p *pacer) room(now time.Time) (n int, wait time.Duration) {
	p.mu.Lock()
	rest := p.restTill.Sub(now)
	p.mu.Unlock()
	if rest > 0 {
		return 0, rest
	}
	if p.all == nil {
		return math.MaxInt, 0
	}
	tokens := p.all.TokensAt(now)
	if tokens >= 1 {
		return int(tokens), 0
	}
	return 0, time.Duration((1 - tokens) / p.limits.Rate * float64(time.Second))
}

// used counts one message of the account. It says whether it was counted
// apart, so that it costs neither the account nor its chat a message.
func (p *pacer) used(now time.Time, k adapters.Kind) (apart bool) {
	if l := p.apart[k]; l != nil && l.AllowN(now, 1) {
		return true
	}
	if p.all != nil {
		p.all.AllowN(now, 1)
	}
	return false
}

// resting says whether the whole account rests.
func (p *pacer) resting(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.restTill.After(now)
}

// turnOf says how long a chat's next message must wait, and counts it.
func (p *pacer) turnOf(chat message.Chat, now time.Time) time.Duration {
	if p.limits.PerChat <= 0 {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.chats[chat]
	if l == nil {
		p.forget(now)
		l = rate.NewLimiter(rate.Limit(1/p.limits.PerChat), max(p.limits.ChatBurst, 1))
		p.chats[chat] = l
	}
	return l.ReserveN(now, 1).DelayFrom(now)
}

// forget drops chats that have rested long enough to start afresh.
func (p *pacer) forget(now time.Time) {
	if len(p.chats) < maxChats {
		return
	}
	for c, l := range p.chats {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(p.chats, c)
		}
	}
}

// throttle notes that the platform asked a chat to wait. It says whether the
// whole account rests now.
func (p *pacer) throttle(chat message.Chat, now time.Time, wait time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c, at := range p.throttled {
		if now.Sub(at) > throttleSpan {
			delete(p.throttled, c)
		}
	}
	p.throttled[chat] = now
	if len(p.throttled) < throttleChats {
		return false
	}
	if till := now.Add(wait); till.After(p.restTill) {
		p.restTill = till
	}
	return true
}
