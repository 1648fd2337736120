package console

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// beatEvery is how often an idle stream says that it lives. Proxies cut
	// streams that are silent for a minute.
	beatEvery = 25 * time.Second
	// writePatience is how long one event may take to leave; without the limit
	// a sleeping laptop would hold a stream for ever.
	writePatience = 10 * time.Second
)

// serveEvents tells a page when to look again. It says nothing else, so there
// is nothing in it that a later event would have to make up for.
func (a *Adapter) serveEvents(w http.ResponseWriter, r *http.Request) {
	me, ok := a.cfg.Who(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	_, run, leave, ok := a.enter()
	if !ok {
		http.Error(w, a.words.NotNow, http.StatusServiceUnavailable)
		return
	}
	defer leave()
	watch, ok := a.hub.stream(me.Ref)
	if !ok {
		w.Header().Set("Retry-After", "30")
		http.Error(w, a.words.NotNow, http.StatusServiceUnavailable)
		return
	}
	defer a.hub.leave(watch)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(run, cancel)() //nolint:contextcheck // both contexts end it, the request's and the run's

	out := http.NewResponseController(w)
	if err := out.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // proxies hold back what they buffer
	if !send(w, out, "retry: 2000\nevent: changed\ndata: 1\n\n") {
		return
	}
	a.follow(ctx, w, out, watch, func() bool { return a.welcome(r.WithContext(ctx), me.Ref) })
}

// welcome says whether the session a stream came with still stands, and its
// person may still act. A store that is in trouble ends nobody's stream.
func (a *Adapter) welcome(r *http.Request, ref message.UserRef) bool {
	if signed, err := a.cfg.SignedIn(r); err == nil && !signed {
		return false
	}
	_, err := a.cfg.Agent(r.Context(), ref)
	return !errors.Is(err, adapters.ErrDenied)
}

// follow writes until the page is gone, a newer one took its place, or ctx ends. At each beat it asks
// whether the person is still welcome: a stream outlives its session.
func (a *Adapter) follow(ctx context.Context, w http.ResponseWriter, out *http.ResponseController, watch *watcher, welcome func() bool) {
	beat := time.NewTicker(a.beat)
	defer beat.Stop()
	for {
		event := "event: changed\ndata: 1\n\n"
		select {
		case <-ctx.Done():
			return
		case <-watch.ended:
			// The browser would come back at once and end the next one.
			send(w, out, "retry: 60000\n\n")
			return
		case <-watch.wake:
		case <-beat.C:
			if !welcome() {
				return
			}
			event = "event: beat\ndata: 1\n\n"
		}
		if !send(w, out, event) {
			return
		}
	}
}

func send(w http.ResponseWriter, out *http.ResponseController, event string) bool {
	if err := out.SetWriteDeadline(time.Now().Add(writePatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return false
	}
	if _, err := w.Write([]byte(event)); err != nil {
		return false
	}
	return out.Flush() == nil
}
