package sqlite

import (
	"container/heap"
	"sync"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// lanes says which chats have rows to send. A lane is one chat of one sender;
// only its oldest row may leave, and only while no other is under way.
type lanes struct {
	mu      sync.Mutex
	senders map[string]*sender
	// blocked has the chat of each customer who blocked us; held has the lanes
	// that stopped for that reason.
	blocked map[message.ConversationID]message.Chat
	held    map[message.ConversationID][]*lane
}

// sender is one account. Its lanes' heads stand in two heaps: due, in the order
// in which they may leave, and later, by time.
type sender struct {
	chats map[message.Chat]*lane
	due   headHeap
	later headHeap
	bell  bell
}

// lane is one chat's unsent rows, oldest first; it exists only while there are
// some.
type lane struct {
	sender  *sender
	chat    message.Chat
	rows    []waiting
	sending bool // rows[0] is under way
	// turn counts the lane's changes: what stands in a heap with another
	// number is out of date and passed over.
	turn int
}

// waiting is what is kept in memory of an unsent row.
type waiting struct {
	id   int64
	conv message.ConversationID
	rank int
	next int64
}

// head is a lane's oldest row as it stands in a heap.
type head struct {
	waiting
	lane *lane
	turn int
}

func (h head) stale() bool { return h.turn != h.lane.turn }

func (l *lanes) init() {
	l.senders = map[string]*sender{}
	l.blocked = map[message.ConversationID]message.Chat{}
	l.held = map[message.ConversationID][]*lane{}
}

// rankOf orders classes; a class we do not know goes last.
func rankOf(c store.Class) int {
	for i, known := range []store.Class{store.Reply, store.Promise, store.Once} {
		if c == known {
			return i
		}
	}
	return int(^uint(0) >> 1)
}

// of gives the sender's queues, made on first use.
func (l *lanes) of(name string) *sender {
	s := l.senders[name]
	if s == nil {
		s = &sender{chats: map[message.Chat]*lane{}}
		s.due.before = leavesFirst
		s.later.before = comesFirst
		l.senders[name] = s
	}
	return s
}

// add appends a committed row. underWay marks one that a dead process left.
func (l *lanes) add(name string, chat message.Chat, w waiting, underWay bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	ln := s.chats[chat]
	if ln == nil {
		ln = &lane{sender: s, chat: chat}
		s.chats[chat] = ln
	}
	ln.rows = append(ln.rows, w)
	ln.sending = ln.sending || underWay
	if len(ln.rows) == 1 {
		l.arm(ln)
	}
}

// arm puts the lane's head where TakeOut finds it, or nowhere: if there is
// none, if it is under way, or if the customer blocked us.
func (l *lanes) arm(ln *lane) {
	ln.turn++
	if len(ln.rows) == 0 {
		if ln.sender.chats[ln.chat] == ln { // a held lane may have a successor
			delete(ln.sender.chats, ln.chat)
		}
		return
	}
	w := ln.rows[0]
	switch chat, is := l.blocked[w.conv]; {
	case ln.sending:
		return
	case is && chat == ln.chat:
		l.held[w.conv] = append(l.held[w.conv], ln)
		return
	}
	heap.Push(&ln.sender.later, head{waiting: w, lane: ln, turn: ln.turn})
	ln.sender.bell.ring()
}

// pick takes up to limit heads that may leave at now and marks their lanes.
// next says when another may be ready, 0 = not known.
func (l *lanes) pick(name string, now int64, limit int) (ids []int64, next int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	s.promote(now)
	for len(ids) < limit && len(s.due.heads) > 0 {
		h, _ := heap.Pop(&s.due).(head)
		switch {
		case h.stale():
		case h.next > now: // the clock was set back since it became due
			heap.Push(&s.later, h)
		default:
			h.lane.sending = true
			h.lane.turn++
			ids = append(ids, h.id)
		}
	}
	return ids, s.next(now)
}

// change follows a committed result: f gets the rows of the lane whose head is
// id, which was under way, and says what they are from now on.
func (l *lanes) change(name string, chat message.Chat, id int64, f func([]waiting) []waiting) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil || len(ln.rows) == 0 || ln.rows[0].id != id {
		return
	}
	ln.rows = f(ln.rows)
	ln.sending = false
	l.arm(ln)
}

// putBack undoes a pick of ids that was not committed.
func (l *lanes) putBack(name string, ids []int64) {
	back := make(map[int64]bool, len(ids))
	for _, id := range ids {
		back[id] = true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, ln := range l.of(name).chats {
		if len(ln.rows) > 0 && back[ln.rows[0].id] {
			ln.sending = false
			l.arm(ln)
		}
	}
}

// reach notes that a customer blocked us or is back. A row that is under way
// just then ends by itself.
func (l *lanes) reach(conv message.ConversationID, chat message.Chat, reachable bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if reachable {
		delete(l.blocked, conv)
		held := l.held[conv]
		delete(l.held, conv)
		for _, ln := range held {
			l.arm(ln)
		}
		return
	}
	if _, already := l.blocked[conv]; already {
		return
	}
	l.blocked[conv] = chat
	for _, s := range l.senders {
		if ln := s.chats[chat]; ln != nil && len(ln.rows) > 0 && ln.rows[0].conv == conv {
			l.arm(ln)
		}
	}
}

// outlook is what WaitOut waits for.
func (l *lanes) outlook(name string, now int64) outlook {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	s.promote(now)
	next := s.next(now)
	if next > 0 && next <= now {
		return outlook{ready: true}
	}
	return outlook{next: next, news: s.bell.listen()}
}
