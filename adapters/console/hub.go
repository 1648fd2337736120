package console

import (
	"slices"
	"strings"
	"sync"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	// maxStreams bounds all open pages: each holds a connection.
	maxStreams = 512
	// maxOwn bounds those of one person, so that nobody holds them all.
	maxOwn = 8
)

// hub tells open pages that something changed; what, they read from the store.
type hub struct {
	mu    sync.Mutex
	pages map[*watcher]struct{}
	own   map[message.UserRef][]*watcher // streams, oldest first
}

// watcher waits for changes. Changes that come while it is busy become one.
type watcher struct {
	about string // the card it cares for; "" = everything
	wake  chan struct{}
	who   message.UserRef // whose stream it is; "" = none
	ended chan struct{}   // closed when a newer stream took its place
}

func newHub() *hub {
	return &hub{pages: map[*watcher]struct{}{}, own: map[message.UserRef][]*watcher{}}
}

// join begins to watch; ok is false where there is no room for one more.
func (h *hub) join(about string) (w *watcher, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.pages) >= maxStreams {
		return nil, false
	}
	w = &watcher{about: about, wake: make(chan struct{}, 1)}
	h.pages[w] = struct{}{}
	return w, true
}

// stream begins to watch everything for a person. Where they have [maxOwn]
// already, the oldest ends: it belongs to a page they have forgotten.
func (h *hub) stream(who message.UserRef) (w *watcher, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.own[who]) >= maxOwn {
		oldest := h.own[who][0]
		close(oldest.ended)
		h.remove(oldest)
	}
	if len(h.pages) >= maxStreams {
		return nil, false
	}
	w = &watcher{wake: make(chan struct{}, 1), who: who, ended: make(chan struct{})}
	h.pages[w] = struct{}{}
	h.own[who] = append(h.own[who], w)
	return w, true
}

func (h *hub) leave(w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(w)
}

func (h *hub) remove(w *watcher) {
	delete(h.pages, w)
	if w.who == "" {
		return
	}
	h.own[w.who] = slices.DeleteFunc(h.own[w.who], func(o *watcher) bool { return o == w })
	if len(h.own[w.who]) == 0 {
		delete(h.own, w.who)
	}
}

// publish wakes whoever cares for the card about; "" concerns everybody. A
// further post about a card has the card's anchor and more behind it.
func (h *hub) publish(about string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.pages {
		if w.about != "" && about != "" && about != w.about && !strings.HasPrefix(about, w.about+":") {
			continue
		}
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
}
