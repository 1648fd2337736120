package slackfake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// atOnce is how many requests are under way at most.
const atOnce = 16

// hooks is delivery by requests to the program.
type hooks struct {
	base   string // "" = by sockets
	client *http.Client
	slots  chan struct{}
	ctx    context.Context // of the requests that bring events; Drop ends it
	drop   context.CancelFunc
}

func newHooks() hooks {
	ctx, drop := context.WithCancel(context.Background())
	return hooks{
		slots: make(chan struct{}, atOnce), ctx: ctx, drop: drop,
		client: &http.Client{
			Transport:     &http.Transport{MaxIdleConnsPerHost: atOnce},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// DeliverTo brings everything by signed requests to the program at base
// ("http://127.0.0.1:4711") instead of over sockets; "" ends that. Events are
// brought again until they are answered with 200. Presses, forms and commands
// are brought once, as Slack does: what comes before the program is ready is
// lost to whoever pressed (see Refused).
func (s *Server) DeliverTo(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket.hooks.base = strings.TrimSuffix(base, "/")
	s.poke()
}

// Refused gives the values of the presses and the commands that a request
// brought and that were not answered with 200: those who did it saw a warning.
func (s *Server) Refused() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, p := range s.socket.refused {
		out = append(out, p.what())
	}
	return out
}

// what names an interaction by what was done.
func (p *pending) what() string {
	if actions, ok := p.payload["actions"].([]map[string]any); ok && len(actions) > 0 {
		v, _ := actions[0]["value"].(string)
		return v
	}
	v, _ := p.payload["command"].(string)
	return v
}

// Verify asks the program to prove that it is there, as Slack does when its
// address is entered.
func (s *Server) Verify(ctx context.Context) error {
	s.mu.Lock()
	base := s.socket.hooks.base
	s.mu.Unlock()
	const challenge = "3eZbrw1aB10FEMAGZd4FyFQ"
	body, err := json.Marshal(map[string]string{"token": verificationToken, "challenge": challenge, "type": "url_verification"})
	if err != nil {
		return err
	}
	status, answer, err := s.request(ctx, base+"/slack/events", "application/json", body, nil)
	switch {
	case err != nil:
		return err
	case status != http.StatusOK || string(answer) != challenge:
		return fmt.Errorf("slackfake: the challenge was answered with %d", status)
	}
	return nil
}

// Sign gives the two headers of a request with that body, made at that time.
func (s *Server) Sign(body []byte, at time.Time) (timestamp, signature string) {
	timestamp = strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(s.opt.SigningSecret))
	_, _ = fmt.Fprintf(mac, "v0:%s:", timestamp) // a hash does not fail
	mac.Write(body)
	return timestamp, "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// request makes one signed request.
func (s *Server) request(ctx context.Context, to, contentType string, body []byte, extra map[string]string) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opt.AckTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", contentType)
	s.mu.Lock()
	skew := s.skew
	s.mu.Unlock()
	timestamp, signature := s.Sign(body, time.Now().Add(skew))
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", signature)
	for k, v := range extra {
		req.Header.Set(k, v)
	}
	resp, err := s.socket.hooks.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, answer, err
}

// call brings p by a request, or by two. Called with mu held.
func (s *Server) call(p *pending) {
	copies := 1
	if s.socket.duplicate > 0 {
		s.socket.duplicate--
		copies = 2
	}
	ctx := s.ctx
	if p.kind == "events_api" {
		ctx = s.socket.hooks.ctx
	}
	retry := map[string]string{}
	if p.attempts > 0 {
		retry["X-Slack-Retry-Num"] = strconv.Itoa(p.attempts)
		retry["X-Slack-Retry-Reason"] = "http_error"
	}
	p.attempts++
	for range copies {
		p.flying++
		_, payload := s.copyOf(p)
		to := s.socket.hooks.base
		s.served.Go(func() { s.bring(ctx, p, to, payload, retry) })
	}
}

// bring makes one request with a copy of p and looks at its answer.
func (s *Server) bring(ctx context.Context, p *pending, base string, payload map[string]any, retry map[string]string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	var status int
	path, contentType, body, err := encodeHook(p.kind, payload)
	if err == nil {
		select {
		case s.socket.hooks.slots <- struct{}{}:
			status, _, err = s.request(ctx, base+path, contentType, body, retry)
			<-s.socket.hooks.slots
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p.flying--
	ok := err == nil && status == http.StatusOK
	if ok && s.socket.loseAcks > 0 {
		s.socket.loseAcks--
		ok = false
	}
	s.answered(p, ok)
}

// answered notes how a request with p ended. Called with mu held.
func (s *Server) answered(p *pending, ok bool) {
	switch {
	case p.over:
	case ok:
		s.finish(p)
	case p.flying > 0: // the other copy may do
	case p.kind != "events_api":
		s.end(p)
		s.socket.refused = append(s.socket.refused, p)
		s.touch()
	default:
		p.due = time.Now().Add(s.opt.AckTimeout)
		if p.attempts == 1 {
			p.due = time.Now() // the first time Slack tries again at once
		}
	}
	s.poke()
}

// encodeHook gives the request for a payload: events as JSON, interactions as
// JSON in a form, commands as a form.
func encodeHook(kind string, payload map[string]any) (path, contentType string, body []byte, err error) {
	const form = "application/x-www-form-urlencoded"
	if kind == "slash_commands" {
		q := url.Values{}
		for k, v := range payload {
			s, ok := v.(string)
			if !ok {
				return "", "", nil, errors.New("slackfake: a command has words only")
			}
			q.Set(k, s)
		}
		return "/slack/commands", form, []byte(q.Encode()), nil
	}
	body, err = json.Marshal(payload)
	if kind == "interactive" {
		return "/slack/interactions", form, []byte(url.Values{"payload": {string(body)}}.Encode()), err
	}
	return "/slack/events", "application/json", body, err
}
