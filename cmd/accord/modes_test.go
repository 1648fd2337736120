package main_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// mode is how platforms and the program come together.
type mode struct {
	name string
	wire func(*rig)
}

// asked: the program polls Telegram and opens a socket to Slack.
var asked = mode{name: "poll and socket", wire: func(*rig) {}}

// called: both platforms call the program, through a proxy that keeps its
// address while programs come and go.
var called = mode{name: "webhook and http", wire: func(r *rig) {
	r.front = newFront(r.t)
	r.slack.DeliverTo(r.front.url)
	r.env = append(r.env, "ACCORD_PUBLIC_URL="+r.front.url,
		"ACCORD_TELEGRAM_MODE=webhook", "ACCORD_TELEGRAM_WEBHOOK_SECRET=a-secret_of-the-webhook-0123456789",
		"ACCORD_SLACK_MODE=http", "ACCORD_SLACK_SIGNING_SECRET="+r.slack.SigningSecret(), "ACCORD_SLACK_APP_TOKEN=")
}}

// bothWays runs a test in both modes: what customers and agents see must not
// depend on it.
func bothWays(t *testing.T, test func(*testing.T, mode)) {
	t.Parallel()
	for _, m := range []mode{asked, called} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			test(t, m)
		})
	}
}

// front is a proxy as operators put one in front: it says who asked, and that
// nobody is there (502) where no program runs.
type front struct {
	url string
	to  atomic.Pointer[url.URL]
}

func newFront(t *testing.T) *front {
	f := &front{}
	nowhere, err := url.Parse("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	f.to.Store(nowhere)
	proxy := &httputil.ReverseProxy{
		Rewrite:      func(p *httputil.ProxyRequest) { p.SetURL(f.to.Load()); p.SetXForwarded() },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	f.url = s.URL
	return f
}

// leadTo sends what comes from now on to base.
func (f *front) leadTo(base string) {
	if u, err := url.Parse(base); err == nil {
		f.to.Store(u)
	}
}
