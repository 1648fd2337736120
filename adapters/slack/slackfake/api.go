package slackfake

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// refusal is an answer with ok:false and a code.
type refusal string

func (r refusal) Error() string { return string(r) }

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	if err := parseRequest(r); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	f := s.counted(method)
	answer := map[string]any{}
	s.stamp(w)
	if f == nil || f.Process {
		answer = s.answer(method, r)
	}
	if f != nil && s.misbehave(w, r, f, answer) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // the client may be gone
}

// counted counts a call and gives its fault, if one is ordered.
func (s *Server) counted(method string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	s.touch()
	return s.takeFault(method)
}

// stamp sets the headers that answers of the Web API have.
func (s *Server) stamp(w http.ResponseWriter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", time.Now().Add(s.skew).UTC().Format(http.TimeFormat))
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes, ","))
}

// parseRequest reads a form, or JSON into the same shape: members that are not
// strings stay JSON.
func parseRequest(r *http.Request) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return r.ParseForm()
	}
	var members map[string]json.RawMessage
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&members); err != nil && !errors.Is(err, io.EOF) { // nothing at all is fine
		return err
	}
	r.Form = url.Values{}
	for k, v := range members {
		var s string
		if json.Unmarshal(v, &s) != nil {
			s = string(v)
		}
		r.Form.Set(k, s)
	}
	return nil
}

// answer runs one method.
func (s *Server) answer(method string, r *http.Request) map[string]any {
	out, err := s.run(method, r)
	var no refusal
	var scope lacking
	switch {
	case errors.As(err, &scope):
		return map[string]any{"ok": false, "error": "missing_scope", "needed": string(scope)}
	case errors.As(err, &no):
		return map[string]any{"ok": false, "error": string(no)}
	case err != nil:
		return map[string]any{"ok": false, "error": "fatal_error"}
	}
	out["ok"] = true
	return out
}

func (s *Server) run(method string, r *http.Request) (map[string]any, error) {
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
	if scope := scopeOf(method); scope != "" && !slices.Contains(s.scopes, scope) {
		return lacking(scope)
	}
	return nil
}
