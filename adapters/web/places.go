package web

import (
	"net/netip"
	"sync"

	"github.com/accord-chat/accord/dialog/message"
)

// places bounds what goes on at one time: for one session, for one address and
// in all. Safe for concurrent use.
type places struct {
	session, address, all int

	mu       sync.Mutex
	sessions map[message.Chat]int
	from     map[netip.Addr]int
	taken    int
}

func newPlaces(session, address, all int) *places {
	return &places{session: session, address: address, all: all, sessions: make(map[message.Chat]int), from: make(map[netip.Addr]int)}
}

// Why there is no place.
type crowd int

const (
	nobody crowd = iota // there was one
	ownCrowd
	anyCrowd
)

// take takes a place, which is given back by calling leave; leave is nil where
// there is none.
func (p *places) take(chat message.Chat, from netip.Addr) (leave func(), who crowd) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sessions[chat] >= p.session || p.from[from] >= p.address {
		return nil, ownCrowd
	}
	if p.taken >= p.all {
		return nil, anyCrowd
	}
	p.taken++
	p.sessions[chat]++
	p.from[from]++
	return sync.OnceFunc(func() { p.leave(chat, from) }), nobody
}

func (p *places) leave(chat message.Chat, from netip.Addr) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken--
	if p.sessions[chat]--; p.sessions[chat] == 0 {
		delete(p.sessions, chat)
	}
	if p.from[from]--; p.from[from] == 0 {
		delete(p.from, from)
	}
}
