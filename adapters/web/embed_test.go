package web

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestFramesAreLimitedToTheOriginsThatMay(t *testing.T) {
	s := idle(t, Config{Embed: []string{"https://shop.example", "http://localhost:8000"}})
	policyOf := func(path string) string {
		return s.do(t, s.request(t, http.MethodGet, path, "", nil)).Header.Get("Content-Security-Policy")
	}
	if got := policyOf("/chat?embed=1"); !strings.HasSuffix(got, " frame-ancestors https://shop.example http://localhost:8000") {
		t.Errorf("in a frame: %q", got)
	}
	for _, path := range []string{"/chat", "/chat?embed=0", "/chat/app.js", "/chat/embed.js", "/chat/events", "/chat/files/1/0"} {
		if got := policyOf(path); !strings.Contains(got, "frame-ancestors 'none'") {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := idle(t, Config{}); got != nil {
		r := got.do(t, got.request(t, http.MethodGet, "/chat?embed=1", "", nil))
		if !strings.HasSuffix(r.Header.Get("Content-Security-Policy"), " frame-ancestors 'none'") || r.Cookies()[0].SameSite != http.SameSiteLaxMode {
			t.Error("a chat that nobody may embed can be embedded")
		}
	}
}

func TestEmbeddedCookie(t *testing.T) {
	s := idle(t, Config{Embed: []string{"https://shop.example"}})
	cookie := func(path, host string) *http.Cookie {
		r := s.request(t, http.MethodGet, path, "", nil)
		if host != "" {
			r.Host = host
		}
		return s.do(t, r).Cookies()[0]
	}
	c := cookie("/chat?embed=1", "")
	if c.SameSite != http.SameSiteNoneMode || !c.Secure || !c.Partitioned || !c.HttpOnly || c.Path != "/chat" {
		t.Errorf("in a frame: %v", c)
	}
	if c := cookie("/chat", ""); c.SameSite != http.SameSiteLaxMode || c.Partitioned {
		t.Errorf("by itself: %v", c)
	}
	// Over plain http a browser would drop what claims to be secure.
	if c := cookie("/chat?embed=1", "chat.example"); c.Secure || c.Partitioned {
		t.Errorf("over plain http: %v", c)
	}
	for _, host := range []string{"localhost:8080", "[::1]:8080", "chat.localhost"} {
		if c := cookie("/chat?embed=1", host); !c.Partitioned {
			t.Errorf("on %s: %v", host, c)
		}
	}
}

func TestEmbedScript(t *testing.T) {
	s := idle(t, Config{Embed: []string{"https://shop.example", "https://blog.example:8443"}})
	resp := s.do(t, s.request(t, http.MethodGet, "/chat/embed.js", "", nil))
	body, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(body), `const origins = ["https://shop.example","https://blog.example:8443"];`) {
		t.Errorf("status %d, %v: the origins are missing", resp.StatusCode, err)
	}
	if got := resp.Header.Get("Cross-Origin-Resource-Policy"); got != "cross-origin" {
		t.Errorf("other sites may load it: %q", got)
	}
	if len(resp.Cookies()) != 0 {
		t.Error("the script sets a cookie")
	}
	none := idle(t, Config{})
	resp = none.do(t, none.request(t, http.MethodGet, "/chat/embed.js", "", nil))
	if body, err := io.ReadAll(resp.Body); err != nil || !strings.Contains(string(body), `const origins = [];`) {
		t.Errorf("with nobody allowed: status %d, %v", resp.StatusCode, err)
	}
}

func TestOriginsAreChecked(t *testing.T) {
	for _, bad := range []string{
		"", "shop.example", "*", "https://*", "https://*.shop.example", "https://shop.example/", "https://shop.example/x", "https://shop.example?x", "ftp://shop.example",
		"https://user:canary@shop.example", "https://shop.example 'unsafe-inline'", "https://shop.example;script-src", "https://:443", "HTTPS://shop.example",
	} {
		_, err := New(Config{Business: "x", History: (&fakeOutbox{}).history, Embed: []string{bad}})
		if err == nil {
			t.Errorf("%q is taken", bad)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("the error repeats it: %v", err)
		}
	}
	if _, err := New(Config{Business: "x", History: (&fakeOutbox{}).history, Embed: []string{"https://shop.example:8443", "http://127.0.0.1:8000"}}); err != nil {
		t.Error(err)
	}
}
