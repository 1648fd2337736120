package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// maxBody bounds what is read of an answer.
const maxBody = 10 << 20

// newHTTPClient makes the client all calls share. HTTP/1.1 only, because
// there "were bytes written?" has a plain answer, and no redirects, because a
// redirect would carry the address with the token in it to a stranger (as
// Referer).
func newHTTPClient(connect time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: connect, KeepAlive: 15 * time.Second}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dialer.DialContext,
			TLSHandshakeTimeout: connect,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     50 * time.Second,
			Protocols:           protocols,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// binding carries one call's context into a library that knows none, and
// records how far the call got. It serves one request and is not reused.
type binding struct {
	ctx    context.Context
	client *http.Client

	connected atomic.Bool
	written   atomic.Bool
	status    atomic.Int32 // of HTTP; 0 = no answer
	date      time.Time    // by the platform's clock; set before Do returns
}

// Do implements the library's HTTPClient. The whole body is read here, so that
// a connection cut in the middle of an answer is our error, bounded and
// without an address in it, and the connection can be used again.
func (b *binding) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(b.ctx, b.trace())
	resp, err := b.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, stripURL(err)
	}
	defer func() { _ = resp.Body.Close() }() // read to its end or given up: nothing to learn
	b.status.Store(int32(resp.StatusCode))
	b.date, _ = http.ParseTime(resp.Header.Get("Date")) // zero where there is none
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("answer cut short: %w", stripURL(err))
	}
	if len(data) > maxBody {
		return nil, fmt.Errorf("answer is larger than %d MiB", maxBody>>20)
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return resp, nil
}

// trace notes connecting and writing. Go silently tries a second connection
// only when the first wrote nothing, so GetConn starts the account anew.
// Headers count as written once they are buffered: erring on this side makes
// an "unknown", never a doubled message.
func (b *binding) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { b.connected.Store(false); b.written.Store(false) },
		GotConn:      func(httptrace.GotConnInfo) { b.connected.Store(true) },
		WroteHeaders: func() { b.written.Store(true) },
	}
}

// stripURL takes off the wrapping that quotes the address of a call.
func stripURL(err error) error {
	var ue *url.Error
	for errors.As(err, &ue) {
		err = ue.Err
	}
	return err
}
