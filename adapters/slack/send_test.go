package slack

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

func sendErr(t *testing.T, a *Adapter, d adapters.Delivery) *adapters.SendError {
	t.Helper()
	_, err := a.Send(within(t), d)
	var se *adapters.SendError
	if !errors.As(err, &se) {
		t.Fatalf("Send = %v, want a *SendError", err)
	}
	return se
}

func TestSendPlaces(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	fake.AddAgent("U1ANNA", "Anna")
	fake.AddChannel("C0OTHER", "other", slackfake.BotUser)
	a := newAdapter(t, configFor(fake))

	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	reply := mustSend(t, a, adapters.Delivery{ID: 2, Thread: root, Post: &adapters.Post{Fallback: "reply"}})
	elsewhere := mustSend(t, a, adapters.Delivery{ID: 3, Chat: "C0OTHER", Post: &adapters.Post{Fallback: "there"}})
	updated := mustSend(t, a, adapters.Delivery{ID: 4, Target: root, Post: &adapters.Post{Title: "Taken by Anna", Fallback: "taken", Update: true}})
	mustSend(t, a, adapters.Delivery{ID: 5, Thread: root, Post: &adapters.Post{Fallback: "only you", Private: "T0ACCORD/U1ANNA"}})

	if updated != root {
		t.Errorf("the update became %s, not %s", updated, root)
	}
	if got := fake.Messages(slackfake.Queue); len(got) != 1 || got[0].PlainText() != "Taken by Anna" || got[0].ID() != string(root) {
		t.Errorf("queue = %+v", got)
	}
	if got := fake.Thread(string(root)); len(got) != 1 || got[0].ID() != string(reply) {
		t.Errorf("thread = %+v", got)
	}
	if got := fake.Messages("C0OTHER"); len(got) != 1 || got[0].ID() != string(elsewhere) {
		t.Errorf("other channel = %+v", got)
	}
	if got := fake.Private("U1ANNA"); len(got) != 1 || got[0].PlainText() != "only you" || got[0].ThreadTS == "" {
		t.Errorf("private = %+v", got)
	}
}

