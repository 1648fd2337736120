package main

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"
)

// answering is an operator that refuses one thing and answers another.
type answering struct {
	operator // the rest is not asked
	cut      chan struct{}
}

func (answering) Users(context.Context) ([]account, error) {
	return []account{{ID: 7, Name: "Anna"}}, nil
}

func (answering) Retry(_ context.Context, id string) error {
	return &problem{what: "no " + id + " with xoxb-canary-token", hint: "look elsewhere", code: exitWanting}
}

func (a answering) State(ctx context.Context) (state, error) {
	close(a.cut)
	<-ctx.Done()
	return state{}, ctx.Err()
}

// listening serves an operator on a socket in a new folder.
func listening(t *testing.T, op operator) (dir string, c *control) {
	t.Helper()
	dir = t.TempDir()
	c, err := listenControl(t.Context(), dir, op, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { defer close(served); c.serve(zap.NewNop()) }()
	t.Cleanup(func() { c.end(context.Background(), zap.NewNop()); <-served })
	return dir, c
}

func reached(t *testing.T, dir string) *remote {
	t.Helper()
	r, err := reach(t.Context(), dir)
	if err != nil || r == nil {
		t.Fatalf("no server is found: %v", err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func TestTheControlSocketAnswersItsOwnUserOnly(t *testing.T) {
	dir, _ := listening(t, answering{})
	info, err := os.Stat(socketPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || info.Mode().Type() != fs.ModeSocket {
		t.Errorf("the socket has mode %v", info.Mode())
	}
	users, err := reached(t, dir).Users(t.Context())
	if err != nil || len(users) != 1 || users[0].Name != "Anna" {
		t.Errorf("it answers %v (%v)", users, err)
	}
}

// TestAnErrorCrossesTheSocketWhole: what, hint and exit code are those of the
// server, and no secret comes along.
func TestAnErrorCrossesTheSocketWhole(t *testing.T) {
	dir, _ := listening(t, answering{})
	err := reached(t, dir).Retry(t.Context(), "in-4")
	var p *problem
	if !errors.As(err, &p) || p.what != "no in-4 with ***" || p.hint != "look elsewhere" || p.code != exitWanting {
		t.Errorf("the command says %#v", err)
	}
}

func TestAnUnknownQuestionNamesTheOtherVersion(t *testing.T) {
	dir, _ := listening(t, answering{})
	_, err := ask[nothing](t.Context(), reached(t, dir), "fly", nothing{})
	var p *problem
	if !errors.As(err, &p) || !strings.Contains(p.hint, "another version") {
		t.Errorf("the command says %v", err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://accord/users", strings.NewReader("no JSON"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := reached(t, dir).http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("what is no question is answered with %d", resp.StatusCode)
	}
}

func TestASecondServerFindsTheFirst(t *testing.T) {
	dir, _ := listening(t, answering{})
	_, err := listenControl(t.Context(), dir, answering{}, zap.NewNop())
	if err == nil || !strings.Contains(err.Error(), "another accord answers") {
		t.Errorf("the second start says %v", err)
	}
	reached(t, dir) // and leaves the first its socket
}

// TestACommandThatLastsIsCutByTheEnd: a server that stops does not wait for a
// command for ever, and the command hears of it.
func TestACommandThatLastsIsCutByTheEnd(t *testing.T) {
	op := answering{cut: make(chan struct{})}
	dir, c := listening(t, op)
	r, said := reached(t, dir), make(chan error, 1)
	go func() { _, err := r.State(context.WithoutCancel(t.Context())); said <- err }()
	<-op.cut
	if err := c.server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-said; err == nil || !strings.Contains(err.Error(), "did not answer") || strings.Contains(err.Error(), "http://accord") {
		t.Errorf("the command says %v", err)
	}
}

func TestNobodyIsReachedWhereNothingRuns(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{dir, filepath.Join(dir, "none"), file, filepath.Join(dir, strings.Repeat("long", 40))} {
		if r, err := reach(t.Context(), data); r != nil || err != nil {
			t.Errorf("%s: %v, %v", data, r, err)
		}
	}
}
