package facts

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
)

const (
	maxAnswer = 1 << 20 // bytes of an answer
	maxTries  = 3       // of one look-up
	firstRest = 200 * time.Millisecond
)

// service asks over HTTP.
type service struct {
	rule    flow.LookupRule
	cfg     Config
	client  *http.Client
	secrets map[string]string
	cache   *cache
}

func newService(rule flow.LookupRule, cfg Config) (*service, error) {
	s := &service{rule: rule, cfg: cfg, secrets: map[string]string{}, cache: newCache(rule.HTTP.Cache)}
	for _, name := range rule.HTTP.Secrets() {
		value, ok := "", false
		if cfg.Secret != nil {
			value, ok = cfg.Secret(name)
		}
		if !ok || value == "" {
			return nil, fmt.Errorf("the look-up needs the secret %s: set ACCORD_SECRET_%s or ACCORD_SECRET_%s_FILE", name, name, name)
		}
		if strings.ContainsAny(value, "\r\n\x00") {
			return nil, fmt.Errorf("the secret %s is more than one line", name)
		}
		s.secrets[name] = value
	}
	s.client = &http.Client{Transport: cfg.Transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a service that sends us elsewhere is not the one the flow names
	}}
	if cfg.Transport == nil {
		s.client.Transport = guarded(cfg.Guard, !strings.HasPrefix(rule.HTTP.URL, "https://"))
	}
	return s, nil
}

// guarded is a transport that connects to allowed addresses only. It uses no
// proxy: a proxy would connect for us, where no guard stands.
func guarded(g Guard, plain bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: g.control(plain)}
	return &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, MaxIdleConns: 16,
		MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true}
}

// LookUp implements Provider.
func (s *service) LookUp(ctx context.Context, q Query) (dialog.Fact, error) {
	id := q.Key + "\x00" + string(q.Customer)
	if fact, ok := s.cache.get(id, s.cfg.Now()); ok {
		return fact, nil
	}
	rest := firstRest
	for try := 1; ; try++ {
		fact, again, err := s.ask(ctx, q)
		if err == nil {
			s.cache.put(id, fact, s.cfg.Now())
			return fact, nil
		}
		if !again || try == maxTries || !pause(ctx, rest) {
			return dialog.Fact{Key: q.Key, Trouble: dialog.FactUnreachable}, err
		}
		rest *= 4
	}
}

// pause waits, and says whether there is time left.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// ask puts the question once; again says whether it may be put once more.
func (s *service) ask(ctx context.Context, q Query) (fact dialog.Fact, again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.rule.HTTP.Timeout)
	defer cancel()
	req, err := s.request(ctx, q)
	if err != nil {
		return fact, false, err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return fact, transient(err), bare(err)
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case slices.Contains(s.rule.HTTP.NotFound, res.StatusCode):
		return dialog.Fact{Key: q.Key}, false, nil
	case slices.Contains(s.rule.HTTP.Denied, res.StatusCode):
		return dialog.Fact{Key: q.Key, Trouble: dialog.FactNotTheirs}, false, nil
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusRequestTimeout:
		return fact, true, fmt.Errorf("the service answers %d", res.StatusCode)
	case res.StatusCode < 200 || res.StatusCode > 299:
		return fact, false, fmt.Errorf("the service answers %d", res.StatusCode)
	}
	row, err := s.read(res)
	if err != nil {
		return fact, false, err
	}
	return dialog.FactOf(s.rule, q.Key, q.Customer, row, true), false, nil
}

// transient says whether trying again may help: not where an address is not
// allowed, and not where the service writes what is no HTTP.
func transient(err error) bool {
	var guard errRefused
	var op *net.OpError
	if errors.As(err, &guard) {
		return false
	}
	return errors.As(err, &op) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.DeadlineExceeded)
}

// bare says what kind of failure it was, in words of its own where it is not one
// whose words are known: an address, and what a service wrote into a header, may
// hold what a customer wrote and even the secret.
func bare(err error) error {
	var guard errRefused
	var name *net.DNSError
	var cert *tls.CertificateVerificationError
	var op *net.OpError
	switch {
	case errors.As(err, &guard):
		return guard
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the service did not answer in time: %w", context.DeadlineExceeded)
	case errors.As(err, &name):
		return fmt.Errorf("the service's name cannot be looked up")
	case errors.As(err, &cert):
		return fmt.Errorf("the service's certificate is not to be trusted")
	case errors.As(err, &op) && op.Op == "dial":
		return fmt.Errorf("the service cannot be connected to: %w", op.Err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &op):
		return fmt.Errorf("the service broke the connection off")
	}
	return fmt.Errorf("the service's answer is not HTTP that can be read")
}

// request fills the templates in, each place escaped as its surroundings ask.
func (s *service) request(ctx context.Context, q Query) (*http.Request, error) {
	value := func(place string) string {
		if place == flow.PlaceCustomer {
			return string(q.Customer)
		}
		return q.Key
	}
	if k := strings.Trim(q.Key, "."); k == "" || strings.ContainsFunc(q.Key, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return nil, errors.New("this text cannot be asked for") // "." and ".." would walk up the path
	}
	address := flow.Fill(s.rule.HTTP.URL, func(place string) string { return escape(value(place)) })
	body := flow.Fill(s.rule.HTTP.Body, func(place string) string { return quoted(value(place)) })
	req, err := http.NewRequestWithContext(ctx, s.rule.HTTP.Method, address, bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, errors.New("the address cannot be read")
	}
	if body == "" {
		req.Body, req.ContentLength = http.NoBody, 0
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "accord")
	for name, text := range s.rule.HTTP.Headers {
		req.Header.Set(name, flow.Fill(text, func(place string) string {
			if secret, ok := flow.SecretName(place); ok {
				return s.secrets[secret]
			}
			return oneLine(value(place))
		}))
	}
	return req, nil
}

// escape writes a value so that it is one part of a path or of a query.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

// read reads an answer as the rule maps it.
func (s *service) read(res *http.Response) (map[string]string, error) {
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return nil, errors.New("the service's answer is not JSON")
	}
	content, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, errors.New("the service's answer broke off")
	}
	if len(content) > maxAnswer {
		return nil, errors.New("the service's answer is too large")
	}
	return mapped(content, s.rule.HTTP.Answer)
}
