package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"
)

// embeddable checks one origin that may embed the chat: exactly scheme and
// host, because a browser compares nothing else, and no pattern, because one
// that is too wide lets strangers lay their page over ours.
func embeddable(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Scheme+"://"+u.Host != origin ||
		strings.ContainsAny(u.Host, "*'; ,") || u.Hostname() == "" {
		return errors.New("web: Embed: not an origin such as https://shop.example")
	}
	return nil
}

// framePolicy is the policy of the page with the frames that may hold it.
func framePolicy(embed []string) string {
	if len(embed) == 0 {
		return policy + " frame-ancestors 'none'"
	}
	return policy + " frame-ancestors " + strings.Join(embed, " ")
}

// embedded says whether a request is for the page inside another one.
func (a *Adapter) embedded(r *http.Request) bool {
	return len(a.cfg.Embed) > 0 && r.URL.Query().Get("embed") == "1"
}

// trusted says whether browsers treat the address as they do https, so that a
// Secure cookie is kept: https itself, and the own machine.
func (a *Adapter) trusted(r *http.Request) bool {
	if a.secure || r.TLS != nil {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// embedScript serves embed.js with the origins that may use it, so that it can
// say in the console of a page why it does nothing there. They are no secret:
// the page's own policy names them.
func embedScript(embed []string) (http.Handler, error) {
	b, err := pageFiles.ReadFile(path.Join("page", "embed.js"))
	if err != nil {
		return nil, fmt.Errorf("web: page: %w", err)
	}
	if embed == nil {
		embed = []string{}
	}
	list, err := json.Marshal(embed)
	if err != nil {
		return nil, fmt.Errorf("web: page: %w", err)
	}
	const mark = "['%origins%']"
	if bytes.Count(b, []byte(mark)) != 1 {
		return nil, errors.New("web: page: embed.js has no place for the origins")
	}
	b = bytes.Replace(b, []byte(mark), list, 1)
	tag := etag(b)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin") // other sites load it; that is what it is for
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "embed.js", time.Time{}, bytes.NewReader(b))
	}), nil
}
