package lanes

import (
	"cmp"
	"container/heap"
	"slices"
	"sync"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// Lanes says which chats have rows to send. A lane is one chat of one sender;
// only its oldest row may leave, and only while no other is under way. What
// follows it may then join it.
type Lanes struct {
	mu      sync.Mutex
	senders map[string]*sender
	// blocked has the chat of each customer who blocked us; held has the lanes
	// that stopped for that reason.
	blocked map[message.ConversationID]message.Chat
	held    map[message.ConversationID][]*lane
	places  int64 // given out so far, see lane.place
}

// sender is one account. Its lanes' heads stand in two heaps: due, in the order
// in which they may leave, and later, by time.
type sender struct {
	chats map[message.Chat]*lane
	due   headHeap
	later headHeap
	bell  Bell
}

// lane is one chat's unsent rows; it exists only while there are some. Rows
// under way stand apart from those that wait, because one that is retried may
// come to stand before them.
type lane struct {
	sender *sender
	chat   message.Chat
	rows   []Row // waiting, oldest first
	flight []Row // under way, oldest first
	// place is where the lane stands among those of its class. It gets one at
	// the end when it begins to wait, and again each time it was served: so
	// lanes take turns, however many rows one of them has.
	place int64
	// turn counts the lane's changes: what stands in a heap with another
	// number is out of date and passed over.
	turn int
}

// Row is what is kept in memory of an unsent row.
type Row struct {
	ID   int64
	Conv message.ConversationID
	Rank int   // of its class, see [RankOf]
	Next int64 // not before, Unix milliseconds; 0 = at once
}

// head is a lane's oldest row as it stands in a heap.
type head struct {
	Row
	lane  *lane
	place int64
	turn  int
}

func (h head) stale() bool { return h.turn != h.lane.turn }

// Init makes it empty. It comes before everything else.
func (l *Lanes) Init() {
	l.senders = map[string]*sender{}
	l.blocked = map[message.ConversationID]message.Chat{}
	l.held = map[message.ConversationID][]*lane{}
}

// RankOf orders classes. A class we do not know goes after those we know, and
// all go before what is only shown for company.
func RankOf(c store.Class) int {
	known := []store.Class{store.Reply, store.Promise, store.Once}
	if c == store.Mirror {
		return len(known) + 1
	}
	if i := slices.Index(known, c); i >= 0 {
		return i
	}
	return len(known)
}

// of gives the sender's queues, made on first use.
func (l *Lanes) of(name string) *sender {
	s := l.senders[name]
	if s == nil {
		s = &sender{chats: map[message.Chat]*lane{}}
		s.due.before = leavesFirst
		s.later.before = comesFirst
		l.senders[name] = s
	}
	return s
}

// Add puts in a committed row at its place: behind all others, unless it is
// one that is retried. underWay marks one that a dead process left.
func (l *Lanes) Add(name string, chat message.Chat, w Row, underWay bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	ln := s.chats[chat]
	if ln == nil {
		ln = &lane{sender: s, chat: chat}
		s.chats[chat] = ln
	}
	if len(ln.rows)+len(ln.flight) == 0 {
		l.queue(ln)
	}
	if underWay {
		ln.flight = insert(ln.flight, w)
		l.arm(ln)
		return
	}
	ln.rows = insert(ln.rows, w)
	if ln.rows[0].ID == w.ID { // a new head
		l.arm(ln)
	}
}

// Learn is Add for a store that reads rows more than once: one that is there
// already stays where it is, and only takes over the time a waiting one has got.
func (l *Lanes) Learn(name string, chat message.Chat, w Row, underWay bool) {
	if !l.knows(name, chat, w) {
		l.Add(name, chat, w, underWay)
	}
}

func (l *Lanes) knows(name string, chat message.Chat, w Row) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.of(name).chats[chat]
	if ln == nil {
		return false
	}
	is := func(r Row) bool { return r.ID == w.ID }
	if slices.ContainsFunc(ln.flight, is) {
		return true
	}
	i := slices.IndexFunc(ln.rows, is)
	if i < 0 {
		return false
	}
	if ln.rows[i].Next != w.Next {
		if ln.rows[i].Next = w.Next; i == 0 {
			l.arm(ln)
		}
	}
	return true
}

// Forget drops all that is known of one account, so that it can be read anew.
// Who waits for it is woken.
func (l *Lanes) Forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.senders[name]; s != nil {
		delete(l.senders, name)
		s.bell.Ring()
	}
}

// Wake wakes who waits for an account's rows: there may be some that are not
// known here yet.
func (l *Lanes) Wake(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of(name).bell.Ring()
}

// queue puts a lane behind all others of its class.
func (l *Lanes) queue(ln *lane) {
	l.places++
	ln.place = l.places
}

// insert keeps rows in the order of their ids. Nearly always w goes last.
func insert(rows []Row, w Row) []Row {
	at, _ := slices.BinarySearchFunc(rows, w.ID, func(r Row, id int64) int { return cmp.Compare(r.ID, id) })
	return slices.Insert(rows, at, w)
}

// arm puts the lane's head where TakeOut finds it, or nowhere: if there is
// none, if a row is under way, or if the customer blocked us.
func (l *Lanes) arm(ln *lane) {
	ln.turn++
	switch {
	case len(ln.flight) > 0:
		return
	case len(ln.rows) == 0:
		if ln.sender.chats[ln.chat] == ln { // a held lane may have a successor
			delete(ln.sender.chats, ln.chat)
		}
		return
	}
	w := ln.rows[0]
	if l.away(w, ln.chat) {
		l.held[w.Conv] = append(l.held[w.Conv], ln)
		return
	}
	heap.Push(&ln.sender.later, head{Row: w, lane: ln, place: ln.place, turn: ln.turn})
	ln.sender.bell.Ring()
}

// away says whether w is for a customer who blocked us. What agents get to read
// of them flows on: it goes to another chat.
func (l *Lanes) away(w Row, chat message.Chat) bool {
	blocked, is := l.blocked[w.Conv]
	return is && blocked == chat
}

// Reach notes that a customer blocked us or is back. A row that is under way
// just then ends by itself.
func (l *Lanes) Reach(conv message.ConversationID, chat message.Chat, reachable bool) {
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
		if ln := s.chats[chat]; ln != nil && len(ln.rows) > 0 && ln.rows[0].Conv == conv {
			l.arm(ln)
		}
	}
}

// Outlook is what WaitOut waits for.
func (l *Lanes) Outlook(name string, now int64) Outlook {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(name)
	s.promote(now)
	next := s.next(now)
	if next > 0 && next <= now {
		return Outlook{Ready: true}
	}
	return Outlook{Next: next, News: s.bell.Listen()}
}
