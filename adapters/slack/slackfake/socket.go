package slackfake

import (
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// pending is something the program is to be told until it acknowledges.
type pending struct {
	kind     string
	payload  map[string]any
	volatile string   // the payload's member that is new in every copy
	copies   []string // their envelope ids; acknowledging any of them counts
	on       *conn    // the connection it went to; nil = waits to be sent
	attempts int
	due      time.Time // send again when not acknowledged by then
}

type socketState struct {
	tickets   map[string]bool // addresses given out and not yet used
	conns     []*conn
	queue     []*pending // not acknowledged, in order
	lost      int        // given up
	acked     int
	opened    int // connections ever made
	turn      int // for spreading envelopes over connections
	loseAcks  int
	duplicate int
	hold      int // events to collect before they go out in reverse
	wake      chan struct{}
}

func newSocketState() socketState {
	return socketState{tickets: map[string]bool{}, wake: make(chan struct{}, 1)}
}

// conn is one connection of the program. Frames go out through a channel, so
// that the socket has one writer.
type conn struct {
	ws   *websocket.Conn
	out  chan any
	done chan struct{}
}

func (s *Server) connectionsOpen(url.Values) (map[string]any, error) {
	ticket := rand.Text()
	s.socket.tickets[ticket] = true
	base := strings.TrimSuffix(strings.Replace(s.url, "http://", "ws://", 1), "/api/")
	return map[string]any{"url": base + "/socket?ticket=" + ticket}, nil
}

// serveSocket is one connection from its handshake to its end.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	ok := s.socket.tickets[ticket] && !s.revoked && s.ctx.Err() == nil
	delete(s.socket.tickets, ticket) // good for one connection
	s.mu.Unlock()
	if !ok {
		http.Error(w, "unknown ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{ws: ws, out: make(chan any, 1024), done: make(chan struct{})}
	c.out <- map[string]any{
		"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "fake", "build_number": 1, "approximate_connection_time": 18060},
	}
	if s.join(c) {
		s.receive(c)
	}
	s.part(c)
}

// join adds a connection, unless the server is closing.
func (s *Server) join(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return false
	}
	s.served.Go(func() { s.write(c) })
	s.socket.conns = append(s.socket.conns, c)
	s.socket.opened++
	s.touch()
	s.poke()
	return true
}

// part forgets a connection; what it had not acknowledged waits for the next.
func (s *Server) part(c *conn) {
	close(c.done)
	_ = c.ws.Close() // it is over either way
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.conns = slices.DeleteFunc(s.socket.conns, func(x *conn) bool { return x == c })
	for _, p := range s.socket.queue {
		if p.on == c {
			p.on = nil
			p.attempts--
		}
	}
	s.touch()
	s.poke()
}

// receive reads acknowledgements until the connection ends.
func (s *Server) receive(c *conn) {
	for {
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if err := c.ws.ReadJSON(&ack); err != nil {
			return
		}
		s.acknowledge(ack.EnvelopeID)
	}
}

func (s *Server) acknowledge(envelope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.socket.loseAcks > 0 {
		s.socket.loseAcks--
		return
	}
	i := slices.IndexFunc(s.socket.queue, func(p *pending) bool { return slices.Contains(p.copies, envelope) })
	if i < 0 {
		return // of a copy that was given up, or a second one
	}
	s.socket.queue = slices.Delete(s.socket.queue, i, i+1)
	s.socket.acked++
	s.touch()
}

// write sends frames and pings; a frame may be JSON to encode or bytes to send
// as they are.
func (s *Server) write(c *conn) {
	ping := time.NewTicker(s.opt.PingEvery)
	defer ping.Stop()
	for {
		var err error
		select {
		case <-c.done:
			return
		case frame := <-c.out:
			err = writeFrame(c.ws, frame)
		case <-ping.C:
			err = c.ws.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second))
		}
		if err != nil {
			_ = c.ws.Close() // wakes receive, which cleans up
			return
		}
	}
}

func writeFrame(ws *websocket.Conn, frame any) error {
	if err := ws.SetWriteDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	if raw, ok := frame.([]byte); ok {
		return ws.WriteMessage(websocket.TextMessage, raw)
	}
	return ws.WriteJSON(frame)
}

// emitEvent queues an Events API event if the bot is in the channel. Called
// with mu held.
func (s *Server) emitEvent(channel string, event map[string]any) {
	if c := s.channels[channel]; c == nil || !c.has(BotUser) {
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
	if len(s.socket.conns) == 0 {
		return next
	}
	var batch []*pending
	s.socket.queue = slices.DeleteFunc(s.socket.queue, func(p *pending) bool {
		switch {
		case p.on != nil && now.Before(p.due):
			next = min(next, p.due.Sub(now))
		case p.on != nil && p.attempts > s.opt.Retries:
			s.socket.lost++
			s.touch()
			return true
		default:
			batch = append(batch, p)
		}
		return false
	})
	if s.socket.hold > 0 {
		if len(batch) < s.socket.hold {
			return next
		}
		s.socket.hold = 0
		slices.Reverse(batch)
	}
	for _, p := range batch {
		s.send(p, now)
		next = min(next, s.opt.AckTimeout)
	}
	return next
}

// send hands one copy of p to a connection, or two. Called with mu held.
func (s *Server) send(p *pending, now time.Time) {
	c := s.socket.conns[s.socket.turn%len(s.socket.conns)]
	s.socket.turn++
	p.on, p.due = c, now.Add(s.opt.AckTimeout)
	envelope := p.copied()
	payload := maps.Clone(p.payload)
	payload[p.volatile] = s.newID("X")
	frame := map[string]any{
		"envelope_id": envelope, "type": p.kind, "payload": payload,
		"accepts_response_payload": p.kind != "events_api", "retry_attempt": p.attempts,
	}
	p.attempts++
	c.offer(frame)
	if s.socket.duplicate > 0 {
		s.socket.duplicate--
		again, second := maps.Clone(frame), maps.Clone(payload)
		second[p.volatile] = s.newID("X")
		again["payload"], again["envelope_id"] = second, p.copied()
		c.offer(again)
	}
}

// copied makes the envelope id of one more copy.
func (p *pending) copied() string {
	id := rand.Text()
	p.copies = append(p.copies, id)
	return id
}

// offer queues a frame; a connection that does not read loses it, and the
// acknowledgement that never comes brings it back.
func (c *conn) offer(frame any) {
	select {
	case c.out <- frame:
	default:
	}
}
