package main

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics serves counts for Prometheus: no text, no name, no id of anybody.
// How much a business promises and breaks is nobody else's matter all the
// same, so it answers neighbours only; see neighbour.
func (s *service) metrics() http.Handler {
	all := prometheus.NewRegistry()
	all.MustRegister(s.bot.Collector(), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	h := promhttp.HandlerFor(all, promhttp.HandlerOpts{})
	public := ""
	if u, err := url.Parse(s.cfg.PublicURL); err == nil {
		public = u.Host
		if local(s.cfg.PublicURL) { // a rehearsal on one machine: the name is no sign of the world
			public = ""
		}
	}
	listening, _, _ := net.SplitHostPort(s.cfg.HTTPAddr)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !neighbour(r, public) || !askedHere(r, listening) {
			http.NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// askedHere says whether a request asks for this machine as it listens, by its
// address or the name ACCORD_HTTP_ADDR has. Any other name may be a stranger's
// that leads a browser here.
func askedHere(r *http.Request, listening string) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if loopback(host) || listening != "" && strings.EqualFold(host, listening) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	to, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && to.AddrPort().Addr().Unmap().WithZone("") == ip.Unmap()
}

// neighbour says whether a request comes from this machine or its private
// network by itself. A proxy in front stands there as well, for the whole
// world: what it passes on shows by its headers, or by asking for the public
// name.
func neighbour(r *http.Request, public string) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	if public != "" && r.Host == public {
		return false
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.Unmap().IsLoopback() || ip.Unmap().IsPrivate())
}
