package slackfake

import (
	"context"
	"io"
	"net/http"
	"slices"
)

// Fault is one way for a call of the Web API to go wrong. What is sent back is
// the first that is set of Cut, Hang, Status or Body, Code, NoTS.
type Fault struct {
	Method string // "" = any; "files.download" and "files.upload" are the contents of files
	Times  int    // 0 = once
	// Process says that the work is done before the answer goes wrong.
	Process bool

	Cut        bool   // close the connection without an answer
	Hang       bool   // answer nothing until the client or the server gives up
	Status     int    // HTTP status
	RetryAfter string // header, with a Status
	Location   string // header, with a Status
	Body       string // sent as it is
	Code       string // ok:false with this error
	NoTS       bool   // ok:true without ts (needs Process for the rest)
}

// Fail orders a fault for coming calls. Orders for the same method are used up
// one after another.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = max(f.Times, 1)
	s.faults = append(s.faults, &f)
}

// takeFault gives the fault for a call of method, if one is ordered. Called
// with mu held.
func (s *Server) takeFault(method string) *Fault {
	for i, f := range s.faults {
		if f.Method != "" && f.Method != method {
			continue
		}
		if f.Times--; f.Times == 0 {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		return f
	}
	return nil
}

// misbehave answers as the fault says and reports whether it has answered.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, f *Fault, answer map[string]any) bool {
	switch {
	case f.Cut:
		panic(http.ErrAbortHandler) // net/http's way to drop a connection
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		panic(http.ErrAbortHandler)
	case f.Status != 0 || f.Body != "":
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		if f.Location != "" {
			w.Header().Set("Location", f.Location)
		}
		if f.Status != 0 {
			w.WriteHeader(f.Status)
		}
		_, _ = io.WriteString(w, f.Body) // the client may be gone
		return true
	case f.Code != "":
		clear(answer)
		answer["ok"], answer["error"] = false, f.Code
	case f.NoTS:
		delete(answer, "ts")
		delete(answer, "message_ts")
		answer["ok"] = true
	}
	return false
}

// LoseAcks makes the next n acknowledgements get lost.
func (s *Server) LoseAcks(n int) { s.set(func(x *delivery) { x.loseAcks = n }) }

// Duplicate makes the next n envelopes arrive twice.
func (s *Server) Duplicate(n int) { s.set(func(x *delivery) { x.duplicate = n }) }

// Reorder collects the next n events and sends them in reverse.
func (s *Server) Reorder(n int) { s.set(func(x *delivery) { x.hold = n }) }

// Swallow makes the next n events never leave: Slack promises to do its best,
// and no more. They count as given up.
func (s *Server) Swallow(n int) { s.set(func(x *delivery) { x.swallow = n }) }

func (s *Server) set(change func(*delivery)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.socket)
	s.poke()
}

// Disconnect asks the program to reconnect on every connection, as Slack does
// when it refreshes them ("warning", "refresh_requested", "link_disabled").
func (s *Server) Disconnect(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.socket.conns {
		c.offer(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "fake"}})
	}
}

// Drop breaks every connection off without a word, and every request that
// brings an event. Requests that bring presses are left alone: nobody brings
// them again.
func (s *Server) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.hooks.drop()
	s.socket.hooks.ctx, s.socket.hooks.drop = context.WithCancel(context.Background())
	for _, c := range s.socket.conns {
		_ = c.ws.UnderlyingConn().Close() // the peer sees a reset or an end
	}
}

// Frame sends raw bytes on every connection, outside of the ledger.
func (s *Server) Frame(raw string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.socket.conns {
		c.offer([]byte(raw))
	}
}

// Poison queues an envelope of any type and payload, which is sent until it is
// acknowledged like every other.
func (s *Server) Poison(kind string, payload map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit(&pending{kind: kind, payload: payload, volatile: "event_id"})
}

// Sockets says how many connections are open now and were ever opened.
func (s *Server) Sockets() (open, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.socket.conns), s.socket.opened
}

// Events says how many events were acknowledged, still wait for it, and were
// given up.
func (s *Server) Events() (acked, waiting, lost int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.socket.acked, s.socket.waiting, s.socket.lost
}

// Copies says how many copies of events and interactions went out.
func (s *Server) Copies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.socket.copies
}
