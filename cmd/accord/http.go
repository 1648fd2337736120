package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// Time-outs of the HTTP server. There is none on writing: the web chat's
// events stay open as long as a page is.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	readyTimeout  = 3 * time.Second
	maxHeader     = 64 << 10
)

// routes are all addresses this version answers. What a platform calls is there
// only where its adapter is called, and checks by itself who calls.
func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"status": "alive"})
	})
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("/chat", s.web.Handler())
	mux.Handle("/chat/", s.web.Handler())
	mux.Handle("/admin", s.console.Handler())
	mux.Handle("/admin/", s.console.Handler())
	mux.Handle("GET /metrics", s.metrics())
	for _, a := range s.called() {
		for pattern, h := range a.Routes() {
			mux.Handle(pattern, h)
		}
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/chat", http.StatusFound) })
	return mux
}

// called are the adapters that are called over HTTP.
func (s *service) called() (list []adapters.Router) {
	for _, a := range append(s.customers[:len(s.customers):len(s.customers)], s.desk) {
		if r, ok := a.(adapters.Router); ok {
			list = append(list, r)
		}
	}
	return list
}

// ready says whether messages are taken and answered. What is wrong is said
// to whoever may ask, so it holds no secrets.
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	if err := s.bot.Ready(ctx); err != nil {
		answer(w, http.StatusServiceUnavailable, map[string]any{"status": "not ready", "reason": redact(err.Error())})
		return
	}
	answer(w, http.StatusOK, map[string]any{"status": "ready"})
}

func answer(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *service) server() *http.Server {
	return &http.Server{
		Handler: s.routes(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: zap.NewStdLog(s.log.Named("http")),
	}
}

// listen opens the address, so that a port in use is known before anything
// starts.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) {
			err = op.Err
		}
		return nil, &problem{what: "cannot listen on " + addr + ": " + err.Error(), hint: "choose another address with ACCORD_HTTP_ADDR; port 0 picks a free one"}
	}
	return l, nil
}
