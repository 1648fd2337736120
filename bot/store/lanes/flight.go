package lanes

import (
	"container/heap"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// Pick takes up to limit heads that may leave at now and marks them as under
// way. next says when another may be ready, 0 = not known.
func (l *Lanes) Pick(name string, now int64, limit int) (ids []int64, next int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	s.promote(now)
	for len(ids) < limit && len(s.due.heads) > 0 {
		h, _ := heap.Pop(&s.due).(head)
		switch {
		case h.stale():
		case h.Next > now: // the clock was set back since it became due
			heap.Push(&s.later, h)
		default:
			h.lane.start()
			ids = append(ids, h.ID)
		}
	}
	return ids, s.next(now)
}

// Join marks up to limit further rows of a chat as under way: those behind
// after, which is the last one under way, that are due at now. None where an
// older row waits, which they would overtake.
func (l *Lanes) Join(name string, chat message.Chat, after, now int64, limit int) (ids []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil || len(ln.flight) == 0 || ln.flight[len(ln.flight)-1].ID != after {
		return nil
	}
	for len(ids) < limit && len(ln.rows) > 0 {
		w := ln.rows[0]
		if w.ID < after || w.Next > now || l.away(w, chat) {
			break
		}
		ln.start()
		ids = append(ids, w.ID)
	}
	return ids
}

// start moves the head to the rows under way.
func (ln *lane) start() {
	ln.flight = append(ln.flight, ln.rows[0])
	ln.rows = ln.rows[1:]
	ln.turn++
}

// PutBack undoes a Pick of ids that was not committed: their lanes keep their
// places.
func (l *Lanes) PutBack(name string, ids []int64) {
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

// Unjoin undoes a Join of ids that was not committed.
func (l *Lanes) Unjoin(name string, chat message.Chat, ids []int64) {
	for _, id := range ids {
		l.settle(name, chat, id, (*lane).requeue)
	}
}

func (ln *lane) requeue(w Row) { ln.rows = insert(ln.rows, w) }

// Done ends a row that was under way.
func (l *Lanes) Done(name string, chat message.Chat, id int64) {
	l.settle(name, chat, id, func(*lane, Row) {})
}

// Again lets a row that was under way wait until next.
func (l *Lanes) Again(name string, chat message.Chat, id, next int64) {
	l.settle(name, chat, id, func(ln *lane, w Row) {
		w.Next = next
		ln.requeue(w)
	})
}

func (l *Lanes) settle(name string, chat message.Chat, id int64, f func(*lane, Row)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ln := l.of(name).chats[chat]; ln != nil {
		if l.land(ln, id, func(w Row) { f(ln, w) }) {
			l.queue(ln) // it has had its turn
			l.arm(ln)
		}
	}
}

// land takes a row out of those under way and gives it to f. The lane may go on
// once the last of those that travelled together has landed.
func (l *Lanes) land(ln *lane, id int64, f func(Row)) (goesOn bool) {
	i := slices.IndexFunc(ln.flight, func(w Row) bool { return w.ID == id })
	if i < 0 {
		return false
	}
	w := ln.flight[i]
	ln.flight = slices.Delete(ln.flight, i, i+1)
	f(w)
	return len(ln.flight) == 0
}

// End forgets a row that has ended while it waited, also one that was picked
// and not marked yet: that will fail.
func (l *Lanes) End(name string, chat message.Chat, id int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil {
		return
	}
	is := func(w Row) bool { return w.ID == id }
	ln.rows, ln.flight = slices.DeleteFunc(ln.rows, is), slices.DeleteFunc(ln.flight, is)
	l.arm(ln)
}

// Drop forgets all rows of a chat: they have ended.
func (l *Lanes) Drop(name string, chat message.Chat) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ln := l.of(name).chats[chat]; ln != nil {
		ln.rows, ln.flight = nil, nil
		l.arm(ln)
	}
}
