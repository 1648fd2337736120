package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.uber.org/zap"
)

// fullPause is how long a page waits that found no room.
const fullPause = 30 * time.Second

// serveEvents streams a conversation: first what the page has not seen, then
// "ready", then what happens. The stream joins before History is read, so that
// nothing falls between the two; what comes both ways is shown once.
func (a *Adapter) serveEvents(w http.ResponseWriter, r *http.Request) {
	chat, ok := a.chatOf(r)
	if !ok {
		answer(w, http.StatusUnauthorized, noSession)
		return
	}
	if wait := a.limits.open(chat, a.address(r), a.cfg.Now()); wait > 0 {
		tooMany(w, wait, codeStreams, manyOpened)
		return
	}
	_, run, leave, ok := a.enter()
	if !ok {
		answer(w, http.StatusServiceUnavailable, notNow)
		return
	}
	defer leave()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(run, cancel)() //nolint:contextcheck // both contexts end it, the request's and the run's

	s, full := a.hub.join(chat, a.address(r))
	switch full {
	case addressFull, chatFull:
		tooMany(w, fullPause, codeStreams, manyStreams)
		return
	case allFull:
		w.Header().Set("Retry-After", strconv.Itoa(seconds(fullPause)))
		answer(w, http.StatusServiceUnavailable, notNow)
		return
	case roomLeft:
	}
	defer a.hub.leave(chat, s)
	past, err := a.sinceSeen(ctx, chat, r)
	if err != nil {
		a.log.Warn("a conversation could not be read", zap.Error(err))
		later(w)
		return
	}
	defer past.leave()
	a.follow(ctx, w, s, past)
}

// follow writes until the page is gone, was too slow, or ctx ends. Its write
// errors are how a page leaves and are nobody's concern.
func (a *Adapter) follow(ctx context.Context, w http.ResponseWriter, s *stream, past past) {
	out, err := startEvents(w)
	if err != nil {
		return
	}
	shown, ok := a.tell(ctx, out, s, past)
	if !ok {
		return
	}
	if out.write(event{name: "ready", data: noData}) != nil {
		return
	}
	beat := time.NewTicker(a.beat)
	defer beat.Stop()
	for {
		ev, ok := next(ctx, s, beat.C)
		if !ok {
			out.farewell(s)
			return
		}
		if ev.key != "" && shown[ev.key] {
			continue
		}
		if out.write(ev) != nil {
			return
		}
	}
}

// farewell tells a page that was one too many, so that it does not come back at
// once and end another in its turn.
func (out eventWriter) farewell(s *stream) {
	if s.over() && s.elsewhere {
		_ = out.write(event{name: "elsewhere", data: noData})
	}
}

// next waits for the next event; ok is false when the stream is over.
func next(ctx context.Context, s *stream, beat <-chan time.Time) (ev event, ok bool) {
	select {
	case <-ctx.Done():
		return event{}, false
	case <-s.dropped:
		return event{}, false
	case ev := <-s.events:
		return ev, true
	case <-beat:
		return event{name: "beat", data: noData}, true
	}
}

// lastSeen reads the last event the page saw: the header a browser sets when
// it reconnects by itself, or "after" where the page opened a new stream. An
// unreadable one counts as none, because refusing would end the page's
// retries; it then gets everything and shows what it knows once.
func lastSeen(r *http.Request) int64 {
	v := r.Header.Get("Last-Event-ID")
	if v == "" {
		v = r.URL.Query().Get("after")
	}
	id, err := strconv.ParseInt(v, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}
