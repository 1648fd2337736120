package sqlite

import (
	"container/heap"
	"sync"

	"github.com/accord-chat/accord/bot/store/lanes"
	"github.com/accord-chat/accord/dialog/message"
)

// schedule says which conversations have inputs to handle. Each stands in one
// place only: claimed, ready (first come, first served, so that a flood in one
// conversation does not starve the others) or later.
type schedule struct {
	mu    sync.Mutex
	convs map[message.ConversationID]*backlog
	ready []*backlog
	later laterHeap
	bell  lanes.Bell
}

// backlog is the pending inputs of one conversation, oldest first. It exists
// only while there are some, or while it is claimed.
type backlog struct {
	conv    message.ConversationID
	ids     []int64
	claimed bool
	at      int64 // with later: not before
}

// claim is one conversation taken by a worker, and its oldest input.
type claim struct {
	conv  message.ConversationID
	inbox int64
}

func (q *schedule) init() { q.convs = map[message.ConversationID]*backlog{} }

// add notes a committed input; ids of a conversation come in rising order,
// because commits do.
func (q *schedule) add(conv message.ConversationID, id int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.convs[conv]
	if b == nil {
		b = &backlog{conv: conv}
		q.convs[conv] = b
		q.ready = append(q.ready, b)
		q.bell.Ring()
	}
	b.ids = append(b.ids, id)
}

// done forgets an input that was handled.
func (q *schedule) done(c claim) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if b := q.convs[c.conv]; b != nil && len(b.ids) > 0 && b.ids[0] == c.inbox {
		b.ids = b.ids[1:]
	}
}

// claim takes up to limit conversations that are ready at now.
func (q *schedule) claim(limit int, now int64) []claim {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.promote(now)
	n := min(max(limit, 0), len(q.ready))
	claims := make([]claim, n)
	for i, b := range q.ready[:n] {
		b.claimed = true
		claims[i] = claim{conv: b.conv, inbox: b.ids[0]}
	}
	clear(q.ready[:n]) // the array lives on; what it pointed to should not
	if q.ready = q.ready[n:]; len(q.ready) == 0 {
		q.ready = nil
	}
	return claims
}

// release gives a claimed conversation back: to be looked at from at on
// (0 = now), or forgotten where nothing is pending.
func (q *schedule) release(conv message.ConversationID, at int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.convs[conv]
	if b == nil || !b.claimed {
		return
	}
	b.claimed = false
	switch {
	case len(b.ids) == 0:
		delete(q.convs, conv)
		return
	case at > 0:
		b.at = at
		heap.Push(&q.later, b)
	default:
		q.ready = append(q.ready, b)
	}
	q.bell.Ring()
}

// outlook is what WaitWork waits for.
func (q *schedule) outlook(now int64) lanes.Outlook {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.promote(now)
	if len(q.ready) > 0 {
		return lanes.Outlook{Ready: true}
	}
	o := lanes.Outlook{News: q.bell.Listen()}
	if len(q.later) > 0 {
		o.Next = q.later[0].at
	}
	return o
}

// promote makes ready what has waited long enough.
func (q *schedule) promote(now int64) {
	for len(q.later) > 0 && q.later[0].at <= now {
		b, _ := heap.Pop(&q.later).(*backlog)
		q.ready = append(q.ready, b)
	}
}

// laterHeap has the earliest backlog on top.
type laterHeap []*backlog

func (h laterHeap) Len() int           { return len(h) }
func (h laterHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h laterHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *laterHeap) Push(x any)        { *h = append(*h, x.(*backlog)) }
func (h *laterHeap) Pop() any {
	old := *h
	b := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return b
}
