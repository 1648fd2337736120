package slack

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"
)

// maxAnswer bounds what we read of one answer, so that a broken proxy cannot
// fill the memory.
const maxAnswer = 10 << 20

// newHTTPClient builds the one client all calls go through. It does not follow
// redirects: the token is in the request's body and would travel along.
func newHTTPClient(timeout time.Duration) *http.Client {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   5 * time.Second,
		ExpectContinueTimeout: time.Second,
		ResponseHeaderTimeout: timeout, // files have no other bound before their first byte
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       60 * time.Second,
	}
	return &http.Client{
		Transport:     t,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// fileTimeout bounds one file's way, body included.
const fileTimeout = 5 * time.Minute

// newFileClient is for the contents of files, over the same connections.
func newFileClient(hc *http.Client) *http.Client {
	c := *hc
	c.Timeout = fileTimeout
	return &c
}

// doer is what the library calls. It takes the address out of errors, bounds
// the answer, and drops a Retry-After that is no number: over one the library
// would report a parse error in place of the limit.
type doer struct{ client *http.Client }

// Do sends one request.
func (d doer) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.client.Do(req)
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) {
			return nil, ue.Err
		}
		return nil, err
	}
	if _, bad := strconv.ParseInt(resp.Header.Get("Retry-After"), 10, 64); bad != nil {
		resp.Header.Del("Retry-After")
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// newPoster makes the client for everything that changes something in Slack:
// a call is made once, and how it ended is the outbox's business.
func newPoster(cfg Config, hc *http.Client) *slackapi.Client {
	return slackapi.New(string(cfg.BotToken), slackapi.OptionAPIURL(cfg.APIURL), slackapi.OptionHTTPClient(doer{hc}))
}

// newReader makes the client for look-ups, which waits when Slack asks it to.
// With no handlers named the library repeats after 429 only.
func newReader(cfg Config, hc *http.Client) *slackapi.Client {
	return slackapi.New(string(cfg.BotToken),
		slackapi.OptionAPIURL(cfg.APIURL),
		slackapi.OptionAppLevelToken(string(cfg.AppToken)),
		slackapi.OptionHTTPClient(doer{hc}), // before the retries, which wrap it
		slackapi.OptionRetryConfig(slackapi.RetryConfig{
			MaxRetries:         2,
			RetryAfterDuration: time.Second, // where a 429 does not say
			RetryAfterJitter:   100 * time.Millisecond,
		}))
}
