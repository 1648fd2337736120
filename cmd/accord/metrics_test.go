package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestMetricsAreForNeighbours: the counts are nobody else's matter, also where
// a proxy stands on the same machine.
func TestMetricsAreForNeighbours(t *testing.T) {
	const public = "chat.example.com"
	for _, c := range []struct {
		from, host, header string
		want               bool
	}{
		{from: "127.0.0.1:9", want: true},
		{from: "[::1]:9", want: true},
		{from: "10.0.0.7:9", want: true},
		{from: "[::ffff:192.168.1.4]:9", want: true},
		{from: "[fd00::2]:9", want: true},
		{from: "203.0.113.9:9"},
		{from: "[2001:db8::1]:9"},
		{from: "100.64.0.1:9"},
		{from: "nobody"},
		{from: "127.0.0.1:9", host: public},
		{from: "127.0.0.1:9", header: "X-Forwarded-For"},
		{from: "127.0.0.1:9", header: "X-Real-Ip"},
		{from: "127.0.0.1:9", header: "Forwarded"},
		{from: "127.0.0.1:9", header: "Via"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		r.RemoteAddr, r.Host = c.from, "127.0.0.1:8080"
		if c.host != "" {
			r.Host = c.host
		}
		if c.header != "" {
			r.Header.Set(c.header, "203.0.113.9")
		}
		if got := neighbour(r, public); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}

// TestMetricsAreAskedForHere: a name that a stranger owns leads nowhere, though
// it is a browser of this network that asks.
func TestMetricsAreAskedForHere(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1:8080": true, "[::1]:8080": true, "localhost:8080": true, "127.0.0.1": true,
		"accord.lan:8080": true, "ACCORD.lan": true, // what it listens on
		"10.0.0.5:8080": true, // what was dialled
		"10.0.0.6:8080": false, "evil.example": false, "evil.example:8080": false, "127.0.0.1.evil.example": false, "": false,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("10.0.0.5"), Port: 8080}))
		r.Host = host
		if got := askedHere(r, "accord.lan"); got != want {
			t.Errorf("%q: %t", host, got)
		}
		if got := askedHere(r, ""); got && host[0] == 'a' {
			t.Errorf("%q counts where the server listens everywhere", host)
		}
	}
}
