package slackfake

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options shape a [Server]; the zero value is fine.
type Options struct {
	BotToken string // "" = DefaultBotToken
	AppToken string // "" = DefaultAppToken
	// SigningSecret signs requests to the program; "" = DefaultSigningSecret.
	SigningSecret string
	// TriggerLife is how long a trigger can open a form; 0 = 3 s.
	TriggerLife time.Duration
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

	DefaultSigningSecret = "8f742231b10e8888abcd99yyyzzz85a5"

	Team    = "T0ACCORD"
	BotUser = "U0BOT"
	BotID   = "B0BOT"
	AppID   = "A0ACCORD"
	Queue   = "C0QUEUE" // a channel with the bot in it
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
	skew     time.Duration // of Slack's clock
	scopes   []string      // of the bot token
	users    map[string]*User
	channels map[string]*Channel
	groups   map[string][]string
	messages []*Message
	byTS     map[string]*Message   // no two messages share a ts
	threads  map[string][]*Message // replies by their root's ts
	files    map[string]*stored
	views    map[string]*view
	triggers map[string]trigger
	calls    map[string]int
	faults   []*Fault
	socket   delivery
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
		byTS: map[string]*Message{}, threads: map[string][]*Message{}, files: map[string]*stored{}, triggers: map[string]trigger{},
		views: map[string]*view{}, calls: map[string]int{}, socket: newDelivery(), scopes: allScopes(),
	}
	s.AddUser(User{ID: BotUser, Name: "accord", Bot: true})
	s.AddChannel(Queue, "queue", BotUser)
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/socket", s.serveSocket)
	mux.HandleFunc("GET /files/{id}/{name}", s.serveDownload)
	mux.HandleFunc("POST /upload/{ticket}", s.serveUpload)
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
	if o.SigningSecret == "" {
		o.SigningSecret = DefaultSigningSecret
	}
	if o.TriggerLife <= 0 {
		o.TriggerLife = 3 * time.Second
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

// SigningSecret is what requests to the program are signed with.
func (s *Server) SigningSecret() string { return s.opt.SigningSecret }

// SetClock puts Slack's clock ahead of ours, or behind it: the Date of answers
// and the time in signatures.
func (s *Server) SetClock(ahead time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = ahead
}

// SetScopes gives the bot token these scopes and no others.
func (s *Server) SetScopes(scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = scopes
}

// Close ends all connections and waits for what the server had running.
func (s *Server) Close() {
	s.mu.Lock()
	s.stop() // under the lock: no connection joins after Drop has passed
	s.mu.Unlock()
	s.Drop()
	_ = s.http.Close() // closing twice or half-open connections is no concern of a test
	s.served.Wait()
	s.socket.hooks.client.CloseIdleConnections()
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
