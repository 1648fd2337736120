package main_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// TestAWebChatComesToAnAgreement is the first thing a newcomer sees: no
// platform, no token, the page and the default flow.
func TestAWebChatComesToAnAgreement(t *testing.T) {
	t.Parallel()
	r := blank(t, asked)
	r.env = r.env[:6] // no platform is configured
	r.start()
	b := open(t, r.proc.base)
	ctx, leave := context.WithCancel(deadline(t))
	s := b.events(ctx)
	if name, _ := b.event(s); name != "ready" {
		t.Fatalf("a new page begins with %q", name)
	}
	b.post("text", "my lamp arrived broken")
	b.reads(s, "@ask.order")
	b.post("text", "48213")
	b.reads(s, "@ask.need_by")
	b.post("text", "no hurry")
	b.reads(s, "@ask.wish")
	b.post("text", "I want a new one")
	b.reads(s, "48213")
	b.press(label("button.yes"))
	last := b.reads(s, "a new white lamp is with you by")
	if !strings.Contains(last.Text, "A-") || !holds(last.Text, "@reask.close") {
		t.Errorf("the agreement reads %q", last.Text)
	}
	b.press(label("button.all"))
	b.reads(s, "@end")
	leave()
	reloaded(t, b)
	strangers(t, r, b)
}

// reloaded opens the stream anew and compares what it shows with what the page
// showed before.
func reloaded(t *testing.T, b *browser) {
	t.Helper()
	before := b.shows()
	b.log = nil
	s := b.events(deadline(t))
	for name := ""; name != "ready"; {
		name, _ = b.event(s)
	}
	if b.shows() != before {
		t.Errorf("after a reload the page shows\n%s\nbefore\n%s", b.shows(), before)
	}
	if n := strings.Count(before, "customer: "); n != 6 {
		t.Errorf("the page shows %d lines of the customer's, want 6\n%s", n, before)
	}
}

// strangers checks that nobody else reads or writes here.
func strangers(t *testing.T, r *rig, b *browser) {
	t.Helper()
	other := open(t, r.proc.base)
	s := other.events(deadline(t))
	if name, _ := other.event(s); name != "ready" {
		t.Errorf("a stranger's page begins with %q", name)
	}
	nobody := &browser{t: t, base: b.base}
	for method, path := range map[string]string{http.MethodGet: "/chat/events", http.MethodPost: "/chat/messages"} {
		resp := nobody.do(deadline(t), method, path, map[string]string{"id": "message-1", "text": "hello"})
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s without a session answers %d", method, path, resp.StatusCode)
		}
	}
}
