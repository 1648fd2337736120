package web

import (
	"sync"

	"github.com/accord-chat/accord/dialog/message"
)

// streamRoom is how many events may wait for one page.
const streamRoom = 64

// hub knows which pages are open. It holds events only until they are
// written; what a page misses it reads from History.
type hub struct {
	mu    sync.Mutex
	chats map[message.Chat]map[*stream]struct{}
}

// stream is one open page.
type stream struct {
	events  chan event
	dropped chan struct{} // closed when the page was too slow
}

func newHub() *hub {
	return &hub{chats: make(map[message.Chat]map[*stream]struct{})}
}

// join opens a stream; everything published from now on waits in it.
func (h *hub) join(chat message.Chat) *stream {
	s := &stream{events: make(chan event, streamRoom), dropped: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.chats[chat] == nil {
		h.chats[chat] = make(map[*stream]struct{})
	}
	h.chats[chat][s] = struct{}{}
	return s
}

// leave closes a stream. Idempotent.
func (h *hub) leave(chat message.Chat, s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(chat, s)
}

func (h *hub) remove(chat message.Chat, s *stream) {
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
		select {
		case s.events <- ev:
		default:
			if !ev.fleeting {
				h.remove(chat, s)
				close(s.dropped)
			}
		}
	}
}
