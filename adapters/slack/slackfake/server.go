package slackfake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options shape a [Server]; the zero value is fine.
type Options struct {
	BotToken string // "" = DefaultBotToken
	AppToken string // "" = DefaultAppToken
	// AckTimeout is how long an envelope may go unacknowledged before it is
	// sent again; 0 = 3 s.
	AckTimeout time.Duration
	// Retries is how often an unacknowledged envelope is sent again on living
	// connections; 0 = 20. What a lost connection held does not count.
	Retries int
	// PingEvery is the pause between the pings of a connection; 0 = 5 s.
	PingEvery time.Duration
	// Addr is where to listen; "" = a free port of 127.0.0.1.
	Addr string
}

// What a new [Server] consists of.
const (
	DefaultBotToken = "xoxb-1111-2222-fakebottoken"
	DefaultAppToken = "xapp-1-A0ACCORD-3333-fakeapptoken"
	Team            = "T0ACCORD"
	BotUser         = "U0BOT"
	BotID           = "B0BOT"
	AppID           = "A0ACCORD"
	Queue           = "C0QUEUE" // a channel with the bot in it
)

// Server is one fake workspace.
type Server struct {
	opt    Options
	url    string
	http   *http.Server
	ctx    context.Context
	stop   context.CancelFunc
	served sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	clock    int64         // of the last ts, in microseconds
	serial   int           // for ids
	revoked  bool
	users    map[string]*User
	channels map[string]*Channel
	groups   map[string][]string
	messages []*Message
	views    map[string]*view
	calls    map[string]int
	faults   []*Fault
	socket   socketState
}

// New starts a server; end it with Close.
func New(opt Options) (*Server, error) {
	opt = opt.withDefaults()
	var lc net.ListenConfig
	ln, err := lc.Listen(context.Background(), "tcp", opt.Addr)
	if err != nil {
		return nil, fmt.Errorf("slackfake: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{
		opt: opt, url: "http://" + ln.Addr().String() + "/api/", ctx: ctx, stop: stop,
		changed: make(chan struct{}), clock: time.Now().UnixMicro(),
		users: map[string]*User{}, channels: map[string]*Channel{}, groups: map[string][]string{},
		views: map[string]*view{}, calls: map[string]int{}, socket: newSocketState(),
	}
	s.AddUser(User{ID: BotUser, Name: "accord", Bot: true})
	s.AddChannel(Queue, "queue", BotUser)
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/socket", s.serveSocket)
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	s.served.Go(func() { _ = s.http.Serve(ln) }) // ends with Close
	s.served.Go(s.dispatch)
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.BotToken == "" {
		o.BotToken = DefaultBotToken
	}
	if o.AppToken == "" {
		o.AppToken = DefaultAppToken
	}
	if o.AckTimeout <= 0 {
		o.AckTimeout = 3 * time.Second
	}
	if o.Retries <= 0 {
		o.Retries = 20
	}
	if o.PingEvery <= 0 {
		o.PingEvery = 5 * time.Second
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	return o
}

// URL is the base of the Web API, with its closing slash.
func (s *Server) URL() string { return s.url }

// BotToken is the token that the Web API accepts.
func (s *Server) BotToken() string { return s.opt.BotToken }

// AppToken is the token that apps.connections.open accepts.
func (s *Server) AppToken() string { return s.opt.AppToken }

// Close ends all connections and waits for what the server had running.
func (s *Server) Close() {
	s.mu.Lock()
	s.stop() // under the lock: no connection joins after Drop has passed
	s.mu.Unlock()
	s.Drop()
	_ = s.http.Close() // closing twice or half-open connections is no concern of a test
	s.served.Wait()
}

// Revoke makes every token invalid from now on and ends all connections.
func (s *Server) Revoke() {
	s.mu.Lock()
	s.revoked = true
	s.mu.Unlock()
	s.Drop()
}

// Calls says how often a method was called, refused calls included.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Wait returns when pred holds or ctx ends. It looks again at every change of
// the ledger or of the sockets; pred may call the server's methods.
func (s *Server) Wait(ctx context.Context, pred func(*Server) bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if pred(s) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("slackfake: what was waited for did not happen: %w", ctx.Err())
		}
	}
}

// touch wakes everybody who waits. Called with mu held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// newTS makes a ts later than every other. Called with mu held.
func (s *Server) newTS() string {
	s.clock = max(s.clock+1, time.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.clock/1e6, s.clock%1e6)
}

// newID makes an id of its own. Called with mu held.
func (s *Server) newID(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%08d", prefix, s.serial)
}

// refusal is an answer with ok:false and a code.
type refusal string

func (r refusal) Error() string { return string(r) }

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	if err := r.ParseForm(); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.calls[method]++
	f := s.takeFault(method)
	s.touch()
	s.mu.Unlock()
	answer := map[string]any{}
	if f == nil || f.Process {
		answer = s.answer(method, r)
	}
	if f != nil && s.misbehave(w, r, f, answer) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // the client may be gone
}

// answer runs one method.
func (s *Server) answer(method string, r *http.Request) map[string]any {
	out, err := s.call(method, r)
	var no refusal
	switch {
	case errors.As(err, &no):
		return map[string]any{"ok": false, "error": string(no)}
	case err != nil:
		return map[string]any{"ok": false, "error": "fatal_error"}
	}
	out["ok"] = true
	return out
}

func (s *Server) call(method string, r *http.Request) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	handler, known := s.methods()[method]
	if !known {
		return nil, refusal("unknown_method")
	}
	if err := s.allow(method, r); err != nil {
		return nil, err
	}
	out, err := handler(r.Form)
	if err == nil {
		s.touch()
	}
	return out, err
}

// allow checks the token: the app's for opening sockets, the bot's for
// everything else. Called with mu held.
func (s *Server) allow(method string, r *http.Request) error {
	token := r.Form.Get("token")
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = t
	}
	want, other := s.opt.BotToken, s.opt.AppToken
	if method == "apps.connections.open" {
		want, other = other, want
	}
	switch {
	case token == "":
		return refusal("not_authed")
	case token == other:
		return refusal("not_allowed_token_type")
	case token != want:
		return refusal("invalid_auth")
	case s.revoked:
		return refusal("token_revoked")
	}
	return nil
}
