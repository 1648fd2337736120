package slack

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// Canaries go through every fault; none may show up in a log, an error or a
// stored row (a stored row does hold what the agent wrote, and nothing else).
func TestNoSecretEverShows(t *testing.T) {
	const words = "customer-canary-5521"
	log, logs := logged()
	fake := newFake(t, slackfake.Options{AckTimeout: 50 * time.Millisecond})
	agent := fake.AddAgent("U1ANNA", "Anna")
	cfg := configFor(fake)
	cfg.Logger, cfg.Timeout = log, 300*time.Millisecond
	a, sink := newAdapter(t, cfg), newMemory()
	sink.fail = 1
	secrets := []string{fake.BotToken(), fake.AppToken(), slackfake.VerificationToken, slackfake.ResponseURL, "ticket="}

	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(adapters.Button{Action: "take", Value: "1", Label: "Take"})})
	if _, err := agent.Says(string(root), "x", slackfake.File{ID: "F0CANARY", Name: words, Content: []byte(words)}); err != nil {
		t.Fatal(err)
	}
	var said []string
	note := func(err error) {
		if err != nil {
			said = append(said, fmt.Sprintf("%v %+v", err, err))
		}
	}
	for _, f := range everyFault(fake.BotToken() + words) {
		for _, method := range []string{"chat.postMessage", "reactions.add", "conversations.history", "users.info", "auth.test", "apps.connections.open",
			"files.info", "files.download", "conversations.replies", "files.getUploadURLExternal", "files.upload", "files.completeUploadExternal"} {
			f.Method = method
			fake.Fail(f)
			note(oneRound(t, a, method, words, root))
		}
	}
	fake.Fail(slackfake.Fault{Method: "apps.connections.open", Body: `{"ok":true,"url":"http://127.0.0.1:1/?ticket=` + words + `"}`})
	run(t, a, sink)
	if _, err := agent.Says(string(root), words); err != nil {
		t.Fatal(err)
	}
	if err := agent.Clicks(string(root), "take"); err != nil {
		t.Fatal(err)
	}
	hears(t, a, sink, 2)
	fake.Drop()
	fake.Poison("odd_"+words, map[string]any{"token": slackfake.VerificationToken})
	rows := sink.wait(t, "the dead letter", func(rows []adapters.Raw) bool { return deadLetters(rows) == 1 })

	for _, e := range logs.All() {
		said = append(said, fmt.Sprintf("%s %v", e.Message, e.ContextMap()))
	}
	if len(said) < 20 {
		t.Fatalf("only %d lines to look at: the faults did not show", len(said))
	}
	for _, line := range said {
		for _, s := range append(secrets, words) {
			if strings.Contains(line, s) {
				t.Errorf("%q in %q", s, line)
			}
		}
	}
	for _, r := range rows {
		for _, s := range secrets {
			if strings.Contains(string(r.Payload)+r.Err+r.Dedup, s) {
				t.Errorf("%q was stored in %+v", s, r.Dedup)
			}
		}
	}
}

// everyFault are the ways a server may answer, each repeating leak where it can.
func everyFault(leak string) []slackfake.Fault {
	return []slackfake.Fault{
		{Cut: true}, {Hang: true}, {Status: 500, Body: leak}, {Status: 404, Body: leak}, {Status: 429, RetryAfter: "nonsense " + leak},
		{Code: leak}, {Code: "missing_scope"}, {Code: "internal_error"}, {Body: leak}, {Body: `{"ok":false,"error":"x","errors":[{"message":1,"leak":"` + leak + `"}]}`},
		{Body: `{"ok":"` + leak + `"}`}, {Body: `{"ok":false,"error":"missing_scope","needed":"` + strings.ToUpper(leak) + leak + `"}`}, {NoTS: true},
	}
}

// oneRound makes one call that reaches method and gives its error.
func oneRound(t *testing.T, a *Adapter, method, words string, root message.PlatformID) error {
	t.Helper()
	ctx := within(t)
	switch method {
	case "chat.postMessage", "conversations.history":
		_, err := a.Send(ctx, adapters.Delivery{ID: 2, Resend: method == "conversations.history", Post: &adapters.Post{Title: words, Fallback: words}})
		return err
	case "reactions.add":
		_, err := a.Send(ctx, adapters.Delivery{ID: 3, Mark: &adapters.Mark{Message: root, State: adapters.MarkDelivered}})
		return err
	case "files.info", "files.download":
		f, err := a.Open(ctx, message.Attachment{File: "F0CANARY"})
		if err == nil {
			_, err = io.Copy(io.Discard, f.Body)
			_ = f.Body.Close()
		}
		return err
	case "conversations.replies":
		brief, cancel := context.WithTimeout(ctx, 200*time.Millisecond) // it waits out a limit
		defer cancel()
		return a.CatchUp(brief, newMemory(), []message.PlatformID{root})
	case "files.getUploadURLExternal", "files.upload", "files.completeUploadExternal":
		_, err := a.Send(ctx, filePost(4, root, words, holds([]byte(words), int64(len(words)))))
		return err
	case "users.info":
		_, err := a.Authorize(ctx, message.UserRef("T0ACCORD/U1ANNA"))
		a.agents = newAgentCache(time.Now)
		return err
	}
	return a.Check(ctx)
}

// A request that is not signed is turned away without a word about the secret
// or about what it said.
func TestNoSecretShowsOverHTTP(t *testing.T) {
	const words = "stranger-canary-1234"
	log, logs := logged()
	fake := newFake(t, slackfake.Options{})
	cfg := configIn(ModeHTTP, fake)
	cfg.Logger = log
	a, sink := newAdapter(t, cfg), newMemory()
	srv := mounted(t, a)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	run(t, a, sink)
	waitOpen(t, a)
	sink.set(func(m *memory) { m.fail = 1 })
	var said []string
	for _, h := range []hook{
		{path: "/slack/events", contentType: "application/json", body: words, unsigned: true},
		{path: "/slack/events", contentType: "application/json", body: words},
		{path: "/slack/interactions", contentType: "application/x-www-form-urlencoded", body: words},
		{path: "/slack/events", contentType: "application/json", body: `{"type":"event_callback","x":"` + words + `"}`},
	} {
		status, answer := h.bring(t, fake, srv.URL)
		if said = append(said, answer); status == http.StatusOK {
			t.Errorf("%q was taken", h.body)
		}
	}
	for _, e := range logs.All() {
		said = append(said, fmt.Sprintf("%s %v", e.Message, e.ContextMap()))
	}
	if len(said) < 6 {
		t.Fatalf("only %d lines to look at", len(said))
	}
	for _, line := range said {
		if strings.Contains(line, fake.SigningSecret()) || strings.Contains(line, words) {
			t.Errorf("a secret or a stranger's words in %q", line)
		}
	}
}
