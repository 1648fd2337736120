package slack

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"
)

// ask makes one request to a method of the Web API and reads its answer into
// out. It is for what the library does not hand through: messages as they came,
// headers of an answer. Errors are of the library's kinds.
func (a *Adapter) ask(ctx context.Context, method string, form url.Values, out any) (http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.cfg.APIURL+method, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", formType)
	req.Header.Set("Authorization", "Bearer "+string(a.cfg.BotToken))
	resp, err := doer{a.http}.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if err := statusError(resp); err != nil {
		return resp.Header, err
	}
	var raw json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&raw); err != nil {
		return resp.Header, err
	}
	var how slackapi.SlackResponse
	if err := json.Unmarshal(raw, &how); err != nil {
		return resp.Header, err
	}
	if err := how.Err(); err != nil {
		return resp.Header, err
	}
	return resp.Header, json.Unmarshal(raw, out)
}

// statusError gives the library's error for an answer that is none.
func statusError(resp *http.Response) error {
	switch {
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode == http.StatusTooManyRequests:
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
			return &slackapi.RateLimitedError{RetryAfter: time.Duration(s) * time.Second}
		}
	}
	return slackapi.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
}

// patient is ask for reading: it waits as long as Slack asks, and tries again
// until ctx ends.
func (a *Adapter) patient(ctx context.Context, method string, form url.Values, out any) error {
	for {
		_, err := a.ask(ctx, method, form, out)
		wait, throttled := waitOf(err)
		if !throttled {
			return err
		}
		if pause(ctx, wait); ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