// Every way a call can go wrong, and the class it must end in.
func TestOutcomes(t *testing.T) {
	type want struct {
		outcome adapters.Outcome
		after   time.Duration
		fatal   bool
		posted  int
	}
	for name, c := range map[string]struct {
		fault slackfake.Fault
		want  want
	}{
		"429":                     {slackfake.Fault{Status: 429, RetryAfter: "7"}, want{outcome: adapters.Throttled, after: 7 * time.Second}},
		"429 without a time":      {slackfake.Fault{Status: 429}, want{outcome: adapters.Throttled, after: throttleDefault}},
		"429 with a date":         {slackfake.Fault{Status: 429, RetryAfter: "Fri, 31 Dec 2027 23:59:59 GMT"}, want{outcome: adapters.Throttled, after: throttleDefault}},
		"ratelimited":             {slackfake.Fault{Code: "ratelimited"}, want{outcome: adapters.Throttled, after: throttleDefault}},
		"500 before":              {slackfake.Fault{Status: 500, Body: "<html>"}, want{outcome: adapters.Unknown}},
		"500 after":               {slackfake.Fault{Status: 500, Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"broken JSON":             {slackfake.Fault{Body: `{"ok":tr`, Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"HTML with 200":           {slackfake.Fault{Body: "<html>", Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"cut after":               {slackfake.Fault{Cut: true, Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"hang after":              {slackfake.Fault{Hang: true, Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"ok without ts":           {slackfake.Fault{NoTS: true, Process: true}, want{outcome: adapters.Unknown, posted: 1}},
		"not ok without a code":   {slackfake.Fault{Body: `{"ok":false}`}, want{outcome: adapters.Unknown}},
		"internal_error":          {slackfake.Fault{Code: "internal_error"}, want{outcome: adapters.Unknown}},
		"a code of no form":       {slackfake.Fault{Code: "Odd Things!"}, want{outcome: adapters.Unknown}},
		"invalid_auth":            {slackfake.Fault{Code: "invalid_auth"}, want{outcome: adapters.Refused, fatal: true}},
		"token_revoked":           {slackfake.Fault{Code: "token_revoked"}, want{outcome: adapters.Refused, fatal: true}},
		"account_inactive":        {slackfake.Fault{Code: "account_inactive"}, want{outcome: adapters.Refused, fatal: true}},
		"channel_not_found":       {slackfake.Fault{Code: "channel_not_found"}, want{outcome: adapters.Refused}},
		"not_in_channel":          {slackfake.Fault{Code: "not_in_channel"}, want{outcome: adapters.Refused}},
		"msg_too_long":            {slackfake.Fault{Code: "msg_too_long"}, want{outcome: adapters.Refused}},
		"a proxy's 404":           {slackfake.Fault{Status: 404, Body: "nothing here"}, want{outcome: adapters.NotSent}},
		"a redirect":              {slackfake.Fault{Status: 302}, want{outcome: adapters.NotSent}},
		"a redirect to keep POST": {slackfake.Fault{Status: 307}, want{outcome: adapters.NotSent}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			cfg := configFor(fake)
			cfg.Timeout = 300 * time.Millisecond
			a := newAdapter(t, cfg)
			c.fault.Method = "chat.postMessage"
			fake.Fail(c.fault)
			se := sendErr(t, a, adapters.Delivery{ID: 1, Post: card()})
			got := want{se.Outcome, se.RetryAfter, se.Fatal, len(fake.Posted())}
			if got != c.want {
				t.Errorf("got %+v (%s), want %+v", got, se.Reason, c.want)
			}
			if n := fake.Calls("chat.postMessage"); n != 1 {
				t.Errorf("%d calls, want 1: a post is never repeated", n)
			}
		})
	}
}

func TestNotSentWhenNobodyListens(t *testing.T) {
	var lc net.ListenConfig
	ln, err := lc.Listen(within(t), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	a := newAdapter(t, Config{BotToken: "xoxb-canary", AppToken: "xapp-canary", Channel: slackfake.Queue, APIURL: "http://" + addr})
	if se := sendErr(t, a, adapters.Delivery{ID: 1, Post: card()}); se.Outcome != adapters.NotSent {
		t.Errorf("refused connection: %+v", se)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Send(ctx, adapters.Delivery{ID: 1, Post: card()}); adapters.OutcomeOf(err) != adapters.NotSent {
		t.Errorf("cancelled before: %v", err)
	}
}

// A redirect is not followed: the token would travel along.
func TestRedirectsAreNotFollowed(t *testing.T) {
	visited := make(chan struct{}, 1)
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visited <- struct{}{} }))
	t.Cleanup(other.Close)
	first := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	t.Cleanup(first.Close)
	a := newAdapter(t, Config{BotToken: "xoxb-canary", AppToken: "xapp-canary", Channel: slackfake.Queue, APIURL: first.URL})
	if se := sendErr(t, a, adapters.Delivery{ID: 1, Post: card()}); se.Outcome != adapters.NotSent {
		t.Errorf("got %+v", se)
	}
	if len(visited) != 0 {
		t.Error("the token went to another address")
	}
}

// What the adapter itself refuses, and what the fake refuses as Slack would.
func TestRefused(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	fake.AddChannel("C0ALONE", "without the bot")
	a := newAdapter(t, configFor(fake))
	for name, d := range map[string]adapters.Delivery{
		"words for a customer": {Say: &message.Outbound{Text: "x"}},
		"settling":             {Settle: &adapters.Settle{}},
		"nothing":              {},
		"an empty post":        {Post: &adapters.Post{}},
		"a foreign thread":     {Thread: "4711", Post: card()},
		"a foreign target":     {Target: "4711", Post: card()},
		"a foreign person":     {Post: &adapters.Post{Fallback: "x", Private: "anna"}},
		"no such thread":       {Thread: "C0QUEUE:1.000001", Post: card()},
		"no such message":      {Target: "C0QUEUE:1.000001", Post: card()},
		"no such channel":      {Chat: "C0NOWHERE", Post: card()},
		"not in the channel":   {Chat: "C0ALONE", Post: card()},
		"a mark on nothing":    {Mark: &adapters.Mark{State: adapters.MarkDelivered}},
		"a mark of no kind":    {Mark: &adapters.Mark{Message: "C0QUEUE:1.000001"}},
	} {
		if se := sendErr(t, a, d); se.Outcome != adapters.Refused || se.Fatal || se.Reason == "" {
			t.Errorf("%s: %+v", name, se)
		}
	}
	if n := len(fake.Posted()); n != 0 {
		t.Errorf("%d messages were posted", n)
	}
}

// After "unknown" a post is looked for before it is made again, in its thread
// or in the channel, however long they are.
func TestResendLooksFirst(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	agent := fake.AddAgent("U1ANNA", "Anna")
	a := newAdapter(t, configFor(fake))
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	for name, thread := range map[string]message.PlatformID{"in the channel": "", "in a thread": root} {
		t.Run(name, func(t *testing.T) {
			d := adapters.Delivery{ID: 100 + int64(len(thread)), Thread: thread, Post: &adapters.Post{Fallback: "once " + name}}
			before := len(fake.Posted())
			fake.Fail(slackfake.Fault{Method: "chat.postMessage", Cut: true, Process: true})
			if se := sendErr(t, a, d); se.Outcome != adapters.Unknown {
				t.Fatalf("first attempt: %+v", se)
			}
			for range 250 { // more than one page
				if thread != "" {
					if _, err := agent.Says(string(thread), "x"); err != nil {
						t.Fatal(err)
					}
				} else {
					agent.SaysInChannel(slackfake.Queue, "x")
				}
			}
			d.Resend = true
			id := mustSend(t, a, d)
			if got := fake.Posted(); len(got) != before+1 || got[before].ID() != string(id) {
				t.Fatalf("posted %d times", len(got)-before)
			}
			if m, _ := fake.Message(string(id)); m.ClientMsgID == "" || !strings.Contains(string(m.Metadata), m.ClientMsgID) {
				t.Errorf("no key on it: %+v", m)
			}
		})
	}
	t.Run("lost on the way", func(t *testing.T) {
		before := len(fake.Posted())
		fake.Fail(slackfake.Fault{Method: "chat.postMessage", Cut: true})
		d := adapters.Delivery{ID: 300, Post: &adapters.Post{Fallback: "never arrived"}}
		if se := sendErr(t, a, d); se.Outcome != adapters.Unknown {
			t.Fatalf("first attempt: %+v", se)
		}
		d.Resend = true
		mustSend(t, a, d)
		if n := len(fake.Posted()) - before; n != 1 {
			t.Fatalf("posted %d times", n)
		}
	})
	t.Run("another row with the same words", func(t *testing.T) {
		before := len(fake.Posted())
		mustSend(t, a, adapters.Delivery{ID: 301, Resend: true, Post: &adapters.Post{Fallback: "never arrived"}})
		if n := len(fake.Posted()) - before; n != 1 {
			t.Fatalf("posted %d times", n)
		}
	})
}

// When the search fails nothing may be posted; when it is forbidden, posting
// goes on.
func TestResendWhenLookingFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault slackfake.Fault
		want  adapters.Outcome
	}{
		"server error": {slackfake.Fault{Status: 500}, adapters.NotSent},
		"throttled":    {slackfake.Fault{Status: 429, RetryAfter: "3"}, adapters.Throttled},
		"bad token":    {slackfake.Fault{Code: "token_revoked"}, adapters.Refused},
		"no scope":     {slackfake.Fault{Code: "missing_scope"}, adapters.Delivered},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a := newAdapter(t, configFor(fake))
			c.fault.Method = "conversations.history"
			fake.Fail(c.fault)
			_, err := a.Send(within(t), adapters.Delivery{ID: 1, Resend: true, Post: card()})
			if got := adapters.OutcomeOf(err); got != c.want {
				t.Fatalf("outcome %s, want %s", got, c.want)
			}
			if posted := len(fake.Posted()) == 1; posted != (c.want == adapters.Delivered) {
				t.Errorf("posted = %v", posted)
			}
		})
	}
}

// A call is the only mention we make, and only the operator says of whom.
func TestCalls(t *testing.T) {
	for name, c := range map[string]struct {
		call        adapters.Call
		supervisors []string
		want        string
	}{
		"nobody":               {adapters.CallNobody, []string{"U9BOSS"}, "<!here>"},
		"the channel":          {adapters.CallChannel, []string{"U9BOSS"}, "@here\n<!here>"},
		"supervisors":          {adapters.CallSupervisor, []string{"U9BOSS", "S9CREW"}, "@U9BOSS @S9CREW\n<!here>"},
		"supervisors, none":    {adapters.CallSupervisor, nil, "@here\n<!here>"},
		"a call of a new kind": {"moon", nil, "<!here>"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			cfg := configFor(fake)
			cfg.Supervisors = c.supervisors
			a := newAdapter(t, cfg)
			id := mustSend(t, a, adapters.Delivery{ID: 1, Post: &adapters.Post{Fallback: "<!here>", Call: c.call, Blocks: []adapters.Block{{Text: "<!here>"}}}})
			if m, _ := fake.Message(string(id)); m.PlainText() != c.want || strings.Contains(m.Text, "<") {
				t.Errorf("got %q with %q, want %q", m.PlainText(), m.Text, c.want)
			}
		})
	}
}

func TestKeyIsStableAndItsOwn(t *testing.T) {
	p := adapters.Post{Fallback: "x"}
	k := keyOf("slack/C1", 7, p)
	if k != keyOf("slack/C1", 7, p) || len(k) != 36 {
		t.Fatalf("key %q is not stable", k)
	}
	for _, other := range []string{keyOf("slack/C1", 8, p), keyOf("slack/C2", 7, p), keyOf("slack/C1", 7, adapters.Post{Fallback: "y"})} {
		if other == k {
			t.Errorf("two rows share the key %q", k)
		}
	}
}
