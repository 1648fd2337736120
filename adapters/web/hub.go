package web

import (
	"net/netip"
	"sync"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	// streamRoom is how many events may wait for one page.
	streamRoom = 64
	// tabs is how many pages of one chat stay open. One more ends the oldest
	// rather than being refused: a phone that changes networks leaves dead
	// pages behind, and must not be shut out by them.
	tabs = 4
	// leaving is how many further ones may be on their way out: one that was
	// ended keeps what it holds until its last write is done.
	leaving = tabs
	// neighbours is how many pages one address may have open.
	neighbours = 256
	// maxStreams bounds all open pages. Each holds a file and some 60 kB, and
	// a service without either answers nobody.
	maxStreams = 4096
)

// hub knows which pages are open. It holds events only until they are
// written; what a page misses it reads from History.
type hub struct {
	mu    sync.Mutex
	chats map[message.Chat]map[*stream]struct{}
	from  map[netip.Addr]int
	open  int   // streams in all
	count int64 // of streams ever opened, to know the oldest
}

// stream is one open page.
type stream struct {
	n       int64
	from    netip.Addr
	events  chan event
	dropped chan struct{} // closed when the page was too slow, or one too many
	ended   bool          // dropped is closed; it counts until its handler has left
	// elsewhere says that it was one too many; it stands when dropped is closed.
	elsewhere bool
}

// Why a page cannot be opened.
type fullness int

const (
	roomLeft fullness = iota
	chatFull
	addressFull
	allFull
)

func newHub() *hub {
	return &hub{chats: make(map[message.Chat]map[*stream]struct{}), from: make(map[netip.Addr]int)}
}

// join opens a stream; everything published from now on waits in it. s is nil
// where there is no room for one more.
func (h *hub) join(chat message.Chat, from netip.Addr) (s *stream, full fullness) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.chats[chat]) >= tabs+leaving {
		return nil, chatFull
	}
	if oldest, live := h.oldest(chat); live >= tabs {
		oldest.elsewhere = true
		oldest.end()
	}
	if h.from[from] >= neighbours {
		return nil, addressFull
	}
	if h.open >= maxStreams {
		return nil, allFull
	}
	if h.chats[chat] == nil {
		h.chats[chat] = make(map[*stream]struct{})
	}
	h.open++
	h.count++
	h.from[from]++
	s = &stream{n: h.count, from: from, events: make(chan event, streamRoom), dropped: make(chan struct{})}
	h.chats[chat][s] = struct{}{}
	return s, roomLeft
}

// crowded says whether an address has no room for one more page.
func (h *hub) crowded(from netip.Addr) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.from[from] >= neighbours
}

// oldest gives the stream of chat that was opened first, of those that were not
// ended, and how many those are.
func (h *hub) oldest(chat message.Chat) (first *stream, live int) {
	for s := range h.chats[chat] {
		if s.ended {
			continue
		}
		live++
		if first == nil || s.n < first.n {
			first = s
		}
	}
	return first, live
}

// end tells the handler of s to leave. It counts until then: a reader who takes
// a little now and then holds what is written to it, and must not be able to
// hold more by opening anew. Whoever calls it has locked the hub.
func (s *stream) end() {
	s.ended = true
	close(s.dropped)
}

// over says whether the stream was ended.
func (s *stream) over() bool {
	select {
	case <-s.dropped:
		return true
	default:
		return false
	}
}

// leave takes a stream out of the counts when its handler is done. Idempotent.
func (h *hub) leave(chat message.Chat, s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, open := h.chats[chat][s]; !open {
		return
	}
	h.open--
	if h.from[s.from]--; h.from[s.from] == 0 {
		delete(h.from, s.from)
	}
	delete(h.chats[chat], s)
	if len(h.chats[chat]) == 0 {
		delete(h.chats, chat)
	}
}

// publish hands ev to every page of chat and never blocks. A page whose room
// is full is dropped rather than passed over: with a gap inside a stream its
// last event id would hide what is missing, after a reconnect it gets all.
func (h *hub) publish(chat message.Chat, ev event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.chats[chat] {
		if s.ended {
			continue
		}
		select {
		case s.events <- ev:
		default:
			if !ev.fleeting {
				s.end()
			}
		}
	}
}
