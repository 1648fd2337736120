package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"syscall"
)

// remote is the operator that asks the running server.
type remote struct {
	http *http.Client
}

var _ operator = (*remote)(nil)

// reach finds the running server by its socket; nil where none runs.
func reach(ctx context.Context, data string) (*remote, error) {
	path := socketPath(data)
	if len(path) > maxSocketPath {
		return nil, nil // such a server has no socket
	}
	conn, err := dialControl(ctx, path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENOTSOCK):
		return nil, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, &problem{what: "the server's control socket is closed to you", hint: "run this command as the user who runs the server, or as root"}
	case err != nil:
		return nil, &problem{what: "the control socket: " + err.Error(), hint: "is ACCORD_DATA the folder of the server?"}
	}
	_ = conn.Close()
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) { return dialControl(ctx, path) }
	return &remote{http: &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}}, nil
}

// ask puts one question to the server.
func ask[Out any](ctx context.Context, r *remote, name string, in any) (Out, error) {
	var out Out
	body, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://accord/"+name, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return out, &problem{what: "the running server did not answer: " + cause(err), hint: "its log says more; accord health asks whether it is well"}
	}
	defer func() { _ = resp.Body.Close() }()
	switch resp.StatusCode {
	case http.StatusOK:
		if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
			return out, &problem{what: "the running server's answer cannot be read: " + err.Error(), hint: "use the accord command of the server's version"}
		}
		return out, nil
	case http.StatusNotFound:
		return out, &problem{what: "the running server does not know this command", hint: "it is of another version: restart it with this one"}
	}
	return out, told(resp.Body)
}

// told makes an error of what the server said.
func told(body io.Reader) error {
	var t trouble
	if err := json.NewDecoder(body).Decode(&t); err != nil || t.What == "" {
		return &problem{what: "the running server's answer cannot be read", hint: "use the accord command of the server's version"}
	}
	return &problem{what: t.What, hint: t.Hint, code: t.Code}
}

// cause is an error without the made-up address of the socket.
func cause(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return fmt.Sprint(err)
		}
		err = next
	}
}

// Close implements operator.
func (r *remote) Close() error { r.http.CloseIdleConnections(); return nil }

// Stuck implements operator.
func (r *remote) Stuck(ctx context.Context, limit int) ([]stuck, error) {
	return ask[[]stuck](ctx, r, "stuck", limit)
}

// Show implements operator.
func (r *remote) Show(ctx context.Context, which showing) (stuck, error) {
	return ask[stuck](ctx, r, "show", which)
}

// Retry implements operator.
func (r *remote) Retry(ctx context.Context, id string) error {
	_, err := ask[nothing](ctx, r, "retry", id)
	return err
}

// Drop implements operator.
func (r *remote) Drop(ctx context.Context, id string) error {
	_, err := ask[nothing](ctx, r, "drop", id)
	return err
}

// Users implements operator.
func (r *remote) Users(ctx context.Context) ([]account, error) {
	return ask[[]account](ctx, r, "users", nothing{})
}

// AddUser implements operator.
func (r *remote) AddUser(ctx context.Context, who newcomer) (account, error) {
	return ask[account](ctx, r, "add_user", who)
}

// Link implements operator.
func (r *remote) Link(ctx context.Context, name string) (link, error) {
	return ask[link](ctx, r, "link", name)
}

// Disable implements operator.
func (r *remote) Disable(ctx context.Context, who leaver) (account, error) {
	return ask[account](ctx, r, "disable", who)
}

// Address implements operator.
func (r *remote) Address(ctx context.Context) (string, error) {
	return ask[string](ctx, r, "address", nothing{})
}

// State implements operator.
func (r *remote) State(ctx context.Context) (state, error) {
	return ask[state](ctx, r, "state", nothing{})
}

// Backup implements operator.
func (r *remote) Backup(ctx context.Context, dest string) (backupReport, error) {
	return ask[backupReport](ctx, r, "backup", dest)
}
