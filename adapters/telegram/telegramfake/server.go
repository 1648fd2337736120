package telegramfake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Token is the token of the bot that every [Server] starts with.
const Token = "4711:AAFake-token_of_the_first_bot_0123456789"

// Server is a Bot API on loopback. The embedded Bot is the one with [Token].
type Server struct {
	*Bot

	mu      sync.Mutex
	bots    map[string]*Bot
	down    bool
	closed  bool
	skew    time.Duration
	hooks   sync.WaitGroup // what delivers to webhooks
	url     string
	http    *http.Server
	closing chan struct{}
	close   sync.Once
	done    chan struct{}
}

// New starts a server on a free port of loopback. It panics if there is none,
// as a test could do nothing about it.
func New() *Server {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		panic(fmt.Sprintf("telegramfake: %v", err))
	}
	s := &Server{
		bots:    make(map[string]*Bot),
		url:     "http://" + listener.Addr().String(),
		closing: make(chan struct{}),
		done:    make(chan struct{}),
	}
	s.Bot = s.AddBot(Token)
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.done)
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Sprintf("telegramfake: %v", err))
		}
	}()
	return s
}

// URL is the API address to configure, without a token.
func (s *Server) URL() string { return s.url }

// Close cuts all connections, ends the server and delivers nothing more.
// Idempotent.
func (s *Server) Close() {
	s.close.Do(func() {
		close(s.closing)
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		_ = s.http.Close()
		<-s.done
		s.hooks.Wait()
	})
}

// start runs f beside everything else, unless the server ends.
func (s *Server) start(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.hooks.Go(f)
	}
}

// Skew puts Telegram's clock ahead of ours by so much, as its Date header
// tells it.
func (s *Server) Skew(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = d
}

func (s *Server) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.skew)
}

// Down makes the server cut every connection unanswered (true) until it is up
// again (false): the network is gone, what was sent stays in the ledger.
// Polls that are being held open are cut, too, and webhooks are not called.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	s.down = down
	bots := make([]*Bot, 0, len(s.bots))
	for _, b := range s.bots {
		bots = append(bots, b)
	}
	s.mu.Unlock()
	for _, b := range bots {
		b.changed()
	}
}

func (s *Server) isDown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.down
}

// AddBot makes a further bot. The token is "<id>:<key>"; it panics on any
// other form and gives the bot that exists where there is one already.
func (s *Server) AddBot(token string) *Bot {
	head, _, ok := strings.Cut(token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if !ok || err != nil {
		panic("telegramfake: a token is a number, a colon and a key")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, ok := s.bots[token]; ok {
		return b
	}
	b := newBot(id, s)
	s.bots[token] = b
	return b
}

// ServeHTTP implements http.Handler: POST or GET /bot<token>/<method>, and GET
// /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, ok2 := strings.Cut(rest, "/")
	if !ok || !ok2 || !strings.Contains(token, ":") {
		write(w, failure(http.StatusNotFound, "Not Found"))
		return
	}
	fields, files, err := readFields(r)
	if err != nil {
		write(w, failure(http.StatusBadRequest, "Bad Request: the body cannot be read"))
		return
	}
	if s.isDown() {
		cut(w)
		return
	}
	s.mu.Lock()
	bot := s.bots[token]
	s.mu.Unlock()
	if bot == nil {
		write(w, failure(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	bot.serve(w, r, method, form{fields, files})
}

// readFields reads the parameters of a call from wherever clients put them:
// the query, a form, or JSON (of which composite values stay JSON); and the
// files of a form.
func readFields(r *http.Request) (fields map[string]string, files map[string]upload, err error) {
	fields = make(map[string]string)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var body map[string]json.RawMessage
		err := json.NewDecoder(r.Body).Decode(&body)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, err
		}
		for name, raw := range body {
			var text string
			if json.Unmarshal(raw, &text) != nil {
				text = string(raw)
			}
			fields[name] = text
		}
		return fields, nil, nil
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, nil, err
	}
	for name, values := range r.Form {
		fields[name] = values[0]
	}
	files, err = readUploads(r)
	return fields, files, err
}

// answer is what a method came to.
type answer struct {
	code       int // 0 = fine
	what       string
	result     any
	retryAfter int
	migrateTo  int64
}

func success(result any) answer            { return answer{result: result} }
func failure(code int, what string) answer { return answer{code: code, what: what} }
func badRequest(what string) answer        { return failure(http.StatusBadRequest, "Bad Request: "+what) }
func (a answer) ok() bool                  { return a.code == 0 }

func write(w http.ResponseWriter, a answer) {
	body := map[string]any{"ok": a.ok()}
	status := http.StatusOK
	if a.ok() {
		body["result"] = a.result
	} else {
		status = a.code
		body["error_code"], body["description"] = a.code, a.what
		parameters := map[string]any{}
		if a.retryAfter > 0 {
			parameters["retry_after"] = a.retryAfter
		}
		if a.migrateTo != 0 {
			parameters["migrate_to_chat_id"] = a.migrateTo
		}
		if len(parameters) > 0 {
			body["parameters"] = parameters
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that went away is its own affair
}

// cut ends the connection without a word.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}
