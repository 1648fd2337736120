package remotetest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
)

// Asked is one request as it came.
type Asked struct {
	Header http.Header
	Body   string // whole
	System string // the first message
	Data   string // the last message
	Schema bool   // an answer of a certain form was asked for
}

// Behaviour answers one request.
type Behaviour func(w http.ResponseWriter, r *http.Request, a Asked)

// Server is the service. Its address is URL() + nothing: it answers
// URL()/chat/completions.
type Server struct {
	http *httptest.Server

	mu     sync.Mutex
	behave Behaviour
	asked  []Asked
	news   chan struct{} // closed with every request
}

// New starts a service that behaves as given.
func New(behave Behaviour) *Server {
	s := &Server{behave: behave, news: make(chan struct{})}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// URL is the base of the interface.
func (s *Server) URL() string { return s.http.URL + "/v1" }

// Close ends it, and all that hangs.
func (s *Server) Close() {
	s.http.CloseClientConnections()
	s.http.Close()
}

// Behave sets what it does from now on.
func (s *Server) Behave(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behave = b
}

// Asked gives all requests so far, and a channel that the next one closes.
func (s *Server) Asked() ([]Asked, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked), s.news
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil || r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/chat/completions") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	var in struct {
		Messages []struct {
			Content string `json:"content"`
		} `json:"messages"`
		Format json.RawMessage `json:"response_format"`
	}
	if json.Unmarshal(body, &in) != nil || len(in.Messages) == 0 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	a := Asked{Header: r.Header.Clone(), Body: string(body), System: in.Messages[0].Content,
		Data: in.Messages[len(in.Messages)-1].Content, Schema: len(in.Format) > 0}
	s.mu.Lock()
	s.asked = append(s.asked, a)
	close(s.news)
	s.news = make(chan struct{})
	behave := s.behave
	s.mu.Unlock()
	behave(w, r, a)
}
