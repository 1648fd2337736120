package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.uber.org/zap"
)

// socketName is the control socket inside ACCORD_DATA, by which commands reach
// the running server. Who may open it may do everything, so it is for the user
// who runs the server alone.
const socketName = "accord.sock"

// maxSocketPath is the longest path a socket can have: the system keeps it in
// 108 bytes with a NUL at the end.
const maxSocketPath = 107

const (
	// dialTimeout is how long a server may take to accept; it sits on the same
	// machine.
	dialTimeout = 5 * time.Second
	// maxAsked bounds what a command may ask.
	maxAsked = 64 << 10
)

func socketPath(data string) string { return filepath.Join(data, socketName) }

// operations are what commands can ask of a running server, by name. The
// client's half stands in control_client.go.
func operations(op operator) map[string]http.Handler {
	return map[string]http.Handler{
		"stuck":    operation(op.Stuck),
		"show":     operation(op.Show),
		"retry":    operation(act(op.Retry)),
		"drop":     operation(act(op.Drop)),
		"users":    operation(func(ctx context.Context, _ nothing) ([]account, error) { return op.Users(ctx) }),
		"add_user": operation(op.AddUser),
		"link":     operation(op.Link),
		"disable":  operation(op.Disable),
		"state":    operation(func(ctx context.Context, _ nothing) (state, error) { return op.State(ctx) }),
		"address":  operation(func(ctx context.Context, _ nothing) (string, error) { return op.Address(ctx) }),
		"backup":   operation(op.Backup),
	}
}

// nothing stands where an operation asks or answers nothing.
type nothing struct{}

func act[In any](f func(context.Context, In) error) func(context.Context, In) (nothing, error) {
	return func(ctx context.Context, in In) (nothing, error) { return nothing{}, f(ctx, in) }
}

// trouble is how an error crosses the socket.
type trouble struct {
	What string `json:"error"`
	Hint string `json:"hint,omitempty"`
	Code int    `json:"code,omitempty"`
}

// operation answers one question of a command: JSON in, JSON out.
func operation[In, Out any](f func(context.Context, In) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(io.LimitReader(r.Body, maxAsked)).Decode(&in); err != nil {
			answer(w, http.StatusBadRequest, trouble{What: "the question cannot be read", Hint: "use the accord command of the server's version"})
			return
		}
		out, err := f(r.Context(), in)
		if err != nil {
			p := asProblem(err)
			answer(w, http.StatusUnprocessableEntity, trouble{What: redact(p.what), Hint: p.hint, Code: p.code})
			return
		}
		answer(w, http.StatusOK, out)
	})
}

// control is the server's end of the socket.
type control struct {
	listener net.Listener
	server   *http.Server
}

// listenControl opens the socket. It needs the database's lock to be held: only
// then is a socket that nobody answers known to be a leftover.
func listenControl(ctx context.Context, data string, op operator, log *zap.Logger) (*control, error) {
	path := socketPath(data)
	if len(path) > maxSocketPath {
		// Customers are served all the same; that is more than commands are worth.
		log.Warn("commands cannot reach this server while it runs: the path of the control socket is too long; a shorter ACCORD_DATA helps",
			zap.Int("bytes", len(path)), zap.Int("most", maxSocketPath))
		return &control{}, nil
	}
	if err := clearSocket(ctx, path); err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, &problem{what: "cannot open the control socket: " + err.Error(), hint: "the folder ACCORD_DATA must be on a file system that can hold sockets"}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(&problem{what: "cannot close the control socket to others: " + err.Error()}, l.Close())
	}
	mux := http.NewServeMux()
	for name, h := range operations(op) {
		mux.Handle("POST /"+name, h)
	}
	return &control{listener: l, server: &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout, ErrorLog: zap.NewStdLog(log.Named("control"))}}, nil
}

// clearSocket takes away what a dead server left. It touches nothing else.
func clearSocket(ctx context.Context, path string) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &problem{what: "the control socket: " + err.Error(), hint: "the folder ACCORD_DATA must belong to the user who runs accord"}
	case info.Mode().Type() != fs.ModeSocket:
		return &problem{what: path + " is no socket", hint: "accord needs that name for itself; move the file away"}
	}
	conn, err := dialControl(ctx, path)
	if err == nil {
		_ = conn.Close()
		return &problem{what: "another accord answers on " + path, hint: "stop it, or give this one a folder of its own with ACCORD_DATA"}
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return &problem{what: "the control socket: " + err.Error(), hint: "remove " + path + " if no accord is running"}
	}
	if err := os.Remove(path); err != nil {
		return &problem{what: "the control socket: " + err.Error()}
	}
	return nil
}

func dialControl(ctx context.Context, path string) (net.Conn, error) {
	return (&net.Dialer{Timeout: dialTimeout}).DialContext(ctx, "unix", path)
}

// serve answers until close. It never fails the server: a socket that broke
// costs commands, not customers.
func (c *control) serve(log *zap.Logger) {
	if c.listener == nil {
		return
	}
	if err := c.server.Serve(c.listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Error("the control socket ended; commands cannot reach this server any more", zap.Error(err))
	}
}

// end lets commands under way finish for a while, and takes the socket away.
func (c *control) end(ctx context.Context, log *zap.Logger) {
	if c.listener == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	if err := c.server.Shutdown(ctx); err != nil {
		log.Warn("a command was cut short by the end of the server")
		_ = c.server.Close()
	}
	_ = c.listener.Close() // where it had not begun to serve; else it is closed already
}
