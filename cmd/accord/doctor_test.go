package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
)

// said gives a check-up's findings as "grade what".
func said(d *checkup) string {
	var lines []string
	for _, f := range d.list {
		lines = append(lines, string(f.Grade)+" "+f.What)
	}
	return strings.Join(lines, ", ")
}

// TestThePublicAddressIsTried: whether it leads here, to something else, or
// nowhere, and over what.
func TestThePublicAddressIsTried(t *testing.T) {
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":"alive"}`) }))
	defer ours.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	for _, c := range []struct {
		base    string
		running bool
		want    string
	}{
		{"", true, "ok public address"},
		{ours.URL, true, "ok public address"},
		{other.URL, true, "wrong public address"},
		{untrusted.URL, true, "wrong public address"},
		{"https://127.0.0.1:1", true, "warn public address"},
		{"https://127.0.0.1:1", false, "ok public address"},
		{"http://chat.invalid", false, "warn public address"},
		{"chat.invalid", false, ""}, // among the settings it is wrong already
	} {
		d := &checkup{}
		d.public(t.Context(), c.base, c.running)
		if got := said(d); got != c.want {
			t.Errorf("%q: %s, want %s", c.base, got, c.want)
		}
	}
}

// TestAQueueThatStandsIsNoticed, but not one that waits for a server to start.
func TestAQueueThatStandsIsNoticed(t *testing.T) {
	old, fresh := time.Now().Add(-time.Hour).UnixMilli(), time.Now().UnixMilli()
	for _, c := range []struct {
		s    state
		want string
	}{
		{state{Running: true, Admins: 1}, ""},
		{state{Running: true, Admins: 1, Stats: store.Stats{Pending: 3, OldestPending: fresh}}, ""},
		{state{Running: true, Admins: 1, Stats: store.Stats{Pending: 3, OldestPending: old}}, "warn incoming"},
		{state{Running: true, Admins: 1, Stats: store.Stats{Unsent: 3, OldestUnsent: old}}, "warn outgoing"},
		{state{Admins: 1, Stats: store.Stats{Unsent: 3, OldestUnsent: old}}, ""},
		{state{Admins: 1, Stats: store.Stats{Dead: 1}}, "warn dead letters"},
		{state{Admins: 1, Recent: 1, Stats: store.Stats{Unknown: 9}}, "warn unknown sends"},
		{state{Admins: 1, Stats: store.Stats{Unknown: 9}}, ""}, // long ago
		{state{}, "warn console"},
	} {
		d := &checkup{}
		d.queues(c.s)
		var bad []string
		for _, f := range d.list {
			if f.Grade != gradeOK {
				bad = append(bad, string(f.Grade)+" "+f.What)
				if f.Hint == "" {
					t.Errorf("%s: nothing to do is said", f.What)
				}
			}
		}
		if got := strings.Join(bad, ", "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

// TestWhatPlatformsFoundIsNamed after them, graded, and without a secret.
func TestWhatPlatformsFoundIsNamed(t *testing.T) {
	got := examined("slack", []adapters.Finding{
		{What: "scopes", OK: true}, {What: "Slack clock", Says: "xoxb-canary-canary is behind", Hint: "set it"},
	})
	want := []finding{{What: "slack scopes", Grade: gradeOK, Says: "as it should be"}, {What: "Slack clock", Grade: gradeWrong, Says: "*** is behind", Hint: "set it"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
