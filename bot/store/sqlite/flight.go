package sqlite

import (
	"container/heap"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// pick takes up to limit heads that may leave at now and marks them as under
// way. next says when another may be ready, 0 = not known.
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
			h.lane.start()
			ids = append(ids, h.id)
		}
	}
	return ids, s.next(now)
}

// join marks up to limit further rows of a chat as under way: those behind
// after, which is the last one under way, that are due at now. None where an
// older row waits, which they would overtake.
func (l *lanes) join(name string, chat message.Chat, after, now int64, limit int) (ids []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil || len(ln.flight) == 0 || ln.flight[len(ln.flight)-1].id != after {
		return nil
	}
	for len(ids) < limit && len(ln.rows) > 0 {
		w := ln.rows[0]
		if w.id < after || w.next > now || l.away(w, chat) {
			break
		}
		ln.start()
		ids = append(ids, w.id)
	}
	return ids
}

// start moves the head to the rows under way.
func (ln *lane) start() {
	ln.flight = append(ln.flight, ln.rows[0])
	ln.rows = ln.rows[1:]
	ln.turn++
}

// putBack undoes a pick of ids that was not committed: their lanes keep their
// places.
func (l *lanes) putBack(name string, ids []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, ln := range l.of(name).chats {
		for _, id := range ids {
			if l.land(ln, id, ln.requeue) {
				l.arm(ln)
			}
		}
	}
}

// unjoin undoes a join of ids that was not committed.
func (l *lanes) unjoin(name string, chat message.Chat, ids []int64) {
	for _, id := range ids {
		l.settle(name, chat, id, (*lane).requeue)
	}
}

func (ln *lane) requeue(w waiting) { ln.rows = insert(ln.rows, w) }

// done ends a row that was under way.
func (l *lanes) done(name string, chat message.Chat, id int64) {
	l.settle(name, chat, id, func(*lane, waiting) {})
}

// again lets a row that was under way wait until next.
func (l *lanes) again(name string, chat message.Chat, id, next int64) {
	l.settle(name, chat, id, func(ln *lane, w waiting) {
		w.next = next
		ln.requeue(w)
	})
}

func (l *lanes) settle(name string, chat message.Chat, id int64, f func(*lane, waiting)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ln := l.of(name).chats[chat]; ln != nil {
		if l.land(ln, id, func(w waiting) { f(ln, w) }) {
			l.queue(ln) // it has had its turn
			l.arm(ln)
		}
	}
}

// land takes a row out of those under way and gives it to f. The lane may go on
// once the last of those that travelled together has landed.
func (l *lanes) land(ln *lane, id int64, f func(waiting)) (goesOn bool) {
	i := slices.IndexFunc(ln.flight, func(w waiting) bool { return w.id == id })
	if i < 0 {
		return false
	}
	w := ln.flight[i]
	ln.flight = slices.Delete(ln.flight, i, i+1)
	f(w)
	return len(ln.flight) == 0
}

// end forgets a row that has ended while it waited, also one that was picked
// and not marked yet: that will fail.
func (l *lanes) end(name string, chat message.Chat, id int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil {
		return
	}
	is := func(w waiting) bool { return w.id == id }
	ln.rows, ln.flight = slices.DeleteFunc(ln.rows, is), slices.DeleteFunc(ln.flight, is)
	l.arm(ln)
}

// drop forgets all rows of a chat: they have ended.
func (l *lanes) drop(name string, chat message.Chat) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ln := l.of(name).chats[chat]; ln != nil {
		ln.rows, ln.flight = nil, nil
		l.arm(ln)
	}
}
