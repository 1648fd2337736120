package web

import (
	"net/netip"
	"sync"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// What may be sent in files on one day (UTC): by one session, from one address,
// and in all. The last keeps the disk, which the database shares.
var (
	sessionQuota = allowance{files: 10, bytes: 50 << 20}
	addressQuota = allowance{files: 100, bytes: 500 << 20}
	totalQuota   = allowance{files: 10_000, bytes: 4 << 30}
)

// allowance is a number of files and of bytes, to be had or used.
type allowance struct {
	files int
	bytes int64
}

func (a allowance) plus(size int64) allowance { return allowance{a.files + 1, a.bytes + size} }

// minus never goes below nothing: the day may have changed in between.
func (a allowance) minus(size int64) allowance {
	return allowance{max(0, a.files-1), max(0, a.bytes-size)}
}

func (a allowance) beyond(most allowance) bool { return a.files > most.files || a.bytes > most.bytes }

// quota counts what was sent today. What it knows is bounded by totalQuota. A
// restart begins the day anew. Safe for concurrent use.
type quota struct {
	mu       sync.Mutex
	day      int64
	total    allowance
	sessions map[message.Chat]allowance
	from     map[netip.Addr]allowance
}

const dayLength = 24 * time.Hour

// take counts a file before it is read, so that many at once do not slip
// through together. wait is how long the day still lasts where there is no room
// for it; 0 = counted.
func (q *quota) take(chat message.Chat, from netip.Addr, size int64, now time.Time) (wait time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	day := now.Unix() / int64(dayLength/time.Second)
	if day != q.day || q.sessions == nil {
		q.day, q.total = day, allowance{}
		q.sessions, q.from = make(map[message.Chat]allowance), make(map[netip.Addr]allowance)
	}
	total, session, address := q.total.plus(size), q.sessions[chat].plus(size), q.from[from].plus(size)
	if total.beyond(totalQuota) || session.beyond(sessionQuota) || address.beyond(addressQuota) {
		return time.Unix((day+1)*int64(dayLength/time.Second), 0).Sub(now)
	}
	q.total, q.sessions[chat], q.from[from] = total, session, address
	return 0
}

// giveBack takes back what was counted for a file that did not arrive.
func (q *quota) giveBack(chat message.Chat, from netip.Addr, size int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.total = q.total.minus(size)
	if s, ok := q.sessions[chat]; ok {
		q.sessions[chat] = s.minus(size)
	}
	if f, ok := q.from[from]; ok {
		q.from[from] = f.minus(size)
	}
}
