package main

import (
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
