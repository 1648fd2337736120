package console

import (
	"strings"
	"sync"
)

// maxStreams bounds all open pages: each holds a connection.
const maxStreams = 512

// hub tells open pages that something changed; what, they read from the store.
type hub struct {
	mu    sync.Mutex
	pages map[*watcher]struct{}
}

// watcher waits for changes. Changes that come while it is busy become one.
type watcher struct {
	about string // the card it cares for; "" = everything
	wake  chan struct{}
}

func newHub() *hub { return &hub{pages: map[*watcher]struct{}{}} }

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

func (h *hub) leave(w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.pages, w)
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
