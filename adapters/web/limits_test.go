package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog/message"
)

func TestPace(t *testing.T) {
	p := newPace[string](3, 2*time.Second, 8)
	now := noon
	for i := range 3 {
		if wait := p.take("a", now); wait != 0 {
			t.Fatalf("token %d of the burst has to wait %v", i, wait)
		}
	}
	if wait := p.take("a", now); wait != 2*time.Second {
		t.Errorf("beyond the burst: wait %v, want 2s", wait)
	}
	if wait := p.take("b", now); wait != 0 {
		t.Errorf("another key waits %v with it", wait)
	}
	if wait := p.take("a", now.Add(500*time.Millisecond)); wait != 1500*time.Millisecond {
		t.Errorf("half a second on: wait %v, want 1.5s", wait)
	}
	if wait := p.take("a", now.Add(2*time.Second)); wait != 0 {
		t.Errorf("when it was asked to come back it waits %v", wait)
	}
	if wait := p.take("a", now.Add(-24*time.Hour)); wait > 2*time.Second {
		t.Errorf("a clock set back by a day shuts out for %v", wait)
	}
}

// TestPaceHolds: whatever the order, no key ever gets more than its burst and
// one each interval, and whoever waits as long as told is let in.
func TestPaceHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		burst := rapid.IntRange(1, 5).Draw(t, "burst")
		p := newPace[int](burst, time.Second, 100)
		now, taken := noon, 0
		for _, step := range rapid.SliceOfN(rapid.IntRange(0, 3000), 1, 60).Draw(t, "steps") {
			now = now.Add(time.Duration(step) * time.Millisecond)
			wait := p.take(0, now)
			if wait > 0 {
				now = now.Add(wait)
				if again := p.take(0, now); again != 0 {
					t.Fatalf("waited %v as told and is told to wait %v more", wait, again)
				}
			}
			taken++
			if most := burst + int(now.Sub(noon)/time.Second); taken > most {
				t.Fatalf("%d taken in %v", taken, now.Sub(noon))
			}
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	m := newMemory[int, int](10)
	for i := range 1000 {
		m.put(i, i)
		for back := range 10 { // the newest are always there
			if v, ok := m.get(i - back); i >= back && (!ok || v != i-back) {
				t.Fatalf("after %d keys, key %d is forgotten", i, i-back)
			}
		}
		if n := len(m.young) + len(m.old); n > 20 {
			t.Fatalf("%d keys are kept", n)
		}
	}
	if _, ok := m.get(0); ok {
		t.Error("nothing is ever forgotten")
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		remote  string
		headers []string
		proxied bool
		want    string
	}{
		{"203.0.113.7:1", nil, false, "203.0.113.7"},
		{"127.0.0.1:1", []string{"198.51.100.9"}, false, "127.0.0.1"}, // no proxy: anybody can write a header
		{"203.0.113.7:1", []string{"198.51.100.9"}, true, "203.0.113.7"},
		{"127.0.0.1:1", []string{"198.51.100.9"}, true, "198.51.100.9"},
		{"10.1.2.3:1", []string{"1.1.1.1, 198.51.100.9"}, true, "198.51.100.9"},
		{"[::1]:1", []string{"1.1.1.1", "2.2.2.2,198.51.100.9 "}, true, "198.51.100.9"},
		{"[::ffff:10.1.2.3]:1", []string{"198.51.100.9:4711"}, true, "198.51.100.9"},
		{"10.1.2.3:1", []string{"198.51.100.9, somebody"}, true, "10.1.2.3"},
		{"10.1.2.3:1", nil, true, "10.1.2.3"},
		{"10.1.2.3:1", []string{"2001:db8:1:2:3:4:5:6"}, true, "2001:db8:1:2::"},
		{"10.1.2.3:1", []string{"[2001:db8:1:2:3:4:5:6]:80"}, true, "2001:db8:1:2::"},
		{"[2001:db8:1:2:ffff::1]:1", nil, false, "2001:db8:1:2::"},
		{"[fe80::1%eth0]:1", nil, false, "fe80::"},
		{"@", nil, true, "invalid IP"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/chat", nil)
		r.RemoteAddr = c.remote
		for _, h := range c.headers {
			r.Header.Add("X-Forwarded-For", h)
		}
		if got := addressOf(r, c.proxied); got.String() != c.want {
			t.Errorf("%s %q proxied %v: %s, want %s", c.remote, c.headers, c.proxied, got, c.want)
		}
	}
}

// wantTooMany checks a 429: when to come back, and why in words and as a code.
func wantTooMany(t *testing.T, resp *http.Response, code string, after int) {
	t.Helper()
	var v struct{ Error, Reason string }
	err := json.NewDecoder(resp.Body).Decode(&v)
	if resp.StatusCode != http.StatusTooManyRequests || err != nil || v.Reason != code || v.Error == "" {
		t.Errorf("status %d, %+v, %v; want 429 for %s", resp.StatusCode, v, err, code)
	}
	if got, err := strconv.Atoi(resp.Header.Get("Retry-After")); err != nil || got < 1 || got > after {
		t.Errorf("Retry-After %q, want up to %d", resp.Header.Get("Retry-After"), after)
	}
}

func TestMessagesOfOneSessionAreLimited(t *testing.T) {
	s := serve(t)
	cookie, other := s.visit(t), s.visit(t)
	body := func(i int) string { return fmt.Sprintf(`{"id":"message-%04d","text":"x"}`, i) }
	for i := range postBurst {
		for range 3 { // what is sent again costs nothing
			if resp := s.do(t, s.post(t, cookie, body(i))); resp.StatusCode != http.StatusAccepted {
				t.Fatalf("message %d: status %d", i, resp.StatusCode)
			}
		}
	}
	wantTooMany(t, s.do(t, s.post(t, cookie, body(99))), codePace, 2)
	if n := len(s.sink.stored()); n != postBurst {
		t.Errorf("%d stored, want %d", n, postBurst)
	}
	if resp := s.do(t, s.post(t, other, body(1))); resp.StatusCode != http.StatusAccepted {
		t.Errorf("another customer has to wait with them: status %d", resp.StatusCode)
	}
	if resp := s.do(t, s.post(t, cookie, body(3))); resp.StatusCode != http.StatusAccepted {
		t.Errorf("the answer to a stored message is not given again: status %d", resp.StatusCode)
	}
}

func TestNewSessionsOfOneAddressAreLimited(t *testing.T) {
	s := idle(t, Config{PublicURL: "https://shop.example"})
	s.run(t)
	visit := func(from, accept string, cookie *http.Cookie) *http.Response {
		r := s.request(t, http.MethodGet, "/chat", "", cookie)
		r.Header.Set("X-Forwarded-For", from)
		r.Header.Set("Accept", accept)
		return s.do(t, r)
	}
	var known *http.Cookie
	for i := range sessionBurst {
		resp := visit("198.51.100.9", "text/html", nil)
		if resp.StatusCode != http.StatusOK || len(resp.Cookies()) != 1 {
			t.Fatalf("visitor %d: status %d", i, resp.StatusCode)
		}
		known = resp.Cookies()[0]
	}
	wantTooMany(t, visit("198.51.100.9", "*/*", nil), codeSessions, 10)
	page := visit("198.51.100.9", "text/html,*/*", nil)
	if page.StatusCode != http.StatusTooManyRequests || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || len(page.Cookies()) != 0 || page.Header.Get("Retry-After") == "" {
		t.Errorf("a person gets status %d, %q, %d cookies", page.StatusCode, page.Header.Get("Content-Type"), len(page.Cookies()))
	}
	if resp := visit("198.51.100.9", "text/html", known); resp.StatusCode != http.StatusOK {
		t.Errorf("who has a session is shut out: status %d", resp.StatusCode)
	}
	if resp := visit("198.51.100.10", "text/html", nil); resp.StatusCode != http.StatusOK {
		t.Errorf("another address is shut out: status %d", resp.StatusCode)
	}
}

func TestStreamsOfOneAddressAreLimited(t *testing.T) {
	s := serve(t)
	from := netip.MustParseAddr("127.0.0.1")
	for i := range neighbours {
		if _, full := s.a.hub.join(message.Chat(strconv.Itoa(i)), from); full != roomLeft {
			t.Fatal("too early")
		}
	}
	cookie := s.visit(t)
	wantTooMany(t, s.do(t, s.request(t, http.MethodGet, "/chat/events", "", cookie)), codeStreams, 30)
	if resp := s.do(t, s.request(t, http.MethodHead, "/chat", "", cookie)); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a page that asks why gets status %d, want 429", resp.StatusCode)
	}
	if resp := s.do(t, s.request(t, http.MethodGet, "/chat", "", cookie)); resp.StatusCode != http.StatusOK {
		t.Errorf("the page itself: status %d", resp.StatusCode)
	}
}

func TestTheOldestWindowIsToldThatItWasOneTooMany(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	first := s.open(t, cookie, 0)
	first.upTo(t, "ready")
	for range tabs {
		s.open(t, cookie, 0).upTo(t, "ready")
	}
	if got := first.next(t); got.name != "elsewhere" || got.id != "" {
		t.Errorf("the oldest window hears %+v", got)
	}
	first.ended(t)
}
