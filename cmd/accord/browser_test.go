package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/accord-chat/accord/adapters/web"
)

// browser is a page of the web chat: it keeps the cookie it was given and
// reads the stream of events.
type browser struct {
	t      *testing.T
	base   string
	client http.Client
	serial atomic.Int64
	log    []web.Entry // what the page shows, without what was settled
}

// open opens the page, which begins a session.
func open(t *testing.T, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, base: base, client: http.Client{Jar: jar}}
	resp := b.do(deadline(t), http.MethodGet, "/chat", nil)
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK || len(resp.Cookies()) != 1 {
		t.Fatalf("the page answers %d with %d cookies", resp.StatusCode, len(resp.Cookies()))
	}
	return b
}

func (b *browser) do(ctx context.Context, method, path string, body any) *http.Response {
	b.t.Helper()
	var buf bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&buf).Encode(body); err != nil {
			b.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, b.base+path, &buf)
	if err != nil {
		b.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp
}

// post sends one field, "text" or "tap", twice under one id, as a page does
// that saw no answer the first time: the copy must change nothing.
func (b *browser) post(field, value string) {
	b.t.Helper()
	id := fmt.Sprintf("message-%08d", b.serial.Add(1))
	for range 2 {
		resp := b.do(deadline(b.t), http.MethodPost, "/chat/messages", map[string]string{"id": id, field: value})
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusAccepted {
			b.t.Fatalf("posting answers %d", resp.StatusCode)
		}
	}
}

// press presses the button with this label under the latest question.
func (b *browser) press(label string) {
	b.t.Helper()
	for i := len(b.log) - 1; i >= 0; i-- {
		for n, c := range b.log[i].Choices {
			if c.Label == label {
				b.post("tap", b.log[i].Tokens[n])
				return
			}
		}
	}
	b.t.Fatalf("the page shows no button %q", label)
}

// events opens the stream; it ends with ctx.
func (b *browser) events(ctx context.Context) *bufio.Scanner {
	b.t.Helper()
	resp := b.do(ctx, http.MethodGet, "/chat/events", nil)
	b.t.Cleanup(func() { _ = resp.Body.Close() })
	if got := resp.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		b.t.Fatalf("the stream is %q with status %d", got, resp.StatusCode)
	}
	return bufio.NewScanner(resp.Body)
}

// event reads the next event of a stream, passing over beats and what database it is of.
func (b *browser) event(s *bufio.Scanner) (name string, e web.Entry) {
	b.t.Helper()
	for s.Scan() {
		if v, ok := strings.CutPrefix(s.Text(), "event: "); ok {
			name = v
		}
		v, ok := strings.CutPrefix(s.Text(), "data: ")
		if !ok || name == "beat" || name == "epoch" {
			continue
		}
		e = web.Entry{}
		if err := json.Unmarshal([]byte(v), &e); err != nil {
			b.t.Fatal(err)
		}
		if name != "entry" {
			return name, e
		}
		if b.knows(e) {
			continue
		}
		b.log = append(b.log, e)
		return name, e
	}
	b.t.Fatalf("the stream ended: %v; the page shows %q", s.Err(), b.shows())
	return "", e
}

// knows says whether the page shows e already: what the customer wrote comes
// back once for each time it was posted, and the page shows it once.
func (b *browser) knows(e web.Entry) bool {
	return slices.ContainsFunc(b.log, func(x web.Entry) bool { return x.ID == e.ID && x.Ref == e.Ref })
}

// reads waits until the bot has said something with part in it.
func (b *browser) reads(s *bufio.Scanner, part string) web.Entry {
	b.t.Helper()
	for {
		if _, e := b.event(s); e.From == "bot" && holds(e.Text, part) {
			return e
		}
	}
}

// shows is the page's text, a line for each entry.
func (b *browser) shows() string {
	var out strings.Builder
	for _, e := range b.log {
		fmt.Fprintf(&out, "%s: %s%s\n", e.From, e.Text, strings.Repeat("(tap)", min(len(e.Tap), 1)))
	}
	return out.String()
}
