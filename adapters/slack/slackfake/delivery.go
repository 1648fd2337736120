package slackfake

import (
	"crypto/rand"
	"slices"
	"time"
)

// pending is something the program is to be told until it acknowledges.
type pending struct {
	kind     string
	payload  map[string]any
	volatile string   // the payload's member that is new in every copy
	user     string   // who did it, for triggers
	done     func()   // called once when it is acknowledged, with mu held; may be nil
	copies   []string // their envelope ids; acknowledging any of them counts
	on       *conn    // the connection it went to; nil = waits to be sent
	flying   int      // requests under way with it
	attempts int
	over     bool      // acknowledged or given up
	due      time.Time // send again when not acknowledged by then
}

// delivery is the state of everything on its way to the program, over sockets
// or by requests.
type delivery struct {
	tickets   map[string]bool // addresses given out and not yet used
	conns     []*conn
	hooks     hooks
	queue     []*pending          // in order; those that are over go at the next look
	byCopy    map[string]*pending // not over, by envelope id
	waiting   int                 // in queue and not over
	lost      int                 // given up
	refused   []*pending          // presses that a request brought once and nobody took
	acked     int
	copies    int // ever sent
	opened    int // connections ever made
	turn      int // for spreading envelopes over connections
	loseAcks  int
	duplicate int
	swallow   int // events that never leave
	hold      int // events to collect before they go out in reverse
	wake      chan struct{}
}

func newDelivery() delivery {
	return delivery{tickets: map[string]bool{}, byCopy: map[string]*pending{}, wake: make(chan struct{}, 1), hooks: newHooks()}
}

// emitEvent queues an Events API event if the bot is in the channel. Called
// with mu held.
func (s *Server) emitEvent(channel string, event map[string]any) {
	if c := s.channels[channel]; c == nil || !c.has(BotUser) {
		return
	}
	if s.socket.swallow > 0 {
		s.socket.swallow--
		s.socket.lost++
		return
	}
	s.emit(&pending{kind: "events_api", volatile: "event_id", payload: map[string]any{
		"type": "event_callback", "token": verificationToken, "team_id": Team, "api_app_id": AppID,
		"event": event, "event_time": time.Now().Unix(),
		"authorizations": []map[string]any{{"team_id": Team, "user_id": BotUser, "is_bot": true}},
	}})
}

// emit queues p. Called with mu held.
func (s *Server) emit(p *pending) {
	s.socket.queue = append(s.socket.queue, p)
	s.socket.waiting++
	s.poke()
}

// poke wakes the dispatcher. Called with mu held.
func (s *Server) poke() {
	select {
	case s.socket.wake <- struct{}{}:
	default:
	}
}

// dispatch sends what is due until the server closes.
func (s *Server) dispatch() {
	for {
		t := time.NewTimer(s.sendDue(time.Now()))
		select {
		case <-s.ctx.Done():
			t.Stop()
			return
		case <-s.socket.wake:
		case <-t.C:
		}
		t.Stop()
	}
}

// sendDue sends everything that waits or has waited too long for its
// acknowledgement, and gives the time until the next is due.
func (s *Server) sendDue(now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := time.Hour
	if len(s.socket.conns) == 0 && s.socket.hooks.base == "" {
		return next
	}
	batch := s.dueNow(now, &next)
	if s.socket.hold > 0 {
		if len(batch) < s.socket.hold {
			return next
		}
		s.socket.hold = 0
		slices.Reverse(batch)
	}
	for _, p := range batch {
		if s.socket.hooks.base != "" {
			s.call(p)
			continue
		}
		s.send(p, now)
		next = min(next, s.opt.AckTimeout)
	}
	return next
}

// dueNow gives what is to be sent now, takes what is over out of the queue and
// lowers next to the time until another is due. Called with mu held.
func (s *Server) dueNow(now time.Time, next *time.Duration) (batch []*pending) {
	hooked := s.socket.hooks.base != ""
	s.socket.queue = slices.DeleteFunc(s.socket.queue, func(p *pending) bool {
		switch {
		case p.over:
			return true
		case p.flying > 0:
		case (p.on != nil || hooked && p.attempts > 0) && now.Before(p.due):
			*next = min(*next, p.due.Sub(now))
		case p.attempts > s.opt.Retries && (p.on != nil || hooked):
			s.giveUp(p)
			return true
		default:
			batch = append(batch, p)
		}
		return false
	})
	return batch
}

// acknowledge ends what has a copy with that envelope id.
func (s *Server) acknowledge(envelope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.socket.loseAcks > 0 {
		s.socket.loseAcks--
		return
	}
	if p := s.socket.byCopy[envelope]; p != nil { // not of a copy that was given up, or a second one
		s.finish(p)
	}
}

// finish ends p as acknowledged. Called with mu held, like giveUp.
func (s *Server) finish(p *pending) {
	s.end(p)
	s.socket.acked++
	if p.done != nil {
		p.done()
	}
	s.touch()
}

func (s *Server) giveUp(p *pending) {
	s.end(p)
	s.socket.lost++
	s.touch()
}

func (s *Server) end(p *pending) {
	p.over = true
	s.socket.waiting--
	for _, c := range p.copies {
		delete(s.socket.byCopy, c)
	}
}

// copyOf makes one more copy of p's payload, under new ids. Called with mu held.
func (s *Server) copyOf(p *pending) (envelope string, payload map[string]any) {
	envelope = rand.Text()
	s.socket.copies++
	p.copies = append(p.copies, envelope)
	s.socket.byCopy[envelope] = p
	payload = make(map[string]any, len(p.payload)+1)
	for k, v := range p.payload {
		payload[k] = v
	}
	id := s.newID("X")
	payload[p.volatile] = id
	if p.volatile == "trigger_id" {
		s.triggers[id] = trigger{user: p.user, at: time.Now()}
	}
	return envelope, payload
}
