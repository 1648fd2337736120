package pgtest

import (
	"context"
	"errors"
	"sync"
	"testing"
)

// Runner is a testing.M.
type Runner interface{ Run() int }

// Run is what TestMain hands on instead of its m: it ends the server that
// [Database] started once the tests are through.
func Run(m Runner) Runner { return runner{m} }

type runner struct{ m Runner }

// Run implements Runner.
func (r runner) Run() int {
	code := r.m.Run()
	if s, err := shared().get(context.Background(), false); s != nil && err == nil {
		if err := s.remove(); err != nil {
			panic(err)
		}
	}
	return code
}

// common is the server that the tests of a process share.
type common struct {
	mu     sync.Mutex
	server *Server
	err    error
	tried  bool
}

var shared = sync.OnceValue(func() *common { return &common{} })

// get gives the server, started if make says so; a failure is kept.
func (c *common) get(ctx context.Context, start bool) (*Server, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.tried && start {
		c.tried = true
		c.server, c.err = newServer(ctx)
	}
	return c.server, c.err
}

// Database gives the address of an empty database for t alone, on the server
// that all tests of this process share. TestMain must have called [Run].
func Database(t testing.TB) string {
	t.Helper()
	c := shared()
	s, err := c.get(t.Context(), true)
	if errors.Is(err, errNoServer) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	url, err := s.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return url
}
