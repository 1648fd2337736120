package web

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestCookie(t *testing.T) {
	s := idle(t, Config{})
	c := s.visit(t)
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/chat" || c.MaxAge != cookieAge || c.Domain != "" {
		t.Errorf("cookie %+v", c)
	}
	if c.Secure {
		t.Error("Secure over plain http: the browser would not send it back")
	}
	if len(c.Value) != sessionLen+1+sealLen {
		t.Errorf("a session of %d characters", len(c.Value))
	}
	if other := s.visit(t); other.Value == c.Value {
		t.Error("two customers have one session")
	}
	again := s.do(t, s.request(t, http.MethodHead, "/chat", "", c)).Cookies()
	if len(again) != 1 || again[0].Value != c.Value {
		t.Errorf("the session was not kept: %v", again)
	}
	forged := s.do(t, s.request(t, http.MethodGet, "/chat", "", &http.Cookie{Name: cookieName, Value: "short"})).Cookies()
	if len(forged) != 1 || forged[0].Value == "short" {
		t.Errorf("a malformed session was kept: %v", forged)
	}
}

func TestCookieIsSecureBehindTLS(t *testing.T) {
	behind := idle(t, Config{PublicURL: "https://shop.example"})
	if !behind.visit(t).Secure {
		t.Error("not Secure behind an https address")
	}
	plain := idle(t, Config{PublicURL: "http://shop.example"})
	if plain.visit(t).Secure {
		t.Error("Secure behind an http address")
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/chat", nil)
	r.TLS = &tls.ConnectionState{}
	w := httptest.NewRecorder()
	plain.a.Handler().ServeHTTP(w, r)
	if c := w.Result().Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("not Secure over TLS: %v", c)
	}
}

func TestChatDoesNotGiveTheCookieAway(t *testing.T) {
	s := idle(t, Config{})
	c := s.visit(t)
	chat := s.chat(t, c)
	if strings.Contains(strings.ToUpper(string(chat)), c.Value) || len(chat) != 32 {
		t.Errorf("chat %q", chat)
	}
	if s.chat(t, c) != chat {
		t.Error("one session has two chats")
	}
	if s.chat(t, s.visit(t)) == chat {
		t.Error("two sessions have one chat")
	}
}

func TestPageAndAssets(t *testing.T) {
	s := idle(t, Config{})
	want := map[string]string{"/chat": "text/html; charset=utf-8"}
	for name, kind := range assets() {
		want["/chat/"+name] = kind
	}
	for path, kind := range want {
		resp := s.do(t, s.request(t, http.MethodGet, path, "", nil))
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != kind || len(body) == 0 {
			t.Errorf("%s: status %d, type %q, %d bytes", path, resp.StatusCode, resp.Header.Get("Content-Type"), len(body))
		}
		for name, value := range map[string]string{
			"Content-Security-Policy": policy + " frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		} {
			if resp.Header.Get(name) != value {
				t.Errorf("%s: %s is %q", path, name, resp.Header.Get(name))
			}
		}
		if strings.Contains(string(body), "://") && !strings.HasSuffix(path, ".svg") {
			t.Errorf("%s names an address outside this server", path)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy has a hole")
	}
}

func TestUnchangedAssetIsNotSentAgain(t *testing.T) {
	s := idle(t, Config{})
	first := s.do(t, s.request(t, http.MethodGet, "/chat/app.js", "", nil))
	again := s.request(t, http.MethodGet, "/chat/app.js", "", nil)
	again.Header.Set("If-None-Match", first.Header.Get("ETag"))
	if resp := s.do(t, again); resp.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", resp.StatusCode)
	}
}

func TestUnknownPathsAndMethods(t *testing.T) {
	s := idle(t, Config{})
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/chat/index.html", 404},
		{http.MethodGet, "/chat/page/app.js", 404},
		{http.MethodGet, "/chat/messages", 405},
		{http.MethodPost, "/chat", 405},
		{http.MethodPost, "/chat/events", 405},
	} {
		r := s.request(t, c.method, c.path, "", nil)
		r.Header.Set("Origin", s.URL)
		if resp := s.do(t, r); resp.StatusCode != c.want {
			t.Errorf("%s %s: status %d, want %d", c.method, c.path, resp.StatusCode, c.want)
		}
	}
	if resp := s.do(t, s.request(t, http.MethodGet, "/chat/", "", nil)); resp.Request.URL.Path != "/chat" {
		t.Errorf("/chat/ led to %s", resp.Request.URL.Path)
	}
}

func TestPageEscapesTheBusiness(t *testing.T) {
	page, err := renderPage(Config{Business: ` <script>alert(1)</script>"`, Lang: "zh-Hant"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "<script>") {
		t.Error("the name became markup")
	}
	if !strings.Contains(string(page), `<html lang="zh-Hant">`) {
		t.Error("the language is missing")
	}
}

// The policy forbids what these look for; a page that had it would break
// silently in the browser.
func TestPageKeepsToItsPolicy(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\son[a-z]+=|style=|<style|<script(?:[^>]*src=)?[^>]*>[^<]|javascript:`)
	markup := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setAttribute\('style|cssText`)
	links := regexp.MustCompile(`\.href\b|['"]a['"]|\.src\b`)
	for _, name := range pageNames(t) {
		b, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".html") && inline.Match(b) {
			t.Errorf("%s has inline code or style: %s", name, inline.Find(b))
		}
		if strings.HasSuffix(name, ".js") && markup.Match(b) {
			t.Errorf("%s makes markup: %s", name, markup.Find(b))
		}
		// Links are made where numbers alone go into them.
		if strings.HasSuffix(name, ".js") && name != "files.js" && name != "embed.js" && links.Match(b) {
			t.Errorf("%s makes links: %s", name, links.Find(b))
		}
	}
}

func TestEveryPageFileIsServed(t *testing.T) {
	for _, name := range pageNames(t) {
		if _, ok := assets()[name]; !ok && name != "index.html" && name != "embed.js" {
			t.Errorf("%s is embedded and served nowhere", name)
		}
	}
}

func pageNames(t *testing.T) []string {
	t.Helper()
	files, err := pageFiles.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	if len(names) < 5 {
		t.Fatalf("only %v embedded", names)
	}
	return names
}

func TestWordsInEveryLanguage(t *testing.T) {
	b, err := pageFiles.ReadFile("page/words.js")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`(?s)'(en|zh-Hans|zh-Hant)': \{(.*?)\n  \}`).FindAllStringSubmatch(string(b), -1)
	if len(blocks) != 3 {
		t.Fatalf("%d languages, want 3", len(blocks))
	}
	word := regexp.MustCompile(`(?m)^\s+(\w+): '[^']+',$`)
	var first []string
	for _, block := range blocks {
		var keys []string
		for _, m := range word.FindAllStringSubmatch(block[2], -1) {
			keys = append(keys, m[1])
		}
		if first == nil {
			first = keys
		}
		if len(keys) == 0 || !slices.Equal(keys, first) {
			t.Errorf("%s has %v, want %v", block[1], keys, first)
		}
	}
	used := regexp.MustCompile(`words\.(\w+)`)
	for _, name := range []string{"app.js", "log.js", "row.js", "field.js", "files.js"} {
		js, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(js), -1) {
			if !slices.Contains(first, m[1]) && m[1] != "js" {
				t.Errorf("%s uses the word %q, which words.js lacks", name, m[1])
			}
		}
	}
}
