package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTime bounds how long a server may take to answer.
const startTime = time.Minute

// Server is one PostgreSQL server. Its methods are for one goroutine.
type Server struct {
	bin, dir string
	who      *person
	running  *running
	named    int // databases made so far
}

// running is the process of a server.
type running struct {
	process *os.Process
	ended   chan struct{} // closed when it has been waited for
}

// Start gives a server to one test, and ends it with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := newServer(t.Context())
	if errors.Is(err, errNoServer) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.remove(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// newServer makes the files of a server and starts it.
func newServer(ctx context.Context) (*Server, error) {
	bin, err := Bin()
	if err != nil {
		return nil, err
	}
	who, err := somebody()
	if err != nil {
		return nil, err
	}
	// Not below t.TempDir: a socket's path must be short.
	dir, err := os.MkdirTemp("", "accordpg")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, who: who}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

func (s *Server) prepare(ctx context.Context) error {
	if err := s.who.give(s.dir); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), "--pgdata", s.data(), "--auth", "trust",
		"--username", "accord", "--encoding", "UTF8", "--no-locale", "--no-instructions")
	cmd.Dir = s.dir
	s.who.as(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s.Up(ctx)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// settings keep a server small, and as careful as one that matters.
func (s *Server) settings() []string {
	var args []string
	for _, set := range []string{"listen_addresses=", "unix_socket_directories=" + s.dir, "fsync=on", "full_page_writes=on",
		"synchronous_commit=on", "max_connections=120", "shared_buffers=64MB", "logging_collector=off", "log_min_messages=fatal"} {
		args = append(args, "-c", set)
	}
	return args
}

// Up starts the server and returns when it answers.
func (s *Server) Up(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	if err := s.launch(); err != nil {
		return err
	}
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		next := time.NewTimer(20 * time.Millisecond)
		select {
		case <-next.C:
		case <-s.running.ended:
			next.Stop()
			return fmt.Errorf("the server ended: %s", s.tail())
		case <-ctx.Done():
			next.Stop()
			return fmt.Errorf("the server does not answer: %w: %s", err, s.tail())
		}
	}
}

// launch starts the process on a thread that lives as long as it does, because
// it ends with its thread.
func (s *Server) launch() error {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.Background(), filepath.Join(s.bin, "postgres"), append([]string{"-D", s.data()}, s.settings()...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, log, log
	dieWithUs(cmd)
	s.who.as(cmd)
	r := &running{ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(r.ended)
		err := cmd.Start()
		r.process = cmd.Process
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is in the log
		}
		_ = log.Close()
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	s.running = r
	return nil
}

// tail is the end of the server's log.
func (s *Server) tail() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// Down ends the server at once: connections are cut, what was committed stays.
func (s *Server) Down() error { return s.end(syscall.SIGINT) }

// Crash ends the server as a power cut would, as far as processes go: it
// recovers from its log when it comes up again.
func (s *Server) Crash() error { return s.end(syscall.SIGQUIT) }

func (s *Server) end(how os.Signal) error {
	if s.running == nil {
		return nil
	}
	if err := s.running.process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end postgres: %w", err)
	}
	<-s.running.ended
	s.running = nil
	return nil
}

func (s *Server) remove() error { return errors.Join(s.end(syscall.SIGQUIT), os.RemoveAll(s.dir)) }

// Make makes an empty database and gives its address.
func (s *Server) Make(ctx context.Context) (url string, err error) {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	s.named++
	name := fmt.Sprintf("accord_%d", s.named)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	return s.URL(name), nil
}

// URL is the address of a database of this server.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://accord@/%s?host=%s", database, strings.ReplaceAll(s.dir, " ", "%20"))
}

// Tool gives the path of one of the server's programs ("psql", "pg_dump").
func (s *Server) Tool(name string) string { return filepath.Join(s.bin, name) }
