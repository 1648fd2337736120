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

// send hands one copy of p to a connection, or two. Called with mu held.
func (s *Server) send(p *pending, now time.Time) {
	c := s.socket.conns[s.socket.turn%len(s.socket.conns)]
	s.socket.turn++
	p.on, p.due = c, now.Add(s.opt.AckTimeout)
	envelope, payload := s.copyOf(p)
	frame := map[string]any{
		"envelope_id": envelope, "type": p.kind, "payload": payload,
		"accepts_response_payload": p.kind != "events_api", "retry_attempt": p.attempts,
	}
	p.attempts++
	c.offer(frame)
	if s.socket.duplicate > 0 {
		s.socket.duplicate--
		again := maps.Clone(frame)
		again["envelope_id"], again["payload"] = s.copyOf(p)
		c.offer(again)
	}
}

// offer queues a frame; a connection that does not read loses it, and the
// acknowledgement that never comes brings it back.
func (c *conn) offer(frame any) {
	select {
	case c.out <- frame:
	default:
	}
}
